//! The results as a web page: one file without scripts and without external resources.

use std::fs;
use std::path::Path;
use std::{fmt::Write, io};

use crate::plot::{draw, escape};
use crate::report::{COLUMNS, Section};

const STYLE: &str = include_str!("page.css");

/// Writes the page; creates the folder if necessary.
pub fn write(file: &Path, machine: &str, sections: &[Section]) -> io::Result<()> {
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(file, page(machine, sections))
}

fn page(machine: &str, sections: &[Section]) -> String {
    let machine = escape(machine);
    let heads: String = COLUMNS
        .iter()
        .map(|column| format!("<th>{column}</th>"))
        .collect();
    let rows: String = sections.iter().map(rows).collect();
    let plots: String = sections.iter().map(plot).collect();
    format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" \
         content=\"width=device-width\"><title>Trousseau: speed</title><style>{STYLE}</style><main>\
         <h1>Speed and memory</h1><p>{machine}</p><div class=\"wide\"><table><thead><tr>{heads}</tr></thead>\
         <tbody>{rows}</tbody></table></div>{plots}</main></html>\n"
    )
}

fn rows(section: &Section) -> String {
    let mut rows = String::new();
    for line in &section.lines {
        write!(rows, "<tr><th>{}</th>", escape(&line.what)).expect(STRING);
        let [value, comparison, ratio, aim, reached] = line.cells(section.unit);
        for cell in [value, comparison, ratio, aim] {
            write!(rows, "<td>{cell}</td>").expect(STRING);
        }
        write!(rows, r#"<td class="{reached}">{reached}</td></tr>"#).expect(STRING);
    }
    rows
}

fn plot(section: &Section) -> String {
    format!(
        r#"<h2>{}</h2><p>{}</p><div class="wide">{}</div>"#,
        escape(section.title),
        escape(&section.how),
        draw(section)
    )
}

const STRING: &str = "writing to a string does not fail";
