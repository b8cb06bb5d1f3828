/// When a command answers at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(dead_code, reason = "the build script needs the names only")]
pub enum Guard {
    /// Also while locked.
    Always,
    /// While the vault is open, be it for reading only.
    Open,
    /// While the vault itself is open, not its previous generation, be it on a disk that cannot be written.
    Own,
    /// As [`Guard::Own`], and only if a credential was shown to be right in the last 30 seconds.
    OwnProved,
    /// While the vault is open and may be changed.
    Writable,
    /// As [`Guard::Writable`], and only if a credential was shown to be right in the last 30 seconds.
    Proved,
}

use Guard::{Always, Open, Own, OwnProved, Proved, Writable};

/// Every command of the app: the build script makes a permission of each, and the tests go through all of them.
pub const COMMANDS: &[(&str, Guard)] = &[
    ("status", Always),
    ("watch", Always),
    ("touch", Always),
    ("set_visible", Always),
    ("hold_open", Always),
    ("show_code", Open),
    ("vibrate", Always),
    ("judge_passphrase", Always),
    ("create_vault", Always),
    ("confirm_recovery", Writable),
    ("add_recovery", Proved),
    ("prove", Own),
    ("protection", Open),
    ("set_credential", Proved),
    ("remove_credential", Proved),
    ("set_cost", Writable),
    ("key_plan", Open),
    ("draft_words", Proved),
    ("replace_keys", Proved),
    ("postpone_credential", Open),
    ("accept_rollback", Writable),
    ("take_newer_copy", Writable),
    ("kept_files", Open),
    ("delete_kept_file", Proved),
    ("renewals", Open),
    ("list_renewals", Writable),
    ("tick_renewal", Writable),
    ("unlock", Always),
    ("lock", Always),
    ("open_backup", Always),
    ("restore_backup", Always),
    ("view", Open),
    ("take_handed_over", Writable),
    ("read_text", Writable),
    ("read_picture", Writable),
    ("read_frame", Writable),
    ("draft_by_hand", Writable),
    ("save_draft", Writable),
    ("save_drafts", Writable),
    ("discard_draft", Always),
    ("keep_place", Writable),
    ("resume", Writable),
    ("reveal", Open),
    ("reveal_visible", Open),
    ("advance_counter", Writable),
    ("copy_code", Open),
    ("diagnose", Open),
    ("details", Open),
    ("damaged_details", Open),
    ("show_qr", OwnProved),
    ("edit_entry", Writable),
    ("set_groups", Writable),
    ("add_group", Writable),
    ("rename_group", Writable),
    ("remove_group", Writable),
    ("move_entry", Writable),
    ("trash_entry", Writable),
    ("restore_entry", Writable),
    ("purge_entry", Proved),
    ("empty_trash", Proved),
    ("safety", Open),
    // What protects less than before also asks for a proof: the core compares.
    ("set_safety", Writable),
    ("appearance", Always),
    ("set_appearance", Always),
    ("camera_start", Writable),
    ("camera_stop", Always),
];
