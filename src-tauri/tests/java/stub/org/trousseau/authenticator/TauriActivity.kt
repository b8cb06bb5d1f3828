package org.trousseau.authenticator

abstract class TauriActivity : androidx.activity.ComponentActivity() {
  override fun onCreate(savedInstanceState: android.os.Bundle?) = super.onCreate(savedInstanceState)
  override fun onNewIntent(intent: android.content.Intent) = super.onNewIntent(intent)
  override fun onDestroy() = super.onDestroy()
  open fun onWebViewCreate(webView: android.webkit.WebView) {}
}
