#!/usr/bin/env python3
"""What somebody reads who has an old copy of a vault, what opened it then, and the file as it is now.

    old_copy.py OLD NOW

The passphrase of OLD comes on standard input. Takes the master key out of OLD, and prints the payload of NOW if that key
opens it, whatever NOW says of its slots and of its commitment.
Exit code: 0 it opens, 1 it does not.
"""

import sys

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from read_vault import derive, open_payload, open_slot, parse, unpad


def read(path):
    with open(path, "rb") as file:
        return parse(file.read())


def main():
    old, now = sys.argv[1:]
    header, head, sealed = read(old)
    master = open_slot(header, "passphrase", sys.stdin.buffer.read().decode())
    # The key is the right one: it opens the copy that it is from.
    open_payload(header, head, sealed, master)

    header, head, sealed = read(now)
    key, _ = derive(master, bytes.fromhex(header["salt"]), b"payload")
    try:
        padded = AESGCM(key).decrypt(bytes.fromhex(header["nonce"]), sealed, head)
    except InvalidTag:
        sys.exit(1)
    sys.stdout.buffer.write(unpad(padded))


if __name__ == "__main__":
    main()
