//! Simulates films (Y4M) of fixture pictures with a hand-held camera: it approaches the picture from the side, rotated and
//! out of focus. From [`FIRST_SHARP_FRAME`] on, it is in focus and only trembles.

use std::error::Error;
use std::f32::consts::TAU;
use std::path::Path;

use image::{DynamicImage, GrayImage, imageops};

pub const FRAMES_PER_SECOND: u32 = 15;
/// The index of the first frame in focus.
pub const FIRST_SHARP_FRAME: u32 = 20;
const FRAME_COUNT: u32 = 50;

const WIDTH: u32 = 640;
const HEIGHT: u32 = 480;
/// The side of the target square, in pixels of the film.
const TARGET_SIDE: f32 = 400.0;
/// The luma around the picture.
const BACKGROUND: f32 = 105.0;
/// Samples per frame for motion blur. The exposure time is half the frame period.
const EXPOSURE_SAMPLES: u32 = 4;

/// A fixture picture and the target square in it.
pub struct Shot {
    pub file: &'static str,
    /// The centre of the square, in fractions of the width and height of the picture.
    target: (f32, f32),
    /// Its side, in fractions of the long side of the picture.
    side: f32,
}

/// Screenshots of links, a dense export, and photos of paper, plastic and screens.
pub const SHOTS: [Shot; 12] = [
    shot("otp/dim13_example.png", (0.5, 0.5), 1.0),
    shot(
        "qr_code_vision/qrcode_scan_test_data_otp_qr_code.png",
        (0.5, 0.5),
        1.0,
    ),
    shot(
        "qr_code_vision/qrcode_scan_test_data_otp_qr_code_with_transparency.png",
        (0.5, 0.5),
        1.0,
    ),
    shot("otp/lennyerik_demo_export.png", (0.5, 0.53), 0.2),
    shot("boof-nominal/image064.jpg", (0.46, 0.51), 0.6),
    shot("boof-perspective/image001.jpg", (0.5, 0.55), 0.3),
    shot("boof-monitor/image017.jpg", (0.5, 0.5), 1.0),
    shot("boof-glare/image008.jpg", (0.53, 0.58), 0.4),
    shot("boof-nominal/image017.jpg", (0.27, 0.48), 0.35),
    shot("zxing-qr1/13.png", (0.46, 0.55), 0.32),
    shot("zxing-qr2/6.png", (0.56, 0.36), 0.4),
    shot("jsqr/museum-1.png", (0.86, 0.69), 0.18),
];

const fn shot(file: &'static str, target: (f32, f32), side: f32) -> Shot {
    Shot { file, target, side }
}

impl Shot {
    /// Makes the film; `folder` holds the pictures.
    pub fn film(&self, folder: &Path) -> Result<Vec<u8>, Box<dyn Error>> {
        let picture = over_white(image::open(folder.join(self.file))?);
        let scene = Scene::new(&picture, self);
        let chroma = vec![128; (WIDTH * HEIGHT / 2) as usize];
        let mut film =
            format!("YUV4MPEG2 W{WIDTH} H{HEIGHT} F{FRAMES_PER_SECOND}:1 Ip A1:1 C420jpeg\n")
                .into_bytes();
        for number in 0..FRAME_COUNT {
            film.extend_from_slice(b"FRAME\n");
            film.extend(scene.frame(number));
            film.extend_from_slice(&chroma);
        }
        Ok(film)
    }
}

/// Blends transparency over white.
fn over_white(picture: DynamicImage) -> GrayImage {
    let seen = picture.into_luma_alpha8();
    GrayImage::from_fn(seen.width(), seen.height(), |x, y| {
        let [luma, alpha] = seen.get_pixel(x, y).0.map(u32::from);
        image::Luma([(255 - alpha + luma * alpha / 255) as u8])
    })
}

/// The scaled picture and the movement of the camera.
struct Scene {
    picture: GrayImage,
    /// The centre of the target square, in pixels of the picture.
    target: (f32, f32),
    /// Pixels of the picture per pixel of the film.
    scale: f32,
    /// From 0 to 1, different for each film: the direction of the approach and the phase of the tremble.
    phase: f32,
}

/// The position of the camera at one moment.
struct CameraPose {
    /// From the centre of the frame to the target, in pixels of the film.
    offset: (f32, f32),
    /// In radians.
    rotation: f32,
    /// Above 1 when closer.
    zoom: f32,
    /// The change of depth per pixel, to the right and down.
    tilt: (f32, f32),
}

impl Scene {
    fn new(picture: &GrayImage, shot: &Shot) -> Self {
        let (width, height) = picture.dimensions();
        let side = shot.side * width.max(height) as f32;
        // By area averaging, because a lens skips no pixels.
        let factor = (TARGET_SIDE / side).min(1.0);
        let small = |side: u32| (side as f32 * factor).round().max(1.0) as u32;
        let picture = imageops::thumbnail(picture, small(width), small(height));
        let part = |part: f32, side: u32| part * side as f32;
        let target = (
            part(shot.target.0, picture.width()),
            part(shot.target.1, picture.height()),
        );
        let hash = shot.file.bytes().fold(7u32, |sum, byte| {
            sum.wrapping_mul(31).wrapping_add(byte.into())
        });
        Self {
            picture,
            target,
            scale: side * factor / TARGET_SIDE,
            phase: (hash % 997) as f32 / 997.0,
        }
    }

    fn frame(&self, number: u32) -> Vec<u8> {
        let mut sum = vec![0.0; (WIDTH * HEIGHT) as usize];
        for exposure in 0..EXPOSURE_SAMPLES {
            let seconds = (number as f32 + exposure as f32 / (2 * EXPOSURE_SAMPLES) as f32)
                / FRAMES_PER_SECOND as f32;
            self.expose(&self.pose(seconds), &mut sum);
        }
        if number < FIRST_SHARP_FRAME {
            // The lens approaches its focus.
            let radius = 9 - 4 * number / FIRST_SHARP_FRAME;
            for _ in 0..3 {
                blur(&mut sum, radius as usize);
            }
        }
        let mut noise = u64::from(number) + 1;
        let pixels = sum.iter().enumerate().map(|(index, sum)| {
            // Light from one side, and the noise of a small sensor.
            let across = (index as u32 % WIDTH) as f32 / WIDTH as f32;
            noise = noise
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            let grain = (noise >> 61) as f32 - 3.5;
            (sum / EXPOSURE_SAMPLES as f32 * (1.0 - 0.2 * across) + grain) as u8
        });
        pixels.collect()
    }

    fn pose(&self, seconds: f32) -> CameraPose {
        let remaining =
            (1.0 - seconds * FRAMES_PER_SECOND as f32 / FIRST_SHARP_FRAME as f32).max(0.0);
        let distance = remaining * remaining;
        let (sine, cosine) = (TAU * self.phase).sin_cos();
        let tremble = |hertz: f32| (TAU * (hertz * seconds + self.phase)).sin();
        let side = if self.phase < 0.5 { -1.0 } else { 1.0 };
        CameraPose {
            offset: (
                cosine * 260.0 * distance + 4.0 * tremble(1.3),
                sine * 200.0 * distance + 3.0 * tremble(0.9),
            ),
            rotation: side * (0.15 + 1.2 * distance) + 0.03 * tremble(0.5),
            zoom: 1.0 - 0.35 * distance + 0.02 * tremble(0.4),
            tilt: (0.0003 * sine, 0.0003 * cosine),
        }
    }

    /// Adds the view from this pose to the frame.
    fn expose(&self, pose: &CameraPose, sum: &mut [f32]) {
        let (sine, cosine) = pose.rotation.sin_cos();
        let scale = self.scale / pose.zoom;
        for (index, sum) in (0u32..).zip(sum) {
            let x = (index % WIDTH) as f32 + 0.5 - WIDTH as f32 / 2.0 - pose.offset.0;
            let y = (index / WIDTH) as f32 + 0.5 - HEIGHT as f32 / 2.0 - pose.offset.1;
            let depth = scale / (1.0 + pose.tilt.0 * x + pose.tilt.1 * y);
            let right = self.target.0 + depth * (cosine * x + sine * y);
            let down = self.target.1 + depth * (cosine * y - sine * x);
            *sum += bilinear(&self.picture, right - 0.5, down - 0.5);
        }
    }
}

/// Bilinear interpolation.
fn bilinear(picture: &GrayImage, x: f32, y: f32) -> f32 {
    let (width, height) = picture.dimensions();
    if !(x >= 0.0 && y >= 0.0 && x < (width - 1) as f32 && y < (height - 1) as f32) {
        return BACKGROUND;
    }
    let (left, top) = (x as usize, y as usize);
    let (fx, fy) = (x - left as f32, y - top as f32);
    let (width, pixels) = (width as usize, picture.as_raw());
    let row = |y: usize| {
        let at = y * width + left;
        f32::from(pixels[at]) * (1.0 - fx) + f32::from(pixels[at + 1]) * fx
    };
    row(top) * (1.0 - fy) + row(top + 1) * fy
}

/// A box blur. Three of them approximate a Gaussian blur.
fn blur(pixels: &mut [f32], radius: usize) {
    let (width, height) = (WIDTH as usize, HEIGHT as usize);
    for row in 0..height {
        box_blur_line(pixels, row * width, 1, width, radius);
    }
    for column in 0..width {
        box_blur_line(pixels, column, width, height, radius);
    }
}

/// Blurs one line of `count` pixels.
fn box_blur_line(pixels: &mut [f32], start: usize, step: usize, count: usize, radius: usize) {
    let line: Vec<f32> = (0..count).map(|at| pixels[start + at * step]).collect();
    let clamped = |at: isize| line[at.clamp(0, count as isize - 1) as usize];
    let reach = radius as isize;
    let mut sum: f32 = (-reach..=reach).map(clamped).sum();
    for at in 0..count {
        pixels[start + at * step] = sum / (2 * radius + 1) as f32;
        sum += clamped(at as isize + reach + 1) - clamped(at as isize - reach);
    }
}
