//! Every member of an Android class that Rust uses, in one table.
//!
//! No compiler checks a JNI descriptor. `tests/java` compares each row with the signatures that Android
//! publishes, so that a typing error fails there and not on a phone. `make android-api` fetches those
//! signatures again.
#![cfg_attr(
    not(target_os = "android"),
    allow(dead_code, reason = "read by a test")
)]

/// A method, or a field if the descriptor has no parentheses.
#[derive(Clone, Copy, Debug)]
pub struct Member {
    /// With slashes, as in JNI.
    pub class: &'static str,
    /// The member's name.
    pub name: &'static str,
    /// Types of the parameters and of the result.
    pub descriptor: &'static str,
    /// Whether it is a static member.
    pub is_static: bool,
    /// The first API level that has it.
    pub since: u8,
}

macro_rules! members {
    ($($id:ident: $kind:ident $class:literal $name:literal $descriptor:literal since $since:literal;)*) => {
        $(
            #[doc = concat!($class, ".", $name)]
            pub const $id: Member = Member {
                class: $class,
                name: $name,
                descriptor: $descriptor,
                is_static: members!(@ $kind),
                since: $since,
            };
        )*

        /// All members of this table.
        pub const MEMBERS: &[Member] = &[$($id),*];
    };
    (@ of_class) => { true };
    (@ of_object) => { false };
}

members! {
    ACTIVITY_WINDOW: of_object "android/app/Activity" "getWindow" "()Landroid/view/Window;" since 1;
    KEYGUARD_IS_LOCKED: of_object "android/app/KeyguardManager" "isKeyguardLocked" "()Z" since 16;
    CLIENT_CLOSE: of_object "android/content/ContentProviderClient" "close" "()V" since 24;
    CLIENT_OPEN: of_object "android/content/ContentProviderClient" "openTypedAssetFileDescriptor" "(Landroid/net/Uri;Ljava/lang/String;Landroid/os/Bundle;)Landroid/content/res/AssetFileDescriptor;" since 11;
    RESOLVER_CLIENT: of_object "android/content/ContentResolver" "acquireUnstableContentProviderClient" "(Landroid/net/Uri;)Landroid/content/ContentProviderClient;" since 16;
    CONTEXT_RESOLVER: of_object "android/content/Context" "getContentResolver" "()Landroid/content/ContentResolver;" since 1;
    CONTEXT_RESOURCES: of_object "android/content/Context" "getResources" "()Landroid/content/res/Resources;" since 1;
    CONTEXT_SERVICE: of_object "android/content/Context" "getSystemService" "(Ljava/lang/String;)Ljava/lang/Object;" since 1;
    CONFIGURATION_FONT_SCALE: of_object "android/content/res/Configuration" "fontScale" "F" since 1;
    FILE_CLOSE: of_object "android/content/res/AssetFileDescriptor" "close" "()V" since 3;
    FILE_STREAM: of_object "android/content/res/AssetFileDescriptor" "createInputStream" "()Ljava/io/FileInputStream;" since 3;
    RESOURCES_CONFIGURATION: of_object "android/content/res/Resources" "getConfiguration" "()Landroid/content/res/Configuration;" since 1;
    URI_PARSE: of_class "android/net/Uri" "parse" "(Ljava/lang/String;)Landroid/net/Uri;" since 1;
    POWER_IS_INTERACTIVE: of_object "android/os/PowerManager" "isInteractive" "()Z" since 20;
    VERSION: of_class "android/os/Build$VERSION" "SDK_INT" "I" since 4;
    GLOBAL_INT: of_class "android/provider/Settings$Global" "getInt" "(Landroid/content/ContentResolver;Ljava/lang/String;I)I" since 17;
    VIEW_HAPTIC: of_object "android/view/View" "performHapticFeedback" "(I)Z" since 3;
    VIEW_AUTOFILL: of_object "android/view/View" "setImportantForAutofill" "(I)V" since 26;
    WINDOW_HIDE_OVERLAYS: of_object "android/view/Window" "setHideOverlayWindows" "(Z)V" since 31;
    WINDOW_ADD_FLAGS: of_object "android/view/Window" "addFlags" "(I)V" since 1;
    WINDOW_CLEAR_FLAGS: of_object "android/view/Window" "clearFlags" "(I)V" since 1;
    WINDOW_DECOR: of_object "android/view/Window" "getDecorView" "()Landroid/view/View;" since 1;
    SETTINGS_DISABLED_MENU_ITEMS: of_object "android/webkit/WebSettings" "setDisabledActionModeMenuItems" "(I)V" since 24;
    SETTINGS_CONTENT_ACCESS: of_object "android/webkit/WebSettings" "setAllowContentAccess" "(Z)V" since 11;
    SETTINGS_FILE_ACCESS: of_object "android/webkit/WebSettings" "setAllowFileAccess" "(Z)V" since 3;
    SETTINGS_GEOLOCATION: of_object "android/webkit/WebSettings" "setGeolocationEnabled" "(Z)V" since 5;
    SETTINGS_TEXT_ZOOM: of_object "android/webkit/WebSettings" "setTextZoom" "(I)V" since 14;
    WEB_VIEW_SETTINGS: of_object "android/webkit/WebView" "getSettings" "()Landroid/webkit/WebSettings;" since 1;
    WEB_VIEW_DEBUGGING: of_class "android/webkit/WebView" "setWebContentsDebuggingEnabled" "(Z)V" since 19;
    STREAM_READ: of_object "java/io/InputStream" "read" "([B)I" since 1;
}
