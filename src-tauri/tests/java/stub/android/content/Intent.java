package android.content;

public class Intent {
  public static final java.lang.String ACTION_MAIN = "android.intent.action.MAIN";
  public static final java.lang.String ACTION_SCREEN_OFF = "android.intent.action.SCREEN_OFF";
  public static final int FLAG_ACTIVITY_LAUNCHED_FROM_HISTORY = 0x00100000;
  public Intent(java.lang.String action) {}
  public native int getFlags();
}
