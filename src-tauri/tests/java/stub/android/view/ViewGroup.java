package android.view;

public abstract class ViewGroup extends android.view.View implements android.view.ViewParent {
  public native void removeView(android.view.View view);
}
