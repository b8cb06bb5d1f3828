//! `docs/device-checklist.md`: every step is numbered, says what to expect, and where in the source that comes from.

use super::names::{code, has_name};
use super::{Tree, here};

/// The numbers of the headings `## 7. What to do`.
pub fn step_numbers(checklist: &str) -> Vec<String> {
    let headings = checklist.lines().filter(|line| line.starts_with('#'));
    let numbers = headings.filter_map(|line| {
        let (number, _) = line.trim_start_matches('#').trim().split_once(". ")?;
        number.parse::<u32>().ok().map(|number| number.to_string())
    });
    numbers.collect()
}

/// Each step with its number: what stands below a heading `## 7. What to do`.
fn steps(checklist: &str) -> impl Iterator<Item = (&str, &str)> {
    checklist.split("\n## ").skip(1).filter_map(|step| {
        let (number, _) = step.split_once(". ")?;
        number.parse::<u32>().is_ok().then_some((number, step))
    })
}

/// Everything that is wrong with the sources that the steps name.
fn complaints(checklist: &str, tree: Tree<'_>) -> Vec<String> {
    let of_step = |(number, step)| {
        let complaint = check(step, tree).err()?;
        Some(format!("{number}: {complaint}"))
    };
    steps(checklist).filter_map(of_step).collect()
}

/// One paragraph of a step names its files, each with what does there what is expected.
fn check(step: &str, tree: Tree<'_>) -> Result<(), String> {
    let paragraphs = step.split("\n\n").map(|text| text.replace('\n', " "));
    let mut named =
        paragraphs.filter_map(|text| text.trim().strip_prefix("**Source**: ").map(str::to_owned));
    let (Some(source), None) = (named.next(), named.next()) else {
        return Err("names its source once".into());
    };
    let source = source.strip_suffix('.').ok_or("the source has no end")?;
    for part in source.split("; ") {
        let (path, names) = place(part).ok_or_else(|| format!("{part:?} is no file with names"))?;
        let text = tree(path).ok_or_else(|| format!("there is no {path}"))?;
        if let Some(name) = names.into_iter().find(|name| !has_name(&text, name)) {
            return Err(format!("{path} has no {name:?}"));
        }
    }
    Ok(())
}

/// `path` and the names of "`path`: `name`, `name`".
fn place(part: &str) -> Option<(&str, Vec<&str>)> {
    let (path, names) = part.split_once(": ")?;
    let names: Option<Vec<_>> = names.split(", ").map(code).collect();
    Some((code(path)?, names?))
}

#[test]
fn the_steps_on_a_device_are_numbered_and_say_what_to_expect() {
    let checklist = here("docs/device-checklist.md").expect("it is kept");
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
fn what_is_expected_on_a_device_has_its_place_in_the_source() {
    let checklist = here("docs/device-checklist.md").expect("it is kept");
    assert_eq!(complaints(&checklist, &here), Vec::<String>::new());
}

/// A small tree, to be spoken of truly and falsely.
fn small(path: &str) -> Option<String> {
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
fn a_source_that_is_there_is_let_be() {
    for source in [
        "**Source**: `a.rs`: `Core::tick`.",
        "**Source**: `a.rs`: `WAITS_S`, `tick`;\n`b.xml`: `allowBackup`.",
    ] {
        assert_eq!(
            complaints(&step(source), &small),
            Vec::<String>::new(),
            "{source}"
        );
    }
}

#[test]
fn a_source_that_is_not_there_is_complained_of() {
    for (source, complaint) in [
        ("", "1: names its source once"),
        (
            "**Source**: `a.rs`: `tick`.\n\n**Source**: `a.rs`: `tick`.",
            "1: names its source once",
        ),
        ("**Source**: `a.rs`: `tick`", "1: the source has no end"),
        ("**Source**: `a.rs`.", "1: \"`a.rs`\" is no file with names"),
        (
            "**Source**: `a.rs`: tick.",
            "1: \"`a.rs`: tick\" is no file with names",
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
        assert_eq!(complaints(&step(source), &small), [complaint]);
    }
}
