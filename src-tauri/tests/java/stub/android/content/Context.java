package android.content;

public abstract class Context {
  public native android.content.Intent registerReceiver(android.content.BroadcastReceiver receiver, android.content.IntentFilter filter);
  public native void unregisterReceiver(android.content.BroadcastReceiver receiver);
}
