//! Checks that a proof in a document exists: a test in its file, or a target of the Makefile.

use super::Tree;

/// Whether the file contains a test of this name.
///
/// # Errors
/// The file does not exist, or is neither Rust nor TypeScript.
pub fn has_test(path: &str, name: &str, tree: Tree<'_>) -> Result<bool, String> {
    let text = tree(path).ok_or_else(|| format!("there is no {path}"))?;
    match path.rsplit_once('.') {
        Some((_, "rs")) => Ok(has_rust_test(&text, name)),
        Some((_, "ts")) => Ok(has_typescript_test(&text, name)),
        _ => Err(format!("{path} is not a file with tests")),
    }
}

/// # Errors
/// The Makefile has no such target.
pub fn check_target(target: &str, tree: Tree<'_>) -> Result<(), String> {
    let makefile = tree("Makefile").unwrap_or_default();
    let rule = format!("{target}:");
    if makefile.lines().any(|line| line.starts_with(&rule)) {
        Ok(())
    } else {
        Err(format!("the Makefile has no {target:?}"))
    }
}

/// Accepts `fn name` below `#[test]`, any `fn name` in a test program with its own main function, and a line `name = …` in a file
/// whose macros generate one test for each such line.
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
        // Attributes and comments may follow `#[test]` before the function.
        marked = line == "#[test]" || marked && (line.starts_with("#[") || line.starts_with("//"));
    }
    false
}

/// Accepts `test('name'`, `it('name'`, and the name after the cases of `each`.
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
