package org.trousseau.authenticator

import android.content.BroadcastReceiver
import android.content.Context
import android.content.Intent
import android.content.IntentFilter
import android.os.Build
import android.os.Bundle
import android.view.View
import android.webkit.WebView
import androidx.activity.OnBackPressedCallback
import androidx.activity.enableEdgeToEdge
import androidx.core.view.ViewCompat
import androidx.core.view.WindowInsetsCompat
import androidx.core.view.WindowInsetsCompat.Type

class MainActivity : TauriActivity() {
  private val screenOff = object : BroadcastReceiver() {
    override fun onReceive(context: Context, intent: Intent) = onScreenOff()
  }

  /** In src-tauri/src/platform/android/screen.rs. */
  private external fun onScreenOff()

  override fun onCreate(savedInstanceState: Bundle?) {
    // A link or a shared picture is handled once: an activity that is made again, or opened from the list of apps, gets its intent again.
    val fromRecents = intent.flags and Intent.FLAG_ACTIVITY_LAUNCHED_FROM_HISTORY != 0
    if (savedInstanceState != null || fromRecents) intent = Intent(Intent.ACTION_MAIN)
    enableEdgeToEdge()
    super.onCreate(savedInstanceState)
    if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.S) window.setHideOverlayWindows(true)
    // A web view passes the insets of the bars to its page since 136, those of the keyboard since 139.
    val version = WebView.getCurrentWebViewPackage()?.versionName?.substringBefore('.')?.toIntOrNull()
    if (version == null || version < 139) padContent()
    registerReceiver(screenOff, IntentFilter(Intent.ACTION_SCREEN_OFF))
  }

  override fun onDestroy() {
    unregisterReceiver(screenOff)
    super.onDestroy()
  }

  override fun onWebViewCreate(webView: WebView) {
    // Autofill ignores autocomplete="off", and would offer to save passphrases.
    webView.importantForAutofill = View.IMPORTANT_FOR_AUTOFILL_NO_EXCLUDE_DESCENDANTS
    onBackPressedDispatcher.addCallback(this, object : OnBackPressedCallback(true) {
      override fun handleOnBackPressed() =
        webView.evaluateJavascript("!!(window.oneStepBack && window.oneStepBack())") { closed ->
          if (closed != "true") moveTaskToBack(true)
        }
    })
  }

  private fun padContent() = ViewCompat.setOnApplyWindowInsetsListener(findViewById(android.R.id.content)) { content, insets ->
    val covered = insets.getInsets(Type.systemBars() or Type.displayCutout() or Type.ime())
    content.setPadding(covered.left, covered.top, covered.right, covered.bottom)
    WindowInsetsCompat.CONSUMED
  }
}
