"""make_seeds.py FOLDER: adds to the seeds that makeseeds wrote (FOLDER/<format>/…): files as Python writes them, and archives as lists of
their records (tests/fuzz/ziprecords.h)."""
import collections
import pathlib
import struct
import sys
import zipfile

import torch

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "formats"))
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


def keras_models():
    import make_keras
    for kind in ("keras-h5", "keras"):
        (folder / kind).mkdir(parents=True, exist_ok=True)
    small = make_keras.Model("small")
    x = small.relu("relu", small.norm("norm", small.conv("conv", small.input(8), 3, 4, 3, 2, bias=True), 4), 6.0)
    small.dense("dense", small.add("Flatten", "flatten", [x], data_format="channels_last"), 64, 3, "softmax")
    make_keras.write_h5(folder / "keras-h5/compressed.h5", small, compression="gzip", shuffle=True)
    for name, model in {"small": small, "transfer": make_keras.chain_inputs(make_keras.transfer(False)), "flattened": make_keras.flattened()}.items():
        make_keras.write_h5(folder / f"keras-h5/{name}.h5", model)
        make_keras.write_keras(folder / f"keras/{name}.keras", model)


def onnx_models():
    """What PyTorch's exporter makes of small networks of many kinds of steps."""
    import io
    import warnings
    from torch import nn
    warnings.simplefilter("ignore")
    (folder / "onnx").mkdir(parents=True, exist_ok=True)
    networks = {
        "convolutions": nn.Sequential(nn.Conv2d(3, 4, 3, 2, 1), nn.BatchNorm2d(4), nn.Hardswish(), nn.MaxPool2d(2, ceil_mode=True),
                                      nn.Dropout(), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(4, 3), nn.Softmax(1)),
        "tokens": nn.Sequential(nn.Flatten(2), nn.Linear(64, 8), nn.LayerNorm(8), nn.GELU(), nn.SiLU(), nn.Flatten()),
    }
    for name, network in networks.items():
        for opset in (9, 13):
            buffer = io.BytesIO()
            torch.onnx.export(network.eval(), torch.zeros(1, 3, 8, 8), buffer, opset_version=opset, dynamic_axes={"input": {0: "N"}},
                              input_names=["input"])
            (folder / f"onnx/{name}{opset}.onnx").write_bytes(buffer.getvalue())


class Branches(torch.nn.Module):
    """Steps of many kinds in few tensors."""

    def __init__(self):
        super().__init__()
        self.stem = torch.nn.Sequential(torch.nn.Conv2d(3, 4, 3, 4, 1, bias=False), torch.nn.BatchNorm2d(4), torch.nn.ReLU6(inplace=True))
        self.narrow = torch.nn.Conv2d(4, 2, 1)
        self.fc = torch.nn.Linear(6, 3)

    def forward(self, x):
        x = torch.nn.functional.max_pool2d(self.stem(x), 2)
        if self.training:
            x = torch.nn.functional.dropout(x)
        first, second = torch.chunk(x, 2, 1)
        x = torch.cat([self.narrow(x) * torch.sigmoid(first), first + 0.5 * second, second], 1)
        return self.fc(torch.flatten(torch.nn.functional.adaptive_avg_pool2d(x, (1, 1)), 1))


@torch.no_grad()
def torch_graphs():
    import make_torchexport
    for kind in ("torchscript", "pt2"):
        (folder / kind).mkdir(parents=True, exist_ok=True)
    model, pictures = Branches().eval(), torch.zeros(2, 3, 64, 64)
    torch.jit.script(model).save(str(folder / "torchscript/scripted.pt"))
    torch.jit.trace(model, pictures).save(str(folder / "torchscript/traced.pt"))
    make_torchexport.write_raw(folder / "pt2/raw.pt2", make_torchexport.Exporter(model, pictures, False))
    make_torchexport.write_older(folder / "pt2/older.pt2", make_torchexport.Exporter(model, pictures, True))


state_dicts()
torch_graphs()
keras_models()
onnx_models()
unpacked("pth", "pth-records")
unpacked("torchscript", "torchscript-records")
unpacked("pt2", "pt2-records")
