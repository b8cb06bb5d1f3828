// Generated from crates/wire by `make wire`. Do not edit.

/**
 * Where the session stands. One transition function in the app moves it.
 */
export type Phase = "noVault" | "locked" | "rateLimited" | "unlocking" | "unlocked" | "readOnly" | "damaged" | "unsupported";

/**
 * The kind of machine the app runs on.
 */
export type Platform = "desktop" | "android" | "ios";

/**
 * Who reads the camera.
 */
export type CameraKind = "web" | "native";

/**
 * How the web view hands a picture file to `scan_picture` and a frame to `scan_frame`.
 *
 * A frame is its width and height, each two bytes, low byte first, followed by
 * `width * height` bytes of luma.
 */
export type FrameEncoding = "raw" | "base64";

/**
 * What the UI needs to know before it draws anything.
 */
export type Status = { 
/**
 * Where the session stands.
 */
phase: Phase, 
/**
 * When the next attempt is taken (Unix time in ms), in phase `delayed`.
 */
rateLimitedUntilMs: number | null, 
/**
 * Whether a previous generation of the vault is on disk, of a version that can be read.
 */
hasPreviousGeneration: boolean, 
/**
 * The disk cannot be written: an open vault can be read, and every change is refused with `storageReadOnly`.
 */
diskReadOnly: boolean, 
/**
 * Whether the recovery words were confirmed; false keeps a reminder up. Only known while open.
 */
recoveryConfirmed: boolean, 
/**
 * What opens the vault that is there, in the order in which to offer it.
 */
credentials: Array<Credential>, 
/**
 * Whether this device keeps secrets for us: without, there is no access code and no "no code at all".
 */
deviceKeepsSecrets: boolean, 
/**
 * Whether this device can open by a biometric.
 */
biometric: Biometric, 
/**
 * Opened with the recovery words: a new credential is to be set now.
 */
newCredentialDue: boolean, 
/**
 * By how many saves what is open is older than the newest that is known: that which this device saw last, or a copy
 * beside it. 0 where it is not. An older vault is for reading until it is kept, or a newer copy is taken.
 */
savesBehind: number, 
/**
 * What is open was sealed under keys that this device does not know, or is another vault than it saw last here: it is for
 * reading until its keys are replaced, or the copy beside it is taken.
 */
foreign: boolean, 
/**
 * A newer copy lies beside the vault and can take its place; or, beside a foreign vault, one that the device knows.
 */
newerCopy: boolean, 
/**
 * Whether what is open is still being compared with what this device saw last: it is for reading until then.
 */
comparing: boolean, 
/**
 * This device keeps secrets, and did not say what it saw last, or saw nothing of this vault yet: an older vault, or a
 * foreign one, would not be noticed.
 */
notCompared: boolean, 
/**
 * Another app handed something over: ask `take_shared`.
 */
sharedWaiting: boolean, 
/**
 * Whether the phone sets its clock by itself; none where it does not say.
 */
setsClockItself: boolean | null, 
/**
 * Somebody records the screen or shows it elsewhere.
 */
screenRecorded: boolean, 
/**
 * The kind of machine.
 */
platform: Platform, 
/**
 * Who reads the camera here.
 */
camera: CameraKind, 
/**
 * How frames travel here.
 */
frameEncoding: FrameEncoding, 
/**
 * The app's version.
 */
version: string, };

/**
 * What a touch is answered with, where the phone can vibrate.
 */
export type Haptic = "key" | "done" | "refused";

/**
 * Something the core tells without being asked.
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
 * Whether it is long enough to be taken.
 */
longEnough: boolean, };

/**
 * One of the recovery words, as the person typed it back.
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
 * The positions to ask back, from 1, in ascending order.
 */
ask: Array<number>, };

/**
 * A kind of credential: what opens the vault.
 *
 * Commands that take one take a `text` with it: what was typed; for `biometric` the sentence that the system's own
 * dialog shows and, in a second line, the word of its button that leaves it; for `device` nothing.
 */
export type Credential = "passphrase" | "pin" | "device" | "biometric" | "recovery";

/**
 * Whether this device can open by a biometric.
 */
export type Biometric = "absent" | "notEnrolled" | "ready";

/**
 * What guessing a typed credential costs: the parameters of Argon2id.
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
 * One credential that opens the vault.
 */
export type CredentialInfo = { 
/**
 * Which kind.
 */
credential: Credential, 
/**
 * Its cost; none where it is random and cannot be guessed.
 */
kdfCost: KdfCost | null, };

/**
 * All that opens the vault, and the costs that can be chosen.
 */
export type VaultCredentials = { 
/**
 * One of each kind at most.
 */
credentials: Array<CredentialInfo>, 
/**
 * From the cheapest to the dearest.
 */
kdfCosts: Array<KdfCost>, };

/**
 * What a way to open the vault needs to stay, when the keys of the vault are replaced.
 */
export type KeepRequirement = "nothing" | "typing" | "dialog" | "newWords" | "impossible";

/**
 * A way that opens the vault now, before the keys are replaced.
 */
export type CurrentCredential = { 
/**
 * Which one.
 */
credential: Credential, 
/**
 * What it needs to stay.
 */
toKeep: KeepRequirement, };

/**
 * A way that is to open the vault once its keys are replaced. What is typed for it travels beside it.
 */
export type WantedCredential = { 
/**
 * Which one.
 */
credential: Credential, 
/**
 * It is another passphrase or access code than the present one, or there is none yet.
 */
isNew: boolean, };

/**
 * What became of the keys.
 */
export type KeysReplaced = { 
/**
 * What was wanted and does not open the vault any more: this device gave or took no part of it.
 */
lost: Array<Credential>, 
/**
 * Whether the copy beside the vault has the new keys too; otherwise it gets them at the next opening.
 */
finished: boolean, };

/**
 * A file that was kept aside when another took its place. It opens with what opened it then.
 */
export type SetAsideFile = { 
/**
 * Its name in the vault's folder.
 */
name: string, 
/**
 * When it was kept aside (Unix time in ms), by the clock of then.
 */
setAsideMs: number, };

/**
 * An entry whose service is to be asked for a new secret, because somebody may have the present one.
 */
export type ChecklistItem = { 
/**
 * The entry.
 */
id: string, 
/**
 * Who issued it; may be empty.
 */
issuer: string, 
/**
 * The account name; may be empty.
 */
account: string, 
/**
 * Whether the person ticked it off.
 */
done: boolean, };

/**
 * What an entry does when its key is touched.
 */
export type Kind = "totp" | "hotp" | "steam" | "issued" | "message" | "other" | "damaged";

/**
 * The hash below the HMAC.
 */
export type Algorithm = "SHA1" | "SHA256" | "SHA512";

/**
 * The order of the list.
 */
export type Sort = "manual" | "name" | "mostUsed" | "recent";

/**
 * Which part of the list to show.
 */
export type ListRequest = { 
/**
 * What is searched; empty shows all.
 */
query: string, 
/**
 * The order.
 */
sort: Sort, 
/**
 * A group's id, or all groups.
 */
group: string | null, 
/**
 * True lists the trash instead.
 */
trash: boolean, 
/**
 * The first row wanted, from 0.
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
 * A matched part of a text, in UTF-16 units: `start` included, `end` not.
 */
export type Span = { 
/**
 * First unit.
 */
start: number, 
/**
 * One past the last unit.
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
 * What its key does.
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
 * Shown before the others.
 */
favourite: boolean, 
/**
 * The slug of the icon that was chosen for it; none is the icon of its issuer where one is known, and `none`
 * the letter of its name whatever the issuer.
 */
icon: string | null, 
/**
 * How many characters its code has, for the closed row's dots; 0 where there is no code.
 */
digits: number, 
/**
 * What the search matched in the issuer.
 */
issuerMatches: Array<Span>, 
/**
 * What the search matched in the account name.
 */
accountMatches: Array<Span>, 
/**
 * Days until it is deleted for ever, of which the last has begun at 1; in the trash only.
 */
daysLeft: number | null, };

/**
 * A name under which entries are put together.
 */
export type Group = { 
/**
 * The group's id (UUID).
 */
id: string, 
/**
 * What the person calls it.
 */
name: string, 
/**
 * How many entries it has outside the trash.
 */
count: number, };

/**
 * On which side of another entry one is put.
 */
export type Placement = "before" | "after";

/**
 * A window of the list.
 */
export type ListPage = { 
/**
 * Rises with every change of the entries.
 */
revision: number, 
/**
 * How many rows the request matches in all.
 */
count: number, 
/**
 * How many of these are favourites; they come first.
 */
favourites: number, 
/**
 * How many entries there are outside the trash, those that cannot be read among them.
 */
total: number, 
/**
 * How many entries cannot be read.
 */
damaged: number, 
/**
 * How many entries are in the trash.
 */
trashed: number, 
/**
 * All groups, in the order they were made.
 */
groups: Array<Group>, 
/**
 * The rows from `offset`.
 */
rows: Array<ListRow>, 
/**
 * The index of the entry of `index_of` among all rows that the request matches, from 0; none where it is not
 * among them.
 */
index: number | null, };

/**
 * A code, shown.
 */
export type RevealedCode = { 
/**
 * The entry's id.
 */
id: string, 
/**
 * The digits without grouping; none for a counter-based entry until "new code" is asked.
 */
code: string | null, 
/**
 * Which code it is; none where there is no code.
 */
codeRef: CodeRef | null, 
/**
 * Start of the window (Unix time in ms); time-based only.
 */
validFromMs: number | null, 
/**
 * End of the window (Unix time in ms), the first moment it is no longer right.
 */
validUntilMs: number | null, 
/**
 * The code of the next window.
 */
next: string | null, 
/**
 * The core's clock when this was made (Unix time in ms); the UI counts on from here.
 */
nowMs: number, };

/**
 * Which code is on the screen: what is copied is exactly that one.
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
 * The code was copied.
 */
export type Copied = { 
/**
 * Seconds until it is taken out of the clipboard again; 0 never.
 */
clearsAfterS: number, };

/**
 * A QR code as it is drawn.
 */
export type QrDrawing = { 
/**
 * Its width and height in modules, with the quiet zone.
 */
size: number, 
/**
 * The dark modules: the data of an SVG path in those units.
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
 * Why a service refuses the codes of an entry.
 */
export type Diagnosis = { "is": "right" } | { "is": "clock", 
/**
 * Seconds to add to it; 0 where only the correction in use is wrong.
 */
offsetS: number, } | { "is": "parameters", 
/**
 * The hash.
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
 * What its key does.
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
 * A free text.
 */
note: string, 
/**
 * Shown before the others.
 */
favourite: boolean, 
/**
 * The ids of the groups it is in.
 */
groups: Array<string>, 
/**
 * Its icon, as in a [`ListRow`].
 */
icon: string | null, 
/**
 * The hash; none where no code is computed.
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
 * What is known of an entry that cannot be read.
 */
export type DamagedEntryDetails = { 
/**
 * Its own id, or one that stands for it.
 */
id: string, 
/**
 * The issuer; empty where it cannot be read.
 */
issuer: string, 
/**
 * The account name; empty where it cannot be read.
 */
account: string, 
/**
 * The name of the field that cannot be read; none where it is another fault.
 */
field: string | null, };

/**
 * What the edit screen can change.
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
 * A free text.
 */
note: string, 
/**
 * Shown before the others.
 */
favourite: boolean, 
/**
 * Its icon, as in a [`ListRow`].
 */
icon: string | null, };

/**
 * What is typed on the "by hand" screen, but for the secret, which travels as an argument of its own.
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
 * The hash.
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
 * How a typed secret is written.
 */
export type Alphabet = "base32" | "hex" | "base64";

/**
 * Whether a draft is known already.
 */
export type Duplicate = { "is": "new" } | { "is": "same", 
/**
 * The entry that is there.
 */
id: string, } | { "is": "sameSecret", 
/**
 * The entry that is there.
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
 * The entry that is there.
 */
id: string, };

/**
 * What the confirmation screen points out. Nothing here refuses.
 */
export type Warning = "shortSecret" | "counterMissing" | "issuerDiffers" | "maybeSteam" | "secretLength" | "linesJoined" | "mixedScripts" | "secretHex" | "secretBase64";

/**
 * What was read and could be saved. Held in the core until saved or discarded; sealed while the vault is locked.
 */
export type Draft = { 
/**
 * Names the draft in `save_draft` and `discard_draft`.
 */
draftId: string, 
/**
 * What its key will do.
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
 * The hash.
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
 * Whether it is known already.
 */
duplicate: Duplicate, 
/**
 * What to point out.
 */
warnings: Array<Warning>, };

/**
 * What the confirmation screen can change before saving.
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
 * The entry is on disk.
 */
export type SavedEntry = { 
/**
 * The entry's id.
 */
id: string, };

/**
 * Several entries are on disk.
 */
export type SavedEntries = { 
/**
 * Their ids, in the order in which they were added.
 */
ids: Array<string>, };

/**
 * A series of transfer codes, of which some may not be read yet; a single one is a series, too.
 *
 * Transfers whose codes do not say which one they belong to can be mixed in one series: then all of them are counted together.
 */
export type Batch = { 
/**
 * How many codes were read.
 */
read: number, 
/**
 * How many there are.
 */
size: number, 
/**
 * The places of those that are missing, from 1.
 */
missing: Array<number>, 
/**
 * The places, from 1, that were read with different contents: codes of several transfers are mixed.
 */
mixed: Array<number>, };

/**
 * What a text, a picture or a frame held.
 */
export type ScanResult = { 
/**
 * What can be saved. What was held already has the id that it had.
 */
drafts: Array<Draft>, 
/**
 * Codes that were read and refused, each with its reason; an account of a transfer code with its `name`.
 */
errors: Array<WireError>, 
/**
 * After a transfer code: the state of every series, in the order in which they were begun. What the other codes held is
 * still held.
 */
batches: Array<Batch>, };

/**
 * What the values on the "by hand" screen are.
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
 * What a lock interrupted: handed back once, after the vault is open again.
 */
export type RestoredState = { 
/**
 * What `save_ui_state` kept last: the screen, and what was typed on it.
 */
uiState: string | null, 
/**
 * What was read and not saved yet.
 */
drafts: Array<Draft>, 
/**
 * The series that were being read.
 */
batches: Array<Batch>, };

/**
 * What the core's own camera has to say.
 */
export type CameraEvent = { "event": "opened" } | { "event": "read", "data": ScanResult } | { "event": "failed", "data": WireError };

/**
 * The colours.
 */
export type Theme = "system" | "light" | "dark" | "black";

/**
 * How large texts are, on top of what the system says.
 */
export type TextSize = "normal" | "large" | "larger";

/**
 * The language of the app.
 */
export type Language = "system" | "fr" | "en" | "de" | "it";

/**
 * Settings that bear on nothing but looks; kept outside the vault.
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
 * How large texts are.
 */
textSize: TextSize, 
/**
 * The order of the list.
 */
sort: Sort, };

/**
 * Settings that bear on safety; kept inside the vault.
 */
export type SecuritySettings = { 
/**
 * Seconds in the background, or without a touch, before the app locks: 0 (at once when left), 30, 60, 300 or 900.
 */
lockAfterS: number, 
/**
 * Seconds a row stays open: 15, 30, 60 or 120.
 */
revealS: number, 
/**
 * Shows every code without a touch.
 */
showAll: boolean, 
/**
 * Copies a code that is touched; otherwise a button does.
 */
copyOnTouch: boolean, 
/**
 * Offers the next code when the one that is shown is about to expire.
 */
offerNext: boolean, 
/**
 * Seconds until a copied code is taken out of the clipboard: 15, 30, 60, or 0 for never.
 */
clipboardS: number, 
/**
 * Keeps the screen out of screenshots and of the list of apps, on a phone.
 */
hideScreen: boolean, 
/**
 * Seconds to add to this device's clock before codes are computed: a day at most, either way.
 */
clockOffsetS: number, };

/**
 * What went wrong, for the UI to put into words. A code exists because the UI says something of its own for it.
 */
export type ErrorCode = "locked" | "readOnly" | "busy" | "vaultExists" | "noVault" | "credentialRejected" | "rateLimited" | "reauthRequired" | "passphraseTooShort" | "pinTooShort" | "pinTooWeak" | "deviceStoreAbsent" | "deviceStoreFailed" | "deviceSecretGone" | "biometricAbsent" | "biometricCancelled" | "biometricFailed" | "biometricChanged" | "lastCredential" | "noPortableCredential" | "recoveryWordUnknown" | "recoveryWordCount" | "recoveryChecksum" | "recoveryWordDiffers" | "vaultDamaged" | "vaultUnsupported" | "vaultOlder" | "vaultForeign" | "vaultComparing" | "keyReplacementRequired" | "keyReplacementUnconfirmed" | "noPreviousGeneration" | "alreadyRunning" | "diskFull" | "storageReadOnly" | "storageFailed" | "fileTooLarge" | "textTooLong" | "notAPicture" | "pictureTooLarge" | "noCodeInPicture" | "codeUnreadable" | "partsMissing" | "partsDiffer" | "notOtpauth" | "webAddress" | "vendorCode" | "transferCodeMalformed" | "transferCodeEmpty" | "unsupportedType" | "uriMalformed" | "brokenLink" | "secondLink" | "bareSecret" | "tooManyCodes" | "tooManyShared" | "sharedUnreadable" | "secretMissing" | "secretCharacter" | "secretLength" | "algorithmUnsupported" | "digitsOutOfRange" | "periodOutOfRange" | "counterOutOfRange" | "frameMalformed" | "entryNotFound" | "entryDamaged" | "groupNotFound" | "groupNameMissing" | "groupExists" | "draftNotFound" | "recoveryWordsNotFound" | "noCode" | "qrTooLong" | "codeExpired" | "counterExhausted" | "fieldTooLong" | "settingOutOfRange" | "clipboardFailed" | "cameraDenied" | "cameraAbsent" | "cameraBusy" | "cameraFailed" | "memoryFull" | "internal";

/**
 * An error as it crosses: a code and numbers or names, never input, never a secret.
 */
export type WireError = { 
/**
 * What went wrong.
 */
code: ErrorCode, 
/**
 * Values for the sentence.
 */
params: { [key in string]: string }, };

/**
 * The largest picture file, in millions of bytes.
 */
export const MAX_PICTURE_MB = 64;

/**
 * The longest text that is read, in characters, not in units of UTF-16.
 */
export const MAX_TEXT_CHARS = 16777216;

/**
 * The most rows a `view` gives, and the most ids a `reveal_visible` takes.
 */
export const MAX_ROWS = 100;

/**
 * How many digits a code may have.
 */
export const DIGITS = [6, 7, 8, 9, 10] as const;

/**
 * Seconds until the app locks that can be chosen; 0 is at once when it is left.
 */
export const LOCK_AFTER_S = [0, 30, 60, 300, 900] as const;

/**
 * In sight and unused, the app locks after so many seconds at the earliest.
 */
export const IDLE_AT_LEAST_S = 300;

/**
 * Seconds for which a row stays open that can be chosen.
 */
export const REVEAL_S = [15, 30, 60, 120] as const;

/**
 * Seconds until a copied code is cleared that can be chosen; 0 is never.
 */
export const CLIPBOARD_S = [15, 30, 60, 0] as const;
