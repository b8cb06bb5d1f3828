package android.view;

public class View {
  public final native android.view.ViewParent getParent();
  public native void setPadding(int left, int top, int right, int bottom);
}
