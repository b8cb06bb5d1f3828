//! The app's dependencies: one registry, and no broken cipher or hash.

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

/// Broken ciphers and hashes, which the app must not contain. SHA-1 is not listed, because RFC 6238 codes use
/// it.
const BROKEN: &[&str] = &[
    "blowfish", "cast5", "des", "md-5", "md2", "md4", "md5", "rc2", "rc4", "ripemd", "tea-soft",
];

/// Crates with repeatable or process-seeded random numbers. Keys come from `getrandom` itself.
const REPEATABLE: &[&str] = &["fastrand", "oorandom", "rand", "rand_chacha", "rand_pcg"];

/// The crates that `cargo tree` lists, without versions.
fn tree(packages: &[&str], target: &str) -> BTreeSet<String> {
    let output = Command::new(env!("CARGO"))
        .args(["tree", "--locked", "--offline"])
        .args(["--edges", "normal", "--prefix", "none", "--target", target])
        .args(packages.iter().flat_map(|package| ["--package", package]))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo runs this test, so it is installed");
    assert!(
        output.status.success(),
        "`cargo fetch --locked` fetches the packages of every target: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    let text = String::from_utf8(output.stdout).expect("the output of cargo is UTF-8");
    let names = text.lines().filter_map(|line| line.split(' ').next());
    names.map(str::to_owned).collect()
}

fn banned(names: &BTreeSet<String>, list: &[&str]) -> Vec<String> {
    let listed = |name: &&String| list.contains(&name.as_str());
    names.iter().filter(listed).cloned().collect()
}

#[test]
fn every_package_is_our_own_or_from_the_one_registry() {
    let mut sources = BTreeSet::new();
    let mut external = 0;
    for package in LOCK.split("[[package]]").skip(1) {
        let field = |name: &str| {
            let line = package.lines().find_map(|line| line.strip_prefix(name));
            line.map(|value| value.trim_matches(['=', ' ', '"']))
        };
        let name = field("name").expect("a package has a name");
        match field("source") {
            None => assert!(name.starts_with("trousseau"), "{name} has no source"),
            Some(source) => {
                external += 1;
                sources.insert(source);
                let checksum = field("checksum").unwrap_or_default();
                assert_eq!(checksum.len(), 64, "{name} has no checksum");
            }
        }
    }
    assert!(external > 300, "the lock file is read");
    assert_eq!(sources.len(), 1, "{sources:?}");
    assert!(sources.iter().all(|source| source.starts_with("registry+")));
}

#[test]
fn the_app_depends_on_no_broken_cipher_or_hash() {
    for target in TARGETS {
        let names = tree(&["trousseau"], target);
        assert!(names.contains("aes-gcm") && names.contains("argon2"));
        assert_eq!(banned(&names, BROKEN), Vec::<String>::new(), "{target}");
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
        assert_eq!(banned(&names, REPEATABLE), Vec::<String>::new(), "{target}");
    }
}
