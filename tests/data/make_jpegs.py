"""make_jpegs.py FOLDER: JPEG files of all ways to store colours and of all orientations, and large ones; the tests decode parts of them."""
import sys

import numpy
from PIL import Image

folder = sys.argv[1] + "/"
rng = numpy.random.default_rng(3)


def photo(width, height):
    """Soft areas, edges and some grain."""
    coarse = Image.fromarray(rng.integers(0, 256, (height // 20, width // 20, 3), dtype=numpy.uint8)).resize((width, height), Image.BICUBIC)
    pixels = numpy.asarray(coarse).astype(float) + rng.normal(0, 6, (height, width, 1))
    pixels[height // 3:height // 2, width // 4:width // 2] = (200, 30, 60)
    return Image.fromarray(numpy.clip(pixels, 0, 255).astype(numpy.uint8))


picture = photo(301, 207)
for subsampling in ("4:4:4", "4:2:2", "4:2:0"):
    for progressive in (False, True):
        picture.save(f"{folder}{subsampling.replace(':', '')}{'progressive' if progressive else ''}.jpg", quality=90, subsampling=subsampling, progressive=progressive)
picture.convert("L").save(folder + "grey.jpg", quality=90)
picture.convert("CMYK").save(folder + "inks.jpg", quality=90)
for orientation in range(2, 9):
    exif = Image.Exif()
    exif[0x0112] = orientation
    picture.save(f"{folder}turned{orientation}.jpg", exif=exif, quality=90, subsampling="4:2:0")
for i, size in enumerate(((1203, 905), (640, 481), (2500, 3001))):
    exif = Image.Exif()
    exif[0x0112] = (1, 8, 3)[i]
    photo(*size).save(f"{folder}large{i}.jpg", quality=92, exif=exif)
