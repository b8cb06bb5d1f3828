//! The kernel's data about a process and its descendants.

use std::fs;
use std::io::ErrorKind;

/// A process and all its descendants.
pub struct Tree(Vec<u32>);

impl Tree {
    /// The process and its current descendants.
    pub fn of(root: u32) -> Self {
        let processes = running();
        let mut members = vec![root];
        // A descendant may have a lower id than its parent, so repeat until nothing is added.
        loop {
            let before = members.len();
            for &process in &processes {
                let descends = parent(process).is_some_and(|parent| members.contains(&parent));
                if descends && !members.contains(&process) {
                    members.push(process);
                }
            }
            if members.len() == before {
                return Self(members);
            }
        }
    }

    /// The current descendants without the process itself.
    pub fn below(root: u32) -> Self {
        let Self(mut members) = Self::of(root);
        members.retain(|&process| process != root);
        Self(members)
    }

    /// Proportional set size in MiB: a page that several processes share is divided among them.
    pub fn memory_mib(&self) -> f64 {
        let kib: u64 = self.0.iter().filter_map(|&process| pss(process)).sum();
        kib as f64 / 1024.0
    }

    /// The number of processes.
    pub fn len(&self) -> usize {
        self.0.len()
    }
}

/// The second field of `/proc/PID/stat` (proc(5)) after the name, which may contain spaces and parentheses.
fn parent(process: u32) -> Option<u32> {
    let text = fs::read_to_string(file(process, "stat")).ok()?;
    let (_, fields) = text.rsplit_once(") ")?;
    fields.split(' ').nth(1)?.parse().ok()
}

fn pss(process: u32) -> Option<u64> {
    let text = match fs::read_to_string(file(process, "smaps_rollup")) {
        Err(error) if error.kind() == ErrorKind::PermissionDenied => {
            panic!("only root can read the memory of the app: run this as root")
        }
        text => text.ok()?,
    };
    let line = text.lines().find_map(|line| line.strip_prefix("Pss:"))?;
    line.trim().strip_suffix(" kB")?.parse().ok()
}

fn running() -> Vec<u32> {
    let folder = fs::read_dir("/proc").expect("Linux has /proc");
    let names = folder.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    names.filter_map(|name| name.parse().ok()).collect()
}

fn file(process: u32, name: &str) -> String {
    format!("/proc/{process}/{name}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::process::{Command, Stdio};
    use std::{thread::sleep, time::Duration};

    #[test]
    fn a_tree_includes_children_and_their_memory() {
        let mut shell = Command::new("sh")
            .args(["-c", "cat; true"])
            .stdin(Stdio::piped())
            .spawn()
            .expect("sh exists");
        let tree = loop {
            let tree = Tree::of(shell.id());
            if tree.len() == 2 && tree.memory_mib() > 0.05 {
                break tree;
            }
            sleep(Duration::from_millis(5));
        };
        assert!(Tree(vec![shell.id()]).memory_mib() < tree.memory_mib());
        drop(shell.stdin.take());
        shell.wait().expect("it ends with its child");
        assert_eq!(Tree::of(shell.id()).len(), 1);
    }
}
