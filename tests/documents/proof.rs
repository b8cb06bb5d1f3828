//! Whether a proof that a document names is there: a test in its file, or a line of the Makefile.

use super::Tree;

/// # Errors
/// The file is not there, or of no kind that tests are written in.
pub fn has_test(path: &str, name: &str, tree: Tree<'_>) -> Result<bool, String> {
    let text = tree(path).ok_or_else(|| format!("there is no {path}"))?;
    match path.rsplit_once('.') {
        Some((_, "rs")) => Ok(has_rust_test(&text, name)),
        Some((_, "ts")) => Ok(has_typescript_test(&text, name)),
        _ => Err(format!("{path} is of no kind that tests are written in")),
    }
}

/// # Errors
/// The Makefile does not have it.
pub fn check_target(target: &str, tree: Tree<'_>) -> Result<(), String> {
    let makefile = tree("Makefile").unwrap_or_default();
    let rule = format!("{target}:");
    if makefile.lines().any(|line| line.starts_with(&rule)) {
        Ok(())
    } else {
        Err(format!("the Makefile has no {target:?}"))
    }
}

/// `fn name` below `#[test]`; any `fn name` of a test program without the usual harness; a line `name = …` of the
/// macros by which a file makes a test of each of its cases.
fn has_rust_test(text: &str, name: &str) -> bool {
    let own_main = text.lines().any(|line| line.starts_with("fn main()"));
    let makes_tests = text.contains("macro_rules!");
    let (function, case) = (format!("fn {name}("), format!("{name} = "));
    let mut marked = false;
    for line in text.lines().map(str::trim) {
        if line.starts_with(&function) && (marked || own_main)
            || line.starts_with(&case) && makes_tests
        {
            return true;
        }
        // Attributes and remarks may stand between the mark and the function.
        marked = line == "#[test]" || marked && (line.starts_with("#[") || line.starts_with("//"));
    }
    false
}

/// `test('name'`, `it('name'`, or the name behind the cases of `each`.
fn has_typescript_test(text: &str, name: &str) -> bool {
    let quoted = ['\'', '"', '`'].map(|quote| format!("({quote}{name}{quote}"));
    let openers = ["test", "it", ")"];
    text.lines().any(|line| {
        quoted.iter().any(|quoted| {
            let before = line.find(quoted.as_str()).map(|at| line[..at].trim());
            before.is_some_and(|before| openers.iter().any(|opener| before.ends_with(opener)))
        })
    })
}
