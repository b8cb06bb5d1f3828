//! Entries shown as QR codes.

use super::*;

use image::{GrayImage, Luma};
use trousseau_otp::KeyUri;
use trousseau_scan::QrCode;
use trousseau_wire::QrDrawing;

const STEAM: &str =
    "otpauth://totp/Steam:jane?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Steam&encoder=steam";

/// The picture that the path draws, four pixels a module.
fn picture(drawing: &QrDrawing) -> Vec<u8> {
    let side = 4 * drawing.size;
    let mut picture = GrayImage::from_pixel(side, side, Luma([255]));
    for stroke in drawing.path.split_terminator('z') {
        let numbers: Vec<u32> = stroke
            .split(|c: char| !c.is_ascii_digit())
            .filter_map(|number| number.parse().ok())
            .collect();
        let [x, y, width, 1, _] = numbers[..] else {
            panic!("another stroke: {stroke}")
        };
        for (column, row) in (4 * x..4 * (x + width))
            .flat_map(|column| (4 * y..4 * y + 4).map(move |row| (column, row)))
        {
            picture.put_pixel(column, row, Luma([0]));
        }
    }
    let mut png = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut png, image::ImageFormat::Png).unwrap();
    png.into_inner()
}

#[test]
fn another_device_reads_the_same_entry_from_the_screen() {
    let (fixture, id) = Fixture::open();
    let counting = add(&fixture.core, HOTP).unwrap();
    fixture.core.advance_counter(&counting).unwrap();
    let steam = add(&fixture.core, STEAM).unwrap();
    let extra = &format!(
        "{}&image=https%3A%2F%2Fportail.example%2Fkey.png&lock=true",
        URI.replace("jane", "extra")
    );
    let with_extra = add(&fixture.core, extra).unwrap();
    for (id, uri) in [
        (id, URI),
        (counting, &HOTP.replace("counter=0", "counter=1")),
        (steam, STEAM),
        (with_extra, extra),
    ] {
        let read =
            trousseau_scan::read_picture(&picture(&fixture.core.export_qr(&id).unwrap())).unwrap();
        let [QrCode::Whole(text)] = &read[..] else {
            panic!("{} codes", read.len())
        };
        let [shown, meant] = [text, uri].map(|uri| KeyUri::parse(uri).ok().unwrap());
        assert!(
            shown.secret == meant.secret && shown.params == meant.params,
            "{uri}"
        );
        assert_eq!((shown.issuer, shown.account), (meant.issuer, meant.account));
        assert_eq!(shown.unknown_params, meant.unknown_params, "{uri}");
    }
}

#[test]
fn a_proof_is_asked_for_each_time_the_last_is_old() {
    let (fixture, id) = Fixture::open();
    fixture.pass(30_001);
    assert_eq!(code(fixture.core.export_qr(&id)), ErrorCode::ReauthRequired);
    fixture
        .core
        .reauthenticate(Credential::Passphrase, PASSPHRASE)
        .unwrap();
    fixture.core.export_qr(&id).unwrap();
    fixture.core.lock();
    assert_eq!(code(fixture.core.export_qr(&id)), ErrorCode::Locked);
}

#[test]
fn what_fits_into_no_code_is_said_so() {
    let (fixture, id) = Fixture::open();
    let mut changes = trousseau_wire::EntryChanges {
        issuer: "é".repeat(1000),
        account: "jane".into(),
        note: String::new(),
        favourite: false,
        icon: None,
    };
    fixture.core.update_entry(&id, changes.clone()).unwrap();
    assert_eq!(code(fixture.core.export_qr(&id)), ErrorCode::QrTooLong);
    changes.issuer = "é".repeat(100);
    fixture.core.update_entry(&id, changes).unwrap();
    fixture.core.export_qr(&id).unwrap();
}
