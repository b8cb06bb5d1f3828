//! The files that describe the app to a Linux desktop. Links arrive over the message bus, so that they are on
//! no command line.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;

/// The name on which bus, desktop file and configuration have to agree.
const NAME: &str = "org.trousseau.authenticator";

fn read(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn keys(file: &str) -> BTreeMap<String, String> {
    let text = read(file);
    let pairs = text.lines().filter_map(|line| line.split_once('='));
    pairs
        .map(|(key, value)| (key.to_owned(), value.to_owned()))
        .collect()
}

fn configuration() -> Value {
    serde_json::from_str(&read("tauri.conf.json")).expect("the file is JSON")
}

#[test]
fn a_desktop_passes_links_over_the_message_bus() {
    let entry = keys(&format!("linux/{NAME}.desktop"));
    assert_eq!(entry["DBusActivatable"], "true");
    assert_eq!(
        entry["MimeType"],
        "x-scheme-handler/otpauth;x-scheme-handler/otpauth-migration;"
    );
    // For desktops without D-Bus activation; the app then takes the link from its command line.
    assert_eq!(entry["Exec"], "trousseau %u");
}

#[test]
fn the_bus_starts_the_app_without_arguments() {
    let service = keys(&format!("linux/{NAME}.service"));
    assert_eq!(service["Name"], NAME);
    assert_eq!(service["Exec"], "/usr/bin/trousseau");
    assert_eq!(configuration()["identifier"], NAME);
    let application = read("src/platform/desktop/dbus_activation.rs");
    assert!(application.contains(&format!("const NAME: &str = \"{NAME}\";")));
    let path = NAME.replace('.', "/");
    assert!(application.contains(&format!("const PATH: &str = \"/{path}\";")));
}

#[test]
fn the_package_installs_both_files_under_the_bus_name() {
    let deb = &configuration()["bundle"]["linux"]["deb"];
    for (folder, kind) in [
        ("/usr/share/applications", "desktop"),
        ("/usr/share/dbus-1/services", "service"),
    ] {
        let source = &deb["files"][format!("{folder}/{NAME}.{kind}")];
        assert_eq!(source, &format!("linux/{NAME}.{kind}"));
    }
    let template = deb["desktopTemplate"].as_str().expect("a template is set");
    let other = keys(template);
    assert_eq!(
        other["Hidden"], "true",
        "desktops show only one of the two files"
    );
    assert!(!other.contains_key("MimeType"));
}
