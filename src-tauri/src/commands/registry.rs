/// When a command is allowed. Otherwise it returns an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(dead_code, reason = "the build script uses only the names")]
pub enum Access {
    /// Always, also while locked.
    Always,
    /// While unlocked, also if read-only.
    Unlocked,
    /// While the vault itself is unlocked, not its previous generation; also on a disk that cannot be written.
    Current,
    /// As [`Access::Current`], and only within 30 seconds after a correct credential.
    CurrentProved,
    /// While the vault is unlocked and may be changed.
    Writable,
    /// As [`Access::Writable`], and only within 30 seconds after a correct credential.
    WritableProved,
}

use Access::{Always, Unlocked, Current, CurrentProved, WritableProved, Writable};

/// All commands. The build script generates a permission for each, and tests run through all of them.
pub const COMMANDS: &[(&str, Access)] = &[
    ("status", Always),
    ("subscribe", Always),
    ("report_activity", Always),
    ("set_window_visible", Always),
    ("hold_auto_lock", Always),
    ("keep_screen_on", Unlocked),
    ("vibrate", Always),
    ("estimate_strength", Always),
    ("create_vault", Always),
    ("verify_recovery_words", Writable),
    ("add_recovery_words", WritableProved),
    ("reauthenticate", Current),
    ("list_credentials", Unlocked),
    ("set_credential", WritableProved),
    ("remove_credential", WritableProved),
    ("set_kdf_cost", Writable),
    ("plan_key_replacement", Unlocked),
    ("draft_recovery_words", WritableProved),
    ("replace_keys", WritableProved),
    ("postpone_new_credential", Unlocked),
    ("accept_rollback", Writable),
    ("take_newer_copy", Writable),
    ("set_aside_files", Unlocked),
    ("delete_set_aside_file", WritableProved),
    ("new_secrets_checklist", Unlocked),
    ("set_new_secrets_checklist", Writable),
    ("tick_new_secret", Writable),
    ("unlock", Always),
    ("lock", Always),
    ("open_previous_generation", Always),
    ("restore_previous_generation", Always),
    ("list_entries", Unlocked),
    ("take_shared", Writable),
    ("import_text", Writable),
    ("scan_picture", Writable),
    ("scan_frame", Writable),
    ("create_draft", Writable),
    ("save_draft", Writable),
    ("save_drafts", Writable),
    ("discard_draft", Always),
    ("save_ui_state", Writable),
    ("restore_ui_state", Writable),
    ("reveal", Unlocked),
    ("reveal_visible", Unlocked),
    ("advance_counter", Writable),
    ("copy_code", Unlocked),
    ("check_codes", Unlocked),
    ("entry_details", Unlocked),
    ("damaged_entry_details", Unlocked),
    ("export_qr", CurrentProved),
    ("update_entry", Writable),
    ("set_groups", Writable),
    ("add_group", Writable),
    ("rename_group", Writable),
    ("remove_group", Writable),
    ("move_entry", Writable),
    ("trash_entry", Writable),
    ("restore_entry", Writable),
    ("delete_entry", WritableProved),
    ("empty_trash", WritableProved),
    ("security_settings", Unlocked),
    // A weaker setting also needs a recent proof, which the core checks.
    ("set_security_settings", Writable),
    ("appearance", Always),
    ("set_appearance", Always),
    ("start_camera", Writable),
    ("stop_camera", Always),
];
