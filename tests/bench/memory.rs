//! Peak memory of a process while it reads a picture of 12 megapixels.

use std::fs;
use std::io::Cursor;
use std::path::Path;
use std::process::Command;

use image::{DynamicImage, ImageFormat, imageops};

use crate::report::{Comparison, Line, Section};

const LIMIT_MB: f64 = 120.0;
/// The size of a phone's photo: 12 megapixels.
const SIZE: (u32, u32) = (4000, 3000);
/// A photo of a desk with three codes on it, enlarged.
const PHOTO: &str = "boof-shadows/image003.jpg";
/// The argument with which this program only reads a picture and prints its peak memory.
pub const READ: &str = "--read-picture";

/// Name, file format, and the conversion of the photo.
type Kind = (&'static str, ImageFormat, fn(&DynamicImage) -> DynamicImage);

/// Measures a JPEG and every kind of PNG.
pub fn measure(folder: &Path) -> Section {
    let photo = image::open(folder.join(PHOTO)).expect("the picture exists");
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
            .expect("the format supports the picture");
        Line {
            what: format!("peak memory, {what}"),
            value: peak(bytes.get_ref()),
            comparison: Comparison::Limit(LIMIT_MB),
        }
    });
    Section {
        title: "Memory for a picture of 12 megapixels",
        how: format!(
            "Peak memory (VmHWM) of a separate process that reads a photo of {} x {} pixels, including the program itself \
             and the file.",
            SIZE.0, SIZE.1
        ),
        unit: "MB",
        lines: lines.collect(),
        series: Vec::new(),
        limit: None,
    }
}

/// Peak memory in megabytes of a new process of this program that reads this picture.
fn peak(picture: &[u8]) -> f64 {
    let file = tempfile::NamedTempFile::new().expect("a temporary file can be written");
    fs::write(&file, picture).expect("a temporary file can be written");
    let program = std::env::current_exe().expect("a running program has a path");
    let output = Command::new(program).arg(READ).arg(file.path()).output();
    let output = output.expect("this program can be started");
    let text = String::from_utf8_lossy(&output.stdout);
    text.trim().parse().expect("the process prints a number")
}

/// Runs in the process that [`peak`] starts: reads the picture, and returns the peak memory of this process in megabytes.
pub fn read_one(picture: &Path) -> f64 {
    let bytes = fs::read(picture).expect("the file exists");
    let codes = trousseau_scan::read_picture(&bytes).expect("a picture");
    assert!(!codes.is_empty(), "the photo has three codes");
    let status = fs::read_to_string("/proc/self/status").expect("Linux has /proc");
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kib = line.and_then(|line| line.trim().strip_suffix(" kB")?.parse::<f64>().ok());
    kib.expect("proc(5) documents this line") * 1024.0 / 1e6
}
