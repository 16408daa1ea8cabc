"""make_large_dataset.py FOLDER [PICTURES [CLASSES]]: a folder of class folders with very many JPEG files (100,000 in 100 classes by default), quickly: each is
one of a few pictures of usual sizes with a comment of its own, so that no two files are the same."""
import io
import os
import struct
import sys

import numpy
from PIL import Image

folder = sys.argv[1]
pictures = int(sys.argv[2]) if len(sys.argv) > 2 else 100_000
classes = int(sys.argv[3]) if len(sys.argv) > 3 else 100
rng = numpy.random.default_rng(5)


def photo(width, height):
    """Large soft areas with some grain, as photos have."""
    coarse = Image.fromarray(rng.integers(0, 256, (height // 25, width // 25, 3), dtype=numpy.uint8)).resize((width, height), Image.BICUBIC)
    grain = rng.normal(0, 4, (height, width, 1))
    stream = io.BytesIO()
    Image.fromarray(numpy.clip(numpy.asarray(coarse) + grain, 0, 255).astype(numpy.uint8)).save(stream, "JPEG", quality=75)
    return stream.getvalue()


bases = [photo(*size) for size in ((320, 240), (240, 320), (400, 300), (500, 375), (256, 256), (375, 500))]
for label in range(classes):
    os.makedirs(f"{folder}/class{label:03}", exist_ok=True)
for i in range(pictures):
    base = bases[i % len(bases)]
    comment = b"picture %d" % i
    with open(f"{folder}/class{i % classes:03}/picture_{i:06}.jpg", "wb") as file:
        file.write(base[:2] + b"\xff\xfe" + struct.pack(">H", len(comment) + 2) + comment + base[2:])
