use std::path::Path;

use serde::Deserialize;

use crate::{App, oathtool, unix_seconds};

/// The visible rows of the list with their texts.
const ROWS: &str = r#"
const text = (row, selector) => row.querySelector(selector)?.innerText.trim() ?? "";
return [...document.querySelectorAll("[data-testid=row]")]
  .filter((row) => row.checkVisibility())
  .map((row) => ({
    first: text(row, ".first"),
    second: text(row, ".second"),
    code: row.querySelector("[data-testid=code]") ? text(row, "[data-testid=code]") : null,
  }));
"#;
const CODE: &str = r#"
return document.querySelector("[data-testid=saved-entry] [data-testid=code]")?.innerText.trim();
"#;
const WORDS: &str = r#"
return [...document.querySelectorAll("[data-testid=recovery-words] .word")].map((word) => word.innerText);
"#;

/// A row of the list.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Row {
    /// Its first line: the issuer, or the whole label.
    pub first: String,
    /// Its second line: the account name.
    pub second: String,
    /// The code as shown, with its grouping; `None` while the row is closed.
    pub code: Option<String>,
}

impl Row {
    /// The name of the entry: "issuer, account", or its whole label.
    pub fn name(&self) -> String {
        match self.second.as_str() {
            "" => self.first.clone(),
            second => format!("{}, {second}", self.first),
        }
    }
}

/// Actions of a user, with the words of the French screens.
impl App {
    /// Creates a vault with this passphrase and confirms the recovery words. Returns the words.
    #[track_caller]
    pub fn first_run(&self, passphrase: &str) -> Vec<String> {
        let words = self.choose_passphrase(passphrase);
        self.confirm_words(&words);
        words
    }

    /// Creates a vault with this passphrase and postpones the recovery words. Returns the words.
    #[track_caller]
    pub fn first_run_without_words(&self, passphrase: &str) -> Vec<String> {
        let words = self.choose_passphrase(passphrase);
        self.tap("button", "Plus tard");
        self.tap("button", "Continuer quand même");
        self.wait_for_text("Votre trousseau est prêt");
        words
    }

    /// Goes from the welcome screen to the recovery words. Returns the words.
    #[track_caller]
    pub fn choose_passphrase(&self, passphrase: &str) -> Vec<String> {
        self.tap("button", "Commencer");
        self.fill("Phrase de passe", passphrase);
        self.fill("Répétez la phrase de passe", passphrase);
        self.tap("button", "Créer le trousseau");
        self.recovery_words()
    }

    /// Waits for the recovery words on the screen and returns them.
    #[track_caller]
    pub fn recovery_words(&self) -> Vec<String> {
        self.wait_for_text("Vos 12 mots de secours");
        let words: Vec<String> =
            serde_json::from_value(self.script(WORDS, &[])).expect("the script returns strings");
        assert_eq!(words.len(), 12, "twelve recovery words");
        words
    }

    /// Types the words that the app asks for, and waits for the empty list.
    #[track_caller]
    pub fn confirm_words(&self, words: &[String]) {
        self.tap("button", "Je les ai notés");
        let asked = self.wait_until("the fields for three words", || {
            let fields = self.find_all("textbox", "Mot n°");
            (fields.len() == 3).then_some(fields)
        });
        for field in asked {
            let name = self
                .driver()
                .accessible_name(&field)
                .expect("the field still exists");
            let position = name.rsplit(|c: char| !c.is_ascii_digit()).next();
            let position: usize = position
                .and_then(|p| p.parse().ok())
                .expect("its name ends with its position");
            self.fill(&name, &words[position - 1]);
        }
        self.tap("button", "Vérifier");
        self.wait_for_text("Votre trousseau est prêt");
    }

    /// Adds the entry in the QR code of this picture file. Returns the code on the last screen.
    #[track_caller]
    pub fn add_picture(&self, file: &Path) -> Option<String> {
        self.choose_picture(file);
        self.save_draft()
    }

    /// Adds an entry by typing an `otpauth` link. Returns the code on the last screen.
    #[track_caller]
    pub fn add_link(&self, uri: &str) -> Option<String> {
        self.tap("button", "Ajouter");
        self.tap("button", "Saisir un lien");
        self.fill("Lien", uri);
        self.tap("button", "Continuer");
        self.save_draft()
    }

    /// Adds an entry by typing issuer, account and secret. Returns the code on the last screen.
    #[track_caller]
    pub fn add_by_hand(&self, issuer: &str, account: &str, secret: &str) -> Option<String> {
        self.tap("button", "Ajouter");
        self.tap("button", "Saisir à la main");
        self.fill("Service", issuer);
        self.fill("Compte", account);
        self.fill("Clé secrète", secret);
        self.tap("button", "Continuer");
        self.save_draft()
    }

    /// Chooses a picture file on the add screen, and waits for the confirmation.
    #[track_caller]
    pub fn choose_picture(&self, file: &Path) {
        self.tap("button", "Ajouter");
        self.choose_file("Choisir une image", file);
        self.wait_for_text("Vérifier et enregistrer");
    }

    /// Confirms the draft and returns to the list. Returns the code on the last screen.
    #[track_caller]
    pub fn save_draft(&self) -> Option<String> {
        let code = self.confirm_draft();
        self.tap("button", "Terminé");
        self.find("button", "Ajouter");
        code
    }

    /// Confirms the draft and waits for the last screen. Returns the code there; `None` for a counter-based
    /// entry, which shows a code only on request.
    #[track_caller]
    pub fn confirm_draft(&self) -> Option<String> {
        self.wait_for_text("Vérifier et enregistrer");
        self.tap("button", "Enregistrer");
        self.wait_for_text("Entrée enregistrée");
        self.wait_until("a code on the last screen, or a button for one", || {
            let has_counter = !self.find_all("button", "Nouveau code").is_empty();
            if has_counter {
                return Some(None);
            }
            let code = self.script(CODE, &[]);
            code.as_str().map(|code| Some(code.replace(' ', "")))
        })
    }

    /// Touches the key of the entry with this name ("issuer, account").
    #[track_caller]
    pub fn touch_key(&self, name: &str) {
        self.tap("button", &format!("Clé {name} :"));
    }

    /// Opens the menu of the entry with this name and touches one of its items.
    #[track_caller]
    pub fn tap_option(&self, name: &str, item: &str) {
        self.tap("button", &format!("Options de {name}"));
        self.tap("button", item);
    }

    /// The rows on the screen, from top to bottom.
    #[track_caller]
    pub fn rows(&self) -> Vec<Row> {
        serde_json::from_value(self.script(ROWS, &[])).expect("the script returns rows")
    }

    /// The first lines of the rows on the screen, from top to bottom.
    #[track_caller]
    pub fn names(&self) -> Vec<String> {
        self.rows().into_iter().map(|row| row.first).collect()
    }

    /// Waits until the screen shows exactly these rows, from top to bottom.
    #[track_caller]
    pub fn wait_for_rows(&self, rows: &[Row]) {
        self.wait_until(&format!("the rows {rows:?}"), || {
            (self.rows() == rows).then_some(())
        });
    }

    /// Waits until the rows on the screen have exactly these first lines, from top to bottom.
    #[track_caller]
    pub fn wait_for_names(&self, names: &[&str]) {
        self.wait_until(&format!("the rows {names:?}"), || {
            (self.names() == names).then_some(())
        });
    }

    /// Waits until the row of the entry with this name is the only open row, and returns its code without
    /// grouping.
    #[track_caller]
    pub fn shown_code(&self, name: &str) -> String {
        self.wait_until(
            &format!("a code in the row “{name}” and in no other"),
            || {
                let mut open = self.rows();
                open.retain(|row| row.code.is_some());
                let [row] = open.try_into().ok()?;
                (row.name() == name).then(|| row.code.unwrap_or_default().replace(' ', ""))
            },
        )
    }

    /// Returns the code in the row of the entry with this name, and checks that `oathtool` computes the same code from these
    /// arguments at that time.
    ///
    /// In the first second of a period, the row may still show the previous code: then it tries again.
    #[track_caller]
    pub fn assert_code_matches(&self, name: &str, period: u64, arguments: &[&str]) -> String {
        self.wait_until("a code read within one period", || {
            let before = unix_seconds();
            let code = self.shown_code(name);
            let just_started = before.is_multiple_of(period);
            if just_started || before / period != unix_seconds() / period {
                return None;
            }
            let now = format!("--now=@{before}");
            let step = format!("--time-step-size={period}s");
            let expected = oathtool(&[&["--base32", &now, &step], arguments].concat());
            assert_eq!(code, expected, "the app's code is oathtool's");
            Some(code)
        })
    }

    /// Locks with the button in the header.
    #[track_caller]
    pub fn lock(&self) {
        self.tap("button", "Verrouiller");
        self.wait_for_text("Trousseau verrouillé");
    }

    /// Unlocks with the passphrase and waits for the list.
    #[track_caller]
    pub fn unlock(&self, passphrase: &str) {
        self.enter_passphrase(passphrase);
        self.find("button", "Ajouter");
    }

    /// Types a passphrase on the lock screen and submits it.
    #[track_caller]
    pub fn enter_passphrase(&self, passphrase: &str) {
        self.fill("Phrase de passe", passphrase);
        self.tap("button", "Déverrouiller");
    }
}
