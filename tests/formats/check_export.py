"""Reads what Graft wrote, as its users would: with PyTorch and torchvision.

check_export.py FOLDER ARCHITECTURE    FOLDER holds model.pth, model.safetensors, model.pt, picture1.safetensors and picture3.safetensors
                                       (the tensor "input"); prints the largest difference of the logits, relative to the largest logit
"""
import json
import struct
import sys
import zipfile

import numpy
import torch
import torchvision

TYPES = {"F32": numpy.float32, "I64": numpy.int64}


def safetensors(path):
    raw = open(path, "rb").read()
    (length,) = struct.unpack("<Q", raw[:8])
    header, data = json.loads(raw[8 : 8 + length]), raw[8 + length :]
    metadata = header.pop("__metadata__", {})
    tensors = {}
    for name, entry in header.items():
        begin, end = entry["data_offsets"]
        tensors[name] = torch.from_numpy(numpy.frombuffer(data[begin:end], TYPES[entry["dtype"]]).reshape(entry["shape"]).copy())
    return tensors, metadata


def require_description(text):
    """Class names, preprocessing, licence and origin, as modelfiletest.cpp gives them."""
    said = json.loads(text)
    assert said["classNames"] == ["ant", "bee", "élan"], said["classNames"]
    assert said["origin"] == "a test" and said["licence"] == "none"
    assert said["preprocessing"]["mean"] == [0.485, 0.456, 0.406] and said["preprocessing"]["crop"] == 224


folder, architecture = sys.argv[1:]
weights = torch.load(folder + "/model.pth", weights_only=True)
plain, metadata = safetensors(folder + "/model.safetensors")
require_description(metadata["graft"])
require_description(zipfile.ZipFile(folder + "/model.pth").read("archive/extra/graft.json"))
assert list(weights) == list(plain) and all(torch.equal(weights[name], plain[name]) for name in weights)

network = torchvision.models.get_model(architecture, num_classes=3) if hasattr(torchvision.models, "get_model") else getattr(torchvision.models, architecture)(num_classes=3)
network.load_state_dict(weights, strict=True)
network.eval()

extra = {"graft.json": ""}
script = torch.jit.load(folder + "/model.pt", _extra_files=extra)
require_description(extra["graft.json"])
assert sorted(script.state_dict()) == sorted(weights)
assert all(torch.equal(script.state_dict()[name], weights[name]) for name in weights)
script.eval()

worst = 0.0
with torch.no_grad():
    for batch in (1, 3):
        pictures = safetensors(f"{folder}/picture{batch}.safetensors")[0]["input"]
        expected, ours = network(pictures), script(pictures)
        assert ours.shape == expected.shape == (batch, 3)
        worst = max(worst, ((expected - ours).abs().max() / expected.abs().max()).item())
print(worst)
