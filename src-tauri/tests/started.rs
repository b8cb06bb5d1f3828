//! What other programs can see of this one from its start on. Each step is this program once more, as a process of its own.
#![allow(
    clippy::print_stdout,
    reason = "a test program without the usual harness"
)]

#[cfg(target_os = "linux")]
mod linux {
    use std::os::unix::process::ExitStatusExt;
    use std::process::{Command, Output};

    use rustix::process::{DumpableBehavior, Resource, dumpable_behavior, getrlimit};
    use trousseau_app::dumps;

    const STEP: &str = "TROUSSEAU_TEST_STEP";

    /// The step that this process is for, or all of them.
    pub fn run_all() {
        if step().is_none() {
            no_dump_is_made_of_the_memory();
            println!("started: no dump is made of the memory: ok");
        }
    }

    fn step() -> Option<()> {
        match std::env::var(STEP).ok()?.as_str() {
            "dumps" => die_without_dump(),
            other => panic!("there is no step {other}"),
        }
        Some(())
    }

    fn die_without_dump() {
        dumps::refuse();
        let limit = getrlimit(Resource::Core);
        assert_eq!((limit.current, limit.maximum), (Some(0), Some(0)));
        let dumpable = dumpable_behavior().expect("Linux tells");
        assert_eq!(dumpable, DumpableBehavior::NotDumpable);
        std::process::abort();
    }

    fn run(step: &str) -> Output {
        let mut program = Command::new(std::env::current_exe().expect("a test has a path"));
        let program = program.env(STEP, step);
        program.output().expect("this program starts")
    }

    fn no_dump_is_made_of_the_memory() {
        let Output { status, stderr, .. } = run("dumps");
        let said = String::from_utf8_lossy(&stderr);
        assert_eq!(status.signal(), Some(6), "{said}");
        assert!(!status.core_dumped());
    }
}

fn main() {
    #[cfg(target_os = "linux")]
    linux::run_all();
}
