/// A line of a `MANIFEST.tsv`: file, texts expected (JSON array), label, and columns that are not needed here.
pub struct Picture<'a> {
    pub file: &'a str,
    pub expected: Vec<String>,
    pub label: &'a str,
}

/// All lines but the first, which names the columns.
pub fn parse(manifest: &str) -> Result<Vec<Picture<'_>>, serde_json::Error> {
    manifest
        .lines()
        .skip(1)
        .filter(|line| !line.is_empty())
        .map(parse_line)
        .collect()
}

fn parse_line(line: &str) -> Result<Picture<'_>, serde_json::Error> {
    let mut columns = line.split('\t');
    let mut column = || columns.next().unwrap_or_default();
    let (file, expected, label) = (column(), column(), column());
    let expected = if expected.is_empty() {
        Vec::new()
    } else {
        serde_json::from_str(expected)?
    };
    Ok(Picture {
        file,
        expected,
        label,
    })
}

impl Picture<'_> {
    /// At least one right text came out; where none is expected, any text.
    pub fn is_read(&self, texts: &[String]) -> bool {
        let is_right = |text: &String| {
            self.expected
                .iter()
                .any(|expected| normalised(expected) == normalised(text))
        };
        if self.expected.is_empty() {
            !texts.is_empty()
        } else {
            texts.iter().any(is_right)
        }
    }
}

/// Manifests write line ends as LF and leave them out at the end.
fn normalised(text: &str) -> String {
    text.replace("\r\n", "\n").trim_end_matches('\n').to_owned()
}
