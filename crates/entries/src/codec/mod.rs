//! The JSON of [`Entries`], format version 1.
//!
//! One object: `version`, `entries`, `groups` (`id`, `name`, `modified`), `tombstones` (`id`, `purged`), `preferences` and
//! `device` (`pin` in base64, `marks`, a list of 32 bytes each in lower-case hex, and `forget`, a list of names), which is
//! absent where it is empty.
//! An entry has `id`, `kind`, `issuer`, `account`, `note`, `groups` (ids), `favourite`, `icon`, `position`, `use_count`,
//! `last_used`, `created`, `modified` (field name to time), `trashed`, `extra` (pairs of name and value), `renewal` (`due` or
//! `done`, absent where the entry is not in the list of the services to renew), and by `kind`:
//!
//! | `kind` | fields |
//! |---|---|
//! | `totp` | `secret` (base32), `algorithm` (`SHA1`, `SHA256`, `SHA512`), `digits`, `period` (seconds) |
//! | `hotp` | `secret`, `algorithm`, `digits`, `counter` |
//! | `steam` | `secret` |
//! | `issued` | `codes`, each with `code` and `used_at` |
//! | `message` | `sender`, `holds_for` (seconds) |
//! | `other` | `origin`, `data` (an object, written back byte for byte) |
//!
//! Ids are UUIDs in lower case with dashes, times are Unix milliseconds; what is absent or `null` has its default.
//!
//! Fields and kinds that are not in this list are additions of a later app under the same version: they are kept and
//! written back. A change that an older app must not write over raises `version`.
//!
//! What cannot be read takes nothing else with it, and is written back as it stood, byte for byte: an item of a list (a
//! field that is missing, outside its range or there twice; a name that is twice in `modified`; an id that an earlier
//! item of the list has; no object), a `renewal`, a preference, a field of `device`, or a whole `groups`, `tombstones`, `preferences` or
//! `device` of another type. Adding an item turns such a section into a list: the old value becomes its first item. Changing
//! a field turns `preferences` or `device` into an object that keeps the old value in its field `damaged`.
//!
//! Refused are: a text that is not a JSON object, a top-level field that is there twice, a `version` that is missing or
//! newer, and `entries` that is not a list.

mod device;
mod object;
mod read;
mod read_entry;
mod times;
mod unread;
mod write;
mod write_entry;
mod write_raw;

pub(crate) use read::claimed_id;

/// The version that is written, and the newest that is read.
const VERSION: u64 = 1;
