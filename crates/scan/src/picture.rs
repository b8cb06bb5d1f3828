//! Decodes picture files to luma.

use std::io::Cursor;

use image::{
    ColorType, DynamicImage, GrayAlphaImage, GrayImage, ImageDecoder, ImageReader, Limits,
    RgbImage, RgbaImage,
};
use png::Transformations;
use thiserror::Error;

use crate::{Frame, unwind};

/// The largest file, in millions of bytes.
pub const MAX_PICTURE_MB: u32 = 64;
/// The largest picture, in millions of pixels. Cameras of phones have 12 to 50.
pub const MAX_PICTURE_MEGAPIXELS: u32 = 50;
/// 50 megapixels with four channels of 16 bits. Checked before decoding.
const MAX_DECODED_BYTES: u64 = 400_000_000;

/// Why a picture file is not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum PictureError {
    /// The file is larger than [`MAX_PICTURE_MB`].
    #[error("the file has more than {max_mb} MB")]
    TooLarge {
        /// The limit.
        max_mb: u32,
    },
    /// The picture has more pixels than [`MAX_PICTURE_MEGAPIXELS`].
    #[error("the picture has more than {max_megapixels} megapixels")]
    TooManyPixels {
        /// The limit.
        max_megapixels: u32,
    },
    /// The file is not a PNG, JPEG, WebP, GIF or BMP, or it is damaged.
    #[error("the file is not a picture, or it is damaged")]
    NotAPicture,
    /// The picture shows a QR code that is too small, too blurred or too damaged to be read.
    #[error("the picture shows a code that cannot be read")]
    CodeUnreadable,
}

/// The luma of a picture file, or of the first frame of an animation.
pub fn decode(bytes: &[u8]) -> Result<Frame, PictureError> {
    if bytes.len() as u64 > u64::from(MAX_PICTURE_MB) * 1_000_000 {
        return Err(PictureError::TooLarge {
            max_mb: MAX_PICTURE_MB,
        });
    }
    let image = unwind::catch_panic(|| decode_image(bytes)).ok_or(PictureError::NotAPicture)??;
    Ok(to_luma(image))
}

/// The luma of one motion JPEG frame.
///
/// Cameras often omit the Huffman tables, which are then those of ITU-T T.81 Annex K. The decoder adds them only to frames
/// with an `AVI1` segment, which cameras also omit, so this function inserts one.
///
/// # Errors
///
/// [`PictureError`] if the frame cannot be decoded.
pub fn decode_motion_jpeg(frame: &[u8]) -> Result<Frame, PictureError> {
    const SOI: &[u8] = b"\xff\xd8";
    const AVI1: &[u8] = b"\xff\xe0\x00\x10AVI1\0\0\0\0\0\0\0\0\0\0";
    let rest = frame.strip_prefix(SOI).ok_or(PictureError::NotAPicture)?;
    decode(&[SOI, AVI1, rest].concat())
}

fn decode_image(bytes: &[u8]) -> Result<DynamicImage, PictureError> {
    let mut limits = Limits::default();
    limits.max_alloc = Some(MAX_DECODED_BYTES);
    let mut reader = ImageReader::new(Cursor::new(bytes))
        .with_guessed_format()
        .map_err(|_| PictureError::NotAPicture)?;
    reader.limits(limits);
    let decoder = reader
        .into_decoder()
        .map_err(|_| PictureError::NotAPicture)?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > u64::from(MAX_PICTURE_MEGAPIXELS) * 1_000_000
        || decoder.total_bytes() > MAX_DECODED_BYTES
    {
        return Err(PictureError::TooManyPixels {
            max_megapixels: MAX_PICTURE_MEGAPIXELS,
        });
    }
    if width == 0 || height == 0 {
        return Err(PictureError::NotAPicture);
    }
    match decoder.color_type() {
        // Of the supported formats, only PNG has 16 bits per sample.
        ColorType::L16 | ColorType::La16 | ColorType::Rgb16 | ColorType::Rgba16 => {
            drop(decoder);
            decode_16_bit_png(bytes).ok_or(PictureError::NotAPicture)
        }
        _ => DynamicImage::from_decoder(decoder).map_err(|_| PictureError::NotAPicture),
    }
}

/// Drops the lower 8 of 16 bits row by row: decoding all of them first would take twice the memory.
fn decode_16_bit_png(bytes: &[u8]) -> Option<DynamicImage> {
    let limits = png::Limits {
        bytes: MAX_DECODED_BYTES as usize,
    };
    let mut decoder = png::Decoder::new_with_limits(Cursor::new(bytes), limits);
    decoder.set_transformations(Transformations::EXPAND | Transformations::STRIP_16);
    let mut reader = decoder.read_info().ok()?;
    let mut samples = vec![0; reader.output_buffer_size()?];
    let info = reader.next_frame(&mut samples).ok()?;
    let (width, height) = (info.width, info.height);
    Some(match info.color_type {
        png::ColorType::Grayscale => GrayImage::from_raw(width, height, samples)?.into(),
        png::ColorType::GrayscaleAlpha => GrayAlphaImage::from_raw(width, height, samples)?.into(),
        png::ColorType::Rgb => RgbImage::from_raw(width, height, samples)?.into(),
        png::ColorType::Rgba => RgbaImage::from_raw(width, height, samples)?.into(),
        png::ColorType::Indexed => return None,
    })
}

fn to_luma(image: DynamicImage) -> Frame {
    if !image.color().has_alpha() {
        let luma = image.into_luma8();
        return Frame::from_parts(luma.width(), luma.height(), luma.into_raw());
    }
    let image = image.into_luma_alpha8();
    let over_white: Vec<u8> = image.pixels().map(|pixel| over_white(pixel.0)).collect();
    let pixels = if !is_uniform(over_white.iter()) {
        over_white
    } else if !is_uniform(image.pixels().map(|pixel| &pixel.0[1])) {
        // A white code on a transparent background: only the alpha shows it.
        image.pixels().map(|pixel| pixel.0[1]).collect()
    } else {
        // A constant alpha is not transparency: some 32-bit bitmaps leave it 0.
        image.pixels().map(|pixel| pixel.0[0]).collect()
    };
    Frame::from_parts(image.width(), image.height(), pixels)
}

/// `(luma * alpha + 255 * (255 - alpha)) / 255`
fn over_white([luma, alpha]: [u8; 2]) -> u8 {
    (255 - u32::from(alpha) + u32::from(luma) * u32::from(alpha) / 255) as u8
}

fn is_uniform<'a>(mut values: impl Iterator<Item = &'a u8>) -> bool {
    let first = values.next();
    values.all(|value| Some(value) == first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sixteen_bit_samples_keep_their_upper_eight_bits() {
        let sample = |x: u32| (x * 0x1111) as u16;
        let grey = image::ImageBuffer::from_fn(16, 2, |x, _| image::Luma([sample(x)]));
        let grey_alpha = image::ImageBuffer::from_fn(16, 2, |x, _| {
            image::LumaA([sample(x), u16::MAX - sample(x)])
        });
        let rgb = image::ImageBuffer::from_fn(16, 2, |x, _| image::Rgb([sample(x); 3]));
        let rgba = image::ImageBuffer::from_fn(16, 2, |x, _| {
            image::Rgba([sample(x), sample(x), sample(x), u16::MAX - sample(x)])
        });
        let luma = |image: DynamicImage| {
            let mut bytes = Cursor::new(Vec::new());
            image
                .write_to(&mut bytes, image::ImageFormat::Png)
                .expect("PNG takes 16 bits");
            decode(bytes.get_ref()).expect("a picture")
        };
        let expected = |change: fn(u8) -> u8| -> Vec<u8> {
            (0..32).map(|at| change(at % 16 * 0x11)).collect()
        };
        for (image, change) in [
            (grey.into(), (|sample| sample) as fn(u8) -> u8),
            (rgb.into(), |sample| sample),
            (grey_alpha.into(), |sample| {
                over_white([sample, 255 - sample])
            }),
            (rgba.into(), |sample| over_white([sample, 255 - sample])),
        ] {
            let image: DynamicImage = image;
            let color = image.color();
            assert_eq!(
                luma(image).as_luma().pixels(),
                expected(change),
                "{color:?}"
            );
        }
    }

    /// Removes the Huffman tables, as many cameras do.
    fn without_huffman_tables(file: &[u8]) -> Vec<u8> {
        let (mut at, mut frame) = (2, file[..2].to_vec());
        while file[at + 1] != 0xda {
            let end = at + 2 + usize::from(u16::from_be_bytes([file[at + 2], file[at + 3]]));
            if file[at + 1] != 0xc4 {
                frame.extend(&file[at..end]);
            }
            at = end;
        }
        frame.extend(&file[at..]);
        frame
    }

    #[test]
    fn a_motion_jpeg_frame_is_read_with_and_without_huffman_tables() {
        let picture = image::ImageBuffer::from_fn(64, 48, |x, y| {
            image::Rgb([(4 * x) as u8, (5 * y) as u8, 90])
        });
        let mut file = Cursor::new(Vec::new());
        DynamicImage::from(picture)
            .write_to(&mut file, image::ImageFormat::Jpeg)
            .expect("writing to memory cannot fail");
        let whole = file.into_inner();
        let bare = without_huffman_tables(&whole);
        assert!(bare.len() + 400 < whole.len());
        let expected = decode(&whole).expect("a picture");
        for frame in [whole, bare] {
            let read = decode_motion_jpeg(&frame).expect("a frame");
            assert_eq!(read.as_luma().pixels(), expected.as_luma().pixels());
        }
        assert!(decode_motion_jpeg(b"").is_err());
        assert!(decode_motion_jpeg(b"\xff\xd8\xff").is_err());
    }

    #[test]
    fn transparency_is_blended_over_white() {
        for (name, pixels, expected) in [
            (
                "any alpha",
                [[0, 255], [0, 0], [0, 128], [200, 255]],
                [0, 255, 127, 200],
            ),
            (
                "white on a transparent background",
                [[255, 255], [255, 0], [255, 9], [255, 0]],
                [255, 0, 9, 0],
            ),
            (
                "alpha left 0",
                [[7, 0], [8, 0], [255, 0], [0, 0]],
                [7, 8, 255, 0],
            ),
        ] {
            let image = image::GrayAlphaImage::from_raw(4, 1, pixels.concat())
                .expect("four pixels of two bytes");
            assert_eq!(to_luma(image.into()).as_luma().pixels(), expected, "{name}");
        }
    }
}
