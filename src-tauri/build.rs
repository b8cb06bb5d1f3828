//! Declares every command, so that each has a permission of its own.

include!("src/commands/list.rs");

fn main() {
    // Borrowed for as long as the build script runs.
    let names: Vec<&str> = COMMANDS.iter().map(|(name, _)| *name).collect();
    let manifest = tauri_build::AppManifest::new().commands(names.leak());
    let attributes = tauri_build::Attributes::new().app_manifest(manifest);
    if let Err(error) = tauri_build::try_build(attributes) {
        panic!("tauri-build: {error:#}");
    }
}
