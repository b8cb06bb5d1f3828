package android.view;

public abstract class Window {
  public final native void setHideOverlayWindows(boolean hide);
}
