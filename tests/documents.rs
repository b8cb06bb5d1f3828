//! `docs/security.md` keeps its word: each of its thirty checks names a proof, and the proof is there. Below are the guides for
//! engineers, the device checklist and the scripts.

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

/// The rows of the table, 1 to this.
const CHECKS: usize = 30;
/// No more rows than these may rest on a device and a person alone.
const BY_HAND: usize = 8;
const HEAD: [&str; 3] = ["n", "check", "proof"];

/// The tree that the documents speak of: the text of a file, or the names in a folder, if it is there.
type Tree<'a> = &'a dyn Fn(&str) -> Option<String>;

/// Everything that is wrong with the table of checks; nothing where it keeps its word.
fn complaints(document: &str, tree: Tree<'_>) -> Vec<String> {
    let rows = match rows(document) {
        Ok(rows) => rows,
        Err(complaint) => return vec![complaint],
    };
    let mut complaints = Vec::new();
    let numbers: Vec<_> = rows.iter().map(|row| row[0].clone()).collect();
    let expected: Vec<_> = (1..=CHECKS).map(|number| number.to_string()).collect();
    if numbers != expected {
        complaints.push(format!(
            "the rows are {numbers:?}, not 1 to {CHECKS} in order"
        ));
    }
    let mut by_hand = 0;
    for [number, check, proof] in &rows {
        if check.is_empty() {
            complaints.push(format!("{number}: says nothing"));
        }
        match weigh(proof, tree) {
            Ok(Weight::Run) => {}
            Ok(Weight::ByHand) => by_hand += 1,
            Err(complaint) => complaints.push(format!("{number}: {complaint}")),
        }
    }
    if by_hand > BY_HAND {
        complaints.push(format!(
            "{by_hand} rows rest on a device alone, more than {BY_HAND}"
        ));
    }
    complaints
}

/// The cells of the one table whose head is [`HEAD`].
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
    if !lines.any(|line| cells(line).is_some_and(|cells| cells == HEAD)) {
        return Err(format!("there is no table | {} |", HEAD.join(" | ")));
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

/// What a row rests on.
enum Weight {
    /// A test that a machine runs.
    Run,
    /// Steps of the device checklist alone.
    ByHand,
}

/// Looks every proof of a cell up.
fn weigh(proof: &str, tree: Tree<'_>) -> Result<Weight, String> {
    let mut parts = proof.split('`');
    let mut plain = parts.next().unwrap_or_default().to_owned();
    let mut tests = 0;
    while let Some(code) = parts.next() {
        plain.push_str(parts.next().ok_or("a backtick is open")?);
        if let Some((path, name)) = code.split_once("::") {
            if !has_test(path, name, tree)? {
                return Err(format!("{path} has no test {name:?}"));
            }
            tests += 1;
        } else if let Some(target) = code.strip_prefix("make ") {
            check_target(target, tree)?;
        } else {
            return Err(format!(
                "{code:?} is neither a test nor a line of the Makefile"
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
        (0, 0) => Err("names neither a test nor a step on a device".into()),
        (0, _) => Ok(Weight::ByHand),
        _ => Ok(Weight::Run),
    }
}

/// The tree itself.
fn here(path: &str) -> Option<String> {
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
fn every_check_has_its_proof() {
    let document = here("docs/security.md").expect("it is kept");
    assert_eq!(complaints(&document, &here), Vec::<String>::new());
}

/// What `make sabotage` would break is there to be broken, and what is to notice it is there to notice.
#[test]
fn every_sabotage_fits_the_tree() {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../scripts/sabotage");
    let output = Command::new("python3")
        .args([script, "--check"])
        .output()
        .expect("python3 is installed");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    let tests = String::from_utf8(output.stdout).expect("it prints text");
    assert!(tests.lines().count() >= 10);
    for test in tests.lines() {
        let (path, name) = test.split_once("::").expect("a file and a test");
        assert_eq!(has_test(path, name, &here), Ok(true), "{test}");
    }
}

/// A small tree, to be spoken of truly and falsely.
fn small(path: &str) -> Option<String> {
    let text = match path {
        "a.rs" => "#[test]\n// a remark\n#[ignore]\nfn shows() {}\nfn helps() {}\n",
        "table.rs" => "macro_rules! cases { () => {} }\ncases! {\n    one_case = 1,\n}\n",
        "program.rs" => "fn main() {}\nfn step() {}\n",
        "a.spec.ts" => {
            "test('shows it', () => {});\nit.each([1])(\"each\", () => {});\nsay('no test');\n"
        }
        "docs/device-checklist.md" => {
            "# Checklist\n## 1. Install\n**Expected**: it is there.\n## 2. Open\n"
        }
        "Makefile" => "audit: setup\n\tdo\n",
        _ => return None,
    };
    Some(text.to_owned())
}

/// A document whose rows all have the proof `a.rs::shows`, but for the given ones.
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
fn what_is_true_is_let_be() {
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
            complaints(&document, &small),
            Vec::<String>::new(),
            "{proof}"
        );
    }
}

#[test]
fn what_is_not_there_is_complained_of() {
    for (proof, complaint) in [
        ("", "4: names neither a test nor a step on a device"),
        (
            "by careful reading",
            "4: names neither a test nor a step on a device",
        ),
        (
            "`make audit`",
            "4: names neither a test nor a step on a device",
        ),
        (
            "`make tea`, `a.rs::shows`",
            "4: the Makefile has no \"tea\"",
        ),
        (
            "`a.rs`",
            "4: \"a.rs\" is neither a test nor a line of the Makefile",
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
        (
            "`Makefile::audit`",
            "4: Makefile is of no kind that tests are written in",
        ),
        ("`a.rs::shows", "4: a backtick is open"),
        (
            "device: step 3",
            "4: the device checklist has no step \"3\"",
        ),
        ("device: step x", "4: the device checklist has no step \"\""),
    ] {
        assert_eq!(complaints(&document(&[(4, proof)]), &small), [complaint]);
    }
}

#[test]
fn the_table_is_whole() {
    let good = document(&[]);
    let without = good.replace("| 7 | something holds | `a.rs::shows` |\n", "");
    assert!(complaints(&without, &small)[0].starts_with("the rows are"));
    let swapped = good.replace("| 7 |", "| 8 |");
    assert!(complaints(&swapped, &small)[0].starts_with("the rows are"));
    let wide = good.replace("| 7 | something holds |", "| 7 | something | holds |");
    assert_eq!(complaints(&wide, &small), ["a row has 4 cells, not 3"]);
    let silent = good.replace("| 7 | something holds |", "| 7 | |");
    assert_eq!(complaints(&silent, &small), ["7: says nothing"]);
    assert_eq!(
        complaints("# Security\n", &small),
        ["there is no table | n | check | proof |"]
    );
}

#[test]
fn eight_rows_at_most_rest_on_a_device() {
    let by_hand = |count| {
        (1..=count)
            .map(|row| (row, "device: step 1"))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        complaints(&document(&by_hand(8)), &small),
        Vec::<String>::new()
    );
    let complaint = "9 rows rest on a device alone, more than 8";
    assert_eq!(complaints(&document(&by_hand(9)), &small), [complaint]);
}
