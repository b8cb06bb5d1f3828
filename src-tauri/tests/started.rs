//! What other programs can see of this process from its start on. Each step runs in a new process of this
//! program.
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

    /// Runs all steps, or the step that this process is for.
    pub fn run_all() {
        if step().is_none() {
            no_core_dump_of_the_memory_is_written();
            println!("started: no core dump of the memory is written: ok");
            a_link_does_not_stay_on_the_command_line();
            println!("started: a link does not stay on the command line: ok");
        }
    }

    fn step() -> Option<()> {
        match std::env::var(STEP).ok()?.as_str() {
            "dumps" => abort_without_core_dump(),
            "links" => {
                platform::take_arguments();
                let line = std::fs::read("/proc/self/cmdline").expect("Linux provides it");
                println!("{}", line.split(|byte| *byte == 0).count() - 1);
                let input = std::fs::read_link("/proc/self/fd/0").expect("Linux provides it");
                println!("{}", input.display());
                for link in platform::launch_urls() {
                    println!("{link}");
                }
            }
            other => panic!("there is no step {other}"),
        }
        Some(())
    }

    fn abort_without_core_dump() {
        core_dumps::disable();
        let limit = getrlimit(Resource::Core);
        assert_eq!((limit.current, limit.maximum), (Some(0), Some(0)));
        let dumpable = dumpable_behavior().expect("Linux provides it");
        assert_eq!(dumpable, DumpableBehavior::NotDumpable);
        std::process::abort();
    }

    fn run(step: &str, arguments: &[&OsStr]) -> Output {
        let mut program =
            Command::new(std::env::current_exe().expect("a running program has a path"));
        let program = program.env(STEP, step).args(arguments);
        program.output().expect("this program starts")
    }

    fn no_core_dump_of_the_memory_is_written() {
        let Output { status, stderr, .. } = run("dumps", &[]);
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
        let text = String::from_utf8(output.stdout).expect("the output is UTF-8");
        // Only its own name, and no open file with the links.
        let expected = ["1", "/dev/null", &jane, &anne];
        assert_eq!(text.lines().collect::<Vec<_>>(), expected);
    }
}

fn main() {
    #[cfg(target_os = "linux")]
    linux::run_all();
}
