package android.os;

public class Build {
  public static class VERSION {
    public static final int SDK_INT = new java.util.Random().nextInt();
  }
  public static class VERSION_CODES {
    public static final int S = 31;
  }
}
