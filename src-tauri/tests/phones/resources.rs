//! Android's resources: texts in four languages, launcher icon, splash screen, backup rules.

use std::collections::{BTreeMap, BTreeSet};

use crate::project_files::{all, android, attributes, files, text, xml};

const RES: &str = "gen/android/app/src/main/res";
const LANGUAGES: [&str; 4] = ["values", "values-de", "values-fr", "values-it"];
const FILES: [&str; 14] = [
    "drawable/ic_launcher_foreground.xml",
    "drawable/ic_launcher_monochrome.xml",
    "mipmap-anydpi-v26/ic_launcher.xml",
    "values-de/strings.xml",
    "values-fr/strings.xml",
    "values-it/strings.xml",
    "values-night/colors.xml",
    "values-v31/themes.xml",
    "values/colors.xml",
    "values/ic_launcher_background.xml",
    "values/strings.xml",
    "values/themes.xml",
    "xml/backup_rules.xml",
    "xml/data_extraction_rules.xml",
];
/// Every domain from which a backup could take a file.
const DOMAINS: [&str; 9] = [
    "database",
    "device_database",
    "device_file",
    "device_root",
    "device_sharedpref",
    "external",
    "file",
    "root",
    "sharedpref",
];

fn resource(file: &str) -> String {
    text(&format!("{RES}/{file}"))
}

/// The values of one kind (`string`, `color`) in a file, by name.
fn values(file: &str, kind: &'static str) -> BTreeMap<String, String> {
    let text = resource(file);
    let document = xml(&text);
    all(document.root_element(), kind)
        .map(|node| {
            let name = node.attribute("name").expect("a value has a name");
            (name.to_owned(), node.text().unwrap_or("").to_owned())
        })
        .collect()
}

#[test]
fn every_text_exists_in_four_languages() {
    let [english, others @ ..] =
        LANGUAGES.map(|folder| values(&format!("{folder}/strings.xml"), "string"));
    assert_eq!(english.len(), 3);
    for other in &others {
        assert!(other.keys().eq(english.keys()));
        assert_ne!(other["add_to_app"], english["add_to_app"]);
        assert_eq!(other["app_name"], "Trousseau");
    }
    for text in others.iter().chain([&english]).flat_map(BTreeMap::values) {
        assert!(!text.is_empty() && !text.contains('ß'), "{text}");
        assert!(
            !text.contains('\''),
            "an apostrophe has to be escaped: {text}"
        );
    }
}

#[test]
fn every_resource_that_is_named_exists() {
    assert!(files(RES).iter().eq(&FILES), "the reviewed files");
    let mut there = BTreeSet::new();
    for file in FILES {
        let (folder, name) = file.split_once('/').expect("every file is in a folder");
        let kind = folder.split('-').next().unwrap_or(folder);
        if kind == "values" {
            let text = resource(file);
            let document = xml(&text);
            for node in document
                .root_element()
                .children()
                .filter(|node| node.is_element())
            {
                let name = node.attribute("name").expect("a value has a name");
                there.insert(format!("@{}/{name}", node.tag_name().name()));
            }
        } else {
            there.insert(format!("@{kind}/{}", name.trim_end_matches(".xml")));
        }
    }
    let manifest = text("gen/android/app/src/main/AndroidManifest.xml");
    let mut named = 0;
    for file in FILES.map(resource).iter().chain([&manifest]) {
        let document = xml(file);
        let in_attributes = document
            .descendants()
            .flat_map(|node| node.attributes())
            .map(|it| it.value());
        let in_texts = document.descendants().filter_map(|node| node.text());
        for value in in_attributes
            .chain(in_texts)
            .filter(|value| value.starts_with('@'))
        {
            named += 1;
            assert!(there.contains(value), "{value}");
        }
    }
    assert!(named >= 12, "only {named} names were found");
}

#[test]
fn no_rule_lets_a_backup_take_a_file() {
    for (file, sections) in [
        ("xml/backup_rules.xml", 1),
        ("xml/data_extraction_rules.xml", 2),
    ] {
        let text = resource(file);
        let document = xml(&text);
        let root = document.root_element();
        let mut found: Vec<_> = root.children().filter(|node| node.is_element()).collect();
        if root.has_tag_name("full-backup-content") {
            found = vec![root];
        }
        assert_eq!(found.len(), sections, "{file}");
        for section in found {
            let rules: Vec<_> = section
                .children()
                .filter(|node| node.is_element())
                .collect();
            assert!(
                rules
                    .iter()
                    .all(|rule| rule.has_tag_name("exclude") && attributes(*rule).len() == 1)
            );
            let domains: BTreeSet<_> = rules
                .iter()
                .filter_map(|rule| rule.attribute("domain"))
                .collect();
            assert!(domains.iter().eq(&DOMAINS), "{file}: {domains:?}");
        }
    }
    let transfer = resource("xml/data_extraction_rules.xml");
    assert!(transfer.contains("<cloud-backup ") && transfer.contains("<device-transfer>"));
}

#[test]
fn the_launcher_icon_is_the_apps_own() {
    let icon = resource("mipmap-anydpi-v26/ic_launcher.xml");
    let document = xml(&icon);
    let layers: Vec<_> = document
        .root_element()
        .children()
        .filter(|node| node.is_element())
        .map(|node| {
            (
                node.tag_name().name(),
                android(node, "drawable").unwrap_or(""),
            )
        })
        .collect();
    assert_eq!(
        layers,
        [
            ("background", "@color/ic_launcher_background"),
            ("foreground", "@drawable/ic_launcher_foreground"),
            ("monochrome", "@drawable/ic_launcher_monochrome"),
        ]
    );

    let svg = text("../icons/trousseau.svg");
    let svg = xml(&svg);
    let svg = svg.root_element();
    let ground = svg
        .descendants()
        .find_map(|node| (node.tag_name().name() == "rect").then(|| node.attribute("fill")));
    let background = values("values/ic_launcher_background.xml", "color");
    assert_eq!(
        ground.flatten(),
        background.get("ic_launcher_background").map(String::as_str)
    );
    for layer in ["foreground", "monochrome"] {
        let drawable = resource(&format!("drawable/ic_launcher_{layer}.xml"));
        let drawable = xml(&drawable);
        let drawn: Vec<_> = all(drawable.root_element(), "path")
            .map(|path| android(path, "pathData"))
            .collect();
        let shapes = svg
            .descendants()
            .filter(|node| matches!(node.tag_name().name(), "circle" | "path"));
        assert_eq!(drawn.len(), shapes.clone().count());
        for path in shapes.filter_map(|node| node.attribute("d")) {
            assert!(drawn.contains(&Some(path)), "{layer}: {path}: make icons");
        }
    }
}

#[test]
fn the_background_before_the_page_loads_is_that_of_the_page() {
    let tokens = text("../ui/src/tokens.css");
    let papers: Vec<_> = tokens
        .lines()
        .filter_map(|line| line.trim().strip_prefix("--paper: ")?.strip_suffix(';'))
        .collect();
    assert_eq!(values("values/colors.xml", "color")["paper"], papers[0]);
    assert_eq!(
        values("values-night/colors.xml", "color")["paper"],
        papers[1]
    );
    for (file, items) in [("values/themes.xml", 1), ("values-v31/themes.xml", 2)] {
        let found = values(file, "item");
        assert_eq!(found.len(), items, "{file}");
        assert!(
            found.values().all(|colour| colour == "@color/paper"),
            "{file}"
        );
    }
}
