package android.content;

public class Intent {
  public static final java.lang.String ACTION_MAIN = "android.intent.action.MAIN";
  public static final java.lang.String ACTION_SCREEN_OFF = "android.intent.action.SCREEN_OFF";
  public static final int FLAG_ACTIVITY_LAUNCHED_FROM_HISTORY = 0x00100000;
  public Intent(java.lang.String action) {}
  public static final java.lang.String EXTRA_TEXT = "android.intent.extra.TEXT";
  public native int getFlags();
  public native java.lang.CharSequence getCharSequenceExtra(java.lang.String name);
  public native android.content.Intent putExtra(java.lang.String name, java.lang.String value);
}
