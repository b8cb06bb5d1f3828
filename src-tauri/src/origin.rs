//! The origin of our own pages, which the web view never leaves.

use tauri::plugin::TauriPlugin;
use tauri::{Runtime, Url};

/// The web view shows our own pages and nothing else.
pub fn stay_here<R: Runtime>() -> TauriPlugin<R> {
    tauri::plugin::Builder::new("stay-here")
        .on_navigation(|_, url| is_ours(url))
        .build()
}

/// The origin of our pages on this machine, as Tauri makes it with `useHttpsScheme`: web views without schemes of an
/// app's own get a host name that no other page can have. There is no server behind it, and so no port.
const ORIGIN: (&str, &str) = if cfg!(any(windows, target_os = "android")) {
    ("https", "tauri.localhost")
} else {
    ("tauri", "localhost")
};

/// Whether this is one of our own pages.
fn is_ours(url: &Url) -> bool {
    let origin = (url.scheme(), url.host_str().unwrap_or_default());
    let bare = url.port().is_none() && url.username().is_empty() && url.password().is_none();
    origin == ORIGIN && bare
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_page_but_our_own_is_ours() {
        let ours = |url: &str| is_ours(&Url::parse(url).unwrap());
        let (page, other) = if cfg!(any(windows, target_os = "android")) {
            ("https://tauri.localhost/", "tauri://localhost/")
        } else {
            ("tauri://localhost/", "https://tauri.localhost/")
        };
        assert!(ours(page) && ours(&format!("{page}index.html#list")));
        for url in [
            other,
            "http://tauri.localhost/",
            "https://tauri.localhost:8080/",
            "tauri://localhost:8080/",
            "tauri://somebody@localhost/",
            "https://somebody:else@tauri.localhost/",
            "https://example.org/",
            "https://tauri.localhost.example.org/",
            "file:///etc/passwd",
            "data:text/html,x",
            "about:blank",
            "tauri://example.org/",
        ] {
            assert!(!ours(url), "{url}");
        }
    }

    #[test]
    fn the_page_has_the_origin_that_is_ours() {
        let context = crate::context::<tauri::test::MockRuntime>();
        let windows = &context.config().app.windows;
        assert!(windows.iter().all(|window| window.use_https_scheme));
    }
}
