//! No network: the app contains no network code, and the page can reach only its core.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use serde_json::Value;

const DESKTOPS: [&str; 3] = [
    "x86_64-unknown-linux-gnu",
    "aarch64-apple-darwin",
    "x86_64-pc-windows-msvc",
];
const PHONES: [&str; 2] = ["aarch64-linux-android", "aarch64-apple-ios"];

/// Crates with network code; each also stands for all crates whose name continues with a hyphen.
const NETWORK_CRATES: &[&str] = &[
    "actix",
    "attohttpc",
    "aws-lc-rs",
    "awc",
    "axum",
    "boring",
    "curl",
    "h2",
    "h3",
    "hickory",
    "http-body",
    "hyper",
    "isahc",
    "lettre",
    "libp2p",
    "minreq",
    "native-tls",
    "openssl",
    "quinn",
    "reqwest",
    "ring",
    "rustls",
    "schannel",
    "surf",
    "tauri-plugin-http",
    "tauri-plugin-localhost",
    "tauri-plugin-updater",
    "tauri-plugin-upload",
    "tauri-plugin-websocket",
    "tonic",
    "tower",
    "trust-dns",
    "tungstenite",
    "ureq",
    "warp",
    "webpki",
];

/// Crates with sockets. On phones tokio needs them because reqwest, a dependency of Tauri, asks for them.
const SOCKET_CRATES: &[&str] = &["mio", "socket2"];

/// Literals that look like an origin, and why nothing connects to them.
const HARMLESS_LITERALS: &[(&str, &str)] = &[
    (
        "http://www.w3.org/1999/xhtml",
        "an XML namespace, with which Svelte creates elements",
    ),
    (
        "https://svelte.dev/e/",
        "in the texts of Svelte's errors; nothing opens it",
    ),
];

/// Browser APIs that use the network. The CSP does not cover `RTCPeerConnection` and DNS lookups.
const NETWORK_APIS: &[&str] = &[
    "EventSource",
    "RTCPeerConnection",
    "WebSocket",
    "WebTransport",
    "XMLHttpRequest",
    "dns-prefetch",
    "fetch(",
    "importScripts",
    "preconnect",
    "sendBeacon",
    "window.open",
];

/// The app's normal dependencies for `target`: depth and name, as listed by `cargo tree`.
fn tree(target: &str, more: &[&str]) -> Vec<(usize, String)> {
    let output = Command::new(env!("CARGO"))
        .args(["tree", "--locked", "--offline", "--package", "trousseau"])
        .args(["--edges", "normal", "--prefix", "depth", "--target", target])
        .args(more)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo runs this test, so it is installed");
    assert!(
        output.status.success(),
        "`cargo fetch --locked` fetches the packages of every target: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    let text = String::from_utf8(output.stdout).expect("the output of cargo is UTF-8");
    let lines = text.lines().filter(|line| !line.is_empty());
    lines
        .map(|line| {
            let digits = line.bytes().take_while(u8::is_ascii_digit).count();
            let (depth, package) = line.split_at(digits);
            let name = package.split(' ').next().unwrap_or_default();
            (depth.parse().expect("a depth"), name.to_owned())
        })
        .collect()
}

fn banned<'a>(names: impl IntoIterator<Item = &'a String>, list: &[&str]) -> BTreeSet<String> {
    let is_of = |name: &str, family: &str| {
        name.strip_prefix(family)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
    };
    names
        .into_iter()
        .filter(|name| list.iter().any(|family| is_of(name, family)))
        .cloned()
        .collect()
}

fn names(tree: &[(usize, String)]) -> BTreeSet<String> {
    tree.iter().map(|(_, name)| name.clone()).collect()
}

#[test]
fn no_desktop_build_contains_a_network_crate() {
    for target in DESKTOPS {
        let names = names(&tree(target, &[]));
        assert!(names.contains("tauri"), "{target}: the list is not empty");
        let list = [NETWORK_CRATES, SOCKET_CRATES].concat();
        assert_eq!(banned(&names, &list), BTreeSet::new(), "{target}");
    }
}

/// The direct dependents of this crate.
fn parents(target: &str, name: &str) -> Vec<String> {
    let above = tree(target, &["--invert", name]);
    let direct = above.into_iter().filter(|(depth, _)| *depth == 1);
    direct.map(|(_, name)| name).collect()
}

/// WebKit fetches through libsoup. The app contains only the types of the binding; the CSP decides what the
/// page may fetch.
#[test]
fn libsoup_is_a_dependency_of_the_web_view_only() {
    assert_eq!(
        parents(DESKTOPS[0], "soup3-sys"),
        ["soup3", "webkit2gtk-sys"]
    );
    assert_eq!(parents(DESKTOPS[0], "soup3"), ["webkit2gtk", "wry"]);
}

#[test]
fn on_phones_only_tauri_depends_on_reqwest() {
    for target in PHONES {
        assert_eq!(parents(target, "reqwest"), ["tauri"], "{target}");
        let others = names(&tree(target, &["--prune", "reqwest"]));
        assert!(others.contains("tauri"), "{target}: the list is not empty");
        assert_eq!(banned(&others, NETWORK_CRATES), BTreeSet::new(), "{target}");
        // Without pruning, network crates are found.
        assert!(banned(&names(&tree(target, &[])), NETWORK_CRATES).contains("hyper"));
    }
}

#[test]
fn crate_names_match_by_whole_words() {
    let named = ["hyper", "hyper-util", "hyperlink", "h2", "h264", "string"].map(String::from);
    let found = banned(&named, NETWORK_CRATES);
    assert_eq!(
        found,
        ["h2", "hyper", "hyper-util"].map(String::from).into()
    );
}

#[test]
fn the_csp_lets_the_page_reach_only_its_core() {
    let configuration: Value =
        serde_json::from_str(include_str!("../tauri.conf.json")).expect("JSON");
    let csp = configuration["app"]["security"]["csp"]
        .as_str()
        .expect("a policy");
    for directive in csp.split(';').map(str::trim) {
        let mut words = directive.split_ascii_whitespace();
        let name = words.next().unwrap_or_default();
        for source in words {
            let own = ["'self'", "'none'"].contains(&source);
            let core = ["ipc:", "http://ipc.localhost", "https://ipc.localhost"].contains(&source);
            assert!(own || core && name == "connect-src", "{name} {source}");
        }
    }
    assert!(csp.contains("default-src 'self'"));
    // No development server, and no window with a remote page.
    let rest = configuration.to_string().replace(csp, "");
    assert_eq!(origin_literals(&rest), Vec::<String>::new());
}

/// Every `scheme://…` with a network scheme, up to the end of the literal; also `//host`.
fn origin_literals(text: &str) -> Vec<String> {
    let ends = |c: char| c.is_whitespace() || "\"'`)<>\\{}$".contains(c);
    let literal = |start: usize| {
        let rest = &text[start..];
        rest[..rest.find(ends).unwrap_or(rest.len())].to_owned()
    };
    let mut found = Vec::new();
    for (at, _) in text.match_indices("//") {
        let before = &text[..at];
        let schemes = ["http:", "https:", "ws:", "wss:", "ftp:"];
        let scheme = schemes
            .iter()
            .find(|scheme| before.to_ascii_lowercase().ends_with(**scheme));
        if let Some(scheme) = scheme {
            found.push(literal(at - scheme.len()));
        } else if before.ends_with(['"', '\'', '`', '(', '=']) {
            let host = literal(at);
            if host[2..].starts_with(|c: char| c.is_ascii_alphanumeric()) {
                found.push(host);
            }
        }
    }
    found
}

/// The text files below `path`, by path.
fn texts(path: &Path, into: &mut BTreeMap<String, String>) {
    if path.is_dir() {
        for entry in std::fs::read_dir(path).expect("a folder") {
            texts(&entry.expect("the folder can be listed").path(), into);
        }
    } else if let Ok(text) = std::fs::read_to_string(path) {
        into.insert(path.display().to_string(), text);
    }
}

fn ui(part: &str) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let ui = Path::new(env!("CARGO_MANIFEST_DIR")).join("../ui");
    texts(&ui.join(part), &mut found);
    assert!(!found.is_empty(), "ui/{part} is empty: `make ui` builds it");
    found
}

#[test]
fn the_ui_contains_no_origin() {
    let mut used = BTreeSet::new();
    for part in ["src", "index.html", "dist"] {
        for (path, text) in ui(part) {
            // Licence texts contain addresses: they are displayed data, not scripts.
            if path.contains("/dist/assets/licences-") {
                assert!(text.contains("JSON.parse("), "{path}: not only data");
                continue;
            }
            for literal in origin_literals(&text) {
                let host = literal.split('/').nth(2).unwrap_or_default();
                let allowed = HARMLESS_LITERALS
                    .iter()
                    .find(|(prefix, _)| literal.starts_with(prefix));
                assert!(
                    allowed.is_some() || host.ends_with(".localhost"),
                    "{path}: {literal}"
                );
                used.extend(allowed.map(|(prefix, _)| *prefix));
            }
        }
    }
    let listed = HARMLESS_LITERALS.iter().map(|(prefix, _)| *prefix);
    assert_eq!(used, listed.collect(), "every listed literal still exists");
}

#[test]
fn the_ui_uses_no_network_api() {
    for part in ["src", "index.html", "dist"] {
        for (path, text) in ui(part) {
            for way in NETWORK_APIS {
                assert!(!text.contains(way), "{path}: {way}");
            }
        }
    }
}

#[test]
fn origin_literals_are_found_in_every_notation() {
    let text = r#"a="https://a.example/x";b='wss://b.example'; url(//c.example/d) src=//e.example HTTP://f.example // g
        http://ipc.localhost https://h.example`"#;
    let found = [
        "https://a.example/x",
        "wss://b.example",
        "//c.example/d",
        "//e.example",
        "HTTP://f.example",
        "http://ipc.localhost",
        "https://h.example",
    ];
    assert_eq!(origin_literals(text), found);
    assert_eq!(
        origin_literals("// a remark\n/* // */ a // b"),
        Vec::<String>::new()
    );
}
