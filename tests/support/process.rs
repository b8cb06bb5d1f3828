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

/// How long a process may take to end by itself before it is killed.
const GRACE: Duration = Duration::from_secs(3);

/// A started program with all its descendants, ended with this value.
///
/// It leads a process group, which is what gets ended; and should the thread that started
/// it go away without unwinding (kill -9, Ctrl-C), the kernel ends it.
pub struct Running(Child);

impl Running {
    /// A command for `program` that [`Running::start`] can take.
    pub fn command(program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new("setpriv");
        command
            .args(["--pdeathsig", "KILL", "--"])
            .arg(program)
            .process_group(0);
        command
    }

    /// Starts what [`Running::command`] made.
    ///
    /// # Errors
    /// What the system says when it cannot be started.
    pub fn start(command: &mut Command) -> io::Result<Self> {
        command.spawn().map(Self)
    }

    /// The process, for its pipes.
    pub fn child(&mut self) -> &mut Child {
        &mut self.0
    }

    /// Its number.
    pub fn id(&self) -> u32 {
        self.0.id()
    }

    /// Whether it has not ended yet.
    pub fn is_alive(&mut self) -> bool {
        matches!(self.0.try_wait(), Ok(None))
    }

    /// Ends it and all its descendants at once, giving no chance to tidy up, and waits until
    /// none is left: what they held is free.
    pub fn kill(&mut self) {
        self.signal(Signal::KILL);
        let _ = self.0.wait();
        let patience = Instant::now() + GRACE;
        while group_runs(self.0.id()) && Instant::now() < patience {
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
        let patience = Instant::now() + GRACE;
        while self.is_alive() && Instant::now() < patience {
            sleep(Duration::from_millis(5));
        }
        self.kill();
    }
}

/// Whether a process of this group still runs.
fn group_runs(group: u32) -> bool {
    let processes = fs::read_dir("/proc").into_iter().flatten().flatten();
    processes
        .into_iter()
        .any(|process| running_group(&process.path()) == Some(group))
}

/// The group of the process of this folder below `/proc`; none if it has ended, collected or not.
fn running_group(process: &Path) -> Option<u32> {
    let stat = fs::read_to_string(process.join("stat")).ok()?;
    // The name in parentheses may hold anything; then follow state, parent and group.
    let (_, fields) = stat.rsplit_once(") ")?;
    let mut fields = fields.split(' ');
    let threads = || fs::read_dir(process.join("task")).map_or(0, Iterator::count);
    // Its first thread ends before the others do, and what they hold is held until the last has ended.
    if fields.next()? == "Z" && threads() <= 1 {
        return None;
    }
    fields.nth(1)?.parse().ok()
}

/// The processes of this name that another one started.
pub(crate) fn children(parent: u32, name: &OsStr) -> Vec<u32> {
    let numbers = fs::read_dir("/proc").into_iter().flatten().flatten();
    let numbers = numbers.filter_map(|process| process.file_name().to_str()?.parse().ok());
    let is_child = |process: &u32| {
        let stat = fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
        // The name in parentheses may hold anything; then follow state and parent.
        let (before, fields) = stat.rsplit_once(") ").unwrap_or_default();
        let its = before.split_once('(').map(|(_, name)| name.as_ref());
        its == Some(name) && fields.split(' ').nth(1) == Some(&parent.to_string())
    };
    numbers.filter(is_child).collect()
}

/// A port on the loopback address that nobody listens on now.
///
/// # Panics
/// If the system has none left.
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
        let mut shell = Running::start(&mut shell).expect("sh is there");
        let mut line = String::new();
        let pipe = shell.child().stdout.take().expect("it is piped");
        BufReader::new(pipe)
            .read_line(&mut line)
            .expect("the shell prints one line");
        let descendant = Path::new("/proc").join(line.trim());
        assert_eq!(running_group(&descendant), Some(shell.id()));
        drop(shell);
        assert_eq!(running_group(&descendant), None);
    }
}
