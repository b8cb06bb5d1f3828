//! Keeps this process's memory out of core dumps and away from other programs of the same user.

/// Asks the system to write no core dump of this process and its children. On Linux and Android, programs of the same user
/// also cannot attach a debugger or read its memory in `/proc`.
///
/// Only the core dump limit applies to the web view's processes, which are other programs. If the system refuses, the app
/// runs all the same.
pub fn disable() {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, setrlimit};
        let none = Rlimit {
            current: Some(0),
            maximum: Some(0),
        };
        let _ = setrlimit(Resource::Core, none);
    }
    // Systems that pipe a core dump to a program, such as systemd-coredump, ignore the limit.
    #[cfg(any(target_os = "linux", target_os = "android"))]
    {
        use rustix::process::{DumpableBehavior, set_dumpable_behavior};
        let _ = set_dumpable_behavior(DumpableBehavior::NotDumpable);
    }
}
