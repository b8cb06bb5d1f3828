//! Declares every command, so that Tauri generates a permission for each.

include!("src/commands/registry.rs");

fn main() {
    shrink();
    // tauri-build needs a `'static` slice.
    let names: Vec<&str> = COMMANDS.iter().map(|(name, _)| *name).collect();
    let manifest = tauri_build::AppManifest::new().commands(names.leak());
    let attributes = tauri_build::Attributes::new().app_manifest(manifest);
    if let Err(error) = tauri_build::try_build(attributes) {
        panic!("tauri-build: {error:#}");
    }
}

/// Makes the linker merge identical functions and pack relocations. LLD supports both; Rust uses it by default
/// for x86-64 Linux only.
fn shrink() {
    let cfg = |name| std::env::var(name).unwrap_or_default();
    let target = (
        cfg("CARGO_CFG_TARGET_OS"),
        cfg("CARGO_CFG_TARGET_ENV"),
        cfg("CARGO_CFG_TARGET_ARCH"),
    );
    let has_lld = target == ("linux".into(), "gnu".into(), "x86_64".into());
    if has_lld && cfg("PROFILE") == "release" {
        println!("cargo:rustc-link-arg-bins=-Wl,--icf=all");
        println!("cargo:rustc-link-arg-bins=-Wl,-z,pack-relative-relocs");
    }
}
