//! Checks the files for the stores and software centres: complete in each language, one version, and only the reviewed permissions.

mod flatpak;
mod metainfo;
mod pictures;
mod texts;
mod tree;
mod versions;
