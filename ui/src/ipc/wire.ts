// Generated from crates/wire by `make wire`. Do not edit.

/**
 * The phase of the session.
 */
export type Phase = "noVault" | "locked" | "rateLimited" | "unlocking" | "unlocked" | "readOnly" | "damaged" | "unsupported";

/**
 * The platform that the app runs on.
 */
export type Platform = "desktop" | "android" | "ios";

/**
 * Who opens the camera.
 */
export type CameraKind = "web" | "native";

/**
 * How the web view sends a picture file to `scan_picture` and a frame to `scan_frame`.
 *
 * A frame is its width and height (two bytes each, little-endian), followed by `width * height` bytes of luma.
 */
export type FrameEncoding = "raw" | "base64";

/**
 * The state of the app that the page needs before it shows anything.
 */
export type Status = { 
/**
 * The phase of the session.
 */
phase: Phase, 
/**
 * When the next attempt is accepted (Unix time in ms), in phase `rateLimited`.
 */
rateLimitedUntilMs: number | null, 
/**
 * Whether the previous generation of the vault is on disk, and can be read by this version.
 */
hasPreviousGeneration: boolean, 
/**
 * The disk cannot be written: the vault can be read, and every change fails with `storageReadOnly`.
 */
diskReadOnly: boolean, 
/**
 * Whether the user has confirmed the recovery words. If not, a reminder is shown. Only known while unlocked.
 */
recoveryConfirmed: boolean, 
/**
 * The credentials of the vault, in the order to offer them.
 */
credentials: Array<Credential>, 
/**
 * Whether this device can keep small secrets. Without that, neither an access code nor "no code" can be set.
 */
deviceKeepsSecrets: boolean, 
/**
 * Whether a biometric can be used on this device.
 */
biometric: Biometric, 
/**
 * The vault was unlocked with the recovery words, so the user should set a new credential now.
 */
newCredentialDue: boolean, 
/**
 * How many saves the unlocked vault is behind the newest known one: the one that this device saw last, or the copy
 * beside it. 0 if it is the newest. An older vault is read-only until the user accepts it or switches to the copy.
 */
savesBehind: number, 
/**
 * The unlocked vault has keys that this device does not know, or is another vault than it saw last. It is read-only until
 * its keys are replaced or the user switches to the copy beside it.
 */
foreign: boolean, 
/**
 * Beside the vault is a newer copy to switch to; or, beside a foreign vault, one that this device knows.
 */
newerCopy: boolean, 
/**
 * Whether the vault is still being compared with what this device saw last. It is read-only until then.
 */
comparing: boolean, 
/**
 * This device keeps secrets, but did not answer what it saw last, or has not seen this vault yet. An older or foreign
 * vault would not be noticed.
 */
notCompared: boolean, 
/**
 * Another app has shared something: call `take_shared`.
 */
sharedWaiting: boolean, 
/**
 * Whether the system sets the clock automatically; `None` if unknown.
 */
setsClockItself: boolean | null, 
/**
 * The screen is being recorded or mirrored.
 */
screenRecorded: boolean, 
/**
 * The platform.
 */
platform: Platform, 
/**
 * Who opens the camera.
 */
camera: CameraKind, 
/**
 * How to send frames and pictures.
 */
frameEncoding: FrameEncoding, 
/**
 * The app's version.
 */
version: string, };

/**
 * A short vibration in response to a touch.
 */
export type Haptic = "key" | "done" | "refused";

/**
 * An event that the core sends to the page.
 */
export type CoreEvent = "statusChanged" | "clipboardCleared";

/**
 * How hard a passphrase is to guess.
 */
export type Strength = { 
/**
 * 0 (guessed at once) to 4 (out of reach).
 */
score: number, 
/**
 * Whether it is long enough to be accepted.
 */
longEnough: boolean, };

/**
 * A recovery word that the user typed back.
 */
export type TypedWord = { 
/**
 * Position in the list, from 1.
 */
position: number, 
/**
 * The word.
 */
word: string, };

/**
 * Twelve words of the BIP-39 English list, shown once.
 */
export type RecoveryWords = { 
/**
 * The words in order.
 */
words: Array<string>, 
/**
 * The positions of the words to type back, from 1, in ascending order.
 */
ask: Array<number>, };

/**
 * A kind of credential that unlocks the vault.
 *
 * Commands with a credential also take a `text`: what the user typed; for `biometric` the sentence of the system's dialog
 * and, in a second line, the label of its cancel button; for `device` nothing.
 */
export type Credential = "passphrase" | "pin" | "device" | "biometric" | "recovery";

/**
 * Whether a biometric can be used on this device.
 */
export type Biometric = "absent" | "notEnrolled" | "ready";

/**
 * The Argon2id parameters that make guessing a typed credential slow.
 */
export type KdfCost = { 
/**
 * Memory in MiB.
 */
memoryMib: number, 
/**
 * Passes over that memory.
 */
passes: number, };

/**
 * A credential of the vault.
 */
export type CredentialInfo = { 
/**
 * Which kind.
 */
credential: Credential, 
/**
 * Its KDF cost; `None` if it is random and cannot be guessed.
 */
kdfCost: KdfCost | null, };

/**
 * The credentials of the vault, and the KDF costs that can be chosen.
 */
export type VaultCredentials = { 
/**
 * At most one of each kind.
 */
credentials: Array<CredentialInfo>, 
/**
 * In ascending order.
 */
kdfCosts: Array<KdfCost>, };

/**
 * What a credential needs to be kept when the keys of the vault are replaced.
 */
export type KeepRequirement = "nothing" | "typing" | "dialog" | "newWords" | "impossible";

/**
 * A credential of the vault before its keys are replaced.
 */
export type CurrentCredential = { 
/**
 * Its kind.
 */
credential: Credential, 
/**
 * What it needs to be kept.
 */
toKeep: KeepRequirement, };

/**
 * A credential of the vault after its keys are replaced. Its text is an argument of its own.
 */
export type WantedCredential = { 
/**
 * Its kind.
 */
credential: Credential, 
/**
 * True for a passphrase or access code that replaces the present one or is the first.
 */
isNew: boolean, };

/**
 * The result of replacing the keys.
 */
export type KeysReplaced = { 
/**
 * Requested credentials that were lost, because this device did not give or take their secret.
 */
lost: Array<Credential>, 
/**
 * Whether the previous generation has the new keys, too. If not, it gets them at the next unlock.
 */
finished: boolean, };

/**
 * A file that another one replaced and that was set aside. It can be unlocked with the credentials of its time.
 */
export type SetAsideFile = { 
/**
 * Its name in the vault's folder.
 */
name: string, 
/**
 * When it was set aside (Unix time in ms).
 */
setAsideMs: number, };

/**
 * An entry of the new secrets checklist: the user should ask its service for a new secret, because someone may have the
 * present one.
 */
export type ChecklistItem = { 
/**
 * The entry's id.
 */
id: string, 
/**
 * The issuer; may be empty.
 */
issuer: string, 
/**
 * The account name; may be empty.
 */
account: string, 
/**
 * Whether the user ticked it off.
 */
done: boolean, };

/**
 * The kind of an entry: what its key does.
 */
export type Kind = "totp" | "hotp" | "steam" | "issued" | "message" | "other" | "damaged";

/**
 * The hash function of the HMAC.
 */
export type Algorithm = "SHA1" | "SHA256" | "SHA512";

/**
 * The order of the list.
 */
export type Sort = "manual" | "name" | "mostUsed" | "recent";

/**
 * Which section of the list to return.
 */
export type ListRequest = { 
/**
 * The search text; empty for all entries.
 */
query: string, 
/**
 * The order.
 */
sort: Sort, 
/**
 * A group's id; `None` for all entries.
 */
group: string | null, 
/**
 * True for the trash instead.
 */
trash: boolean, 
/**
 * The index of the first row, from 0.
 */
offset: number, 
/**
 * How many rows, at most 100.
 */
limit: number, 
/**
 * The id of an entry whose index is wanted.
 */
indexOf: string | null, };

/**
 * A matched part of a text, in UTF-16 units.
 */
export type Span = { 
/**
 * The first unit.
 */
start: number, 
/**
 * One after the last unit.
 */
end: number, };

/**
 * One row of the list.
 */
export type ListRow = { 
/**
 * The entry's id (UUID).
 */
id: string, 
/**
 * Its kind.
 */
kind: Kind, 
/**
 * The issuer; may be empty.
 */
issuer: string, 
/**
 * The account name; may be empty.
 */
account: string, 
/**
 * Whether it is a favourite; favourites come first.
 */
favourite: boolean, 
/**
 * The slug of the chosen icon. `None`: the icon of the issuer, if there is one. `"none"`: the first letter of the name.
 */
icon: string | null, 
/**
 * How many characters its code has, for the placeholder; 0 if there is no code.
 */
digits: number, 
/**
 * The matches of the search in the issuer.
 */
issuerMatches: Array<Span>, 
/**
 * The matches of the search in the account name.
 */
accountMatches: Array<Span>, 
/**
 * Days until it is permanently deleted, rounded up; only in the trash.
 */
daysLeft: number | null, };

/**
 * A group of entries.
 */
export type Group = { 
/**
 * The group's id (UUID).
 */
id: string, 
/**
 * The name that the user gave it.
 */
name: string, 
/**
 * How many entries it has outside the trash.
 */
count: number, };

/**
 * Where an entry is moved, relative to another one.
 */
export type Placement = "before" | "after";

/**
 * A section of the list.
 */
export type ListPage = { 
/**
 * Increases with every change of the entries.
 */
revision: number, 
/**
 * How many rows match the request in total.
 */
count: number, 
/**
 * How many of them are favourites; those come first.
 */
favourites: number, 
/**
 * How many entries there are outside the trash, damaged ones included.
 */
total: number, 
/**
 * How many entries are damaged.
 */
damaged: number, 
/**
 * How many entries are in the trash.
 */
trashed: number, 
/**
 * All groups, in the order of their creation.
 */
groups: Array<Group>, 
/**
 * The rows from `offset`.
 */
rows: Array<ListRow>, 
/**
 * The index of the entry `index_of` among all matching rows, from 0; `None` if it does not match.
 */
index: number | null, };

/**
 * The current code of an entry.
 */
export type RevealedCode = { 
/**
 * The entry's id.
 */
id: string, 
/**
 * The code without grouping; `None` for a counter-based entry until its counter is advanced.
 */
code: string | null, 
/**
 * Names this code; `None` if there is no code.
 */
codeRef: CodeRef | null, 
/**
 * Start of its time step (Unix time in ms); time-based only.
 */
validFromMs: number | null, 
/**
 * End of its time step (Unix time in ms), the first moment when it is no longer valid.
 */
validUntilMs: number | null, 
/**
 * The code of the next time step.
 */
next: string | null, 
/**
 * The core's time at the answer (Unix time in ms), from which the page counts.
 */
nowMs: number, };

/**
 * Names a code of an entry, so that exactly the code on the screen is copied.
 */
export type CodeRef = { "by": "time", 
/**
 * Unix time in ms.
 */
validFromMs: number, } | { "by": "counter", 
/**
 * The counter.
 */
counter: string, };

/**
 * The answer to copying a code.
 */
export type Copied = { 
/**
 * Seconds until it is cleared from the clipboard; 0 for never.
 */
clearsAfterS: number, };

/**
 * The drawing of a QR code.
 */
export type QrDrawing = { 
/**
 * Width and height in modules, including the quiet zone.
 */
size: number, 
/**
 * The dark modules, as SVG path data in modules.
 */
path: string, };

/**
 * What is wrong with a typed code.
 */
export type Mistyped = { "is": "notDigits" } | { "is": "notSteam" } | { "is": "length", 
/**
 * How many characters it has.
 */
count: number, };

/**
 * Why a service refuses the codes of an entry, found from two codes of another device.
 */
export type Diagnosis = { "is": "right" } | { "is": "clock", 
/**
 * Seconds to add to it; 0 if only the clock offset in the settings is wrong.
 */
offsetS: number, } | { "is": "parameters", 
/**
 * The hash function.
 */
algorithm: Algorithm, 
/**
 * How many digits.
 */
digits: number, 
/**
 * The period in seconds.
 */
period: number, } | { "is": "steam" } | { "is": "counterBased" } | { "is": "mistyped", 
/**
 * What is wrong with the first code.
 */
first: Mistyped | null, 
/**
 * What is wrong with the second code.
 */
second: Mistyped | null, 
/**
 * How many characters a code of the entry has.
 */
expected: number, } | { "is": "lengthsDiffer", 
/**
 * How many characters the first code has.
 */
first: number, 
/**
 * How many characters the second code has.
 */
second: number, 
/**
 * How many characters a code of the entry has.
 */
expected: number, } | { "is": "sameCode" } | { "is": "unknown" };

/**
 * All the metadata of an entry.
 */
export type EntryDetails = { 
/**
 * The entry's id.
 */
id: string, 
/**
 * Its kind.
 */
kind: Kind, 
/**
 * The issuer.
 */
issuer: string, 
/**
 * The account name.
 */
account: string, 
/**
 * The user's note.
 */
note: string, 
/**
 * Whether it is a favourite; favourites come first.
 */
favourite: boolean, 
/**
 * The ids of its groups.
 */
groups: Array<string>, 
/**
 * Its icon, as in [`ListRow`].
 */
icon: string | null, 
/**
 * The hash function; `None` if no code is computed.
 */
algorithm: Algorithm | null, 
/**
 * How many characters its code has.
 */
digits: number, 
/**
 * The period in seconds; time-based only.
 */
period: number | null, 
/**
 * The next counter in decimal; counter-based only.
 */
counter: string | null, 
/**
 * The length of the secret in bits.
 */
secretBits: number, 
/**
 * When it was added (Unix time in ms).
 */
createdMs: number, 
/**
 * When it was last changed (Unix time in ms).
 */
modifiedMs: number, 
/**
 * When its code was last shown (Unix time in ms).
 */
lastUsedMs: number | null, 
/**
 * How often its code was shown.
 */
useCount: number, 
/**
 * When it was moved to the trash (Unix time in ms).
 */
trashedMs: number | null, };

/**
 * What can be read of a damaged entry.
 */
export type DamagedEntryDetails = { 
/**
 * Its id, or one that replaces an unreadable id.
 */
id: string, 
/**
 * The issuer; empty if it cannot be read.
 */
issuer: string, 
/**
 * The account name; empty if it cannot be read.
 */
account: string, 
/**
 * The name of the field that cannot be read; `None` if something else is wrong.
 */
field: string | null, };

/**
 * What the edit screen changes.
 */
export type EntryChanges = { 
/**
 * The issuer.
 */
issuer: string, 
/**
 * The account name.
 */
account: string, 
/**
 * The user's note.
 */
note: string, 
/**
 * Whether it is a favourite; favourites come first.
 */
favourite: boolean, 
/**
 * Its icon, as in [`ListRow`].
 */
icon: string | null, };

/**
 * The fields of manual entry, except the secret, which is an argument of its own.
 */
export type ManualEntry = { 
/**
 * `totp`, `hotp` or `steam`.
 */
kind: Kind, 
/**
 * The issuer.
 */
issuer: string, 
/**
 * The account name.
 */
account: string, 
/**
 * The hash function.
 */
algorithm: Algorithm, 
/**
 * 6 to 10.
 */
digits: number, 
/**
 * 1 to 3600 seconds.
 */
period: number, 
/**
 * The next counter in decimal.
 */
counter: string, };

/**
 * The alphabet of a typed secret (RFC 4648).
 */
export type Alphabet = "base32" | "hex" | "base64";

/**
 * Whether the vault already holds an entry like this draft.
 */
export type Duplicate = { "is": "new" } | { "is": "same", 
/**
 * The id of that entry.
 */
id: string, } | { "is": "sameSecret", 
/**
 * The id of that entry.
 */
id: string, 
/**
 * Its issuer.
 */
issuer: string, 
/**
 * Its account name.
 */
account: string, } | { "is": "sameName", 
/**
 * The id of that entry.
 */
id: string, };

/**
 * A warning about a draft, which can be saved all the same.
 */
export type Warning = "shortSecret" | "counterMissing" | "issuerDiffers" | "maybeSteam" | "secretLength" | "linesJoined" | "mixedScripts" | "secretHex" | "secretBase64";

/**
 * An entry that was read and can be saved. The core keeps it until it is saved or discarded, sealed while the vault is locked.
 */
export type Draft = { 
/**
 * The id for `save_draft` and `discard_draft`.
 */
draftId: string, 
/**
 * The kind of the entry.
 */
kind: Kind, 
/**
 * The issuer.
 */
issuer: string, 
/**
 * The account name.
 */
account: string, 
/**
 * The hash function.
 */
algorithm: Algorithm, 
/**
 * How many characters its code has.
 */
digits: number, 
/**
 * The period in seconds; time-based only.
 */
period: number | null, 
/**
 * The next counter in decimal; counter-based only.
 */
counter: string | null, 
/**
 * The length of the secret in bits.
 */
secretBits: number, 
/**
 * Whether the vault already holds it.
 */
duplicate: Duplicate, 
/**
 * Warnings about it.
 */
warnings: Array<Warning>, };

/**
 * What the user can change before saving.
 */
export type DraftChanges = { 
/**
 * The issuer.
 */
issuer: string, 
/**
 * The account name.
 */
account: string, };

/**
 * The answer to saving a draft.
 */
export type SavedEntry = { 
/**
 * The entry's id.
 */
id: string, };

/**
 * The answer to saving several drafts.
 */
export type SavedEntries = { 
/**
 * The entries' ids, in the order in which they were added.
 */
ids: Array<string>, };

/**
 * A batch of transfer codes, of which some may still be missing. A single code is a batch, too.
 *
 * Codes without a batch id of several transfers can get into one batch; then they are counted together.
 */
export type Batch = { 
/**
 * How many codes were read.
 */
read: number, 
/**
 * How many codes it has.
 */
size: number, 
/**
 * The positions of the missing codes, from 1.
 */
missing: Array<number>, 
/**
 * The positions, from 1, that were read with different contents, so codes of several transfers are mixed.
 */
mixed: Array<number>, };

/**
 * What was found in a text, a picture or a camera frame.
 */
export type ScanResult = { 
/**
 * What can be saved. A draft that the core already has keeps its id.
 */
drafts: Array<Draft>, 
/**
 * The errors of codes that cannot be saved. That of an account in a transfer code has its `name`.
 */
errors: Array<WireError>, 
/**
 * After a transfer code: the state of every batch, in the order in which they were begun. The drafts of the other codes
 * are kept.
 */
batches: Array<Batch>, };

/**
 * The result of manual entry.
 */
export type ManualEntryResult = { "is": "read", 
/**
 * What can be saved.
 */
read: ScanResult, } | { "is": "ambiguous", 
/**
 * The alphabets, the usual one first.
 */
alphabets: Array<Alphabet>, };

/**
 * What a lock interrupted.
 */
export type RestoredState = { 
/**
 * The text of the last `save_ui_state`: the open screens, and what was typed there.
 */
uiState: string | null, 
/**
 * The drafts that are not saved yet.
 */
drafts: Array<Draft>, 
/**
 * The batches that are not complete yet.
 */
batches: Array<Batch>, };

/**
 * An event of the camera that the core reads.
 */
export type CameraEvent = { "event": "opened" } | { "event": "read", "data": ScanResult } | { "event": "failed", "data": WireError };

/**
 * The colours.
 */
export type Theme = "system" | "light" | "dark" | "black";

/**
 * The text size, relative to the system's.
 */
export type TextSize = "normal" | "large" | "larger";

/**
 * The language of the app.
 */
export type Language = "system" | "fr" | "en" | "de" | "it";

/**
 * The appearance settings, saved outside the vault.
 */
export type Appearance = { 
/**
 * The language.
 */
language: Language, 
/**
 * The colours.
 */
theme: Theme, 
/**
 * The text size.
 */
textSize: TextSize, 
/**
 * The order of the list.
 */
sort: Sort, };

/**
 * The security settings, saved in the vault.
 */
export type SecuritySettings = { 
/**
 * Seconds in the background, or without activity, until the app locks: 0 (at once when left), 30, 60, 300 or 900.
 */
lockAfterS: number, 
/**
 * Seconds for which a row stays expanded: 15, 30, 60 or 120.
 */
revealS: number, 
/**
 * Shows all codes without a touch.
 */
showAll: boolean, 
/**
 * Copies a code when it is touched; otherwise a button copies it.
 */
copyOnTouch: boolean, 
/**
 * Offers the next code shortly before the shown one expires.
 */
offerNext: boolean, 
/**
 * Seconds until a copied code is cleared from the clipboard: 15, 30, 60, or 0 for never.
 */
clipboardS: number, 
/**
 * Hides the screen from screenshots and the app switcher, on phones.
 */
hideScreen: boolean, 
/**
 * Seconds to add to this device's clock when codes are computed; at most a day in either direction.
 */
clockOffsetS: number, };

/**
 * What went wrong. The page has a text for each code; a code exists only because its text differs.
 */
export type ErrorCode = "locked" | "readOnly" | "busy" | "vaultExists" | "noVault" | "credentialRejected" | "rateLimited" | "reauthRequired" | "passphraseTooShort" | "pinTooShort" | "pinTooWeak" | "deviceStoreAbsent" | "deviceStoreFailed" | "deviceSecretGone" | "biometricAbsent" | "biometricCancelled" | "biometricFailed" | "biometricChanged" | "lastCredential" | "noPortableCredential" | "recoveryWordUnknown" | "recoveryWordCount" | "recoveryChecksum" | "recoveryWordDiffers" | "vaultDamaged" | "vaultUnsupported" | "vaultOlder" | "vaultForeign" | "vaultComparing" | "keyReplacementRequired" | "keyReplacementUnconfirmed" | "noPreviousGeneration" | "alreadyRunning" | "diskFull" | "storageReadOnly" | "storageFailed" | "fileTooLarge" | "textTooLong" | "notAPicture" | "pictureTooLarge" | "noCodeInPicture" | "codeUnreadable" | "partsMissing" | "partsDiffer" | "notOtpauth" | "webAddress" | "vendorCode" | "transferCodeMalformed" | "transferCodeEmpty" | "unsupportedType" | "uriMalformed" | "brokenLink" | "secondLink" | "bareSecret" | "tooManyCodes" | "tooManyShared" | "sharedUnreadable" | "secretMissing" | "secretCharacter" | "secretLength" | "algorithmUnsupported" | "digitsOutOfRange" | "periodOutOfRange" | "counterOutOfRange" | "frameMalformed" | "entryNotFound" | "entryDamaged" | "groupNotFound" | "groupNameMissing" | "groupExists" | "draftNotFound" | "recoveryWordsNotFound" | "noCode" | "qrTooLong" | "codeExpired" | "counterExhausted" | "fieldTooLong" | "settingOutOfRange" | "clipboardFailed" | "cameraDenied" | "cameraAbsent" | "cameraBusy" | "cameraFailed" | "memoryFull" | "internal";

/**
 * An error on the wire: a code with numbers or names, never input, never a secret.
 */
export type WireError = { 
/**
 * The error code.
 */
code: ErrorCode, 
/**
 * Values for the text.
 */
params: { [key in string]: string }, };

/**
 * The largest picture file, in millions of bytes.
 */
export const MAX_PICTURE_MB = 64;

/**
 * The longest text that is read, in characters, not in UTF-16 units.
 */
export const MAX_TEXT_CHARS = 16777216;

/**
 * The most rows that `list_entries` returns, and the most ids that `reveal_visible` takes.
 */
export const MAX_ROWS = 100;

/**
 * How many digits a code may have.
 */
export const DIGITS = [6, 7, 8, 9, 10] as const;

/**
 * The choices for auto-lock, in seconds; 0 locks at once when the app is left.
 */
export const LOCK_AFTER_S = [0, 30, 60, 300, 900] as const;

/**
 * Minimum idle time in seconds before auto-lock while the window is visible.
 */
export const IDLE_AT_LEAST_S = 300;

/**
 * The choices for how long a row stays expanded, in seconds.
 */
export const REVEAL_S = [15, 30, 60, 120] as const;

/**
 * The choices for clearing a copied code, in seconds; 0 for never.
 */
export const CLIPBOARD_S = [15, 30, 60, 0] as const;
