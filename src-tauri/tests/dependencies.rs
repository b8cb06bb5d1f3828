//! What the app is built from: one registry, and no cipher or hash that is broken.

use std::collections::BTreeSet;
use std::process::Command;

const LOCK: &str = include_str!("../../Cargo.lock");

const TARGETS: [&str; 5] = [
    "x86_64-unknown-linux-gnu",
    "aarch64-apple-darwin",
    "x86_64-pc-windows-msvc",
    "aarch64-linux-android",
    "aarch64-apple-ios",
];

/// Ciphers and hashes that nothing here may rest on. SHA-1 is not among them: RFC 6238 codes are made with it.
const BROKEN: &[&str] = &[
    "blowfish", "cast5", "des", "md-5", "md2", "md4", "md5", "rc2", "rc4", "ripemd", "tea-soft",
];

/// Random numbers that are repeatable or seeded in the process; keys come from `getrandom` itself.
const REPEATABLE: &[&str] = &["fastrand", "oorandom", "rand", "rand_chacha", "rand_pcg"];

/// The crates that `cargo tree` lists, without their versions.
fn tree(packages: &[&str], target: &str) -> BTreeSet<String> {
    let output = Command::new(env!("CARGO"))
        .args(["tree", "--locked", "--offline"])
        .args(["--edges", "normal", "--prefix", "none", "--target", target])
        .args(packages.iter().flat_map(|package| ["--package", package]))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo runs its tests");
    assert!(
        output.status.success(),
        "`cargo fetch --locked` brings the packages of every target: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    let text = String::from_utf8(output.stdout).expect("cargo prints text");
    let names = text.lines().filter_map(|line| line.split(' ').next());
    names.map(str::to_owned).collect()
}

fn among(names: &BTreeSet<String>, list: &[&str]) -> Vec<String> {
    let listed = |name: &&String| list.contains(&name.as_str());
    names.iter().filter(listed).cloned().collect()
}

#[test]
fn every_package_is_ours_or_from_the_one_registry() {
    let mut sources = BTreeSet::new();
    let mut foreign = 0;
    for package in LOCK.split("[[package]]").skip(1) {
        let field = |name: &str| {
            let line = package.lines().find_map(|line| line.strip_prefix(name));
            line.map(|value| value.trim_matches(['=', ' ', '"']))
        };
        let name = field("name").expect("a package has a name");
        match field("source") {
            None => assert!(name.starts_with("trousseau"), "{name} has no source"),
            Some(source) => {
                foreign += 1;
                sources.insert(source);
                let checksum = field("checksum").unwrap_or_default();
                assert_eq!(checksum.len(), 64, "{name} has no checksum");
            }
        }
    }
    assert!(foreign > 300, "the lock file is read");
    assert_eq!(sources.len(), 1, "{sources:?}");
    assert!(sources.iter().all(|source| source.starts_with("registry+")));
}

#[test]
fn nothing_broken_is_among_the_apps_dependencies() {
    for target in TARGETS {
        let names = tree(&["trousseau"], target);
        assert!(names.contains("aes-gcm") && names.contains("argon2"));
        assert_eq!(among(&names, BROKEN), Vec::<String>::new(), "{target}");
    }
}

#[test]
fn keys_come_from_the_operating_system() {
    for target in TARGETS {
        let names = tree(
            &["trousseau-vault", "trousseau-otp", "trousseau-entries"],
            target,
        );
        assert!(names.contains("getrandom"));
        assert_eq!(among(&names, REPEATABLE), Vec::<String>::new(), "{target}");
    }
}
