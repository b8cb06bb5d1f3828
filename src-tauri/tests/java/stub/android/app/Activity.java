package android.app;

public class Activity extends android.content.Context {
  public native android.content.Intent getIntent();
  public native void setIntent(android.content.Intent newIntent);
  public native <T extends android.view.View> T findViewById(int id);
  public native boolean moveTaskToBack(boolean nonRoot);
  protected native void onCreate(android.os.Bundle savedInstanceState);
  protected native void onNewIntent(android.content.Intent intent);
  protected native void onDestroy();
}
