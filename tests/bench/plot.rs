//! Draws all values of a section: a strip of dots for each series, with a mark at its median.

use std::fmt::Write;

use crate::report::{Section, number};
use crate::statistics::{median, quantile};

const WIDTH: f64 = 760.0;
/// The names are to the left of this position.
const LEFT: f64 = 240.0;
/// The medians are to the right of this position.
const RIGHT: f64 = 690.0;
const STRIP: f64 = 38.0;
const TICKS: usize = 5;

/// An SVG picture; the style sheet of the page sets its colours.
pub fn draw(section: &Section) -> String {
    let end = end_of_axis(section);
    let x = |value: f64| LEFT + (RIGHT - LEFT) * (value / end).min(1.0);
    let bottom = STRIP * section.series.len() as f64;
    let height = bottom + 40.0;
    let title = escape(section.title);
    let mut svg = format!(
        r#"<svg viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{title}: every measurement">"#
    );
    for tick in 0..=TICKS {
        let value = end * tick as f64 / TICKS as f64;
        let (at, label) = (x(value), number(value));
        line(&mut svg, "grid", at, 0.0, bottom);
        text(&mut svg, "tick", at, bottom + 18.0, &label);
    }
    text(&mut svg, "unit", RIGHT, bottom + 36.0, section.unit);
    for (index, series) in section.series.iter().enumerate() {
        let top = STRIP * index as f64;
        let class = if index % 2 == 0 { "ours" } else { "peer" };
        text(&mut svg, "name", LEFT - 12.0, top + 24.0, &series.name);
        for (nth, &value) in series.values.iter().enumerate() {
            let y = top + 8.0 + 22.0 * scatter(nth);
            let beyond = if value > end { " beyond" } else { "" };
            write!(
                svg,
                r#"<circle class="{class}{beyond}" cx="{:.1}" cy="{y:.1}" r="3"><title>{} {}</title></circle>"#,
                x(value),
                number(value),
                section.unit
            )
            .expect(STRING);
        }
        let middle = median(&series.values);
        line(&mut svg, class, x(middle), top + 4.0, top + STRIP - 4.0);
        text(
            &mut svg,
            "median",
            RIGHT + 12.0,
            top + 24.0,
            &number(middle),
        );
    }
    if let Some(limit) = section.limit {
        line(&mut svg, "limit", x(limit), 0.0, bottom);
        let label = format!("limit {}", number(limit));
        text(&mut svg, "limit", x(limit), bottom + 36.0, &label);
    }
    svg.push_str("</svg>");
    svg
}

const STRING: &str = "writing to a string does not fail";

/// The end of the axis, which starts at 0: above almost all values. The few larger values are drawn at the end.
fn end_of_axis(section: &Section) -> f64 {
    let most = section
        .series
        .iter()
        .map(|series| quantile(&series.values, 0.95));
    let most = most.chain(section.limit).fold(0.0, f64::max) * 1.1;
    let step = 10_f64.powf((most / TICKS as f64).log10().floor());
    let steps = (most / TICKS as f64 / step).ceil();
    if most > 0.0 {
        steps * step * TICKS as f64
    } else {
        1.0
    }
}

/// A vertical position between 0 and 1 that differs from those of the neighbours and is the same in each run.
fn scatter(nth: usize) -> f64 {
    const GOLDEN: f64 = 0.618_033_988_75;
    (nth as f64 * GOLDEN).fract()
}

fn line(svg: &mut String, class: &str, x: f64, top: f64, bottom: f64) {
    write!(
        svg,
        r#"<line class="{class}" x1="{x:.1}" x2="{x:.1}" y1="{top}" y2="{bottom}"/>"#
    )
    .expect(STRING);
}

fn text(svg: &mut String, class: &str, x: f64, y: f64, text: &str) {
    let text = escape(text);
    write!(
        svg,
        r#"<text class="{class}" x="{x:.1}" y="{y}">{text}</text>"#
    )
    .expect(STRING);
}

/// Escapes a text for HTML or SVG.
pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Series;

    fn section(values: Vec<f64>, limit: Option<f64>) -> Section {
        let name = "<a & b>".to_owned();
        Section {
            title: "t",
            how: String::new(),
            unit: "ms",
            series: vec![Series { name, values }],
            limit,
            lines: Vec::new(),
        }
    }

    #[test]
    fn every_value_is_drawn_as_a_dot_and_outliers_stay_inside() {
        let mut values = vec![10.0; 99];
        values.push(5000.0);
        let svg = draw(&section(values, Some(32.0)));
        assert_eq!(svg.matches("<circle").count(), 100);
        assert_eq!(svg.matches("beyond").count(), 1);
        assert!(svg.contains(&format!(r#"cx="{RIGHT:.1}""#)));
        assert!(svg.contains("&lt;a &amp; b&gt;") && !svg.contains("<a &"));
    }

    #[test]
    fn the_axis_ends_at_a_round_value_above_all_values() {
        for (values, limit, end) in [
            (vec![10.0, 20.0], None, 25.0),
            (vec![10.0], Some(32.0), 40.0),
            (vec![0.7], None, 1.0),
            (vec![410.0], None, 500.0),
            (vec![], None, 1.0),
        ] {
            let found = end_of_axis(&section(values, limit));
            assert!((found - end).abs() < 1e-9, "{found} for {end}");
        }
    }
}
