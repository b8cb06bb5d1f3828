/// A line of `MANIFEST.tsv`: file, expected texts (JSON array), label, and columns that are not used here.
pub struct Picture<'a> {
    pub file: &'a str,
    pub expected: Vec<String>,
    pub label: &'a str,
}

/// Parses all lines but the first, which contains the names of the columns.
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
    /// Whether at least one expected text was read. If none is expected: whether any text was read.
    pub fn is_read(&self, texts: &[String]) -> bool {
        let is_expected = |text: &String| {
            self.expected
                .iter()
                .any(|expected| normalised(expected) == normalised(text))
        };
        if self.expected.is_empty() {
            !texts.is_empty()
        } else {
            texts.iter().any(is_expected)
        }
    }
}

/// Manifests use LF and omit line ends at the end of a text.
fn normalised(text: &str) -> String {
    text.replace("\r\n", "\n").trim_end_matches('\n').to_owned()
}
