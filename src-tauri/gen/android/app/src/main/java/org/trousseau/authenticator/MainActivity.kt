package org.trousseau.authenticator

import android.content.BroadcastReceiver
import android.content.Context
import android.content.Intent
import android.content.IntentFilter
import android.os.Bundle
import android.view.ViewGroup
import android.webkit.WebView
import androidx.activity.OnBackPressedCallback
import androidx.activity.enableEdgeToEdge
import androidx.core.view.ViewCompat
import androidx.core.view.WindowInsetsCompat

class MainActivity : TauriActivity() {
  private var page: WebView? = null
  private val screenOff = object : BroadcastReceiver() { override fun onReceive(context: Context, intent: Intent) = onScreenOff() }
  private external fun onScreenOff() // in src-tauri/src/platform/android/screen.rs

  override fun onCreate(savedInstanceState: Bundle?) {
    // A link or a shared picture is handled once: an activity that is made again, or opened from the list of apps, gets its intent again.
    val fromRecents = intent.flags and Intent.FLAG_ACTIVITY_LAUNCHED_FROM_HISTORY != 0
    intent = if (savedInstanceState != null || fromRecents) Intent(Intent.ACTION_MAIN) else withPlainText(intent)
    enableEdgeToEdge()
    super.onCreate(savedInstanceState)
    // A web view passes the insets of the keyboard to its page since 139, those of the bars in any window since 144.
    val version = WebView.getCurrentWebViewPackage()?.versionName?.substringBefore('.')?.toIntOrNull()
    if (version == null || version < 144) padContent()
    registerReceiver(screenOff, IntentFilter(Intent.ACTION_SCREEN_OFF))
  }

  override fun onNewIntent(intent: Intent) = super.onNewIntent(withPlainText(intent))

  override fun onDestroy() {
    unregisterReceiver(screenOff)
    super.onDestroy()
    // wry destroys no web view: its page would keep what it shows, and hear of no lock.
    page?.run { (parent as? ViewGroup)?.removeView(this); destroy() }
  }

  override fun onWebViewCreate(webView: WebView) {
    page = webView
    onBackPressedDispatcher.addCallback(this, object : OnBackPressedCallback(true) {
      override fun handleOnBackPressed() =
        webView.evaluateJavascript("!!(window.oneStepBack && window.oneStepBack())") { if (it != "true") moveTaskToBack(true) }
    })
  }

  private fun padContent() = ViewCompat.setOnApplyWindowInsetsListener(findViewById(android.R.id.content)) { content, insets ->
    val covered = insets.getInsets(WindowInsetsCompat.Type.systemBars() or WindowInsetsCompat.Type.displayCutout() or WindowInsetsCompat.Type.ime())
    content.setPadding(covered.left, covered.top, covered.right, covered.bottom)
    WindowInsetsCompat.CONSUMED
  }

  /** tao takes a text without styles only. What is no text, or cannot be read, it refuses by itself. */
  private fun withPlainText(intent: Intent) = intent.apply {
    runCatching { getCharSequenceExtra(Intent.EXTRA_TEXT)?.let { putExtra(Intent.EXTRA_TEXT, it.toString()) } }
  }
}
