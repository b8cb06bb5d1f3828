use std::ffi::OsStr;
use std::fs;
use std::io;
use std::net::TcpListener;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command};
use std::thread::sleep;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process_group};

/// The time between SIGTERM and SIGKILL.
const TERM_TIMEOUT: Duration = Duration::from_secs(3);

/// A started program with all its descendants, which end when this value is dropped.
///
/// The program leads a process group, and the signals go to the whole group. If the thread that started
/// it ends without unwinding (kill -9, Ctrl-C), the kernel kills the program.
pub struct Running(Child);

impl Running {
    /// A command for [`Running::start`] that runs `program`.
    pub fn command(program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new("setpriv");
        command
            .args(["--pdeathsig", "KILL", "--"])
            .arg(program)
            .process_group(0);
        command
    }

    /// Starts a command of [`Running::command`].
    ///
    /// # Errors
    /// The system cannot start it.
    pub fn start(command: &mut Command) -> io::Result<Self> {
        command.spawn().map(Self)
    }

    /// The process, for access to its pipes.
    pub fn child(&mut self) -> &mut Child {
        &mut self.0
    }

    /// The id of the process.
    pub fn id(&self) -> u32 {
        self.0.id()
    }

    /// Whether the process still runs.
    pub fn is_alive(&mut self) -> bool {
        matches!(self.0.try_wait(), Ok(None))
    }

    /// Kills the process and all its descendants at once, without a chance to clean up. Waits until
    /// all have ended, so that their locks and files are free.
    pub fn kill(&mut self) {
        self.signal(Signal::KILL);
        let _ = self.0.wait();
        let deadline = Instant::now() + TERM_TIMEOUT;
        while group_runs(self.0.id()) && Instant::now() < deadline {
            sleep(Duration::from_millis(5));
        }
    }

    fn signal(&self, signal: Signal) {
        let _ = kill_process_group(Pid::from_child(&self.0), signal);
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.signal(Signal::TERM);
        let deadline = Instant::now() + TERM_TIMEOUT;
        while self.is_alive() && Instant::now() < deadline {
            sleep(Duration::from_millis(5));
        }
        self.kill();
    }
}

/// Whether any process of this group still runs.
fn group_runs(group: u32) -> bool {
    let processes = fs::read_dir("/proc").into_iter().flatten().flatten();
    processes
        .into_iter()
        .any(|process| running_group(&process.path()) == Some(group))
}

/// The group of the process with this folder in `/proc`; `None` if it has ended, even if its parent has not waited for it yet.
fn running_group(process: &Path) -> Option<u32> {
    let stat = fs::read_to_string(process.join("stat")).ok()?;
    // The name in parentheses may contain any character; then follow state, parent and group.
    let (_, fields) = stat.rsplit_once(") ")?;
    let mut fields = fields.split(' ');
    let threads = || fs::read_dir(process.join("task")).map_or(0, Iterator::count);
    // The first thread may end before the others; locks and files stay in use until the last thread has ended.
    if fields.next()? == "Z" && threads() <= 1 {
        return None;
    }
    fields.nth(1)?.parse().ok()
}

/// The child processes with this name.
pub(crate) fn children(parent: u32, name: &OsStr) -> Vec<u32> {
    let numbers = fs::read_dir("/proc").into_iter().flatten().flatten();
    let numbers = numbers.filter_map(|process| process.file_name().to_str()?.parse().ok());
    let is_child = |process: &u32| {
        let stat = fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
        // The name in parentheses may contain any character; then follow state and parent.
        let (before, fields) = stat.rsplit_once(") ").unwrap_or_default();
        let child_name = before.split_once('(').map(|(_, name)| name.as_ref());
        child_name == Some(name) && fields.split(' ').nth(1) == Some(&parent.to_string())
    };
    numbers.filter(is_child).collect()
}

/// A free port on the loopback address.
///
/// # Panics
/// If there is none.
pub fn free_port() -> u16 {
    TcpListener::bind(("127.0.0.1", 0))
        .and_then(|listener| listener.local_addr())
        .expect("the system has a free loopback port")
        .port()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{BufRead, BufReader};
    use std::process::Stdio;

    #[test]
    fn descendants_end_with_their_owner() {
        let mut shell = Running::command("sh");
        shell
            .args(["-c", "sleep 300 & echo $!; wait"])
            .stdout(Stdio::piped());
        let mut shell = Running::start(&mut shell).expect("sh exists");
        let mut line = String::new();
        let pipe = shell.child().stdout.take().expect("the pipe was requested");
        BufReader::new(pipe)
            .read_line(&mut line)
            .expect("the shell prints one line");
        let descendant = Path::new("/proc").join(line.trim());
        assert_eq!(running_group(&descendant), Some(shell.id()));
        drop(shell);
        assert_eq!(running_group(&descendant), None);
    }
}
