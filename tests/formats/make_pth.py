"""Writes PyTorch files of many kinds into FOLDER: NAME.pth beside NAME.safetensors, which holds what a reader must find (by the
specification, written here without any library), and bad/*.pth, which a reader must refuse."""
import collections
import json
import os
import pickle
import struct
import sys
import zipfile

import torch

folder = sys.argv[1]
os.makedirs(os.path.join(folder, "bad"), exist_ok=True)
torch.manual_seed(7)
TYPES = {
    torch.float32: "F32", torch.float64: "F64", torch.float16: "F16", torch.bfloat16: "BF16", torch.int64: "I64", torch.int32: "I32",
    torch.int16: "I16", torch.int8: "I8", torch.uint8: "U8", torch.bool: "BOOL",
}


def expect(name, tensors):
    header, data = {}, b""
    for key, tensor in tensors.items():
        tensor = tensor.detach().contiguous()
        flat = tensor.reshape(-1)
        raw = (flat.view(torch.int16) if tensor.dtype == torch.bfloat16 else flat).numpy().tobytes()
        header[key] = {"dtype": TYPES[tensor.dtype], "shape": list(tensor.shape), "data_offsets": [len(data), len(data) + len(raw)]}
        data += raw
    text = json.dumps(header).encode()
    with open(os.path.join(folder, name + ".safetensors"), "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + data)


def save(name, saved, tensors, **options):
    torch.save(saved, os.path.join(folder, name + ".pth"), **options)
    expect(name, tensors)


base = torch.randn(6, 5)
every = {
    "float32": torch.randn(2, 3, 4),
    "float64": torch.randn(3, dtype=torch.float64),
    "float16": torch.randn(3, 3).half(),
    "bfloat16": torch.randn(5).bfloat16(),
    "int64": torch.tensor([1, -(2**62)]),
    "int32": torch.tensor([1, -2], dtype=torch.int32),
    "int16": torch.tensor([[3], [-4]], dtype=torch.int16),
    "int8": torch.tensor([-128, 127, 5], dtype=torch.int8),
    "uint8": torch.tensor([255, 0, 1], dtype=torch.uint8),
    "bool": torch.tensor([True, False, True]),
    "scalar": torch.tensor(42),
    "empty": torch.zeros(0, 4),
    "transposed": base.t(),
    "sliced": base[1:5:2, 1::3],
    "offset": base[2:],
    "tied": base,
    "expanded": torch.randn(3, 1).expand(3, 7),
    "channels last": torch.randn(2, 3, 4, 5).to(memory_format=torch.channels_last),
    "parameter": torch.nn.Parameter(torch.randn(4)),
    "größe": torch.randn(1),
}
for protocol in (2, 3, 4, 5):
    save(f"zip{protocol}", every, every, pickle_protocol=protocol)
    save(f"legacy{protocol}", every, every, pickle_protocol=protocol, _use_new_zipfile_serialization=False)

net = torch.nn.Sequential(torch.nn.Conv2d(3, 4, 3), torch.nn.BatchNorm2d(4), torch.nn.Flatten(), torch.nn.Linear(4, 2))
weights = net.state_dict()
save("metadata", weights, weights)
save("metadata-legacy", weights, weights, _use_new_zipfile_serialization=False)
optimizer = torch.optim.Adam(net.parameters())
net(torch.randn(2, 3, 3, 3)).sum().backward()
optimizer.step()
weights = net.state_dict()
surplus = {"epoch": 3, "best": 0.5, "arch": "net", "classes": ["a", "b"], "seen": {1, 2}, "key": b"bytes", "big": 2**80, "size": torch.Size([1, 2]),
           "optimizer": optimizer.state_dict(), "none": None, "yes": True, "device": torch.device("cpu")}
for key in ("state_dict", "model", "model_state_dict", "net", "params", "ema"):
    save("nested-" + key, {**surplus, key: weights}, weights)
save("nested-legacy", {**surplus, "state_dict": weights}, weights, _use_new_zipfile_serialization=False)
save("nested-twice", {"model": {"state_dict": weights}}, weights)
parallel = torch.nn.DataParallel(net).state_dict()
save("parallel", {"state_dict": parallel}, parallel)


class Runs:
    def __init__(self, function, *arguments):
        self.call = (function, arguments)

    def __reduce__(self):
        return self.call


def bad(name, saved):
    for zipped in (True, False):
        torch.save(saved, os.path.join(folder, "bad", name + ("" if zipped else "-legacy") + ".pth"), _use_new_zipfile_serialization=zipped)


bad("posix.system", {"w": torch.zeros(1), "x": Runs(os.system, "touch " + os.path.join(folder, "bad", "was-run"))})
bad("builtin.eval", collections.OrderedDict(w=torch.zeros(1), x=[{"deep": (Runs(eval, "1"),)}]))
bad("whole model", net)


def archive(name, data, records=(), compression=zipfile.ZIP_STORED, order="little"):
    with zipfile.ZipFile(os.path.join(folder, "bad", name + ".pth"), "w", compression) as file:
        file.writestr("archive/data.pkl", data)
        for key, raw in records:
            file.writestr("archive/data/" + key, raw)
        file.writestr("archive/byteorder", order)


def tensor_pickle(shape, stride, offset=0, elements=4, key="0"):
    """A state dict with one float32 tensor "w" of this placement, whatever it says."""
    numbers = lambda values: b"(" + b"".join(b"\x8a\x08" + struct.pack("<q", value) for value in values) + b"t"
    text = lambda value: b"X" + struct.pack("<I", len(value)) + value.encode()
    return (b"\x80\x02}" + text("w") + b"ctorch._utils\n_rebuild_tensor_v2\n((" + text("storage") + b"ctorch\nFloatStorage\n" + text(key) + text("cpu")
            + b"\x8a\x08" + struct.pack("<q", elements) + b"tQ\x8a\x08" + struct.pack("<q", offset) + numbers(shape) + numbers(stride)
            + b"\x89ccollections\nOrderedDict\n)RtRs.")


data = [("0", b"\0" * 16)]
torch_like = tensor_pickle([2, 2], [2, 1])
archive("fine", torch_like, data)
archive("compressed", torch_like, data, zipfile.ZIP_DEFLATED)
archive("big endian", torch_like, data, order="big")
archive("no storage", torch_like)
archive("short storage", torch_like, [("0", b"\0" * 15)])
for name, placement in {
    "too large": ([2, 3], [3, 1]), "offset out of range": ([2, 2], [2, 1], 1), "negative offset": ([2, 2], [2, 1], -1),
    "negative stride": ([2, 2], [-2, 1], 3), "negative size": ([-2, -2], [2, 1]), "overflowing size": ([2**62, 4, 2**10], [0, 0, 0]),
    "overflowing stride": ([3, 2], [2**63 - 1, 1]), "expand bomb": ([2**40], [0]), "fewer strides": ([2, 2], [1]),
    "many dimensions": ([1] * 100, [1] * 100), "overflow behind a zero": ([0, 2**62, 2**62], [1, 1, 1]),
}.items():
    archive(name, tensor_pickle(*placement), data)
archive("no tensors", pickle.dumps({"epoch": 3}, 2))
with open(os.path.join(folder, "bad", "plain pickle.pth"), "wb") as file:
    pickle.dump({"a": 1}, file)
with zipfile.ZipFile(os.path.join(folder, "bad", "other zip.pth"), "w") as file:
    file.writestr("word/document.xml", "<xml/>")
