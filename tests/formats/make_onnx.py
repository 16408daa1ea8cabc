"""Writes ONNX files as PyTorch's own exporter makes them, and some that are made by hand, into the folder that is the first argument. Beside
each lies what went in and what PyTorch got: NAME.onnx, NAME.input, NAME.output (raw float32), and NAME.names: its state dict's names."""
import io
import os
import sys
import warnings

import numpy as np
import onnx
import torch
import torchvision
from onnx import TensorProto, helper, numpy_helper
from torch import nn
from torch.onnx import TrainingMode
from torchvision import models

warnings.simplefilter("ignore")
folder = sys.argv[1]
torch.manual_seed(0)


def lively(model):
    for module in model.modules():
        if isinstance(module, nn.BatchNorm2d):
            nn.init.uniform_(module.weight, 0.8, 1.2)
            nn.init.uniform_(module.bias, -0.1, 0.1)
            module.running_mean.uniform_(-0.1, 0.1)
            module.running_var.uniform_(0.8, 1.2)
    return model.eval()


def keep(name, x, y, names=()):
    x.detach().numpy().tofile(f"{folder}/{name}.input")
    y.detach().numpy().tofile(f"{folder}/{name}.output")
    with open(f"{folder}/{name}.names", "w") as file:
        file.write("\n".join(names))


def export(name, model, opset, size=64, fold=True, training=False, dynamic=True):
    model = lively(model)
    x = torch.randn(1 if not dynamic else 2, 3, size, size)
    buffer = io.BytesIO()
    torch.onnx.export(model, x, buffer, opset_version=opset, do_constant_folding=fold,
                      training=TrainingMode.TRAINING if training else TrainingMode.EVAL, input_names=["input"], output_names=["output"],
                      dynamic_axes={"input": {0: "N"}, "output": {0: "N"}} if dynamic else None)
    with open(f"{folder}/{name}.onnx", "wb") as file:
        file.write(buffer.getvalue())
    # Tracing in training mode moves the running statistics.
    model.eval()
    with torch.no_grad():
        y = model(x)
    keep(name, x, y, [n for n, _ in model.state_dict().items()] if training else [])


def byHand(name, nodes, initializers, x, y, opset=13, value_info=(), functions=None):
    """`y` may be a shape when no values are compared."""
    graph = helper.make_graph(
        nodes, "byhand", [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["N"] + list(x.shape[1:]))],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, None)],
        [numpy_helper.from_array(value, key) for key, value in initializers.items()], value_info=list(value_info))
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset), helper.make_opsetid("my.domain", 1)])
    model.ir_version = 7
    onnx.save(model, f"{folder}/{name}.onnx")
    keep(name, x, y)
    return model


class Parts(nn.Module):
    """Functions that exporters take apart."""

    def __init__(self):
        super().__init__()
        self.first = nn.Linear(12, 16)
        self.norm = nn.LayerNorm(16)
        self.last = nn.Linear(16, 16, bias=False)
        self.gelu = nn.GELU()
        self.silu = nn.SiLU()

    def forward(self, x):
        x = x.flatten(2)[:, :, :12]
        x = self.silu(self.last(self.gelu(self.norm(self.first(x)))))
        x = nn.functional.hardswish(x) + torch.sigmoid(x) * 2 - 0.5
        return x.mean(1).view(x.size(0), -1)


def vit():
    return models.VisionTransformer(image_size=32, patch_size=8, num_layers=2, num_heads=2, hidden_dim=32, mlp_dim=64, num_classes=10)


export("resnet18", models.resnet18(weights=None), 11)
export("resnet18_training", models.resnet18(weights=None), 13, fold=False, training=True)
export("resnet18_baked", models.resnet18(weights=None, num_classes=10), 9, dynamic=False)
export("mobilenet_v3_small", models.mobilenet_v3_small(weights=None), 12)
export("mobilenet_v3_small_training", models.mobilenet_v3_small(weights=None), 14, fold=False, training=True)
export("shufflenet", models.shufflenet_v2_x0_5(weights=None), 13)
export("squeezenet", models.squeezenet1_1(weights=None), 10)
export("efficientnet", models.efficientnet_b0(weights=None), 16)
export("mnasnet_training", models.mnasnet0_5(weights=None), 15, fold=False, training=True)
export("parts", Parts(), 13, size=8)
export("parts_plain", Parts(), 16, size=8, fold=False)
export("vit", vit(), 13, size=32)
export("vit_plain", vit(), 14, size=32, fold=False)

rng = np.random.default_rng(0)
x = torch.randn(2, 3, 9, 9)
w = torch.randn(4, 3, 3, 3)
node = helper.make_node

# TensorFlow's padding, unequal.
y = nn.functional.conv2d(nn.functional.pad(x, (1, 1, 1, 1)), w, stride=2)
y = nn.functional.max_pool2d(nn.functional.pad(y, (0, 1, 0, 1), value=-1e30), 2, 2).flatten(1)
byHand("same_upper", [node("Conv", ["x", "w"], ["a"], strides=[2, 2], auto_pad="SAME_UPPER", name="conv"),
                      node("MaxPool", ["a"], ["b"], kernel_shape=[2, 2], strides=[2, 2], auto_pad="SAME_UPPER"),
                      node("Flatten", ["b"], ["y"])], {"w": w.numpy()}, x, y)
x8 = torch.randn(2, 3, 8, 8)
y = nn.functional.conv2d(nn.functional.pad(x8, (1, 0, 1, 0)), w, stride=2).flatten(1)
byHand("same_lower", [node("Conv", ["x", "w"], ["a"], strides=[2, 2], auto_pad="SAME_LOWER"), node("Flatten", ["a"], ["y"])],
       {"w": w.numpy()}, x8, y)

# fp16 weights, a Gemm that is not transposed and scaled, a Softmax of old opsets over several dimensions, in the middle.
g = torch.randn(4 * 16, 5)
c = torch.randn(5)
h = nn.functional.conv2d(x8, w.half().float(), padding=1, stride=2)
s = torch.softmax(h.flatten(1), 1).view(h.shape)
y = 0.5 * (s.flatten(1) @ g) + 2 * c
byHand("old", [node("Conv", ["x", "w"], ["a"], strides=[2, 2], pads=[1, 1, 1, 1]), node("Softmax", ["a"], ["s"], axis=1),
               node("Flatten", ["s"], ["f"]), node("Gemm", ["f", "g", "c"], ["y"], alpha=0.5, beta=2.0)],
       {"w": w.half().numpy(), "g": g.numpy(), "c": c.numpy()}, x8, y, opset=11)

# Reshape with a baked batch, Split, constants computed on the way, Expand of a token.
token = torch.randn(1, 1, 6)
t = x8.flatten(1)[:, :24].reshape(2, 4, 6)
a, b = (t + 0).split([3, 1], 1)
y = torch.cat([token.expand(2, 1, 6), a * b], 1).flatten(1)
byHand("shapes", [
    node("Flatten", ["x"], ["f"]), node("Slice", ["f", "zero", "end", "one"], ["part"]), node("Reshape", ["part", "baked"], ["t"]),
    node("Split", ["t", "sizes"], ["a", "b"], axis=1), node("Mul", ["a", "b"], ["ab"]),
    node("Shape", ["x"], ["shape"]), node("Gather", ["shape", "first"], ["n"], axis=0), node("Unsqueeze", ["n", "zero"], ["n1"]),
    node("Concat", ["n1", "minus", "minus"], ["wanted"], axis=0), node("Equal", ["wanted", "minuses"], ["isminus"]),
    node("Where", ["isminus", "ones", "wanted"], ["size"]), node("Expand", ["token", "size"], ["tokens"]),
    node("Concat", ["tokens", "ab"], ["all"], axis=1), node("Reshape", ["all", "flat"], ["y"])],
       {"zero": np.array([0]), "one": np.array([1]), "end": np.array([24]), "baked": np.array([1, 4, 6]), "sizes": np.array([3, 1]),
        "first": np.array(0), "minus": np.array([-1]), "minuses": np.array([-1, -1, -1]), "ones": np.array([1, 1, 1]),
        "flat": np.array([0, -1]), "token": token.numpy()}, x8, y)

# Steps that no layer stands for.
byHand("unknown", [
    node("Conv", ["x", "w"], ["a"], name="stem"), node("Einsum", ["a"], ["b"], equation="nchw->nchw", name="sum"),
    node("Magic", ["b"], ["m"], domain="my.domain", name="trick"), node("Conv", ["m", "v"], ["d"], name="after"),
    node("NonMaxSuppression", ["d", "d"], ["y"], name="boxes")],
       {"w": w.numpy(), "v": torch.randn(2, 4, 1, 1).numpy()}, x8, torch.zeros(1))

# External data: in the folder, and out of it.
model = byHand("external", [node("Conv", ["x", "w"], ["a"]), node("Flatten", ["a"], ["y"])], {"w": w.numpy()}, x8,
               nn.functional.conv2d(x8, w).flatten(1))


def external(name, location, offset=0, length=None):
    copy = onnx.ModelProto()
    copy.CopyFrom(model)
    tensor = copy.graph.initializer[0]
    tensor.ClearField("raw_data")
    tensor.data_location = TensorProto.EXTERNAL
    for key, value in (("location", location), ("offset", str(offset)), ("length", str(length or w.numel() * 4))):
        entry = tensor.external_data.add()
        entry.key, entry.value = key, value
    with open(f"{folder}/{name}.onnx", "wb") as file:
        file.write(copy.SerializeToString())


os.makedirs(f"{folder}/inner", exist_ok=True)
w.numpy().tofile(f"{folder}/inner/weights.bin")
with open(f"{folder}/secret", "wb") as file:
    file.write(b"x" * 4096)
os.symlink(f"{folder}/secret", f"{folder}/inner/link")
external("external", "inner/weights.bin")
os.chdir(folder)
for name, location, offset, length in (("out_parent", "../secret", 0, None), ("out_absolute", "/etc/passwd", 0, None),
                                       ("out_hidden", "inner/../../secret", 0, None), ("too_far", "inner/weights.bin", 10**9, None),
                                       ("too_long", "inner/weights.bin", 4, None), ("absent", "inner/none.bin", 0, None)):
    external(name, location, offset, length)
copy = onnx.load(f"{folder}/old.onnx")
copy.opset_import[0].version = 6
onnx.save(copy, f"{folder}/opset6.onnx")
copy = onnx.load(f"{folder}/old.onnx")
copy.graph.node[1].output[0] = "a"
onnx.save(copy, f"{folder}/twice.onnx")
copy = onnx.load(f"{folder}/old.onnx")
copy.graph.node[0].input[0] = "f"
onnx.save(copy, f"{folder}/circle.onnx")
copy = onnx.load(f"{folder}/old.onnx")
copy.graph.initializer[0].dims[0] = 2**40
onnx.save(copy, f"{folder}/huge.onnx")
# Two bytes a node: a small file that asks for much memory.
with open(f"{folder}/bomb.onnx", "wb") as file:
    nodes = b"\x0a\x00" * 2_000_000
    size, number = b"", len(nodes)
    while number:
        size += bytes([(number & 127) | (128 if number > 127 else 0)])
        number >>= 7
    file.write(b"\x08\x07\x3a" + size + nodes + b"\x42\x04\x0a\x00\x10\x0d")
print("done")
