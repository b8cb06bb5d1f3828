//! Checks that every path, name and Makefile target in backticks in `ARCHITECTURE.md` and `CONTRIBUTING.md` exists.

use super::names::has_name;
use super::proof::check_target;
use super::{Tree, repository};

/// Paths may be relative to this folder as well as to the root.
const APP_SOURCE: &str = "src-tauri/src";

/// Everything that the document names and the source tree does not contain.
fn problems(document: &str, tree: Tree<'_>) -> Vec<String> {
    let mut problems = Vec::new();
    for (number, part) in document.split("```").enumerate() {
        if number % 2 == 1 {
            let targets = part.lines().filter_map(|line| line.strip_prefix("make "));
            problems.extend(targets.filter_map(|target| check_make(target, tree).err()));
        } else {
            for paragraph in part.split("\n\n") {
                problems.extend(problems_of(paragraph, tree));
            }
        }
    }
    problems
}

/// A name refers to the last file or folder that the paragraph names before it.
fn problems_of(paragraph: &str, tree: Tree<'_>) -> Vec<String> {
    let mut problems = Vec::new();
    if paragraph.matches('`').count() % 2 == 1 {
        problems.push("a backtick is not closed".to_owned());
    }
    let mut last: Option<(&str, String)> = None;
    for code in paragraph.split('`').skip(1).step_by(2) {
        if let Some(target) = code.strip_prefix("make ") {
            problems.extend(check_make(target, tree).err());
        } else if let Some(text) = tree(code).or_else(|| tree(&format!("{APP_SOURCE}/{code}"))) {
            last = Some((code, text));
        } else if code.contains('/') {
            problems.push(format!("there is no {code}"));
        } else {
            match &last {
                Some((_, text)) if has_name(text, code) => {}
                Some((path, _)) => problems.push(format!("{path} has no {code:?}")),
                None => problems.push(format!("no path precedes {code:?}")),
            }
        }
    }
    problems
}

/// Checks the target after `make` in a command line.
fn check_make(rest: &str, tree: Tree<'_>) -> Result<(), String> {
    check_target(rest.split_whitespace().next().unwrap_or_default(), tree)
}

#[test]
fn the_guides_name_existing_code() {
    for guide in ["ARCHITECTURE.md", "CONTRIBUTING.md"] {
        let document = repository(guide).expect("the file exists");
        let found = problems(&document, &repository);
        assert_eq!(found, Vec::<String>::new(), "{guide}");
    }
}

/// A small source tree for the tests of this check.
fn sample_tree(path: &str) -> Option<String> {
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
fn an_existing_name_is_accepted() {
    for document in [
        "# Title\n\nNothing is named.\n",
        "`a/b.rs` (`Core::tick`), `session/auto_lock.rs` (`lock`).\n",
        "1. The folder `a` has\n   `b.rs`.\n2. `a/b.rs` (`tick`).\n",
        "| `a/b.rs` | `tick` |\n",
        "Run `make test`:\n\n```sh\nmake test   # all\ncargo test c/d.rs\n```\n\nEnd.\n",
    ] {
        let found = problems(document, &sample_tree);
        assert_eq!(found, Vec::<String>::new(), "{document}");
    }
}

#[test]
fn a_missing_name_is_reported() {
    for (document, problem) in [
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
        ("`tick` of `a/b.rs`", "no path precedes \"tick\""),
        ("`a/b.rs`\n\n`tick`", "no path precedes \"tick\""),
        ("`a/b.rs", "a backtick is not closed"),
        ("`make tea`", "the Makefile has no \"tea\""),
        ("```sh\nmake tea # hot\n```", "the Makefile has no \"tea\""),
    ] {
        assert_eq!(problems(document, &sample_tree), [problem], "{document}");
    }
}
