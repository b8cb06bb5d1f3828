//! The most memory that a process has while it reads a picture of 12 megapixels.

use std::fs;
use std::io::Cursor;
use std::path::Path;
use std::process::Command;

use image::{DynamicImage, ImageFormat, imageops};

use crate::report::{Beside, Line, Section};

const LIMIT_MB: f64 = 120.0;
/// What a phone's photo has: 12 megapixels.
const SIZE: (u32, u32) = (4000, 3000);
/// A photo of a desk with three codes on it, enlarged.
const PHOTO: &str = "boof-shadows/image003.jpg";
/// The argument with which this program reads a picture and answers.
pub const READ: &str = "--read-picture";

/// Its name, its format, and how a photo is made one of it.
type Kind = (&'static str, ImageFormat, fn(&DynamicImage) -> DynamicImage);

/// A JPEG, and every kind of PNG.
pub fn measure(folder: &Path) -> Section {
    let photo = image::open(folder.join(PHOTO)).expect("the picture is there");
    let photo = photo.resize_exact(SIZE.0, SIZE.1, imageops::FilterType::Triangle);
    let kinds: [Kind; 5] = [
        ("JPEG", ImageFormat::Jpeg, |photo| photo.to_rgb8().into()),
        ("PNG, grey", ImageFormat::Png, |photo| {
            photo.to_luma8().into()
        }),
        ("PNG, colour", ImageFormat::Png, |photo| {
            photo.to_rgb8().into()
        }),
        ("PNG, colour and alpha", ImageFormat::Png, |photo| {
            photo.to_rgba8().into()
        }),
        ("PNG, the same with 16 bits", ImageFormat::Png, |photo| {
            photo.to_rgba16().into()
        }),
    ];
    let lines = kinds.into_iter().map(|(what, format, change)| {
        let mut bytes = Cursor::new(Vec::new());
        change(&photo)
            .write_to(&mut bytes, format)
            .expect("the format takes it");
        Line {
            what: format!("most memory, {what}"),
            value: most(bytes.get_ref()),
            beside: Beside::Limit(LIMIT_MB),
        }
    });
    Section {
        title: "Memory for a picture of 12 megapixels",
        how: format!(
            "The most that a process of its own ever had in memory (VmHWM), the program itself and the file included, to \
             read a photo of {} x {} pixels.",
            SIZE.0, SIZE.1
        ),
        unit: "MB",
        lines: lines.collect(),
        series: Vec::new(),
        limit: None,
    }
}

/// Megabytes of this very program, started anew to read this file.
fn most(picture: &[u8]) -> f64 {
    let file = tempfile::NamedTempFile::new().expect("there is room for a picture");
    fs::write(&file, picture).expect("there is room for a picture");
    let program = std::env::current_exe().expect("a running program has a path");
    let output = Command::new(program).arg(READ).arg(file.path()).output();
    let output = output.expect("it starts again");
    let text = String::from_utf8_lossy(&output.stdout);
    text.trim().parse().expect("it answers a number")
}

/// What [`most`] starts: reads the picture, and answers the most memory that this process had.
pub fn read_one(picture: &Path) -> f64 {
    let bytes = fs::read(picture).expect("the file is there");
    let codes = trousseau_scan::read_picture(&bytes).expect("a picture");
    assert!(!codes.is_empty(), "the photo has three codes");
    let status = fs::read_to_string("/proc/self/status").expect("Linux has /proc");
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kib = line.and_then(|line| line.trim().strip_suffix(" kB")?.parse::<f64>().ok());
    kib.expect("proc(5) says so") * 1024.0 / 1e6
}
