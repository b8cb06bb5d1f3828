package android.webkit;

public class WebView extends android.view.View {
  public native void evaluateJavascript(java.lang.String script, android.webkit.ValueCallback<java.lang.String> resultCallback);
  public native void destroy();
  public static native android.content.pm.PackageInfo getCurrentWebViewPackage();
}
