//! Checks `docs/device-checklist.md`: every step has a number, an expected result, and the source code that implements it.

use super::names::{code, has_name};
use super::{Tree, repository};

/// The numbers of the headings `## 7. What to do`.
pub fn step_numbers(checklist: &str) -> Vec<String> {
    let headings = checklist.lines().filter(|line| line.starts_with('#'));
    let numbers = headings.filter_map(|line| {
        let (number, _) = line.trim_start_matches('#').trim().split_once(". ")?;
        number.parse::<u32>().ok().map(|number| number.to_string())
    });
    numbers.collect()
}

/// Each step with its number: the text below a heading `## 7. What to do`.
fn steps(checklist: &str) -> impl Iterator<Item = (&str, &str)> {
    checklist.split("\n## ").skip(1).filter_map(|step| {
        let (number, _) = step.split_once(". ")?;
        number.parse::<u32>().is_ok().then_some((number, step))
    })
}

/// Every problem in the source references of the steps.
fn problems(checklist: &str, tree: Tree<'_>) -> Vec<String> {
    let of_step = |(number, step)| {
        let problem = check(step, tree).err()?;
        Some(format!("{number}: {problem}"))
    };
    steps(checklist).filter_map(of_step).collect()
}

/// Exactly one paragraph of a step lists its files, each with names in that file.
fn check(step: &str, tree: Tree<'_>) -> Result<(), String> {
    let paragraphs = step.split("\n\n").map(|text| text.replace('\n', " "));
    let mut named =
        paragraphs.filter_map(|text| text.trim().strip_prefix("**Source**: ").map(str::to_owned));
    let (Some(source), None) = (named.next(), named.next()) else {
        return Err("does not name its source exactly once".into());
    };
    let source = source
        .strip_suffix('.')
        .ok_or("the source has no full stop at its end")?;
    for part in source.split("; ") {
        let (path, names) =
            place(part).ok_or_else(|| format!("{part:?} is not a file with names"))?;
        let text = tree(path).ok_or_else(|| format!("there is no {path}"))?;
        if let Some(name) = names.into_iter().find(|name| !has_name(&text, name)) {
            return Err(format!("{path} has no {name:?}"));
        }
    }
    Ok(())
}

/// Splits "`path`: `name`, `name`" into path and names.
fn place(part: &str) -> Option<(&str, Vec<&str>)> {
    let (path, names) = part.split_once(": ")?;
    let names: Option<Vec<_>> = names.split(", ").map(code).collect();
    Some((code(path)?, names?))
}

#[test]
fn steps_are_numbered_and_state_the_expected_result() {
    let checklist = repository("docs/device-checklist.md").expect("the file exists");
    let numbers = step_numbers(&checklist);
    let expected: Vec<_> = (1..=numbers.len())
        .map(|number| number.to_string())
        .collect();
    assert_eq!(numbers, expected);
    assert_eq!(steps(&checklist).count(), numbers.len());
    for (number, step) in steps(&checklist) {
        assert!(step.contains("**Expected**"), "{number}");
    }
}

#[test]
fn every_step_names_existing_source_code() {
    let checklist = repository("docs/device-checklist.md").expect("the file exists");
    assert_eq!(problems(&checklist, &repository), Vec::<String>::new());
}

/// A small source tree for the tests of this check.
fn sample_tree(path: &str) -> Option<String> {
    let text = match path {
        "a.rs" => "impl Core {\n    fn tick(&self) {}\n}\nconst WAITS_S: u8 = 1;\n",
        "b.xml" => "<a android:allowBackup=\"false\" />\n",
        _ => return None,
    };
    Some(text.to_owned())
}

fn step(source: &str) -> String {
    format!("# Checklist\n\n## 1. Lock\n\nWait.\n\n**Expected**: locked.\n\n{source}\n")
}

#[test]
fn an_existing_source_is_accepted() {
    for source in [
        "**Source**: `a.rs`: `Core::tick`.",
        "**Source**: `a.rs`: `WAITS_S`, `tick`;\n`b.xml`: `allowBackup`.",
    ] {
        assert_eq!(
            problems(&step(source), &sample_tree),
            Vec::<String>::new(),
            "{source}"
        );
    }
}

#[test]
fn a_missing_source_is_reported() {
    for (source, problem) in [
        ("", "1: does not name its source exactly once"),
        (
            "**Source**: `a.rs`: `tick`.\n\n**Source**: `a.rs`: `tick`.",
            "1: does not name its source exactly once",
        ),
        (
            "**Source**: `a.rs`: `tick`",
            "1: the source has no full stop at its end",
        ),
        (
            "**Source**: `a.rs`.",
            "1: \"`a.rs`\" is not a file with names",
        ),
        (
            "**Source**: `a.rs`: tick.",
            "1: \"`a.rs`: tick\" is not a file with names",
        ),
        ("**Source**: `c.rs`: `tick`.", "1: there is no c.rs"),
        ("**Source**: `a.rs`: `tic`.", "1: a.rs has no \"tic\""),
        (
            "**Source**: `a.rs`: `Session::tick`.",
            "1: a.rs has no \"Session::tick\"",
        ),
        (
            "**Source**: `a.rs`: `tick`; `b.xml`: `tick`.",
            "1: b.xml has no \"tick\"",
        ),
    ] {
        assert_eq!(problems(&step(source), &sample_tree), [problem]);
    }
}
