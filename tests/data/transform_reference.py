"""transform_reference.py FOLDER [PHOTO...]: draws pictures of odd sizes, runs torchvision's transforms on them and on the photos and writes what
comes out; FOLDER/cases.txt has a line for each: picture, resize, crop, interpolation, file with the tensor's float32, channel order."""
import sys

import numpy
from PIL import Image, ImageDraw
from torchvision import transforms
from torchvision.transforms import InterpolationMode

folder = sys.argv[1]
rng = numpy.random.default_rng(7)
mean, deviation = [0.485, 0.456, 0.406], [0.229, 0.224, 0.225]


def drawn(width, height):
    """Edges, lines, text-like detail and noise: what a wrong filter gets wrong."""
    picture = Image.fromarray(rng.integers(0, 256, (height, width, 3), dtype=numpy.uint8))
    draw = ImageDraw.Draw(picture)
    for _ in range(20):
        x, y = int(rng.integers(0, width)), int(rng.integers(0, height))
        draw.ellipse([x, y, x + width // 4, y + height // 5], fill=tuple(int(v) for v in rng.integers(0, 256, 3)))
        draw.line([x, 0, y, height], fill=tuple(int(v) for v in rng.integers(0, 256, 3)))
    return picture


sizes = [(500, 375), (375, 500), (301, 299), (256, 256), (224, 224), (225, 1001), (1601, 333), (57, 43), (33, 91), (7, 5), (1, 1), (3, 900), (1300, 1111)]
recipes = [(256, 224, "bilinear"), (232, 224, "bilinear"), (256, 224, "bicubic"), (0, 224, "bilinear"), (40, 64, "bilinear"), (65, 32, "bicubic"), (33, 32, "bilinear")]
pictures = []
for i, size in enumerate(sizes):
    pictures.append(f"{folder}/drawn{i}.png")
    drawn(*size).save(pictures[-1])
with open(f"{folder}/cases.txt", "w") as cases:
    for i, path in enumerate(pictures + sys.argv[2:]):
        picture = Image.open(path).convert("RGB")
        for j, (resize, crop, interpolation) in enumerate(recipes if i < len(sizes) else recipes[:1]):
            mode = InterpolationMode(interpolation)
            steps = [transforms.Resize((crop, crop), mode) if resize == 0 else transforms.Resize(resize, mode, antialias=True)]
            steps += [transforms.CenterCrop(crop), transforms.ToTensor(), transforms.Normalize(mean, deviation)]
            tensor = f"{folder}/{i}-{j}.f32"
            transforms.Compose(steps)(picture).numpy().tofile(tensor)
            cases.write("\t".join([path, str(resize), str(crop), interpolation, tensor, "RGB"]) + "\n")
            if j == 0:
                grey = steps[:2] + [transforms.Grayscale(), transforms.ToTensor(), transforms.Normalize(mean[:1], deviation[:1])]
                transforms.Compose(grey)(picture).numpy().tofile(tensor + ".grey")
                cases.write("\t".join([path, str(resize), str(crop), interpolation, tensor + ".grey", "L"]) + "\n")
