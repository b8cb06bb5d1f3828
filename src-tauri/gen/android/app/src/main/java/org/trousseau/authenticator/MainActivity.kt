package org.trousseau.authenticator

import android.content.Intent
import android.os.Bundle
import androidx.activity.enableEdgeToEdge

class MainActivity : TauriActivity() {
  override fun onCreate(savedInstanceState: Bundle?) {
    // A link or a shared picture counts once: an activity that is made again would be given it again.
    if (savedInstanceState != null) intent = Intent(Intent.ACTION_MAIN)
    enableEdgeToEdge()
    super.onCreate(savedInstanceState)
  }
}
