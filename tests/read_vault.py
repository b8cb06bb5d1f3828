#!/usr/bin/env python3
"""Opens a vault without the app, as crates/vault/FORMAT.md specifies, and prints its payload.

    read_vault.py FILE --passphrase-stdin | --recovery-stdin

Needs the packages cryptography and argon2-cffi.
Exit code: 0 opened, 1 wrong credential, 2 damaged or not a vault, 3 newer version, 4 wrong usage.
"""

import argparse
import hmac
import json
import sys
import unicodedata

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

MAGIC = b"TROUSSEAU\n"
HEADER = ["generation", "vault", "replace_backup", "aead", "salt", "nonce", "commitment", "slots"]
SLOT = ["id", "type", "kdf", "salt", "nonce", "commitment", "key"]
ARGON2ID = ["name", "memory_kib", "passes", "lanes"]
STRETCHED = {"passphrase": True, "pin": True, "device": False, "biometric": False, "recovery": False}


class ReadError(Exception):
    """An exit code and an error message."""


def damaged_unless(condition):
    if not condition:
        raise ReadError(2, "the vault is damaged")


def compact(value):
    return json.dumps(value, separators=(",", ":")).encode()


def unhex(text, length):
    damaged_unless(type(text) is str and len(text) == 2 * length and set(text) <= set("0123456789abcdef"))
    return bytes.fromhex(text)


def is_number(value, low, high):
    return type(value) is int and low <= value <= high


def check_slot(slot):
    damaged_unless(type(slot) is dict and list(slot) == SLOT)
    damaged_unless(type(slot["type"]) is str and slot["type"] in STRETCHED and type(slot["kdf"]) is dict)
    for field, length in (("id", 8), ("salt", 32), ("nonce", 12), ("commitment", 32), ("key", 48)):
        unhex(slot[field], length)
    kdf = slot["kdf"]
    if STRETCHED[slot["type"]]:
        damaged_unless(list(kdf) == ARGON2ID and kdf["name"] == "argon2id")
        memory, passes, lanes = kdf["memory_kib"], kdf["passes"], kdf["lanes"]
        damaged_unless(all(is_number(value, 1, 2**32 - 1) for value in (memory, passes, lanes)))
        damaged_unless(memory >= 8 * lanes)
        if memory > 2**20 or passes > 16 or lanes > 8 or memory * passes > 1572864:
            raise ReadError(2, "the KDF parameters of a slot are too high")
    else:
        damaged_unless(kdf == {"name": "hkdf-sha-256"})


def parse(data):
    """Returns the header, the head (the authenticated bytes), and the sealed payload with its tag."""
    if not data.startswith(MAGIC):
        raise ReadError(2, "not a vault")
    damaged_unless(len(data) >= 12)
    version = int.from_bytes(data[10:12], "big")
    if version > 1:
        raise ReadError(3, f"the vault has format version {version}; this program reads version 1")
    damaged_unless(version == 1 and len(data) >= 16)
    end = 16 + int.from_bytes(data[12:16], "big")
    sealed = data[end:]
    damaged_unless(end <= 16 + 65536 and len(sealed) >= 256 + 16 and len(sealed) % 256 == 16)
    try:
        header = json.loads(data[16:end])
        damaged_unless(compact(header) == data[16:end])
    except (ValueError, RecursionError):
        damaged_unless(False)
    damaged_unless(type(header) is dict and list(header) == HEADER)
    damaged_unless(is_number(header["generation"], 1, 2**64 - 1) and type(header["replace_backup"]) is bool)
    damaged_unless(header["aead"] == "aes-256-gcm")
    for field, length in (("vault", 16), ("salt", 32), ("nonce", 12), ("commitment", 32)):
        unhex(header[field], length)
    slots = header["slots"]
    damaged_unless(type(slots) is list and len(slots) >= 1)
    for slot in slots:
        check_slot(slot)
    for field in ("id", "type"):
        damaged_unless(len({slot[field] for slot in slots}) == len(slots))
    return header, data[:end], sealed


def derive(material, salt, purpose):
    """Returns the key and the commitment."""
    derived = HKDF(SHA256(), 64, salt, b"trousseau vault 1 " + purpose).derive(material)
    return derived[:32], derived[32:]


def unseal(key, nonce, aad, sealed):
    try:
        return AESGCM(key).decrypt(bytes.fromhex(nonce), sealed, aad)
    except InvalidTag:
        raise ReadError(2, "the vault is damaged") from None


def keying_material(slot, text):
    if slot["type"] == "recovery":
        return " ".join(text.lower().replace(",", " ").split()).encode()
    kdf, salt = slot["kdf"], bytes.fromhex(slot["salt"])
    password = unicodedata.normalize("NFKC", text).encode()
    return hash_secret_raw(password, salt, kdf["passes"], kdf["memory_kib"], kdf["lanes"], 32, Type.ID)


def open_slot(header, kind, text):
    """Returns the master key."""
    slot = next((slot for slot in header["slots"] if slot["type"] == kind), None)
    if slot:
        key, commitment = derive(keying_material(slot, text), bytes.fromhex(slot["salt"]), b"slot")
        if hmac.compare_digest(commitment, bytes.fromhex(slot["commitment"])):
            bound = {"vault": header["vault"]} | {field: slot[field] for field in ("id", "type", "kdf", "salt")}
            return unseal(key, slot["nonce"], compact(bound), bytes.fromhex(slot["key"]))
    raise ReadError(1, f"no {kind} slot opened")


def unpad(padded):
    payload = padded.rstrip(b"\0")
    damaged_unless(payload.endswith(b"\x80") and len(padded) - len(payload) < 256)
    return payload[:-1]


def open_payload(header, head, sealed, master):
    key, commitment = derive(master, bytes.fromhex(header["salt"]), b"payload")
    damaged_unless(hmac.compare_digest(commitment, bytes.fromhex(header["commitment"])))
    return unpad(unseal(key, header["nonce"], head, sealed))


def read(data, kind, text):
    header, head, sealed = parse(data)
    return open_payload(header, head, sealed, open_slot(header, kind, text))


def main():
    parser = argparse.ArgumentParser(description="Print the payload of a vault.")
    parser.error = lambda message: sys.exit(print(message, file=sys.stderr) or 4)
    parser.add_argument("file")
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--passphrase-stdin", dest="kind", action="store_const", const="passphrase")
    source.add_argument("--recovery-stdin", dest="kind", action="store_const", const="recovery")
    arguments = parser.parse_args()
    text = sys.stdin.buffer.read().decode(errors="replace").removesuffix("\n").removesuffix("\r")
    try:
        with open(arguments.file, "rb") as file:
            sys.stdout.buffer.write(read(file.read(), arguments.kind, text))
    except ReadError as error:
        code, message = error.args
        print(message, file=sys.stderr)
        sys.exit(code)
    except OSError as error:
        print(error.strerror, file=sys.stderr)
        sys.exit(4)


if __name__ == "__main__":
    main()
