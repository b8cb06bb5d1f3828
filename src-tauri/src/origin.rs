//! Keeps the web view on the app's own pages.

use tauri::plugin::TauriPlugin;
use tauri::{Runtime, Url};

/// Blocks navigation to any other page.
pub fn block_navigation<R: Runtime>() -> TauriPlugin<R> {
    tauri::plugin::Builder::new("block-navigation")
        .on_navigation(|_, url| is_app_url(url))
        .build()
}

/// The origin of the app's pages, as Tauri sets it with `useHttpsScheme`. A web view without custom schemes
/// gets a host name that no other page can have. There is no server behind it, and therefore no port.
const ORIGIN: (&str, &str) = if cfg!(any(windows, target_os = "android")) {
    ("https", "tauri.localhost")
} else {
    ("tauri", "localhost")
};

/// Whether this is the URL of one of the app's pages.
fn is_app_url(url: &Url) -> bool {
    let origin = (url.scheme(), url.host_str().unwrap_or_default());
    let bare = url.port().is_none() && url.username().is_empty() && url.password().is_none();
    origin == ORIGIN && bare
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pages_of_the_app_may_be_opened() {
        let is_app_page = |url: &str| is_app_url(&Url::parse(url).unwrap());
        let (page, other) = if cfg!(any(windows, target_os = "android")) {
            ("https://tauri.localhost/", "tauri://localhost/")
        } else {
            ("tauri://localhost/", "https://tauri.localhost/")
        };
        assert!(is_app_page(page) && is_app_page(&format!("{page}index.html#list")));
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
            assert!(!is_app_page(url), "{url}");
        }
    }

    #[test]
    fn the_windows_use_the_origin_of_the_app() {
        let context = crate::context::<tauri::test::MockRuntime>();
        let windows = &context.config().app.windows;
        assert!(windows.iter().all(|window| window.use_https_scheme));
    }
}
