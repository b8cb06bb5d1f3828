//! The files in a vault's folder, as they are.

use super::Fixture;

pub(super) const VAULT: &str = "vault.trousseau";
pub(super) const BACKUP: &str = "vault.trousseau.bak";

pub(super) fn read(fixture: &Fixture, name: &str) -> Vec<u8> {
    std::fs::read(fixture.file(name)).unwrap()
}

pub(super) fn write(fixture: &Fixture, name: &str, bytes: &[u8]) {
    std::fs::write(fixture.file(name), bytes).unwrap();
}

pub(super) fn generation(file: &[u8]) -> u64 {
    trousseau_vault::inspect(file).unwrap().generation
}

/// The files that were kept under names of their own, in the order of their names.
pub(super) fn list_set_aside(fixture: &Fixture) -> Vec<Vec<u8>> {
    let files = std::fs::read_dir(fixture.folder.path()).unwrap();
    let names = files.map(|file| file.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<_> = names.filter(|name| name.contains(".damaged-")).collect();
    names.sort();
    names.iter().map(|name| read(fixture, name)).collect()
}
