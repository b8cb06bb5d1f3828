package android.view;

public class View {
  public static final int IMPORTANT_FOR_AUTOFILL_NO_EXCLUDE_DESCENDANTS = 8;
  public native void setImportantForAutofill(int mode);
  public native int getImportantForAutofill();
  public native void setPadding(int left, int top, int right, int bottom);
}
