//! Everything that holds a secret, done by the commands as Tauri calls them.

use std::sync::mpsc;

use data_encoding::BASE32_NOPAD;
use secrecy::SecretString;
use tauri::test::MockRuntime;
use tauri::{AppHandle, Manager};
use trousseau_app::commands::{self, CoreState};
use trousseau_wire::{
    Algorithm, Credential, Draft, DraftChanges, EntryChanges, Kind, ListRequest, ManualEntry,
    ManualEntryResult, Sort, WantedCredential,
};
use zeroize::Zeroizing;

use crate::search::{MASK, Needle, masked, unmasked};

/// A text that only this test knows, masked from the start: `length` characters of `alphabet`.
pub fn random_text(length: usize, alphabet: &[u8]) -> Vec<u8> {
    let mut bytes = vec![0; length];
    getrandom::fill(&mut bytes).expect("there is randomness");
    bytes
        .iter()
        .map(|byte| alphabet[usize::from(*byte) % alphabet.len()] ^ MASK)
        .collect()
}

/// Calls commands as Tauri does.
pub struct Hands {
    pub app: AppHandle<MockRuntime>,
}

impl Hands {
    /// On a thread of its own, which sleeps from then on.
    pub fn call<T: Send + 'static>(
        &self,
        command: impl FnOnce(CoreState<'_>) -> T + Send + 'static,
    ) -> T {
        let app = self.app.clone();
        let (answer, is_answered) = mpsc::channel();
        std::thread::spawn(move || {
            answer.send(command(app.state())).expect("it is awaited");
            loop {
                std::thread::park();
            }
        });
        is_answered.recv().expect("the command does not panic")
    }

    pub fn text(masked: &[u8]) -> String {
        String::from_utf8(masked.iter().map(|byte| byte ^ MASK).collect()).expect("ASCII")
    }

    pub fn typed(masked: &[u8]) -> SecretString {
        SecretString::from(Self::text(masked))
    }

    pub fn read(&self, uri: String) -> Vec<Draft> {
        let answer = self.call(|core| commands::import_text(core, uri));
        answer.expect("a link").drafts
    }

    pub fn save(&self, draft: Draft) -> String {
        let changes = DraftChanges {
            issuer: draft.issuer,
            account: draft.account,
        };
        let saved = self.call(|core| commands::save_draft(core, draft.draft_id, changes));
        saved.expect("the disk works").id
    }

    pub fn reveal(&self, id: &str) {
        let id = id.to_owned();
        self.call(|core| commands::reveal(core, id))
            .expect("it is there");
    }

    pub fn set(&self, kind: Credential, text: &[u8]) {
        let text = Self::typed(text);
        self.call(move |core| commands::set_credential(core, kind, text))
            .expect("the disk works");
    }

    /// Another passphrase under new keys, and the access code and the words with it.
    pub fn replace_keys(&self, passphrase: &[u8]) {
        let wanted_credential = |credential, is_new| WantedCredential { credential, is_new };
        let request = vec![
            wanted_credential(Credential::Passphrase, true),
            wanted_credential(Credential::Pin, false),
            wanted_credential(Credential::Recovery, false),
        ];
        let (passphrase, pin) = (Self::typed(passphrase), Self::typed(b""));
        self.call(move |core| {
            commands::replace_keys(core, request, passphrase, pin, String::new(), false)
        })
        .expect("the disk works");
    }

    pub fn unlock(&self, kind: Credential, text: &[u8]) {
        let text = Self::typed(text);
        self.call(move |core| commands::unlock(core, kind, text))
            .expect("it opens");
    }

    pub fn lock(&self) {
        self.call(commands::lock);
    }
}

/// What is typed and kept, masked.
pub struct Secrets {
    pub passphrase: Vec<u8>,
    pub other: Vec<u8>,
    pub pin: Vec<u8>,
    /// Base32.
    pub secrets: Vec<Vec<u8>>,
    pub note: Vec<u8>,
}

impl Secrets {
    pub fn new() -> Self {
        let letters = b"abcdefghijklmnopqrstuvwxyz";
        let base32 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        Self {
            passphrase: random_text(24, letters),
            other: random_text(24, letters),
            pin: random_text(18, b"0123456789"),
            secrets: (0..5).map(|_| random_text(32, base32)).collect(),
            note: random_text(40, letters),
        }
    }

    pub fn needles(&self) -> Vec<Needle> {
        let texts = [
            ("passphrase", &self.passphrase),
            ("other passphrase", &self.other),
            ("access code", &self.pin),
            ("note", &self.note),
        ];
        let mut needles: Vec<Needle> = texts
            .into_iter()
            .map(|(name, text)| Needle {
                name: name.into(),
                masked: text.clone(),
            })
            .collect();
        for (at, secret) in self.secrets.iter().enumerate() {
            needles.push(Needle {
                name: format!("secret {at}, base32"),
                masked: secret.clone(),
            });
            let raw = BASE32_NOPAD.decode(&unmasked(secret)).expect("base32");
            let raw = Zeroizing::new(raw);
            needles.push(Needle {
                name: format!("secret {at}"),
                masked: masked(&raw),
            });
        }
        needles
    }
}

/// The words as one text, masked, and as any three in a row.
pub fn of_words(words: &[String], name: &str) -> Vec<Needle> {
    let runs = words.windows(3).enumerate();
    runs.map(|(at, run)| Needle {
        name: format!("{name}, words {at}.."),
        masked: masked(Zeroizing::new(run.join(" ")).as_bytes()),
    })
    .collect()
}

/// Everything that holds a secret; the needles of the words that came up, and the last words themselves, masked.
pub fn work(hands: &Hands, secrets: &Secrets) -> (Vec<Needle>, Vec<u8>) {
    let first = Hands::typed(&secrets.passphrase);
    let words = hands
        .call(|core| commands::create_vault(core, Credential::Passphrase, first))
        .expect("the disk works");
    let mut needles = of_words(&words.words, "first words");
    let mut ids = Vec::new();
    for (at, secret) in secrets.secrets[..4].iter().enumerate() {
        let kind = ["totp", "hotp", "steam", "totp"][at];
        let secret = Zeroizing::new(Hands::text(secret));
        let uri = format!("otpauth://{kind}/Portail:{at}?secret={}", *secret);
        ids.extend(hands.read(uri).into_iter().map(|draft| hands.save(draft)));
    }
    let fields = ManualEntry {
        kind: Kind::Totp,
        issuer: "Portail".into(),
        account: "typed".into(),
        algorithm: Algorithm::Sha512,
        digits: 6,
        period: 30,
        counter: "0".into(),
    };
    let typed = Hands::typed(&secrets.secrets[4]);
    let answer = hands.call(|core| commands::create_draft(core, fields, typed, None));
    let ManualEntryResult::Read { mut read } = answer.expect("base32") else {
        panic!("base32 has one reading");
    };
    ids.push(hands.save(read.drafts.remove(0)));
    ids.iter().for_each(|id| hands.reveal(id));
    let id = |at: usize| ids[at].clone();
    let (totp, hotp, last) = (id(0), id(1), id(3));
    hands
        .call(|core| commands::advance_counter(core, hotp))
        .expect("the disk works");
    let changes = EntryChanges {
        issuer: "Portail".into(),
        account: "edited".into(),
        note: Hands::text(&secrets.note),
        favourite: true,
        icon: None,
    };
    hands
        .call(|core| commands::update_entry(core, totp, changes))
        .expect("the disk works");
    hands
        .call(|core| commands::trash_entry(core, last))
        .expect("the disk works");
    let request = ListRequest {
        query: "edit".into(),
        sort: Sort::Manual,
        group: None,
        trash: false,
        offset: 0,
        limit: 9,
        index_of: None,
    };
    hands
        .call(|core| commands::list_entries(core, request))
        .expect("it is open");
    hands.set(Credential::Pin, &secrets.pin);
    let pin = Hands::typed(&secrets.pin);
    hands
        .call(|core| commands::reauthenticate(core, Credential::Pin, pin))
        .expect("it is right");
    let renewed = hands
        .call(commands::draft_recovery_words)
        .expect("it is open");
    hands.replace_keys(&secrets.other);
    needles.extend(of_words(&renewed.words, "words"));
    let shown = id(0);
    hands
        .call(|core| commands::export_qr(core, shown))
        .expect("a credential was just proved");
    let phrase = Zeroizing::new(renewed.words.join(" "));
    hands.lock();
    // Once with each, so that every slot was opened here.
    hands.unlock(Credential::Pin, &secrets.pin);
    hands.lock();
    hands.unlock(Credential::Recovery, &masked(phrase.as_bytes()));
    hands.lock();
    hands.unlock(Credential::Passphrase, &secrets.other);
    hands.reveal(&id(0));
    // What is begun is sealed at the lock.
    let secret = Zeroizing::new(Hands::text(&secrets.secrets[0]));
    hands.read(format!("otpauth://totp/Portail:begun?secret={}", *secret));
    (needles, masked(phrase.as_bytes()))
}
