//! Compares the documents with the repository: each of the thirty checks of `docs/security.md` names a proof that exists. The
//! modules check the guides for engineers, the device checklist and the scripts.

use std::path::Path;
use std::process::Command;

#[path = "documents/architecture.rs"]
mod architecture;
#[path = "documents/checklist.rs"]
mod checklist;
#[path = "documents/names.rs"]
mod names;
#[path = "documents/proof.rs"]
mod proof;
#[path = "documents/scripts.rs"]
mod scripts;

use checklist::step_numbers;
use proof::{check_target, has_test};

/// The number of rows in the table.
const CHECKS: usize = 30;
/// At most this many rows may have only device steps as their proof.
const MAX_DEVICE_ONLY: usize = 8;
const HEADER: [&str; 3] = ["n", "check", "proof"];

/// The source tree that the documents describe: returns the text of a file, or the names in a folder, if it exists.
type Tree<'a> = &'a dyn Fn(&str) -> Option<String>;

/// Every problem in the table of checks.
fn problems(document: &str, tree: Tree<'_>) -> Vec<String> {
    let rows = match rows(document) {
        Ok(rows) => rows,
        Err(problem) => return vec![problem],
    };
    let mut problems = Vec::new();
    let numbers: Vec<_> = rows.iter().map(|row| row[0].clone()).collect();
    let expected: Vec<_> = (1..=CHECKS).map(|number| number.to_string()).collect();
    if numbers != expected {
        problems.push(format!(
            "the rows are {numbers:?}, not 1 to {CHECKS} in order"
        ));
    }
    let mut device_only = 0;
    for [number, check, proof] in &rows {
        if check.is_empty() {
            problems.push(format!("{number}: the check is empty"));
        }
        match check_proof(proof, tree) {
            Ok(Evidence::Test) => {}
            Ok(Evidence::DeviceOnly) => device_only += 1,
            Err(problem) => problems.push(format!("{number}: {problem}")),
        }
    }
    if device_only > MAX_DEVICE_ONLY {
        problems.push(format!(
            "{device_only} rows have only device steps, more than {MAX_DEVICE_ONLY}"
        ));
    }
    problems
}

/// The cells of the table whose header row is [`HEADER`].
fn rows(document: &str) -> Result<Vec<[String; 3]>, String> {
    let cells = |line: &str| -> Option<Vec<String>> {
        let inner = line.trim().strip_prefix('|')?.strip_suffix('|')?;
        Some(
            inner
                .split('|')
                .map(|cell| cell.trim().to_owned())
                .collect(),
        )
    };
    let mut lines = document.lines();
    if !lines.any(|line| cells(line).is_some_and(|cells| cells == HEADER)) {
        return Err(format!("there is no table | {} |", HEADER.join(" | ")));
    }
    lines
        .skip(1)
        .map_while(cells)
        .map(|cells| {
            let count = cells.len();
            <[String; 3]>::try_from(cells).map_err(|_| format!("a row has {count} cells, not 3"))
        })
        .collect()
}

/// The kind of proof of a row.
enum Evidence {
    /// At least one automatic test.
    Test,
    /// Only steps of the device checklist.
    DeviceOnly,
}

/// Checks that every proof in a cell exists.
fn check_proof(proof: &str, tree: Tree<'_>) -> Result<Evidence, String> {
    let mut parts = proof.split('`');
    let mut plain = parts.next().unwrap_or_default().to_owned();
    let mut tests = 0;
    while let Some(code) = parts.next() {
        plain.push_str(parts.next().ok_or("a backtick is not closed")?);
        if let Some((path, name)) = code.split_once("::") {
            if !has_test(path, name, tree)? {
                return Err(format!("{path} has no test {name:?}"));
            }
            tests += 1;
        } else if let Some(target) = code.strip_prefix("make ") {
            check_target(target, tree)?;
        } else {
            return Err(format!(
                "{code:?} is neither a test nor a target of the Makefile"
            ));
        }
    }
    let mut steps = 0;
    for rest in plain.split("device: step ").skip(1) {
        let end = rest.find(|c: char| !c.is_ascii_digit());
        let step = &rest[..end.unwrap_or(rest.len())];
        let checklist = tree("docs/device-checklist.md").ok_or("there is no device checklist")?;
        if !step_numbers(&checklist).iter().any(|number| number == step) {
            return Err(format!("the device checklist has no step {step:?}"));
        }
        steps += 1;
    }
    match (tests, steps) {
        (0, 0) => Err("names neither a test nor a device step".into()),
        (0, _) => Ok(Evidence::DeviceOnly),
        _ => Ok(Evidence::Test),
    }
}

/// The source tree of this repository.
fn repository(path: &str) -> Option<String> {
    if path.starts_with('/') || path.contains("..") {
        return None;
    }
    let place = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path);
    if !place.is_dir() {
        return std::fs::read_to_string(place).ok();
    }
    let entries = std::fs::read_dir(place).ok()?.flatten();
    let names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned() + "\n");
    Some(names.collect())
}

#[test]
fn every_check_has_a_proof_that_exists() {
    let document = repository("docs/security.md").expect("the file exists");
    assert_eq!(problems(&document, &repository), Vec::<String>::new());
}

/// The source contains every text that `make sabotage` replaces, and the tests that must fail exist.
#[test]
fn every_sabotage_matches_the_source() {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../scripts/sabotage");
    let output = Command::new("python3")
        .args([script, "--check"])
        .output()
        .expect("python3 is installed");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    let tests = String::from_utf8(output.stdout).expect("it prints text");
    assert!(tests.lines().count() >= 10);
    for test in tests.lines() {
        let (path, name) = test.split_once("::").expect("a file and a test");
        assert_eq!(has_test(path, name, &repository), Ok(true), "{test}");
    }
}

/// A small source tree for the tests of this check.
fn sample_tree(path: &str) -> Option<String> {
    let text = match path {
        "a.rs" => "#[test]\n// a comment\n#[ignore]\nfn shows() {}\nfn helps() {}\n",
        "table.rs" => "macro_rules! cases { () => {} }\ncases! {\n    one_case = 1,\n}\n",
        "program.rs" => "fn main() {}\nfn step() {}\n",
        "a.spec.ts" => {
            "test('shows it', () => {});\nit.each([1])(\"each\", () => {});\nlog('no test');\n"
        }
        "docs/device-checklist.md" => {
            "# Checklist\n## 1. Install\n**Expected**: it is installed.\n## 2. Open\n"
        }
        "Makefile" => "audit: setup\n\tdo\n",
        _ => return None,
    };
    Some(text.to_owned())
}

/// A document whose rows have the proof `a.rs::shows`, except the given rows.
fn document(others: &[(usize, &str)]) -> String {
    let row = |number| {
        let other = others.iter().find(|(other, _)| *other == number);
        let proof = other.map_or("`a.rs::shows`", |(_, proof)| proof);
        format!("| {number} | something holds | {proof} |\n")
    };
    let rows: String = (1..=CHECKS).map(row).collect();
    format!("# Security\n\n| n | check | proof |\n|---|---|---|\n{rows}\nMore text.\n")
}

#[test]
fn an_existing_proof_is_accepted() {
    for proof in [
        "`a.rs::shows`",
        "`a.rs::shows`, `a.spec.ts::shows it`",
        "`a.spec.ts::each`; device: step 2",
        "`table.rs::one_case`",
        "`program.rs::step`",
        "`make audit`, `a.rs::shows`",
        "device: step 1, device: step 2",
    ] {
        let document = document(&[(4, proof)]);
        assert_eq!(
            problems(&document, &sample_tree),
            Vec::<String>::new(),
            "{proof}"
        );
    }
}

#[test]
fn a_missing_proof_is_reported() {
    for (proof, problem) in [
        ("", "4: names neither a test nor a device step"),
        (
            "by careful reading",
            "4: names neither a test nor a device step",
        ),
        ("`make audit`", "4: names neither a test nor a device step"),
        (
            "`make tea`, `a.rs::shows`",
            "4: the Makefile has no \"tea\"",
        ),
        (
            "`a.rs`",
            "4: \"a.rs\" is neither a test nor a target of the Makefile",
        ),
        ("`b.rs::shows`", "4: there is no b.rs"),
        ("`a.rs::show`", "4: a.rs has no test \"show\""),
        ("`a.rs::helps`", "4: a.rs has no test \"helps\""),
        (
            "`a.spec.ts::no test`",
            "4: a.spec.ts has no test \"no test\"",
        ),
        (
            "`a.rs::shows`, `a.rs::gone`",
            "4: a.rs has no test \"gone\"",
        ),
        ("`Makefile::audit`", "4: Makefile is not a file with tests"),
        ("`a.rs::shows", "4: a backtick is not closed"),
        (
            "device: step 3",
            "4: the device checklist has no step \"3\"",
        ),
        ("device: step x", "4: the device checklist has no step \"\""),
    ] {
        assert_eq!(problems(&document(&[(4, proof)]), &sample_tree), [problem]);
    }
}

#[test]
fn an_incomplete_table_is_reported() {
    let good = document(&[]);
    let without = good.replace("| 7 | something holds | `a.rs::shows` |\n", "");
    assert!(problems(&without, &sample_tree)[0].starts_with("the rows are"));
    let swapped = good.replace("| 7 |", "| 8 |");
    assert!(problems(&swapped, &sample_tree)[0].starts_with("the rows are"));
    let wide = good.replace("| 7 | something holds |", "| 7 | something | holds |");
    assert_eq!(problems(&wide, &sample_tree), ["a row has 4 cells, not 3"]);
    let silent = good.replace("| 7 | something holds |", "| 7 | |");
    assert_eq!(problems(&silent, &sample_tree), ["7: the check is empty"]);
    assert_eq!(
        problems("# Security\n", &sample_tree),
        ["there is no table | n | check | proof |"]
    );
}

#[test]
fn at_most_eight_rows_are_proved_only_on_a_device() {
    let device_only = |count| {
        (1..=count)
            .map(|row| (row, "device: step 1"))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        problems(&document(&device_only(8)), &sample_tree),
        Vec::<String>::new()
    );
    let problem = "9 rows have only device steps, more than 8";
    assert_eq!(
        problems(&document(&device_only(9)), &sample_tree),
        [problem]
    );
}
