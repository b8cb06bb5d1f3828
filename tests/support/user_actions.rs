use std::path::Path;

use serde::Deserialize;

use crate::{App, oathtool, unix_seconds};

/// The visible rows of the list with what stands in them.
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
    /// The code in it as it is shown, grouped; none while the row is closed.
    pub code: Option<String>,
}

impl Row {
    /// How the entry is called: "issuer, account", or its whole label.
    pub fn name(&self) -> String {
        match self.second.as_str() {
            "" => self.first.clone(),
            second => format!("{}, {second}", self.first),
        }
    }
}

/// What a person does in the app, in the words of its French screens.
impl App {
    /// First run with this passphrase; the recovery words are noted and confirmed. Answers them.
    #[track_caller]
    pub fn first_run(&self, passphrase: &str) -> Vec<String> {
        let words = self.choose_passphrase(passphrase);
        self.confirm_words(&words);
        words
    }

    /// First run with this passphrase; the recovery words are put off. Answers them.
    #[track_caller]
    pub fn first_run_without_words(&self, passphrase: &str) -> Vec<String> {
        let words = self.choose_passphrase(passphrase);
        self.tap("button", "Plus tard");
        self.tap("button", "Continuer quand même");
        self.sees("Votre trousseau est prêt");
        words
    }

    /// From the welcome to the recovery words. Answers them.
    #[track_caller]
    pub fn choose_passphrase(&self, passphrase: &str) -> Vec<String> {
        self.tap("button", "Commencer");
        self.fill("Phrase de passe", passphrase);
        self.fill("Répétez la phrase de passe", passphrase);
        self.tap("button", "Créer le trousseau");
        self.recovery_words()
    }

    /// The recovery words on the screen.
    #[track_caller]
    pub fn recovery_words(&self) -> Vec<String> {
        self.sees("Vos 12 mots de secours");
        let words: Vec<String> =
            serde_json::from_value(self.script(WORDS, &[])).expect("the script answers texts");
        assert_eq!(words.len(), 12, "twelve recovery words");
        words
    }

    /// Types back the words that are asked for, and comes to the empty list.
    #[track_caller]
    pub fn confirm_words(&self, words: &[String]) {
        self.tap("button", "Je les ai notés");
        let asked = self.until("three words asked back", || {
            let fields = self.all("textbox", "Mot n°");
            (fields.len() == 3).then_some(fields)
        });
        for field in asked {
            let name = self
                .driver()
                .accessible_name(&field)
                .expect("the field is still there");
            let position = name.rsplit(|c: char| !c.is_ascii_digit()).next();
            let position: usize = position
                .and_then(|p| p.parse().ok())
                .expect("its name ends with its position");
            self.fill(&name, &words[position - 1]);
        }
        self.tap("button", "Vérifier");
        self.sees("Votre trousseau est prêt");
    }

    /// Adds what the QR code in this picture file holds. Answers the code of the last screen.
    #[track_caller]
    pub fn add_picture(&self, file: &Path) -> Option<String> {
        self.give_picture(file);
        self.save_draft()
    }

    /// Adds by typing an `otpauth` link. Answers the code of the last screen.
    #[track_caller]
    pub fn add_link(&self, uri: &str) -> Option<String> {
        self.tap("button", "Ajouter");
        self.tap("button", "Saisir un lien");
        self.fill("Lien", uri);
        self.tap("button", "Continuer");
        self.save_draft()
    }

    /// Adds by typing issuer, account and secret ("can't scan?"). Answers the code of the last screen.
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

    /// Gives the add screen a picture file, and comes to the confirmation.
    #[track_caller]
    pub fn give_picture(&self, file: &Path) {
        self.tap("button", "Ajouter");
        self.choose_file("Choisir une image", file);
        self.sees("Vérifier et enregistrer");
    }

    /// From the confirmation over the last screen back to the list. Answers the last screen's code.
    #[track_caller]
    pub fn save_draft(&self) -> Option<String> {
        let code = self.confirm_draft();
        self.tap("button", "Terminé");
        self.find("button", "Ajouter");
        code
    }

    /// From the confirmation to the last screen. Answers the code there; none of a counter, which
    /// gives one only when it is asked.
    #[track_caller]
    pub fn confirm_draft(&self) -> Option<String> {
        self.sees("Vérifier et enregistrer");
        self.tap("button", "Enregistrer");
        self.sees("Entrée enregistrée");
        self.until("a code on the last screen, or a button for one", || {
            let counts = !self.all("button", "Nouveau code").is_empty();
            if counts {
                return Some(None);
            }
            let code = self.script(CODE, &[]);
            code.as_str().map(|code| Some(code.replace(' ', "")))
        })
    }

    /// Touches the key of the entry of this name ("issuer, account").
    #[track_caller]
    pub fn touch_key(&self, name: &str) {
        self.tap("button", &format!("Clé {name} :"));
    }

    /// Opens the menu of the entry of this name and touches one of its items.
    #[track_caller]
    pub fn touch_option(&self, name: &str, item: &str) {
        self.tap("button", &format!("Options de {name}"));
        self.tap("button", item);
    }

    /// The rows on the screen, top down.
    #[track_caller]
    pub fn rows(&self) -> Vec<Row> {
        serde_json::from_value(self.script(ROWS, &[])).expect("the script answers rows")
    }

    /// The first lines of the rows on the screen, top down.
    #[track_caller]
    pub fn names(&self) -> Vec<String> {
        self.rows().into_iter().map(|row| row.first).collect()
    }

    /// Waits until these are the rows on the screen, top down.
    #[track_caller]
    pub fn lists(&self, rows: &[Row]) {
        self.until(&format!("the rows {rows:?}"), || {
            (self.rows() == rows).then_some(())
        });
    }

    /// Waits until these are the first lines of the rows on the screen, top down.
    #[track_caller]
    pub fn lists_names(&self, names: &[&str]) {
        self.until(&format!("the rows {names:?}"), || {
            (self.names() == names).then_some(())
        });
    }

    /// The code in the row of the entry of this name, once it is the one open row, without its
    /// grouping.
    #[track_caller]
    pub fn code_of(&self, name: &str) -> String {
        self.until(
            &format!("a code in the row “{name}” and in no other"),
            || {
                let mut open = self.rows();
                open.retain(|row| row.code.is_some());
                let [row] = open.try_into().ok()?;
                (row.name() == name).then(|| row.code.unwrap_or_default().replace(' ', ""))
            },
        )
    }

    /// The code in the row of the entry of this name, which must be `oathtool`'s for these arguments
    /// at that moment.
    ///
    /// In the first second of a period the row may still hold the code before: then it looks again.
    #[track_caller]
    pub fn code_agrees(&self, name: &str, period: u64, arguments: &[&str]) -> String {
        self.until("a look within one period", || {
            let before = unix_seconds();
            let code = self.code_of(name);
            let fresh = before.is_multiple_of(period);
            if fresh || before / period != unix_seconds() / period {
                return None;
            }
            let now = format!("--now=@{before}");
            let step = format!("--time-step-size={period}s");
            let expected = oathtool(&[&["--base32", &now, &step], arguments].concat());
            assert_eq!(code, expected, "the app's code is oathtool's");
            Some(code)
        })
    }

    /// Locks by the header's lock.
    #[track_caller]
    pub fn lock(&self) {
        self.tap("button", "Verrouiller");
        self.sees("Trousseau verrouillé");
    }

    /// Unlocks by the passphrase and waits for the list.
    #[track_caller]
    pub fn unlock(&self, passphrase: &str) {
        self.try_passphrase(passphrase);
        self.find("button", "Ajouter");
    }

    /// Types a passphrase on the lock screen.
    #[track_caller]
    pub fn try_passphrase(&self, passphrase: &str) {
        self.fill("Phrase de passe", passphrase);
        self.tap("button", "Déverrouiller");
    }
}
