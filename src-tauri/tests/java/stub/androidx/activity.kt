package androidx.activity

open class ComponentActivity : android.app.Activity(), androidx.lifecycle.LifecycleOwner {
  val onBackPressedDispatcher: OnBackPressedDispatcher get() = TODO()
}

class OnBackPressedDispatcher {
  fun addCallback(owner: androidx.lifecycle.LifecycleOwner, onBackPressedCallback: OnBackPressedCallback): Unit = TODO()
}

abstract class OnBackPressedCallback(enabled: Boolean) {
  abstract fun handleOnBackPressed()
}

fun ComponentActivity.enableEdgeToEdge(): Unit = TODO()
