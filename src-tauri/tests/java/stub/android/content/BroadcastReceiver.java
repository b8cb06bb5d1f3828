package android.content;

public abstract class BroadcastReceiver {
  public BroadcastReceiver() {}
  public abstract void onReceive(android.content.Context context, android.content.Intent intent);
}
