"""Writes a few small files into FOLDER, to be cut and flipped: zip.pth, legacy.pth, small.safetensors."""
import collections
import json
import struct
import sys

import torch

folder = sys.argv[1]
weights = collections.OrderedDict(
    [("a.weight", torch.randn(3, 4).t()), ("a.bias", torch.randn(3).half()), ("count", torch.tensor(5)), ("tied", torch.ones(1).expand(6))]
)
torch.save({"state_dict": weights, "epoch": 3}, folder + "/zip.pth")
torch.save({"state_dict": weights, "epoch": 3}, folder + "/legacy.pth", _use_new_zipfile_serialization=False)
header, data = {"__metadata__": {"format": "pt"}}, b""
for name, dtype in (("a.weight", "F32"), ("count", "I64")):
    raw = weights[name].contiguous().numpy().tobytes()
    header[name] = {"dtype": dtype, "shape": list(weights[name].shape), "data_offsets": [len(data), len(data) + len(raw)]}
    data += raw
text = json.dumps(header).encode()
open(folder + "/small.safetensors", "wb").write(struct.pack("<Q", len(text)) + text + data)
