"""Reads pictures with zxing-cpp and with zbarimg. The argument is their folder; standard input has their names.

Prints one line of JSON for each file and reader: the texts, and the CPU time in milliseconds to decode the file and read it. The times of
zbarimg include the start of its process.
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
    start = children_cpu_time()
    command = ["zbarimg", "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", path]
    output = subprocess.run(command, capture_output=True, check=False).stdout
    text = output.decode(errors="replace")
    # The output does not distinguish a text of several lines from several texts, so both interpretations are returned.
    return [text, *text.splitlines()] if text else [], children_cpu_time() - start


def children_cpu_time():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


folder = Path(sys.argv[1])
for name in sys.stdin.read().splitlines():
    for reader in (zxing_cpp, zbarimg):
        texts, seconds = reader(folder / name)
        answer = {"file": name, "reader": reader.__name__, "texts": texts, "ms": seconds * 1000}
        print(json.dumps(answer), flush=True)
