package android.content;

public class IntentFilter {
  public IntentFilter(java.lang.String action) {}
}
