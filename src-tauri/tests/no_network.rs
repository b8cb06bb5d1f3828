//! No network: nothing that speaks over one is built in, and the page may reach nothing but its own core.

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

/// Crates that speak over a network, each with all that begin with its name and a hyphen.
const REFUSED: &[&str] = &[
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

/// Sockets: on the phones tokio has them because reqwest, below Tauri, asks for them.
const REFUSED_ON_DESKTOPS: &[&str] = &["mio", "socket2"];

/// Every literal that looks like an origin, and why it reaches nothing.
const NO_ORIGINS: &[(&str, &str)] = &[
    (
        "http://www.w3.org/1999/xhtml",
        "the name of a namespace, by which Svelte makes elements",
    ),
    (
        "https://svelte.dev/e/",
        "the text of Svelte's errors, which nothing opens",
    ),
];

/// What the page could use to reach out. The CSP knows nothing of `RTCPeerConnection` and name look-ups.
const WAYS_OUT: &[&str] = &[
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

/// The app's normal dependencies for `target`: depth and name, as `cargo tree` lists them.
fn tree(target: &str, more: &[&str]) -> Vec<(usize, String)> {
    let output = Command::new(env!("CARGO"))
        .args(["tree", "--locked", "--offline", "--package", "trousseau"])
        .args(["--edges", "normal", "--prefix", "depth", "--target", target])
        .args(more)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo runs its tests");
    assert!(
        output.status.success(),
        "`cargo fetch --locked` brings the packages of every target: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    let text = String::from_utf8(output.stdout).expect("cargo prints text");
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

fn refused<'a>(names: impl IntoIterator<Item = &'a String>, list: &[&str]) -> BTreeSet<String> {
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
fn no_desktop_has_a_crate_that_speaks_over_a_network() {
    for target in DESKTOPS {
        let names = names(&tree(target, &[]));
        assert!(names.contains("tauri"), "{target}: the list is not empty");
        let list = [REFUSED, REFUSED_ON_DESKTOPS].concat();
        assert_eq!(refused(&names, &list), BTreeSet::new(), "{target}");
    }
}

/// What asks for this crate, directly.
fn parents(target: &str, name: &str) -> Vec<String> {
    let above = tree(target, &["--invert", name]);
    let direct = above.into_iter().filter(|(depth, _)| *depth == 1);
    direct.map(|(_, name)| name).collect()
}

/// WebKit fetches through libsoup; our side of it is the binding's types alone. What the page may fetch is the CSP's to say.
#[test]
fn the_web_views_own_library_stands_below_the_web_view() {
    assert_eq!(
        parents(DESKTOPS[0], "soup3-sys"),
        ["soup3", "webkit2gtk-sys"]
    );
    assert_eq!(parents(DESKTOPS[0], "soup3"), ["webkit2gtk", "wry"]);
}

#[test]
fn on_the_phones_reqwest_stands_below_tauri_alone() {
    for target in PHONES {
        assert_eq!(parents(target, "reqwest"), ["tauri"], "{target}");
        let others = names(&tree(target, &["--prune", "reqwest"]));
        assert!(others.contains("tauri"), "{target}: the list is not empty");
        assert_eq!(refused(&others, REFUSED), BTreeSet::new(), "{target}");
        // Without the cut there is something to find.
        assert!(refused(&names(&tree(target, &[])), REFUSED).contains("hyper"));
    }
}

#[test]
fn the_refusal_goes_by_whole_words() {
    let named = ["hyper", "hyper-util", "hyperlink", "h2", "h264", "string"].map(String::from);
    let found = refused(&named, REFUSED);
    assert_eq!(
        found,
        ["h2", "hyper", "hyper-util"].map(String::from).into()
    );
}

#[test]
fn the_page_may_reach_nothing_but_its_core() {
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
    // No development server, no window on a page from elsewhere.
    let rest = configuration.to_string().replace(csp, "");
    assert_eq!(literals(&rest), Vec::<String>::new());
}

/// Every `scheme://…` of a scheme that goes over a network, up to where a literal can end; `//host` as well.
fn literals(text: &str) -> Vec<String> {
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

/// The texts below `path`, by their paths.
fn texts(path: &Path, into: &mut BTreeMap<String, String>) {
    if path.is_dir() {
        for entry in std::fs::read_dir(path).expect("a folder") {
            texts(&entry.expect("it can be listed").path(), into);
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
fn no_origin_stands_in_the_ui() {
    let mut used = BTreeSet::new();
    for part in ["src", "index.html", "dist"] {
        for (path, text) in ui(part) {
            // The texts of licences name addresses: they are shown, and no script.
            if path.contains("/dist/assets/licences-") {
                assert!(text.contains("JSON.parse("), "{path}: not only data");
                continue;
            }
            for literal in literals(&text) {
                let host = literal.split('/').nth(2).unwrap_or_default();
                let allowed = NO_ORIGINS
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
    let listed = NO_ORIGINS.iter().map(|(prefix, _)| *prefix);
    assert_eq!(used, listed.collect(), "no allowance outlives its reason");
}

#[test]
fn the_ui_has_no_way_out() {
    for part in ["src", "index.html", "dist"] {
        for (path, text) in ui(part) {
            for way in WAYS_OUT {
                assert!(!text.contains(way), "{path}: {way}");
            }
        }
    }
}

#[test]
fn literals_are_found_as_they_can_be_written() {
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
    assert_eq!(literals(text), found);
    assert_eq!(
        literals("// a remark\n/* // */ a // b"),
        Vec::<String>::new()
    );
}
