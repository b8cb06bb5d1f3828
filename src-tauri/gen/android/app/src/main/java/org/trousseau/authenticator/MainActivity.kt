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
    // Handles a link or a shared picture only once: an activity that is recreated, or opened from the list of apps, gets the old intent again.
    val fromRecents = intent.flags and Intent.FLAG_ACTIVITY_LAUNCHED_FROM_HISTORY != 0
    intent = if (savedInstanceState != null || fromRecents) Intent(Intent.ACTION_MAIN) else withPlainText(intent)
    enableEdgeToEdge()
    super.onCreate(savedInstanceState)
    // A web view gives its page the insets of the keyboard since version 139, and those of the bars in any window since 144.
    val version = WebView.getCurrentWebViewPackage()?.versionName?.substringBefore('.')?.toIntOrNull()
    if (version == null || version < 144) padContent()
    registerReceiver(screenOff, IntentFilter(Intent.ACTION_SCREEN_OFF))
  }

  override fun onNewIntent(intent: Intent) = super.onNewIntent(withPlainText(intent))

  override fun onDestroy() {
    unregisterReceiver(screenOff)
    super.onDestroy()
    // wry does not destroy the web view: its page would keep its content, and would not be told when the vault locks.
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

  /** Removes styles from a shared text, because tao accepts plain text only. tao itself rejects other extras. */
  private fun withPlainText(intent: Intent) = intent.apply {
    runCatching { getCharSequenceExtra(Intent.EXTRA_TEXT)?.let { putExtra(Intent.EXTRA_TEXT, it.toString()) } }
  }
}
