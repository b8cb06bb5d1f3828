//! Reads the members of the hand-written Java stub that our Kotlin is compiled against. In the stub every type
//! is written with its package, and every member in one line.

use std::fs;
use std::path::Path;

/// A member of an Android class.
#[derive(Debug)]
pub struct Member {
    /// With slashes.
    pub class: String,
    /// `<init>` for a constructor.
    pub name: String,
    pub is_static: bool,
    /// The JNI descriptor.
    pub descriptor: String,
}

/// All members of the Android classes in the stub.
pub fn members() -> Vec<Member> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/java/stub");
    let mut folders = vec![root.join("android")];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder of the stub") {
            let path = entry.expect("an item of the stub").path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let package = path
                .parent()
                .and_then(|folder| folder.strip_prefix(&root).ok());
            let package = package.and_then(Path::to_str).expect("a package");
            let text = fs::read_to_string(&path).expect("a file of the stub");
            found.extend(read(package, &text));
        }
    }
    found
}

/// The members that a file declares.
fn read(package: &str, text: &str) -> Vec<Member> {
    let mut classes: Vec<&str> = Vec::new();
    let mut found = Vec::new();
    for line in text.lines().map(str::trim) {
        let words: Vec<_> = line.split([' ', '<']).collect();
        let class = words
            .iter()
            .position(|word| matches!(*word, "class" | "interface"));
        if let Some(at) = class {
            classes.push(words[at + 1]);
        } else if let (Some(class), false) = (classes.last(), line == "}") {
            let class_name = format!("{package}/{}", classes.join("$"));
            found.extend(member(class_name, class, line));
        }
        if line == "}" || class.is_some() && line.ends_with("{}") {
            classes.pop();
        }
    }
    found
}

/// The member that a line of `class` declares, if any.
fn member(class_name: String, class: &str, line: &str) -> Option<Member> {
    let end = line.find(['(', '=', ';'])?;
    let before: Vec<_> = line[..end].split_whitespace().collect();
    let [.., kind, name] = before[..] else {
        return None;
    };
    // The bound of a generic method: `<T extends TYPE> T NAME(`.
    let bound = line.split_once("<T extends ");
    let bound = bound.and_then(|(_, rest)| Some(rest.split_once('>')?.0));
    let descriptor = match line[end..].strip_prefix('(') {
        None => jni_type(kind, bound),
        Some(rest) => {
            let (taken, _) = rest.split_once(')')?;
            let taken = taken.split(", ").filter_map(|one| one.rsplit_once(' '));
            let taken: String = taken.map(|(kind, _)| jni_type(kind, bound)).collect();
            let gives = if name == class {
                "V".into()
            } else {
                jni_type(kind, bound)
            };
            format!("({taken}){gives}")
        }
    };
    Some(Member {
        class: class_name,
        name: if name == class { "<init>" } else { name }.into(),
        is_static: before.contains(&"static"),
        descriptor,
    })
}

/// The JNI descriptor of a type. `T` stands for its `bound`, or for any object.
fn jni_type(kind: &str, bound: Option<&str>) -> String {
    let (kind, _) = kind.split_once('<').unwrap_or((kind, ""));
    match kind {
        "void" => "V".into(),
        "boolean" => "Z".into(),
        "int" => "I".into(),
        "T" => jni_type(bound.unwrap_or("java.lang.Object"), None),
        _ => format!("L{};", kind.replace('.', "/")),
    }
}
