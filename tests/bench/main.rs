//! Measures speed and memory and compares them with peers and limits. Prints a table and writes a page with plots; a missed aim is no error.
//!
//! `bench [--quick] [codes] [vault] [scan] [touch] [list] [first-run] [start]`; without names, all of them. The apps are release binaries: those
//! beside this program, or the ones in `TROUSSEAU_RELEASE_APP` and `TROUSSEAU_EMPTY_WINDOW`.

#![allow(clippy::print_stdout, reason = "prints its results for the user")]

mod codes;
mod films;
mod first_run;
mod list;
mod memory;
mod page;
mod plain;
mod plot;
mod processes;
mod report;
mod scan;
mod screen;
mod start;
mod statistics;
mod touch;
mod vault;

/// The app's own storage module, included by path: a dependency on the app would link all of it into this program.
#[path = "../../src-tauri/src/storage/mod.rs"]
#[allow(dead_code, unused_imports, reason = "only the vault is written here")]
#[cfg_attr(test, allow(clippy::unwrap_used))]
mod storage;

use std::path::PathBuf;
use std::{env, fs, thread};

use trousseau_tests_support::target_dir;

use crate::report::Section;

fn main() {
    if let [option, picture] = &*env::args_os().skip(1).collect::<Vec<_>>()
        && option == memory::READ
    {
        println!("{}", memory::read_one(picture.as_ref()));
        return;
    }
    let (options, names): (Vec<_>, Vec<_>) =
        env::args().skip(1).partition(|one| one.starts_with('-'));
    let quick = options.iter().any(|option| option == "--quick");
    let wanted = |name: &str| names.is_empty() || names.iter().any(|one| one == name);
    let mut sections: Vec<Section> = Vec::new();
    println!("{}\n\n{}", machine(), report::heading());
    let mut show = |section: Section| {
        println!("{}", report::table(&section));
        sections.push(section);
    };
    if wanted("codes") {
        show(codes::measure(quick));
    }
    if wanted("vault") {
        show(vault::measure(quick));
    }
    if wanted("scan") {
        scan::measure(quick).into_iter().for_each(&mut show);
    }
    if wanted("touch") {
        show(touch::measure(&app(), quick));
    }
    if wanted("list") {
        list::measure(&app(), &bridge(), quick)
            .into_iter()
            .for_each(&mut show);
    }
    if wanted("first-run") {
        show(first_run::measure(&app()));
    }
    if wanted("start") {
        start::measure(&app(), &empty_window(), quick)
            .into_iter()
            .for_each(&mut show);
    }
    let file = target_dir().join("bench/index.html");
    page::write(&file, &machine(), &sections).expect("the target folder is writable");
    println!("plots: {}", file.display());
}

fn app() -> PathBuf {
    program("TROUSSEAU_RELEASE_APP", "trousseau")
}

fn empty_window() -> PathBuf {
    program("TROUSSEAU_EMPTY_WINDOW", "empty-window")
}

/// The program that serves the core to a page in an ordinary browser.
fn bridge() -> PathBuf {
    program("TROUSSEAU_BRIDGE", "examples/bridge")
}

/// The program in this variable, or else the one with this name beside the running program.
fn program(variable: &str, name: &str) -> PathBuf {
    let default = || Some(env::current_exe().ok()?.with_file_name(name));
    let program = env::var_os(variable).map(PathBuf::from).or_else(default);
    let program = program.expect("a running program has a path");
    assert!(
        program.is_file(),
        "there is no {name} at {}: build it first",
        program.display()
    );
    program
}

/// The processor model and the number of cores.
fn machine() -> String {
    let cores = thread::available_parallelism().map_or(0, usize::from);
    let text = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = text.lines().find_map(|line| {
        let (name, model) = line.split_once(':')?;
        (name.trim() == "model name").then(|| model.trim().to_owned())
    });
    format!(
        "{}, {cores} cores",
        model.unwrap_or("unknown processor".into())
    )
}
