"""augmentation_reference.py FOLDER: draws a picture, FOLDER/drawn.png, and writes what torchvision's adjustments make of it: FOLDER/colours.txt has a line for
each, with name, factor and file of raw RGB; FOLDER/turned.png is its left part turned by 30 degrees."""
import sys

import numpy
from PIL import Image, ImageDraw
from torchvision.transforms import InterpolationMode
from torchvision.transforms import functional

folder = sys.argv[1]
rng = numpy.random.default_rng(7)
first = Image.fromarray(rng.integers(0, 256, (320, 400, 3), dtype=numpy.uint8))
draw = ImageDraw.Draw(first)
for _ in range(20):
    x, y = int(rng.integers(0, 400)), int(rng.integers(0, 320))
    draw.ellipse([x, y, x + 100, y + 64], fill=tuple(int(v) for v in rng.integers(0, 256, 3)))
first.save(f"{folder}/drawn.png")

adjust = {"brightness": functional.adjust_brightness, "contrast": functional.adjust_contrast, "saturation": functional.adjust_saturation,
          "hue": functional.adjust_hue}
with open(f"{folder}/colours.txt", "w") as cases:
    for name, function in adjust.items():
        for factor in (-0.5, -0.2, -0.05, 0.1, 0.33, 0.5) if name == "hue" else (0.0, 0.3, 0.9, 1.0, 1.4, 2.5):
            path = f"{folder}/{name}{factor}.rgb"
            open(path, "wb").write(function(first, factor).tobytes())
            cases.write(f"{name}\t{factor}\t{path}\n")
functional.rotate(first.crop((0, 0, 301, 301)), 30, InterpolationMode.BILINEAR).save(f"{folder}/turned.png")
