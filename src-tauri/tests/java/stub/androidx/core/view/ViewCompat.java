package androidx.core.view;

public class ViewCompat {
  public static native void setOnApplyWindowInsetsListener(android.view.View view, androidx.core.view.OnApplyWindowInsetsListener listener);
}
