"""The safetensors format by its specification, with nothing but the standard library and numpy.

write FILE        writes some tensors of known values
check FILE        reads FILE strictly and prints "name dtype shape sum-of-bytes" for each tensor, then the metadata
"""
import json
import struct
import sys

import numpy

TYPES = {"BOOL": "?", "U8": "u1", "I8": "i1", "I16": "<i2", "I32": "<i4", "I64": "<i8", "F16": "<f2", "BF16": "<u2", "F32": "<f4", "F64": "<f8"}


def write(path):
    tensors = {
        "conv.weight": ("F32", numpy.arange(24, dtype="<f4").reshape(2, 3, 4) / 7),
        "half": ("F16", numpy.arange(3, dtype="<f2")),
        "counter": ("I64", numpy.array(7, dtype="<i8")),
        "nothing": ("F32", numpy.zeros((0, 5), dtype="<f4")),
        "flags": ("BOOL", numpy.array([True, False, True])),
    }
    header, data = {"__metadata__": {"made by": "a test", "é": "ü"}}, b""
    for name, (dtype, values) in tensors.items():
        header[name] = {"dtype": dtype, "shape": list(values.shape), "data_offsets": [len(data), len(data) + values.nbytes]}
        data += values.tobytes()
    text = json.dumps(header).encode()
    open(path, "wb").write(struct.pack("<Q", len(text)) + text + data)


def check(path):
    raw = open(path, "rb").read()
    (length,) = struct.unpack("<Q", raw[:8])
    assert length % 8 == 0 and raw[8:9] == b"{"
    header = json.loads(raw[8 : 8 + length])
    data, end = raw[8 + length :], 0
    metadata = header.pop("__metadata__", {})
    for name, entry in sorted(header.items(), key=lambda item: item[1]["data_offsets"]):
        begin, stop = entry["data_offsets"]
        values = numpy.frombuffer(data[begin:stop], dtype=TYPES[entry["dtype"]]).reshape(entry["shape"])
        assert begin == end and begin % max(values.itemsize, 1) == 0
        end = stop
        print(name, entry["dtype"], ",".join(map(str, values.shape)), sum(data[begin:stop]))
    assert end == len(data)
    for key, text in sorted(metadata.items()):
        print("metadata", key, text)


{"write": write, "check": check}[sys.argv[1]](sys.argv[2])
