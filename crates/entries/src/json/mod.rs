//! The JSON of [`VaultData`], format version 1.
//!
//! One object: `version`, `entries`, `groups` (`id`, `name`, `modified`), `tombstones` (`id`, `purged`), `preferences` and
//! `device` (`pin` in base64, `marks`, a list of 32 bytes each in lower-case hex, and `forget`, a list of names), which is
//! absent if it is empty.
//! An entry has `id`, `kind`, `issuer`, `account`, `note`, `groups` (ids), `favourite`, `icon`, `position`, `use_count`,
//! `last_used`, `created`, `modified` (field name to time), `trashed`, `extra` (pairs of name and value), `renewal` (`due` or
//! `done`, absent if the entry is not in the list of services to renew), and by `kind`:
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
//! Ids are UUIDs in lower case with dashes, times are Unix milliseconds; absent and `null` fields have their default.
//!
//! Fields and kinds that are not in this list were added by a later app with the same version: they are kept and
//! written back. A change that an older app must not overwrite raises `version`.
//!
//! What cannot be read is written back byte for byte, and the rest is read: an item of a list (a field that is missing, out of
//! range or repeated; a repeated name in `modified`; the id of an earlier item of the list; not an object), a `renewal`, a
//! setting, a field of `device`, or a whole `groups`, `tombstones`, `preferences` or `device` of another type. Adding an item
//! turns such a section into a list whose first item is the old value. Changing a field turns `preferences` or `device` into an
//! object that keeps the old value in its field `damaged`.
//!
//! A document is refused if it is not a JSON object, has a repeated top-level field, has no `version` or a newer one, or if
//! `entries` is not a list.

mod device;
mod object;
mod read;
mod read_entry;
mod times;
mod unparsed_fields;
mod write;
mod write_entry;
mod write_raw;

pub(crate) use read::own_id;

/// The format version that is written, and the newest one that is read.
const VERSION: u64 = 1;
