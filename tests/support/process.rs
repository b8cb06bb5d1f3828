use std::ffi::OsStr;
use std::io;
use std::net::TcpListener;
use std::os::unix::process::CommandExt;
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

    /// Whether it has not ended yet.
    pub fn is_alive(&mut self) -> bool {
        matches!(self.0.try_wait(), Ok(None))
    }

    /// Ends it and all its descendants at once, giving no chance to tidy up.
    pub fn kill(&mut self) {
        self.signal(Signal::KILL);
        let _ = self.0.wait();
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
    use std::fs;
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
        let process = format!("/proc/{}/cmdline", line.trim());
        // What has ended and was not yet collected has no command line any more.
        let runs = || fs::read(&process).is_ok_and(|line| !line.is_empty());
        assert!(runs());
        drop(shell);
        let patience = Instant::now() + GRACE;
        while runs() {
            assert!(Instant::now() < patience, "the descendant goes on");
            sleep(Duration::from_millis(5));
        }
    }
}
