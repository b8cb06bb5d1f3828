package androidx.core.view;

public interface OnApplyWindowInsetsListener {
  androidx.core.view.WindowInsetsCompat onApplyWindowInsets(android.view.View v, androidx.core.view.WindowInsetsCompat insets);
}
