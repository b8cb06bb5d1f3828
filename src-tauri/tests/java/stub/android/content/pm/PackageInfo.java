package android.content.pm;

public class PackageInfo {
  public java.lang.String versionName;
}
