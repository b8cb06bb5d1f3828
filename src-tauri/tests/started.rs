//! What other programs can see of this one from its start on. Each step is this program once more, as a process of its own.
#![allow(
    clippy::print_stdout,
    reason = "a test program without the usual harness"
)]

#[cfg(target_os = "linux")]
mod linux {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::process::ExitStatusExt;
    use std::process::{Command, Output};

    use rustix::process::{DumpableBehavior, Resource, dumpable_behavior, getrlimit};
    use trousseau_app::{core_dumps, platform};

    const STEP: &str = "TROUSSEAU_TEST_STEP";
    const SECRET: &str = "GEZDGNBVGY3TQOJQ";

    /// The step that this process is for, or all of them.
    pub fn run_all() {
        if step().is_none() {
            no_dump_is_made_of_the_memory();
            println!("started: no dump is made of the memory: ok");
            a_link_does_not_stay_on_the_command_line();
            println!("started: a link does not stay on the command line: ok");
        }
    }

    fn step() -> Option<()> {
        match std::env::var(STEP).ok()?.as_str() {
            "core_dumps" => die_without_dump(),
            "links" => {
                platform::take_arguments();
                let line = std::fs::read("/proc/self/cmdline").expect("Linux tells");
                println!("{}", line.split(|byte| *byte == 0).count() - 1);
                let input = std::fs::read_link("/proc/self/fd/0").expect("Linux tells");
                println!("{}", input.display());
                for link in platform::started_with() {
                    println!("{link}");
                }
            }
            other => panic!("there is no step {other}"),
        }
        Some(())
    }

    fn die_without_dump() {
        core_dumps::disable();
        let limit = getrlimit(Resource::Core);
        assert_eq!((limit.current, limit.maximum), (Some(0), Some(0)));
        let dumpable = dumpable_behavior().expect("Linux tells");
        assert_eq!(dumpable, DumpableBehavior::NotDumpable);
        std::process::abort();
    }

    fn run(step: &str, arguments: &[&OsStr]) -> Output {
        let mut program = Command::new(std::env::current_exe().expect("a test has a path"));
        let program = program.env(STEP, step).args(arguments);
        program.output().expect("this program starts")
    }

    fn no_dump_is_made_of_the_memory() {
        let Output { status, stderr, .. } = run("core_dumps", &[]);
        let said = String::from_utf8_lossy(&stderr);
        assert_eq!(status.signal(), Some(6), "{said}");
        assert!(!status.core_dumped());
    }

    fn a_link_does_not_stay_on_the_command_line() {
        let link = |name: &str| format!("otpauth://totp/Portail:{name}?secret={SECRET}");
        let (jane, anne) = (link("jane"), link("anne"));
        let arguments = [
            OsStr::new("--help"),
            OsStr::new(&jane),
            OsStr::from_bytes(b"otpauth://totp/\xff"),
            OsStr::new(&anne),
        ];
        let output = run("links", &arguments);
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{said}");
        let text = String::from_utf8(output.stdout).expect("it prints text");
        // Its own name only, and nothing of the links in an open file.
        let expected = ["1", "/dev/null", &jane, &anne];
        assert_eq!(text.lines().collect::<Vec<_>>(), expected);
    }
}

fn main() {
    #[cfg(target_os = "linux")]
    linux::run_all();
}
