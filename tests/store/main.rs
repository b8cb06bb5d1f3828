//! What the stores and the software centres are given: whole in each language, of one version, and asking for no more than
//! was reviewed.

mod flatpak;
mod metainfo;
mod pictures;
mod texts;
mod tree;
mod versions;
