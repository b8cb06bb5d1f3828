//! The files in a vault's folder, as they are.

use super::Bench;

pub(super) const VAULT: &str = "vault.trousseau";
pub(super) const BACKUP: &str = "vault.trousseau.bak";

pub(super) fn read(bench: &Bench, name: &str) -> Vec<u8> {
    std::fs::read(bench.file(name)).unwrap()
}

pub(super) fn write(bench: &Bench, name: &str, bytes: &[u8]) {
    std::fs::write(bench.file(name), bytes).unwrap();
}

pub(super) fn generation(file: &[u8]) -> u64 {
    trousseau_vault::inspect(file).unwrap().generation
}

/// The files that were kept under names of their own, in the order of their names.
pub(super) fn kept_aside(bench: &Bench) -> Vec<Vec<u8>> {
    let files = std::fs::read_dir(bench.folder.path()).unwrap();
    let names = files.map(|file| file.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<_> = names.filter(|name| name.contains(".damaged-")).collect();
    names.sort();
    names.iter().map(|name| read(bench, name)).collect()
}
