//! The links that the app is started with, which may come before it can take them.
//!
//! Linux shows to every user what a program was started with, for as long as it runs, and the journal writes it down with
//! each line that the program prints. The app therefore starts itself anew in the same process without arguments; the
//! links go along in memory, as its standard input.

use std::ffi::OsString;
use std::sync::{Mutex, PoisonError};

use tauri::Url;

/// What a program is started with that means us: its other arguments are not ours to open.
const SCHEMES: [&str; 2] = ["otpauth", "otpauth-migration"];

/// The links that came before the app was set up.
pub(super) static EARLY: Early = Early(Mutex::new(Some(Vec::new())));

/// Links that wait for the app to be set up; none once it is.
pub(super) struct Early(Mutex<Option<Vec<Url>>>);

impl Early {
    /// Keeps them; hands them back where they need not wait.
    #[must_use]
    pub(super) fn keep(&self, links: Vec<Url>) -> Option<Vec<Url>> {
        match &mut *self.0.lock().unwrap_or_else(PoisonError::into_inner) {
            Some(waiting) => {
                waiting.extend(links);
                None
            }
            None => Some(links),
        }
    }

    /// What waits, for another process of the app.
    pub(super) fn waiting(&self) -> Vec<Url> {
        let waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.clone().unwrap_or_default()
    }

    /// The app is set up: what waits is its own, and what comes from now on need not wait.
    fn take(&self) -> Vec<Url> {
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.take().unwrap_or_default()
    }
}

/// Reads what this process was started with, and keeps it out of the list of processes. To be called before anything else.
pub fn take_arguments() {
    let arguments: Vec<_> = std::env::args_os().skip(1).collect();
    #[cfg(target_os = "linux")]
    let links = if arguments.is_empty() {
        anew::links()
    } else {
        let links = links(arguments);
        // Where it cannot start anew, what was clicked is opened all the same.
        let _ = anew::start(&links);
        links
    };
    #[cfg(not(target_os = "linux"))]
    let links = links(arguments);
    // The first to keep any: nothing is handed back.
    let _ = EARLY.keep(links);
}

/// The links that this process was started with, and those that came since. The app is set up.
pub fn started_with() -> Vec<Url> {
    EARLY.take()
}

pub(super) fn links(arguments: impl IntoIterator<Item = impl Into<OsString>>) -> Vec<Url> {
    let text = |argument: OsString| argument.into_string().ok();
    let texts = arguments.into_iter().map(Into::into).filter_map(text);
    let mut links: Vec<_> = texts.filter_map(|text| Url::parse(&text).ok()).collect();
    links.retain(|link| SCHEMES.contains(&link.scheme()));
    links
}

#[cfg(target_os = "linux")]
mod anew {
    use std::fs::File;
    use std::io::{self, Read, Seek, Write};
    use std::os::fd::AsFd;
    use std::os::unix::process::CommandExt;
    use std::process::Command;

    use rustix::fs::MemfdFlags;
    use tauri::Url;
    use zeroize::Zeroizing;

    const NAME: &str = "trousseau-links";
    /// What the system calls a file in memory of that name.
    const SHOWN: &str = "/memfd:trousseau-links (deleted)";

    /// Puts this program in its own place, without arguments. Returns only where that fails.
    pub fn start(links: &[Url]) -> io::Result<()> {
        let mut file = File::from(rustix::fs::memfd_create(NAME, MemfdFlags::CLOEXEC)?);
        for link in links {
            writeln!(file, "{link}")?;
        }
        file.rewind()?;
        let mut program = Command::new(std::env::current_exe()?);
        if let Some(name) = std::env::args_os().next() {
            program.arg0(name);
        }
        Err(program.stdin(file).exec())
    }

    /// The links that [`start`] handed on, which are removed.
    pub fn links() -> Vec<Url> {
        let handed_on = std::fs::read_link("/proc/self/fd/0");
        if !handed_on.is_ok_and(|file| file.as_os_str() == SHOWN) {
            return Vec::new();
        }
        let mut text = Zeroizing::new(String::new());
        // Not through the buffer of the standard library, which would keep them.
        let read = io::stdin().as_fd().try_clone_to_owned().and_then(|input| {
            let mut file = File::from(input);
            file.read_to_string(&mut text)?;
            file.set_len(0)
        });
        if let Ok(nothing) = File::open("/dev/null") {
            let _ = rustix::stdio::dup2_stdin(nothing);
        }
        match read {
            Ok(()) => super::links(text.lines()),
            Err(_) => Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINK: &str = "otpauth://totp/Portail:jane?secret=GEZDGNBVGY3TQOJQ";

    fn texts(links: &[Url]) -> Vec<&str> {
        links.iter().map(Url::as_str).collect()
    }

    #[test]
    fn only_links_of_ours_are_taken_from_the_command_line() {
        let arguments = [
            "/usr/bin/otpauth",
            LINK,
            "--help",
            "https://example.org/",
            "file:///etc/passwd",
        ];
        assert_eq!(texts(&links(arguments)), [LINK]);
    }

    #[cfg(unix)]
    #[test]
    fn an_argument_that_is_no_text_is_nothing() {
        use std::os::unix::ffi::OsStringExt;
        let arguments = [OsString::from_vec(b"otpauth:\xff".into()), LINK.into()];
        assert_eq!(texts(&links(arguments)), [LINK]);
    }

    #[test]
    fn what_comes_before_the_app_is_set_up_waits_for_it() {
        let early = Early(Mutex::new(Some(Vec::new())));
        assert_eq!(early.keep(links([LINK])), None);
        let other = LINK.replace("jane", "anne");
        assert_eq!(early.keep(links([&other])), None);
        assert_eq!(texts(&early.waiting()), [LINK, &other]);
        assert_eq!(texts(&early.take()), [LINK, &other]);
        assert_eq!(early.keep(links([LINK])), Some(links([LINK])));
        assert!(early.take().is_empty());
    }
}
