//! Writes the seeds of the corpora; they are generated here or come from the tests of the crates.
//!
//! `cargo run --package trousseau-fuzz --example seeds`

use std::error::Error;
use std::fs;
use std::io::Cursor;
use std::path::Path;

use fast_qr::qr::QRBuilder;
use image::{DynamicImage, GrayImage, ImageFormat, Luma};
use trousseau_fuzz::GOLDEN;

type Seeds = Vec<Vec<u8>>;

fn main() -> Result<(), Box<dyn Error>> {
    for (target, seeds) in [
        ("base32", base32()),
        ("entries", entries()?),
        ("otpauth", otpauth()),
        ("picture", pictures()?),
        ("vault_header", vault_headers()?),
        ("vault_open", vaults()),
        ("wire", wire()),
    ] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("corpus")
            .join(target);
        fs::create_dir_all(&folder)?;
        for (index, seed) in seeds.iter().enumerate() {
            fs::write(folder.join(format!("seed-{index:02}")), seed)?;
        }
    }
    Ok(())
}

fn texts<'a>(texts: impl IntoIterator<Item = &'a str>) -> Seeds {
    let texts = texts.into_iter();
    texts.map(|text| text.as_bytes().to_vec()).collect()
}

fn base32() -> Seeds {
    let mut seeds = texts([
        "",
        "MY======",
        "MZXW6YTBOI",
        "mzxw 6ytb oi",
        "MZXW-6YTB-OI==",
        "MZXW\u{a0}6YTB\u{200b}OI",
        "A",
        "MFR",
        "MFRGGZDFM",
        "MZXW==6Y",
        "MZ0W",
        "OKOA",
        "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ",
        "ſ２İ",
    ]);
    seeds.push(vec![b'A'; 1640]);
    seeds.push(vec![0xff; 1025]);
    seeds
}

/// Every ninth URI in the test table of `crates/otp`, except URIs with the table's own escapes.
fn otpauth() -> Seeds {
    let table = include_str!("../../crates/otp/tests/uris.tsv");
    let uris = table
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('\t'))
        .map(|(uri, _)| uri)
        .filter(|uri| !uri.contains(['\\', '{']));
    texts(uris.step_by(9))
}

fn entries() -> Result<Seeds, Box<dyn Error>> {
    let everything = include_bytes!("../../crates/entries/tests/it/everything.json");
    let document: serde_json::Value = serde_json::from_slice(everything)?;
    let mut seeds = vec![everything.to_vec()];
    // Each entry alone, so that there is a small input for every kind.
    for entry in document["entries"].as_array().into_iter().flatten() {
        let alone = serde_json::json!({ "version": 1, "entries": [entry] });
        seeds.push(serde_json::to_vec(&alone)?);
    }
    seeds.extend(texts([
        r#"{"version":1}"#,
        r#"{"version":2}"#,
        r#"{"version":1,"entries":[],"groups":[],"tombstones":[],"preferences":{}}"#,
        r#"{"version":1,"preferences":{"lock_after_s":30,"later":[1.5e300,-0.0,null]}}"#,
        r#"{"version":1,"later":{"version":1,"entries":[{}]}}"#,
        r#"{"version":1,"entries":[{"kind":"later","id":"00000000-0000-4000-8000-000000000001","position":"a0","created":0,"secret":7}]}"#,
        r#"{"version":1,"groups":[{"id":"00000000-0000-4000-8000-000000000002","name":"g","modified":1,"x":"y"}]}"#,
        r#"{"version":1,"tombstones":[{"id":"00000000-0000-4000-8000-000000000003","purged":18446744073709551615}]}"#,
        r#"{"version":1,"version":1}"#,
        r#"[{"version":1}]"#,
        // Items that cannot be parsed and are kept unchanged.
        r#"{"version":1,"entries":[{"id":"00000000-0000-4000-8000-000000000001","kind":"steam","issuer":"a","secret":"AA","position":"i00000","created":1},{"id":"00000000-0000-4000-8000-000000000001","kind":"steam","issuer":"b","secret":"AA","position":"i00001","created":1}]}"#,
        r#"{"version":1,"entries":[{"id":"00000000-0000-4000-8000-000000000001","kind":"totp","secret":"JBSW0","algorithm":"SHA384","digits":5,"period":0,"position":"i00000"}]}"#,
        r#"{"version":1,"entries":[ null, 5.0e1, "JBSW\ud800", [[]], {}, {"id":"x","issuer":"\u0041"}, {"a":1,"a":2} ]}"#,
        r#"{"version":1,"groups":[1,{"id":"00000000-0000-4000-8000-000000000002"}],"tombstones":"none"}"#,
        r#"{"version":1,"preferences":{"lock_after_s":"long","reveal_s":15,"hide_screen":1e999}}"#,
        r#"{"version":1,"preferences":{"reveal_s":15,"reveal_s":30}}"#,
        r#"{"version":1,"device":{"pin":"AAEC","marks":["000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"],"forget":["a"],"later":1}}"#,
        r#"{"version":1,"device":{"pin":"AAEC=","marks":["00"],"forget":"a"}}"#,
        r#"{"version":1,"device":[5.0e1]}"#,
    ]));
    Ok(seeds)
}

fn pictures() -> Result<Seeds, Box<dyn Error>> {
    let mut seeds = Vec::new();
    for format in [
        ImageFormat::Png,
        ImageFormat::Jpeg,
        ImageFormat::WebP,
        ImageFormat::Gif,
        ImageFormat::Bmp,
    ] {
        let code = code("otpauth://totp/a?secret=GEZDGNBV", 2)?;
        let blank = GrayImage::from_pixel(24, 24, Luma([128]));
        for picture in [code, blank] {
            let color = match format {
                ImageFormat::WebP | ImageFormat::Gif => {
                    DynamicImage::from(picture).into_rgba8().into()
                }
                _ => DynamicImage::from(picture),
            };
            let mut file = Cursor::new(Vec::new());
            color.write_to(&mut file, format)?;
            seeds.push(file.into_inner());
        }
    }
    let transparent =
        image::RgbaImage::from_fn(30, 30, |x, y| image::Rgba([255, 0, 9, (x * y) as u8]));
    let mut file = Cursor::new(Vec::new());
    DynamicImage::from(transparent).write_to(&mut file, ImageFormat::Png)?;
    let png = file.into_inner();
    seeds.push(png[..png.len() / 2].to_vec());
    seeds.push(png);
    seeds.push(b"GIF89a".to_vec());
    Ok(seeds)
}

/// A QR code with `module` pixels per module and a quiet zone.
fn code(text: &str, module: u32) -> Result<GrayImage, Box<dyn Error>> {
    let code = QRBuilder::new(text)
        .build()
        .map_err(|_| "the text is too long")?;
    let modules = code.size as u32;
    let side = (modules + 8) * module;
    Ok(GrayImage::from_fn(side, side, |x, y| {
        let (x, y) = ((x / module).wrapping_sub(4), (y / module).wrapping_sub(4));
        let black = x < modules && y < modules && code[y as usize][x as usize].value();
        Luma([if black { 0 } else { 255 }])
    }))
}

fn vault_headers() -> Result<Seeds, Box<dyn Error>> {
    let end = GOLDEN.len() - 512 - 16;
    let json = std::str::from_utf8(&GOLDEN[16..])
        .or_else(|error| std::str::from_utf8(&GOLDEN[16..16 + error.valid_up_to()]))?;
    let json = json.rfind("]}").map_or(json, |last| &json[..last + 2]);
    let (before, slots) = json.split_once("\"slots\":[").ok_or("slots")?;
    let slots = slots.trim_end_matches("]}");
    let mut seeds = vec![
        GOLDEN.to_vec(),
        GOLDEN[..end].to_vec(),
        json.as_bytes().to_vec(),
    ];
    let each: Vec<_> = slots.split("},{\"id\"").collect();
    for slot in &each {
        let slot = slot.trim_start_matches("{\"id\"").trim_end_matches('}');
        seeds.push(format!("{before}\"slots\":[{{\"id\"{slot}}}]}}").into_bytes());
    }
    for (from, to) in [
        ("\"generation\":1", "\"generation\":18446744073709551615"),
        ("\"generation\":1", "\"generation\":0"),
        ("\"replace_backup\":false", "\"replace_backup\":true"),
        ("\"memory_kib\":65536", "\"memory_kib\":1048577"),
        ("\"passes\":3", "\"passes\":16"),
        ("\"memory_kib\":65536", "\"memory_kib\":524288"),
        ("\"memory_kib\":65536", "\"memory_kib\":524289"),
        ("\"type\":\"device\"", "\"type\":\"biometric\""),
        ("{\"generation\"", "{ \"generation\""),
        ("\"aead\"", "\"\\u0061ead\""),
    ] {
        seeds.push(json.replacen(from, to, 1).into_bytes());
    }
    let newer = [&GOLDEN[..10], &[0, 2], b"anything"].concat();
    seeds.push(newer);
    Ok(seeds)
}

fn vaults() -> Seeds {
    let mut seeds = vec![GOLDEN.to_vec(), GOLDEN[..GOLDEN.len() - 1].to_vec()];
    seeds.push([GOLDEN, &[0]].concat());
    // Patches: offset and new byte. The first of each pair changes nothing.
    for at in [
        10_u16, 15, 31, 100, 300, 700, 1200, 1700, 2100, 2230, 2300, 2497,
    ] {
        let [high, low] = at.to_be_bytes();
        let byte = GOLDEN[usize::from(at)];
        seeds.push(vec![high, low, byte]);
        seeds.push(vec![high, low, byte ^ 1]);
    }
    seeds
}

fn wire() -> Seeds {
    texts([
        r#"{"query":"a","sort":"manual","group":null,"trash":false,"offset":0,"limit":100}"#,
        r#"{"query":"","sort":"mostUsed","group":"00000000-0000-4000-8000-000000000001","trash":true,"offset":4294967295,"limit":0}"#,
        r#"{"by":"time","validFromMs":1700000000000}"#,
        r#"{"by":"counter","counter":"18446744073709551615"}"#,
        r#"{"issuer":"Bank","account":"jane","note":"n","favourite":true,"icon":"none"}"#,
        r#"{"kind":"totp","issuer":"","account":"","algorithm":"SHA1","digits":6,"period":30,"counter":"0"}"#,
        r#"{"issuer":"Bank","account":"jane","algorithm":"SHA256","digits":8,"period":60}"#,
        r#"[{"position":1,"word":"zoo"},{"position":12,"word":"wrong"}]"#,
        r#""passphrase""#,
        r#""recovery""#,
        r#"{"language":"fr","theme":"dark"}"#,
        "{}",
        r#"{"lockAfterS":60,"revealS":30,"showAll":false,"clipboardS":30}"#,
        r#"{"code":"delayed","params":{"seconds":"5"}}"#,
        r#"{"score":4,"longEnough":true}"#,
        r#"{"words":["zoo"],"ask":[1]}"#,
        r#"{"id":"x","code":"123456","codeRef":{"by":"time","validFromMs":0},"validFromMs":0,"validUntilMs":30000,"next":null,"nowMs":1}"#,
        r#"{"revision":1,"count":1,"total":1,"trashed":0,"rows":[{"id":"x","kind":"hotp","issuer":"","account":"","favourite":false,"icon":null,"digits":6,"issuerMatches":[{"start":0,"end":1}],"accountMatches":[]}]}"#,
        "null",
        "[[[[[[[[]]]]]]]]",
        "-0.0",
        "\"\\ud800\"",
    ])
}
