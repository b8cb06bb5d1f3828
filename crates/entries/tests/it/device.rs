//! The device's data: read, written, kept if damaged, and never shown.

use trousseau_entries::{DeviceSection, VaultData};
use zeroize::Zeroizing;

use crate::damage::section;
use crate::support::{all, issuers, listed_issuers, written};

const SECRET: &str = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

fn device() -> DeviceSection {
    DeviceSection {
        pin: Some(Zeroizing::new(vec![0, 1, 2, 3, 255])),
        marks: vec![Zeroizing::new(std::array::from_fn(|at| at as u8))],
        forget: vec!["secret of a slot".into()],
    }
}

fn read(device: &str) -> VaultData {
    let json = format!(r#"{{"version":1,"device":{device}}}"#);
    VaultData::from_json(json.as_bytes()).unwrap()
}

fn is_there(entries: &VaultData) -> bool {
    written(entries).get("device").is_some()
}

#[test]
fn the_section_survives_a_round_trip_and_is_absent_if_empty() {
    let (mut entries, _) = issuers(&["a"]);
    assert!(!is_there(&entries) && *entries.device() == DeviceSection::default());
    for empty in ["{}", "null", r#"{"pin":null,"marks":null,"forget":[]}"#] {
        assert!(!is_there(&read(empty)), "{empty}");
    }
    entries.set_device(device());
    let text =
        format!(r#"{{"pin":"AAECA/8=","marks":["{SECRET}"],"forget":["secret of a slot"]}}"#);
    assert_eq!(section(&entries, "device"), text);
    let mut again = VaultData::from_json(&entries.to_json()).unwrap();
    assert!(*again.device() == device());
    assert_eq!(listed_issuers(&again, &all()), ["a"]);

    again.set_device(DeviceSection {
        pin: None,
        ..device()
    });
    assert!(!section(&again, "device").contains("pin"));
    again.set_device(DeviceSection::default());
    assert!(!is_there(&again));
}

#[test]
fn only_a_difference_counts_as_a_change() {
    let (mut entries, _) = issuers(&["a"]);
    for (device, changes) in [
        (DeviceSection::default(), 0),
        (device(), 1),
        (device(), 0),
        (DeviceSection::default(), 1),
    ] {
        let before = entries.revision();
        entries.set_device(device);
        assert_eq!(entries.revision() - before, changes);
    }
}

#[test]
fn fields_of_a_later_version_stay() {
    let mut entries = read(r#"{"later":[1.50],"forget":["a"],"other":null}"#);
    entries.set_device(device());
    let kept = r#","later":[1.50],"other":null}"#;
    assert!(section(&entries, "device").ends_with(kept));
    entries.set_device(DeviceSection::default());
    let text = format!(r#"{{"marks":[],"forget":[]{kept}"#);
    assert_eq!(section(&entries, "device"), text);
}

#[test]
fn a_field_that_cannot_be_read_is_kept_until_it_is_changed() {
    let upper = format!("[\"{}\"]", SECRET.to_uppercase());
    let short = format!("[\"{SECRET}\",\"{}\"]", &SECRET[2..]);
    for (name, bad) in [
        ("pin", "5"),
        ("pin", "\"AAECA/8\""),
        ("pin", "\"AAECA/9=\""),
        ("pin", "\"AAECA_8=\""),
        ("pin", "\"AAEC A/8=\""),
        ("marks", "{}"),
        ("marks", "[5]"),
        ("marks", r#"[""]"#),
        ("marks", &upper),
        ("marks", &short),
        ("forget", "\"a\""),
        ("forget", "[null]"),
        ("forget", r#"["\ud800"]"#),
    ] {
        let good = [
            ("pin", "\"AAECA/8=\""),
            ("marks", &*format!("[\"{SECRET}\"]")),
            ("forget", "[\"secret of a slot\"]"),
        ]
        .map(|(other, text)| format!("\"{other}\":{}", if other == name { bad } else { text }));
        let mut entries = read(&format!("{{{}}}", good.join(",")));
        let expected = |name| {
            let DeviceSection { pin, marks, forget } = device();
            DeviceSection {
                pin: pin.filter(|_| name != "pin"),
                marks: if name == "marks" { vec![] } else { marks },
                forget: if name == "forget" { vec![] } else { forget },
            }
        };
        assert!(
            *entries.device() == expected(name),
            "the rest is read: {bad}"
        );
        let kept = format!("\"{name}\":{bad}");
        assert!(section(&entries, "device").contains(&kept), "{bad}");
        // Another field is changed.
        let other = if name == "forget" { "pin" } else { "forget" };
        entries.set_device(match other {
            "pin" => DeviceSection {
                pin: None,
                ..expected(name)
            },
            _ => DeviceSection {
                forget: vec![],
                ..expected(name)
            },
        });
        entries = VaultData::from_json(&entries.to_json()).unwrap();
        assert!(section(&entries, "device").contains(&kept), "{bad}");
        entries.set_device(device());
        assert!(!section(&entries, "device").contains(&kept), "{bad}");
        let again = VaultData::from_json(&entries.to_json()).unwrap();
        assert!(*again.device() == device());
    }
}

#[test]
fn a_section_of_another_type_is_kept_unchanged() {
    for bad in [
        "5",
        "[ ]",
        "\"x\"",
        r#"{"forget":["a"],"forget":["b"]}"#,
        r#"{"later":1,"later":2}"#,
    ] {
        let mut entries = read(bad);
        assert!(*entries.device() == DeviceSection::default());
        assert_eq!(section(&entries, "device"), bad);
        entries.set_device(DeviceSection::default());
        assert_eq!(section(&entries, "device"), bad, "nothing was changed");
        entries.set_device(device());
        let again = VaultData::from_json(&entries.to_json()).unwrap();
        assert!(*again.device() == device());
        assert!(section(&again, "device").ends_with(&format!("\"damaged\":{bad}}}")));
    }
}
