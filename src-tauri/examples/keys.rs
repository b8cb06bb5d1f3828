//! Derives the keys of a vault as FORMAT.md specifies, without the app's own code: `keys FILE MASK`.
//!
//! Standard input has a line for each credential: the type of its slot, and the text and the device key in hex (`-` if
//! there is none). Prints a name and a key in hex on each line. All hex is masked: every byte is XORed with MASK. Used by
//! `tests/memory`, whose process must not contain these keys except where the app itself puts them.
#![allow(clippy::print_stdout, reason = "the test reads standard output")]

use aes_gcm::aead::AeadInOut;
use aes_gcm::{Aes256Gcm, KeyInit, Nonce, Tag};
use data_encoding::HEXLOWER;
use hkdf::Hkdf;
use serde_json::Value;
use sha2::Sha256;
use trousseau_vault::{Argon2Params, argon2id};

type Fault = Box<dyn std::error::Error>;

fn main() -> Result<(), Fault> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [file, mask] = words.as_slice() else {
        return Err("usage: keys FILE MASK".into());
    };
    let mask: u8 = mask.parse()?;
    let bytes = std::fs::read(file)?;
    let length = u32::from_be_bytes(bytes[12..16].try_into()?) as usize;
    // Taken from the text, because the authenticated data is compact JSON with the fields in this order.
    let text = std::str::from_utf8(&bytes[16..16 + length])?;
    let header: Value = serde_json::from_str(text)?;
    let tell = |name: &str, key: &[u8]| println!("{name} {}", HEXLOWER.encode(&masked(key, mask)));
    let mut master = None;
    for line in std::io::stdin().lines() {
        let line = line?;
        let fields: Vec<&str> = line.split(' ').collect();
        let [kind, typed, device] = fields[..] else {
            return Err("three fields".into());
        };
        let read = |hex: &str| match hex {
            "-" => Ok(Vec::new()),
            hex => HEXLOWER
                .decode(hex.as_bytes())
                .map(|key| masked(&key, mask)),
        };
        let (typed, device) = (read(typed)?, read(device)?);
        let slots = header["slots"].as_array().ok_or("slots")?;
        for slot in slots.iter().filter(|slot| slot["type"] == *kind) {
            let salt: [u8; 32] = hex(&slot["salt"])?.try_into().map_err(|_| "salt")?;
            let mut material = Vec::new();
            if slot["kdf"]["name"] == "argon2id" {
                let mut stretched = [0; 32];
                argon2id(&typed, &salt, cost(slot)?, &mut stretched)?;
                tell(&format!("{kind}:stretched"), &stretched);
                material.extend_from_slice(&stretched);
            } else {
                material.extend_from_slice(&typed);
            }
            material.extend_from_slice(&device);
            let wrapping = derive(&material, &salt, "trousseau vault 1 slot")?;
            tell(&format!("{kind}:wrapping"), &wrapping);
            let bound = format!(
                "{{\"vault\":{},\"id\":{},\"type\":{},\"kdf\":{},\"salt\":{}}}",
                header["vault"],
                slot["id"],
                slot["type"],
                kdf(slot)?,
                slot["salt"]
            );
            let mut key = hex(&slot["key"])?;
            let tag = Tag::try_from(&key.split_off(32)[..])?;
            let nonce = Nonce::try_from(&hex(&slot["nonce"])?[..])?;
            Aes256Gcm::new_from_slice(&wrapping)?
                .decrypt_inout_detached(&nonce, bound.as_bytes(), key.as_mut_slice().into(), &tag)
                .map_err(|_| "the credential does not open its slot")?;
            master = Some(key);
        }
    }
    let master = master.ok_or("no slot opened")?;
    tell("master", &master);
    let salt: [u8; 32] = hex(&header["salt"])?.try_into().map_err(|_| "salt")?;
    tell(
        "payload",
        &derive(&master, &salt, "trousseau vault 1 payload")?,
    );
    Ok(())
}

fn masked(bytes: &[u8], mask: u8) -> Vec<u8> {
    bytes.iter().map(|byte| byte ^ mask).collect()
}

fn hex(value: &Value) -> Result<Vec<u8>, Fault> {
    Ok(HEXLOWER.decode(value.as_str().ok_or("hex")?.as_bytes())?)
}

/// The first 32 bytes of `HKDF-SHA-256(material, salt, info)`.
fn derive(material: &[u8], salt: &[u8], info: &str) -> Result<Vec<u8>, Fault> {
    let mut key = vec![0; 64];
    Hkdf::<Sha256>::new(Some(salt), material)
        .expand(info.as_bytes(), &mut key)
        .map_err(|_| "64 bytes")?;
    key.truncate(32);
    Ok(key)
}

fn cost(slot: &Value) -> Result<Argon2Params, Fault> {
    let number = |name: &str| -> Result<u32, Fault> {
        Ok(u32::try_from(
            slot["kdf"][name].as_u64().ok_or("a number")?,
        )?)
    };
    Ok(Argon2Params {
        memory_kib: number("memory_kib")?,
        passes: number("passes")?,
        lanes: number("lanes")?,
    })
}

/// The `kdf` as encoded in the header.
fn kdf(slot: &Value) -> Result<String, Fault> {
    if slot["kdf"]["name"] != "argon2id" {
        return Ok("{\"name\":\"hkdf-sha-256\"}".into());
    }
    let Argon2Params {
        memory_kib,
        passes,
        lanes,
    } = cost(slot)?;
    Ok(format!(
        "{{\"name\":\"argon2id\",\"memory_kib\":{memory_kib},\"passes\":{passes},\"lanes\":{lanes}}}"
    ))
}
