//! `ARCHITECTURE.md` and `CONTRIBUTING.md`: every path, name and line of the Makefile that they put in code type is there.

use super::names::has_name;
use super::proof::check_target;
use super::{Tree, here};

/// Paths may begin in this folder as well as at the root.
const SHELL: &str = "src-tauri/src";

/// Everything that the document names and the tree does not have.
fn complaints(document: &str, tree: Tree<'_>) -> Vec<String> {
    let mut complaints = Vec::new();
    for (number, part) in document.split("```").enumerate() {
        if number % 2 == 1 {
            let targets = part.lines().filter_map(|line| line.strip_prefix("make "));
            complaints.extend(targets.filter_map(|target| check_make(target, tree).err()));
        } else {
            for paragraph in part.split("\n\n") {
                complaints.extend(complaints_of(paragraph, tree));
            }
        }
    }
    complaints
}

/// A name belongs to the file or folder that is named last before it in the paragraph.
fn complaints_of(paragraph: &str, tree: Tree<'_>) -> Vec<String> {
    let mut complaints = Vec::new();
    if paragraph.matches('`').count() % 2 == 1 {
        complaints.push("a backtick is open".to_owned());
    }
    let mut last: Option<(&str, String)> = None;
    for code in paragraph.split('`').skip(1).step_by(2) {
        if let Some(target) = code.strip_prefix("make ") {
            complaints.extend(check_make(target, tree).err());
        } else if let Some(text) = tree(code).or_else(|| tree(&format!("{SHELL}/{code}"))) {
            last = Some((code, text));
        } else if code.contains('/') {
            complaints.push(format!("there is no {code}"));
        } else {
            match &last {
                Some((_, text)) if has_name(text, code) => {}
                Some((path, _)) => complaints.push(format!("{path} has no {code:?}")),
                None => complaints.push(format!("no path stands before {code:?}")),
            }
        }
    }
    complaints
}

/// Of a command line, what follows `make`.
fn check_make(rest: &str, tree: Tree<'_>) -> Result<(), String> {
    check_target(rest.split_whitespace().next().unwrap_or_default(), tree)
}

#[test]
fn what_the_guides_name_is_there() {
    for guide in ["ARCHITECTURE.md", "CONTRIBUTING.md"] {
        let document = here(guide).expect("it is kept");
        let found = complaints(&document, &here);
        assert_eq!(found, Vec::<String>::new(), "{guide}");
    }
}

/// A small tree, to be spoken of truly and falsely.
fn small(path: &str) -> Option<String> {
    let text = match path {
        "a" => "b.rs\n",
        "a/b.rs" => "impl Core {\n    fn tick(&self) {}\n}\n",
        "src-tauri/src/session/auto_lock.rs" => "fn lock() {}\n",
        "Makefile" => "test: ui\n\tdo\n",
        _ => return None,
    };
    Some(text.to_owned())
}

#[test]
fn a_name_that_is_there_is_let_be() {
    for document in [
        "# Title\n\nNothing is named.\n",
        "`a/b.rs` (`Core::tick`), `session/auto_lock.rs` (`lock`).\n",
        "1. The folder `a` has\n   `b.rs`.\n2. `a/b.rs` (`tick`).\n",
        "| `a/b.rs` | `tick` |\n",
        "Run `make test`:\n\n```sh\nmake test   # all\ncargo test c/d.rs\n```\n\nEnd.\n",
    ] {
        let found = complaints(document, &small);
        assert_eq!(found, Vec::<String>::new(), "{document}");
    }
}

#[test]
fn a_name_that_is_not_there_is_complained_of() {
    for (document, complaint) in [
        ("`a/c.rs`", "there is no a/c.rs"),
        ("`a/b.rs` (`tock`)", "a/b.rs has no \"tock\""),
        ("`a/b.rs` (`tic`)", "a/b.rs has no \"tic\""),
        (
            "`a/b.rs` (`Session::tick`)",
            "a/b.rs has no \"Session::tick\"",
        ),
        (
            "`a/b.rs`, `session/auto_lock.rs` (`tick`)",
            "session/auto_lock.rs has no \"tick\"",
        ),
        ("`a` (`c.rs`)", "a has no \"c.rs\""),
        ("`tick` of `a/b.rs`", "no path stands before \"tick\""),
        ("`a/b.rs`\n\n`tick`", "no path stands before \"tick\""),
        ("`a/b.rs", "a backtick is open"),
        ("`make tea`", "the Makefile has no \"tea\""),
        ("```sh\nmake tea # hot\n```", "the Makefile has no \"tea\""),
    ] {
        assert_eq!(complaints(document, &small), [complaint], "{document}");
    }
}
