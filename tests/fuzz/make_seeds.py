"""make_seeds.py FOLDER: adds to the seeds that makeseeds wrote (FOLDER/<format>/…): files as Python writes them, and archives as lists of
their records (tests/fuzz/ziprecords.h)."""
import collections
import pathlib
import struct
import sys
import zipfile

import torch

folder = pathlib.Path(sys.argv[1])


def records(archive):
    out = b""
    with zipfile.ZipFile(archive) as zipped:
        for entry in zipped.infolist():
            content = zipped.read(entry)
            out += struct.pack("<B", len(entry.filename)) + entry.filename.encode() + struct.pack("<I", len(content)) + content
    return out


def unpacked(source, target):
    (folder / target).mkdir(parents=True, exist_ok=True)
    for path in sorted((folder / source).iterdir()):
        (folder / target / (path.name + ".records")).write_bytes(records(path))


def state_dicts():
    weights = collections.OrderedDict([("a.weight", torch.randn(3, 4).t()), ("a.bias", torch.randn(3).half()), ("n", torch.tensor(5)),
                                       ("tied", torch.ones(1).expand(6)), ("p", torch.nn.Parameter(torch.ones(2, dtype=torch.bfloat16)))])
    (folder / "pth-legacy").mkdir(parents=True, exist_ok=True)
    torch.save({"state_dict": weights, "epoch": 3, "best": 0.5}, folder / "pth/python.pth")
    torch.save({"state_dict": weights, "epoch": 3}, folder / "pth-legacy/python.pth", _use_new_zipfile_serialization=False)


state_dicts()
unpacked("pth", "pth-records")
