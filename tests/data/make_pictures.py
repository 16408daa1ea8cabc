"""Writes pictures of every kind that Graft must take or refuse into a folder; what is in each is told in picturetest.cpp."""
import io
import struct
import sys
import zlib

import numpy
from PIL import Image

folder = sys.argv[1] + "/"
rng = numpy.random.default_rng(1)


def smooth(height, width, channels):
    """A picture without sharp edges, so that JPEG keeps it nearly as it is."""
    small = Image.fromarray(rng.integers(0, 256, (4, 5, 3), dtype=numpy.uint8)).resize((width, height), Image.BICUBIC)
    pixels = numpy.asarray(small)
    return pixels[..., 0] if channels == 1 else pixels


def reference(name, picture):
    """What Graft should see, as raw RGB with its size before it."""
    rgb = picture.convert("RGB")
    with open(folder + name + ".rgb", "wb") as file:
        file.write(struct.pack("<ii", *rgb.size) + rgb.tobytes())


def keep(name, picture, seen=None, **options):
    picture.save(folder + name, **options)
    reference(name, seen or Image.open(folder + name))


def over_white(picture):
    white = Image.new("RGBA", picture.size, "white")
    white.alpha_composite(picture.convert("RGBA"))
    return white


rgb = Image.fromarray(smooth(37, 53, 3))
grey = Image.fromarray(smooth(37, 53, 1))
keep("rgb.jpg", rgb, quality=95)
keep("progressive.jpg", rgb, quality=90, progressive=True)
keep("grey.jpg", grey)
keep("cmyk.jpg", rgb.convert("CMYK"), quality=95)
keep("rgb.png", rgb)
keep("grey.png", grey)
keep("palette.png", rgb.quantize(16))
keep("bits.png", grey.convert("1"))
keep("rgb.bmp", rgb)
keep("rgb.tiff", rgb)
keep("lzw.tif", rgb, compression="tiff_lzw")
keep("grey.tif", grey)
keep("rgb.ppm", rgb)
keep("grey.pgm", grey)
keep("lossless.webp", rgb, lossless=True)
keep("interlaced.jpeg", rgb, quality=95, subsampling=0)

alpha = rgb.convert("RGBA")
alpha.putalpha(Image.fromarray(numpy.linspace(0, 255, 37 * 53).reshape(37, 53).astype(numpy.uint8)))
for name in ("alpha.png", "alpha.webp", "alpha.tif"):
    options = {"lossless": True, "exact": True} if name.endswith("webp") else {}
    keep(name, alpha, over_white(alpha), **options)
transparent = rgb.quantize(16)
transparent.info["transparency"] = 3
transparent.save(folder + "palettealpha.png", transparency=3)
reference("palettealpha.png", over_white(Image.open(folder + "palettealpha.png")))
greyalpha = grey.convert("LA")
greyalpha.putalpha(alpha.getchannel("A"))
keep("greyalpha.png", greyalpha, over_white(greyalpha))

wide = (numpy.asarray(grey).astype(numpy.uint16) * 257)
for name in ("deep.png", "deep.tif"):
    Image.fromarray(wide).save(folder + name)
    reference(name, grey)

turned = {2: Image.FLIP_LEFT_RIGHT, 3: Image.ROTATE_180, 4: Image.FLIP_TOP_BOTTOM, 5: Image.TRANSPOSE, 6: Image.ROTATE_270, 7: Image.TRANSVERSE, 8: Image.ROTATE_90}
for orientation, change in turned.items():
    exif = Image.Exif()
    exif[0x0112] = orientation
    name = f"turned{orientation}.jpg"
    rgb.save(folder + name, exif=exif, quality=95)
    reference(name, Image.open(folder + name).transpose(change))

second = Image.fromarray(smooth(37, 53, 3))
rgb.save(folder + "animated.webp", save_all=True, append_images=[second], lossless=True, duration=100)
reference("animated.webp", rgb)
rgb.save(folder + "animated.png", save_all=True, append_images=[second], duration=100)
reference("animated.png", rgb)
rgb.save(folder + "pages.tif", save_all=True, append_images=[second])
reference("pages.tif", rgb)
rgb.save(folder + "wrongname.png", "JPEG", quality=95)
reference("wrongname.png", Image.open(folder + "wrongname.png"))

# --- what must be refused ---
bad = folder + "bad/"
open(bad + "empty.jpg", "wb").close()
open(bad + "text.jpg", "w").write("This is no picture, whatever its name says.\n" * 20)
open(bad + "gif.jpg", "wb").write(b"GIF89a" + bytes(100))
Image.fromarray(rng.random((9, 9)).astype(numpy.float32)).save(bad + "float.tif")
large = Image.fromarray(rng.integers(0, 256, (120, 160, 3), dtype=numpy.uint8))


def encoded(kind, **options):
    stream = io.BytesIO()
    large.save(stream, kind, **options)
    return stream.getvalue()


whole = {"jpg": encoded("JPEG"), "progressive.jpg": encoded("JPEG", progressive=True), "png": encoded("PNG"), "webp": encoded("WEBP"),
         "tif": encoded("TIFF"), "lzw.tif": encoded("TIFF", compression="tiff_lzw"), "bmp": encoded("BMP"), "ppm": encoded("PPM")}
for kind, data in whole.items():
    for count in (1, 3, 10, 30, len(data) // 4, len(data) // 2, len(data) * 9 // 10, len(data) - 20):
        open(f"{bad}cut{count}.{kind}", "wb").write(data[:count])
open(bad + "cut2.jpg", "wb").write(whole["jpg"][:-2])
open(bad + "middle.jpg", "wb").write(whole["jpg"][:len(whole["jpg"]) // 2] + b"\xff\xd9")
flipped = bytearray(whole["png"])
flipped[len(flipped) // 2] ^= 0x55
open(bad + "flipped.png", "wb").write(flipped)


def chunk(kind, body):
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(width, height):
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")


open(bad + "badstream.png", "wb").write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 9, 9, 8, 2, 0, 0, 0)) + chunk(b"IDAT", b"no zlib") + chunk(b"IEND", b""))
open(bad + "wide.png", "wb").write(png(20001, 3))
open(bad + "huge.png", "wb").write(png(2**31 - 1, 2**31 - 1))
open(bad + "many.png", "wb").write(png(20000, 20001))
Image.new("RGB", (20001, 1)).save(bad + "wide.jpg")
Image.new("RGB", (1, 20001)).save(bad + "tall.tif")
Image.new("RGB", (20001, 1)).save(bad + "wide.bmp")
open(bad + "wide.ppm", "wb").write(b"P6\n# comment\n999999999 999999999\n255\n")
huge = bytearray(whole["jpg"])
start = huge.index(b"\xff\xc0")
huge[start + 5:start + 9] = b"\xff\xff\xff\xff"
open(bad + "huge.jpg", "wb").write(huge)

# Damaged in the middle but whole: taken or refused, but never a crash or a word on standard error.
fuzzed = folder + "fuzzed/"
for kind, data in whole.items():
    for i in range(40):
        copy = bytearray(data)
        for position in rng.integers(2, len(copy), 4):
            copy[position] = rng.integers(0, 256)
        open(f"{fuzzed}{i}.{kind}", "wb").write(copy)
