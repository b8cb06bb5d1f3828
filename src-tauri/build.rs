//! Declares every command, so that each has a permission of its own.

include!("src/commands/registry.rs");

fn main() {
    shrink();
    // Borrowed for as long as the build script runs.
    let names: Vec<&str> = COMMANDS.iter().map(|(name, _)| *name).collect();
    let manifest = tauri_build::AppManifest::new().commands(names.leak());
    let attributes = tauri_build::Attributes::new().app_manifest(manifest);
    if let Err(error) = tauri_build::try_build(attributes) {
        panic!("tauri-build: {error:#}");
    }
}

/// Has the linker fold functions that are alike and pack relocations:
/// the linker that Rust brings for this target can do both.
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
