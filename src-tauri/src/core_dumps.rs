//! No picture of this process's memory: no core dump, and none that another program of the same user takes.

/// Asks the system to write no core dump of this process and of those that it starts. Linux and Android also keep programs of
/// the same user from attaching a debugger to it and from reading its memory below `/proc`.
///
/// The web view's own processes are other programs, which only the first holds for. A system that refuses runs the app
/// all the same.
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
    // The limit alone does not hold for systems that pipe a dump to a program, such as systemd-coredump.
    #[cfg(any(target_os = "linux", target_os = "android"))]
    {
        use rustix::process::{DumpableBehavior, set_dumpable_behavior};
        let _ = set_dumpable_behavior(DumpableBehavior::NotDumpable);
    }
}
