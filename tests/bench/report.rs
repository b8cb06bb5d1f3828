//! The measurements and their table.

use std::fmt::Write;

/// One subject: its measurements and its lines in the table.
pub struct Section {
    /// The title.
    pub title: &'static str,
    /// How it was measured and compared.
    pub how: String,
    /// The unit of all its values.
    pub unit: &'static str,
    /// Ours and the peer's, alternating.
    pub series: Vec<Series>,
    /// Drawn as a line, if there is one.
    pub limit: Option<f64>,
    /// Its lines in the table.
    pub lines: Vec<Line>,
}

/// All values of one program, in the order of measurement.
pub struct Series {
    /// The name of the program or measurement.
    pub name: String,
    /// The measured values.
    pub values: Vec<f64>,
}

/// A line of the table.
pub struct Line {
    /// The name of the value.
    pub what: String,
    /// In the section's unit.
    pub value: f64,
    /// What the value is compared with.
    pub comparison: Comparison,
}

/// What a value is compared with.
pub enum Comparison {
    /// No comparison.
    Nothing,
    /// Another program or method, measured alternately with ours.
    Peer {
        /// Its name.
        name: &'static str,
        /// In the section's unit.
        value: f64,
        /// The highest acceptable ratio, if there is one.
        aim: Option<f64>,
    },
    /// A value to stay below, in the section's unit.
    Limit(f64),
}

impl Comparison {
    /// The peer's value or the limit.
    pub fn value(&self) -> Option<f64> {
        match *self {
            Self::Nothing => None,
            Self::Peer { value, .. } | Self::Limit(value) => Some(value),
        }
    }
}

impl Line {
    /// The ratio of `value` to the peer or limit.
    pub fn ratio(&self) -> Option<f64> {
        Some(self.value / self.comparison.value()?)
    }

    /// Whether the aim is reached; `None` without an aim.
    pub fn reached(&self) -> Option<bool> {
        let ratio = self.ratio()?;
        match self.comparison {
            Comparison::Peer { aim, .. } => Some(ratio <= aim?),
            Comparison::Limit(_) => Some(ratio < 1.0),
            Comparison::Nothing => None,
        }
    }

    /// The columns after the first: value, peer or limit, ratio, aim, whether it is reached.
    pub fn cells(&self, unit: &str) -> [String; 5] {
        let aim = match self.comparison {
            Comparison::Peer { aim: Some(aim), .. } => format!("≤ {aim:.2}"),
            Comparison::Limit(_) => "< 1".into(),
            _ => "–".into(),
        };
        let reached = match self.reached() {
            Some(true) => "reached",
            Some(false) => "missed",
            None => "",
        };
        let reference = match self.comparison {
            Comparison::Nothing => "–".into(),
            Comparison::Peer { name, value, .. } => format!("{name} {} {unit}", number(value)),
            Comparison::Limit(limit) => format!("limit {} {unit}", number(limit)),
        };
        let ratio = self.ratio().map(|ratio| format!("{ratio:.2}"));
        [
            format!("{} {unit}", number(self.value)),
            reference,
            ratio.unwrap_or("–".into()),
            aim,
            reached.into(),
        ]
    }
}

/// The names of the columns.
pub const COLUMNS: [&str; 6] = ["measured", "value", "peer or limit", "ratio", "aim", ""];

/// The lines of one section.
pub fn table(section: &Section) -> String {
    let mut text = format!("{}\n", section.title);
    for line in &section.lines {
        let [value, comparison, ratio, aim, reached] = line.cells(section.unit);
        let what = &line.what;
        writeln!(
            text,
            "  {what:44} {value:>10} {comparison:>22} {ratio:>6} {aim:>7}  {reached}"
        )
        .expect("writing to a string does not fail");
    }
    text
}

/// The line above all of them.
pub fn heading() -> String {
    let [what, value, comparison, ratio, aim, reached] = COLUMNS;
    format!("  {what:44} {value:>10} {comparison:>22} {ratio:>6} {aim:>7}  {reached}")
}

/// Three significant digits.
pub fn number(value: f64) -> String {
    let decimals = match value.abs() {
        0.0 => 0,
        size if size >= 100.0 => 0,
        size if size >= 10.0 => 1,
        size if size >= 1.0 => 2,
        _ => 3,
    };
    format!("{value:.decimals$}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(value: f64, comparison: Comparison) -> Line {
        Line {
            what: "x".into(),
            value,
            comparison,
        }
    }

    #[test]
    fn a_ratio_may_equal_its_aim_but_a_value_must_stay_below_its_limit() {
        let peer = |aim| Comparison::Peer {
            name: "peer",
            value: 10.0,
            aim,
        };
        assert_eq!(line(12.0, peer(Some(1.2))).reached(), Some(true));
        assert_eq!(line(12.1, peer(Some(1.2))).reached(), Some(false));
        assert_eq!(line(12.0, peer(None)).reached(), None);
        assert_eq!(line(31.0, Comparison::Limit(32.0)).reached(), Some(true));
        assert_eq!(line(32.0, Comparison::Limit(32.0)).reached(), Some(false));
        assert_eq!(line(32.0, Comparison::Nothing).reached(), None);
    }

    #[test]
    fn cells() {
        let comparison = Comparison::Peer {
            name: "peer",
            value: 0.5,
            aim: Some(1.2),
        };
        assert_eq!(
            line(0.55, comparison).cells("µs"),
            ["0.550 µs", "peer 0.500 µs", "1.10", "≤ 1.20", "reached"]
        );
        assert_eq!(
            line(123.4, Comparison::Nothing).cells("ms"),
            ["123 ms", "–", "–", "–", ""]
        );
    }
}
