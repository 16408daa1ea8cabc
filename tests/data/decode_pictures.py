"""decode_pictures.py FOLDER PHOTO...: writes FOLDER/photo<i>.rgb, the size and raw RGB that Pillow sees, turned as EXIF says."""
import struct
import sys

from PIL import Image, ImageOps

for i, path in enumerate(sys.argv[2:]):
    picture = ImageOps.exif_transpose(Image.open(path)).convert("RGB")
    with open(f"{sys.argv[1]}/photo{i}.rgb", "wb") as file:
        file.write(struct.pack("<ii", *picture.size) + picture.tobytes())
