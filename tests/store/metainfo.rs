//! Checks the AppStream metainfo for Linux software centres: valid, complete in each language, and consistent with the installed app.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use roxmltree::{Document, Node};

use crate::tree::{LANGUAGES, LISTING, json, path_of, text};

const METAINFO: &str = "src-tauri/linux/org.trousseau.authenticator.metainfo.xml";
const DESKTOP: &str = "src-tauri/linux/org.trousseau.authenticator.desktop";

/// One release.
pub struct Release {
    /// Its version.
    pub version: String,
    /// Its date.
    pub date: String,
    /// "development" if it is not released yet.
    pub kind: Option<String>,
    /// Its changes, by language.
    pub lines: BTreeMap<String, Vec<String>>,
}

/// The releases, the newest first.
pub fn releases() -> Vec<Release> {
    let text = text(METAINFO);
    let document = Document::parse(&text).expect("XML");
    let attribute = |node: Node<'_, '_>, name| node.attribute(name).map(str::to_owned);
    let releases = document
        .descendants()
        .filter(|node| node.has_tag_name("release"));
    releases
        .map(|node| Release {
            version: attribute(node, "version").expect("a version"),
            date: attribute(node, "date").expect("a date"),
            kind: attribute(node, "type"),
            lines: by_language(node, "li"),
        })
        .collect()
}

/// The texts of all descendants with this name, in order, by language.
fn by_language(node: Node<'_, '_>, name: &str) -> BTreeMap<String, Vec<String>> {
    let mut texts: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for found in node.descendants().filter(|node| node.has_tag_name(name)) {
        let language = found.attribute(("http://www.w3.org/XML/1998/namespace", "lang"));
        let text = found.text().unwrap_or_default().to_owned();
        texts
            .entry(language.unwrap_or("en").to_owned())
            .or_default()
            .push(text);
    }
    texts
}

/// The text of each element with this name in the document.
fn values<'a>(document: &'a Document<'_>, name: &str) -> Vec<&'a str> {
    let found = document
        .descendants()
        .filter(|node| node.has_tag_name(name));
    found.filter_map(|node| node.text()).collect()
}

/// The value of a key of the desktop entry.
fn desktop(key: &str) -> String {
    let entry = text(DESKTOP);
    let value = entry
        .lines()
        .find_map(|line| line.strip_prefix(key)?.strip_prefix('='));
    value
        .unwrap_or_else(|| panic!("{key} is missing"))
        .to_owned()
}

#[test]
fn appstream_accepts_it() {
    let output = Command::new("appstreamcli")
        .args(["validate", "--no-net", "--no-color"])
        .arg(path_of(METAINFO))
        .output()
        .expect("appstreamcli is installed: apt-get install appstream");
    let report = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{report}");
    assert!(
        !report
            .lines()
            .any(|line| line.starts_with("W: ") || line.starts_with("E: ")),
        "{report}"
    );
}

#[test]
fn every_text_exists_in_each_language() {
    let text = text(METAINFO);
    let document = Document::parse(&text).expect("XML");
    for name in ["summary", "p", "li"] {
        let texts = by_language(document.root(), name);
        let languages: BTreeSet<_> = texts.keys().map(String::as_str).collect();
        let expected = LANGUAGES.map(|language| &language[..2]);
        assert_eq!(languages, expected.into(), "{name}");
        for (language, translated) in &texts {
            assert_eq!(translated.len(), texts["en"].len(), "{name} in {language}");
            assert!(
                translated.iter().all(|text| !text.trim().is_empty()),
                "{name} in {language}"
            );
        }
    }
    assert!(!text.contains('ß'));
}

#[test]
fn it_begins_like_the_store_listing() {
    let metainfo = text(METAINFO);
    let document = Document::parse(&metainfo).expect("XML");
    let paragraphs = by_language(document.root(), "p");
    for language in LANGUAGES {
        let listing = text(&format!("{LISTING}/{language}/full_description.txt"));
        let first = listing.lines().next();
        assert_eq!(
            first,
            paragraphs[&language[..2]].first().map(String::as_str)
        );
    }
}

/// Software centre, desktop menu and store describe the app with the same words.
#[test]
fn the_summary_is_the_same_everywhere() {
    let metainfo = text(METAINFO);
    let document = Document::parse(&metainfo).expect("XML");
    let summaries = by_language(document.root(), "summary");
    for language in LANGUAGES {
        let summary = &summaries[&language[..2]][0];
        let key = match &language[..2] {
            "en" => "Comment".to_owned(),
            other => format!("Comment[{other}]"),
        };
        assert_eq!(desktop(&key), *summary, "{language}");
        let listing = text(&format!("{LISTING}/{language}/short_description.txt"));
        assert!(listing.starts_with(&format!("{summary}. ")), "{language}");
    }
    let configuration = json("src-tauri/tauri.conf.json");
    assert_eq!(
        configuration["bundle"]["shortDescription"],
        summaries["en"][0]
    );
}

#[test]
fn it_matches_the_installed_app() {
    let text = text(METAINFO);
    let document = Document::parse(&text).expect("XML");
    let configuration = json("src-tauri/tauri.conf.json");
    let identifier = configuration["identifier"].as_str().expect("an identifier");
    assert_eq!(values(&document, "id"), [identifier]);
    assert_eq!(values(&document, "name")[0], configuration["productName"]);
    assert_eq!(
        values(&document, "launchable"),
        [format!("{identifier}.desktop")]
    );
    assert_eq!(values(&document, "binary"), [desktop("StartupWMClass")]);
    assert_eq!(values(&document, "dbus"), [identifier]);
    assert_eq!(
        values(&document, "category").join(";") + ";",
        desktop("Categories")
    );
    assert_eq!(
        values(&document, "mediatype").join(";") + ";",
        desktop("MimeType")
    );
    let workspace = crate::tree::text("Cargo.toml");
    let [license] = values(&document, "project_license")[..] else {
        panic!("one licence");
    };
    assert!(workspace.contains(&format!("license = \"{license}\"\n")));
    let files = &configuration["bundle"]["linux"]["deb"]["files"];
    let installed = format!("/usr/share/metainfo/{identifier}.metainfo.xml");
    assert_eq!(
        files[&installed],
        format!("linux/{identifier}.metainfo.xml")
    );
}

/// There is no public home page yet, so any address would be invented.
#[test]
fn it_contains_no_address() {
    let text = text(METAINFO);
    for part in ["<url", "<screenshot", "<image", "://", "@"] {
        assert!(!text.contains(part), "{part}");
    }
}
