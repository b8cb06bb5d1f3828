"""Reads the pictures of a folder, named on standard input, with zxing-cpp and with zbarimg.

A line of JSON for each file and reader: the texts, and the milliseconds of CPU for decoding the file and reading it. Those of
zbarimg hold the start of its process, too.
"""

import json
import resource
import subprocess
import sys
import time
from pathlib import Path

import numpy
import zxingcpp
from PIL import Image

Image.MAX_IMAGE_PIXELS = None


def zxing_cpp(path):
    start = time.thread_time()
    try:
        with Image.open(path) as image:
            if image.has_transparency_data:
                image = image.convert("RGBA")
                image = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image)
            grey = numpy.asarray(image.convert("L"))
        codes = zxingcpp.read_barcodes(grey, formats=zxingcpp.BarcodeFormat.QRCode)
        texts = [code.text for code in codes]
    except (OSError, SyntaxError, ValueError):
        texts = []
    return texts, time.thread_time() - start


def zbarimg(path):
    start = children()
    command = ["zbarimg", "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", path]
    said = subprocess.run(command, capture_output=True, check=False).stdout
    text = said.decode(errors="replace")
    # A text of several lines cannot be told from several texts: each reading of it counts.
    return [text, *text.splitlines()] if text else [], children() - start


def children():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


folder = Path(sys.argv[1])
for name in sys.stdin.read().splitlines():
    for reader in (zxing_cpp, zbarimg):
        texts, seconds = reader(folder / name)
        answer = {"file": name, "reader": reader.__name__, "texts": texts, "ms": seconds * 1000}
        print(json.dumps(answer), flush=True)
