//! The links that the app is started with. They may arrive before the app can take them.
//!
//! On Linux every user can see the arguments of a running program, and the journal stores them with each line
//! that the program prints. The app therefore restarts itself in the same process without arguments, and passes
//! the links in memory, as its standard input.

use std::ffi::OsString;
use std::sync::{Mutex, PoisonError};

use tauri::Url;

/// The only arguments that the app opens.
const SCHEMES: [&str; 2] = ["otpauth", "otpauth-migration"];

/// Links that arrived before the app was set up.
pub(super) static PENDING: PendingLinks = PendingLinks(Mutex::new(Some(Vec::new())));

/// Links that wait until the app is set up; `None` from then on.
pub(super) struct PendingLinks(Mutex<Option<Vec<Url>>>);

impl PendingLinks {
    /// Queues the links. Returns them if the app is already set up, so that the caller takes them now.
    #[must_use]
    pub(super) fn queue(&self, links: Vec<Url>) -> Option<Vec<Url>> {
        match &mut *self.0.lock().unwrap_or_else(PoisonError::into_inner) {
            Some(waiting) => {
                waiting.extend(links);
                None
            }
            None => Some(links),
        }
    }

    /// A copy of the waiting links, to forward to another process of the app.
    pub(super) fn waiting(&self) -> Vec<Url> {
        let waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.clone().unwrap_or_default()
    }

    /// Takes the waiting links. The app is set up from now on, so later links need not wait.
    fn take(&self) -> Vec<Url> {
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.take().unwrap_or_default()
    }
}

/// Reads the arguments of this process and hides them from the list of processes. Must be called before
/// anything else.
pub fn take_arguments() {
    let arguments: Vec<_> = std::env::args_os().skip(1).collect();
    #[cfg(target_os = "linux")]
    let links = if arguments.is_empty() {
        restart::links()
    } else {
        let links = links(arguments);
        // If the restart fails, the links are opened all the same.
        let _ = restart::start(&links);
        links
    };
    #[cfg(not(target_os = "linux"))]
    let links = links(arguments);
    // Nothing was queued before, so nothing is returned.
    let _ = PENDING.queue(links);
}

/// The links that this process was started with, and those that arrived since. Call it once the app is set up.
pub fn launch_urls() -> Vec<Url> {
    PENDING.take()
}

pub(super) fn links(arguments: impl IntoIterator<Item = impl Into<OsString>>) -> Vec<Url> {
    let text = |argument: OsString| argument.into_string().ok();
    let texts = arguments.into_iter().map(Into::into).filter_map(text);
    let mut links: Vec<_> = texts.filter_map(|text| Url::parse(&text).ok()).collect();
    links.retain(|link| SCHEMES.contains(&link.scheme()));
    links
}

#[cfg(target_os = "linux")]
mod restart {
    use std::fs::File;
    use std::io::{self, Read, Seek, Write};
    use std::os::fd::AsFd;
    use std::os::unix::process::CommandExt;
    use std::process::Command;

    use rustix::fs::MemfdFlags;
    use tauri::Url;
    use zeroize::Zeroizing;

    const NAME: &str = "trousseau-links";
    /// The path that Linux shows for a memory file of that name.
    const LINK_TARGET: &str = "/memfd:trousseau-links (deleted)";

    /// Replaces this process by the same program without arguments. Returns only if that fails.
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

    /// The links that [`start`] passed on. They are deleted from the memory file.
    pub fn links() -> Vec<Url> {
        let stdin_target = std::fs::read_link("/proc/self/fd/0");
        if !stdin_target.is_ok_and(|file| file.as_os_str() == LINK_TARGET) {
            return Vec::new();
        }
        let mut text = Zeroizing::new(String::new());
        // Not through the standard library's buffer, which would keep a copy.
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
    fn only_otpauth_links_are_taken_from_the_command_line() {
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
    fn an_argument_that_is_not_utf8_is_ignored() {
        use std::os::unix::ffi::OsStringExt;
        let arguments = [OsString::from_vec(b"otpauth:\xff".into()), LINK.into()];
        assert_eq!(texts(&links(arguments)), [LINK]);
    }

    #[test]
    fn links_wait_until_the_app_is_set_up() {
        let pending = PendingLinks(Mutex::new(Some(Vec::new())));
        assert_eq!(pending.queue(links([LINK])), None);
        let other = LINK.replace("jane", "anne");
        assert_eq!(pending.queue(links([&other])), None);
        assert_eq!(texts(&pending.waiting()), [LINK, &other]);
        assert_eq!(texts(&pending.take()), [LINK, &other]);
        assert_eq!(pending.queue(links([LINK])), Some(links([LINK])));
        assert!(pending.take().is_empty());
    }
}
