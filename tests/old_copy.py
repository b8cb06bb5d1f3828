#!/usr/bin/env python3
"""Plays an attacker who has an old copy of a vault, its passphrase, and the current file.

    old_copy.py OLD NOW             prints the payload of NOW, if the master key of OLD opens it; ignores the slots and the
                                    commitment of NOW
    old_copy.py OLD NOW FOLDER      forges files with that key and a higher generation than NOW: with the slots of OLD (`old`), with
                                    those of NOW (`now`), and with both, one slot per type (`both`)

Reads the passphrase of OLD from standard input.
Exit code: 0 if NOW opens or the files are written, 1 if NOW does not open.
"""

import os
import sys

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from read_vault import MAGIC, compact, derive, open_payload, open_slot, parse, unpad


def read(path):
    with open(path, "rb") as file:
        return parse(file.read())


def seal(header, slots, master, payload):
    """A vault file as FORMAT.md specifies it in "Writing"."""
    salt, nonce = os.urandom(32), os.urandom(12)
    key, commitment = derive(master, salt, b"payload")
    fields = {"salt": salt.hex(), "nonce": nonce.hex(), "commitment": commitment.hex(), "slots": slots}
    text = compact(header | fields)
    head = MAGIC + (1).to_bytes(2, "big") + len(text).to_bytes(4, "big") + text
    padded = payload + b"\x80"
    padded += bytes(-len(padded) % 256)
    return head + AESGCM(key).encrypt(nonce, padded, head)


def forge(old, now, master, payload, folder):
    header = now | {"generation": now["generation"] + 1}
    of_type = {slot["type"]: slot for slot in now["slots"] + old["slots"]}
    for name, slots in (("old", old["slots"]), ("now", now["slots"]), ("both", list(of_type.values()))):
        with open(os.path.join(folder, name), "wb") as file:
            file.write(seal(header, slots, master, payload))


def main():
    old, now, *folder = sys.argv[1:]
    of_old, head, sealed = read(old)
    master = open_slot(of_old, "passphrase", sys.stdin.buffer.read().decode())
    # Checks the key: it must open the copy that it comes from.
    payload = open_payload(of_old, head, sealed, master)

    header, head, sealed = read(now)
    if folder:
        return forge(of_old, header, master, payload, *folder)
    key, _ = derive(master, bytes.fromhex(header["salt"]), b"payload")
    try:
        padded = AESGCM(key).decrypt(bytes.fromhex(header["nonce"]), sealed, head)
    except InvalidTag:
        sys.exit(1)
    sys.stdout.buffer.write(unpad(padded))


if __name__ == "__main__":
    main()
