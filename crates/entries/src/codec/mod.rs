//! The JSON of [`Entries`], format version 1.
//!
//! One object: `version`, `entries`, `groups` (`id`, `name`, `modified`), `tombstones` (`id`, `purged`) and `preferences`.
//! An entry has `id`, `kind`, `issuer`, `account`, `note`, `groups` (ids), `favourite`, `icon`, `position`, `use_count`,
//! `last_used`, `created`, `modified` (field name to time), `trashed`, `extra` (pairs of name and value), and by `kind`:
//!
//! | `kind` | fields |
//! |---|---|
//! | `totp` | `secret` (base32), `algorithm` (`SHA1`, `SHA256`, `SHA512`), `digits`, `period` (seconds) |
//! | `hotp` | `secret`, `algorithm`, `digits`, `counter` |
//! | `steam` | `secret` |
//! | `issued` | `codes`, each with `code` and `used_at` |
//! | `message` | `sender`, `holds_for` (seconds) |
//! | `other` | `origin`, `data` (an object) |
//!
//! Ids are UUIDs in lower case with dashes, times are Unix milliseconds; what is absent or `null` has its default. A field
//! that stands twice in an object may be refused.
//! Fields and kinds that are not in this list are additions of a later app under the same version: they are kept and
//! written back. A change that an older app must not write over raises `version`.

mod read;
mod unread;
mod write;

/// The version that is written, and the newest that is read.
const VERSION: u64 = 1;
