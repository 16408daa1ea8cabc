"""The reference of conformancetest.cpp: what PyTorch and torchvision say about each architecture.

usage: conformance_oracle.py FOLDER ARCHITECTURE...

Writes FOLDER/pool.bin (float32 numbers of mean 0 and variance 1) and FOLDER/<architecture>.json. No weights are written: tensor number k of
the state dict holds pool[(k * 7919 + i) % size] * scale + shift, which both sides make for themselves.
"""
import collections
import dis
import json
import math
import pathlib
import re
import sys

import numpy
import torch
import torch.fx
import torchvision
from torch import nn
from torch.nn import functional
from torch.nn.utils.stateless import functional_call
from torchvision.models.convnext import LayerNorm2d
from torchvision.models.feature_extraction import NodePathTracer
from torchvision.models.swin_transformer import ShiftedWindowAttention, ShiftedWindowAttentionV2

COSTLY = 6e9  # multiply-adds, from which on a network is run on a smaller picture
TOO_LARGE = 5e8  # parameters, from which on a network is not run
POOL_SIZE = 1000003  # a prime, so that no tensor's rows repeat
INPUT_OFFSET = 500000
SAMPLES = 48


ATTENTION = (nn.MultiheadAttention, ShiftedWindowAttention)  # the second version is a subclass
# Shapes that are looked at and checked, and a token that is repeated for each picture: no layers.
BOOKKEEPING = {"getattr", "dim", "eq", "_assert", "floordiv", "expand"}


class PaddedShortcut(nn.Module):
    """Option A of the ResNet paper: every other pixel, zeros for the new channels."""

    def __init__(self, padding):
        super().__init__()
        self.padding = padding

    def forward(self, x):
        return functional.pad(x[:, :, ::2, ::2], (0, 0, 0, 0, self.padding, self.padding))


class CifarBlock(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(outputs)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(outputs)
        self.shortcut = PaddedShortcut((outputs - inputs) // 2) if inputs != outputs else None

    def forward(self, x):
        out = functional.relu(self.bn1(self.conv1(x)))
        out = self.bn2(self.conv2(out))
        out = out + (x if self.shortcut is None else self.shortcut(x))
        return functional.relu(out)


class CifarResNet(nn.Module):
    """He et al., section 4.2: 6n + 2 layers of 16, 32 and 64 channels."""

    def __init__(self, depth):
        super().__init__()
        blocks = (depth - 2) // 6
        self.conv1 = nn.Conv2d(3, 16, 3, 1, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(16)
        self.layer1 = nn.Sequential(*[CifarBlock(16, 16, 1) for _ in range(blocks)])
        self.layer2 = nn.Sequential(CifarBlock(16, 32, 2), *[CifarBlock(32, 32, 1) for _ in range(blocks - 1)])
        self.layer3 = nn.Sequential(CifarBlock(32, 64, 2), *[CifarBlock(64, 64, 1) for _ in range(blocks - 1)])
        self.linear = nn.Linear(64, 10)

    def forward(self, x):
        x = functional.relu(self.bn1(self.conv1(x)))
        x = self.layer3(self.layer2(self.layer1(x)))
        x = torch.flatten(functional.avg_pool2d(x, 8), 1)
        return self.linear(x)


class GraftResNet8(nn.Module):
    """Graft's own small network: three of torchvision's basic blocks."""

    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 24, 3, 2, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(24)
        self.relu = nn.ReLU()
        self.layer1 = self.stage(24, 32, 1)
        self.layer2 = self.stage(32, 64, 2)
        self.layer3 = self.stage(64, 128, 2)
        self.avgpool = nn.AdaptiveAvgPool2d(1)
        self.fc = nn.Linear(128, 55)

    @staticmethod
    def stage(inputs, outputs, stride):
        downsample = nn.Sequential(nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs))
        return nn.Sequential(torchvision.models.resnet.BasicBlock(inputs, outputs, stride, downsample))

    def forward(self, x):
        x = self.relu(self.bn1(self.conv1(x)))
        x = self.avgpool(self.layer3(self.layer2(self.layer1(x))))
        return self.fc(torch.flatten(x, 1))


def leave_uninitialised():
    """Random initialisation of VGG's 138 million weights takes seconds and is overwritten anyway."""
    for name in [name for name in dir(nn.init) if name.endswith("_") and not name.startswith("_")]:
        setattr(nn.init, name, lambda tensor, *arguments, **options: tensor)


def build(name):
    if name.startswith("cifar_resnet"):
        return CifarResNet(int(name.removeprefix("cifar_resnet"))), (3, 32, 32)
    if name == "graft_resnet8":
        return GraftResNet8(), (3, 64, 64)
    crop = published_weights(name).transforms().crop_size[0]
    return torchvision.models.get_model(name, weights=None), (3, crop, crop)


def published_weights(name):
    """The first that torchvision has; None for what is not torchvision's."""
    if name not in torchvision.models.list_models():
        return None
    weights = torchvision.models.get_model_weights(name)
    # torchvision's builder makes this one for 224 pixels.
    return weights.IMAGENET1K_SWAG_LINEAR_V1 if name == "vit_h_14" else next(iter(weights))


def preprocessing(name):
    weights = published_weights(name)
    if weights is None:
        return None
    transform = weights.transforms()
    return {"crop": transform.crop_size[0], "resize": transform.resize_size[0], "interpolation": transform.interpolation.value,
            "mean": list(transform.mean), "standardDeviation": list(transform.std)}


def rule(model, module, tensor_name, tensor):
    """(scale, shift): sizes of activations stay sane through the network, and every BatchNorm statistic matters."""
    if isinstance(module, nn.BatchNorm2d):
        return {"weight": (0.1, 1.0), "bias": (0.1, 0.0), "running_mean": (0.1, 0.0), "running_var": (0.5 / math.sqrt(3), 1.0)}[tensor_name]
    if tensor_name == "bias":
        return 0.1, 0.0
    if tensor_name in ("class_token", "pos_embedding", "relative_coords_table"):
        return 1.0, 0.0
    # Long chains of shortcuts add up.
    gain = 1.0 if type(model).__name__.endswith(("ResNet", "RegNet")) or isinstance(model, GraftResNet8) else 2.0
    return math.sqrt(gain / tensor[0].numel()), 0.0


def fill(model, pool):
    """Fills the tensors of the model and describes them."""
    twice = numpy.concatenate([pool, pool])
    modules = dict(model.named_modules())
    described = []
    for index, (name, tensor) in enumerate(model.state_dict().items()):
        owner, _, tensor_name = name.rpartition(".")
        entry = {"name": name, "shape": list(tensor.shape), "type": str(tensor.dtype).removeprefix("torch.")}
        if tensor.is_floating_point():
            scale, shift = numpy.float32(rule(model, modules[owner], tensor_name, tensor))
            first = index * 7919 % POOL_SIZE
            elements = tensor.view(-1).numpy()
            for start in range(0, elements.size, POOL_SIZE):
                part = elements[start : start + POOL_SIZE]
                numpy.multiply(twice[first : first + part.size], scale, out=part)
                part += shift
            entry |= {"scale": float(scale), "shift": float(shift)}
        else:
            entry["values"] = tensor.flatten().tolist()
        described.append(entry)
    return described


def leaves(model):
    inside = tuple(name + "." for name, module in model.named_modules() if isinstance(module, ATTENTION))
    return [(name, module) for name, module in model.named_modules()
            if not name.startswith(inside) and (next(module.children(), None) is None or isinstance(module, ATTENTION))]


def attention_cost(module, shape):
    """Multiply-adds: the projections, and the products of queries with keys and of their shares with values. Swin's second version has a
    network besides, which makes the positions' bias."""
    if isinstance(module, nn.MultiheadAttention):
        windows, tokens, width = 1, shape[-2], shape[-1]
    else:
        windows = math.prod(math.ceil(extent / window) for extent, window in zip(shape[-3:-1], module.window_size))
        tokens, width = math.prod(module.window_size), shape[-1]
    cost = windows * (4 * tokens * width * width + 2 * tokens * tokens * width)
    if isinstance(module, ShiftedWindowAttentionV2):
        positions = math.prod(module.relative_coords_table.shape[:-1])
        cost += positions * sum(layer.weight.numel() for layer in module.cpb_mlp if isinstance(layer, nn.Linear))
    return cost


def multiply_adds(model, shape):
    """Those of Conv2d and Linear for one picture, found on the meta device, where nothing is calculated."""
    costs = []

    def hook(module, arguments, output):
        if isinstance(module, (nn.Conv2d, nn.Linear)):
            costs.append(output.numel() * module.weight[0].numel())
        if isinstance(module, ATTENTION):
            costs.append(attention_cost(module, (output[0] if isinstance(output, tuple) else output).shape))

    handles = [module.register_forward_hook(hook) for _, module in leaves(model)]
    functional_call(model, {name: tensor.to("meta") for name, tensor in model.state_dict().items()}, torch.empty(1, *shape, device="meta"))
    for handle in handles:
        handle.remove()
    return sum(costs)


def observe(model, picture):
    """The logits, and for each leaf module that ran once its output's shape and some of its elements."""
    outputs = collections.defaultdict(list)

    def hook(name, output):
        output = output[0] if isinstance(output, tuple) else output
        flat = output.flatten()
        positions = [index * flat.numel() // SAMPLES for index in range(SAMPLES)]
        outputs[name].append(
            {"name": name, "shape": list(output.shape[1:]), "largest": flat.abs().max().item(), "samples": flat[positions].tolist()})

    for name, module in leaves(model):
        module.register_forward_hook(lambda module, arguments, output, name=name: hook(name, output))
    logits = model(picture)
    return logits.flatten().tolist(), [calls[0] for calls in outputs.values() if len(calls) == 1]


def unpacked(proxy):
    """How many values an unpacking wants: torch 1.13 looks for that where Python 3.11 no longer has it."""
    frame = sys._getframe(1)
    instruction = next(step for step in dis.get_instructions(frame.f_code) if step.offset == frame.f_lasti)
    assert instruction.opname == "UNPACK_SEQUENCE"
    return iter([proxy[index] for index in range(instruction.argval)])


torch.fx.Proxy.__iter__ = unpacked


def bookkeeping(model, nodes):
    """The nodes that are no layers: what looks at shapes, counts with them, or takes the first output of an attention."""
    found = set()
    for node in nodes:
        target = node.target if isinstance(node.target, str) else node.target.__name__
        sources = node.all_input_nodes
        if node.op not in ("call_function", "call_method"):
            continue
        if target == "getitem" and sources[0].op == "call_module" and isinstance(model.get_submodule(sources[0].target), ATTENTION):
            found.add(node)
        elif target in BOOKKEEPING or (sources and all(source in found for source in sources)):
            found.add(node)
    return found


def layer_names(model):
    """torch.fx's names of all steps, in the order in which they are run; the first is the input."""
    tracer = NodePathTracer(leaf_modules=[PaddedShortcut, LayerNorm2d, torchvision.ops.Permute, torchvision.ops.StochasticDepth,
                                          ShiftedWindowAttention, ShiftedWindowAttentionV2])
    tracer.trace(model)
    names = []
    counts = collections.Counter()
    nodes = dict(list(tracer.node_to_qualname.items())[1:])
    dropped = bookkeeping(model, nodes)
    for node, name in nodes.items():
        if node in dropped:
            continue
        # The tracer mistakes the number in ln_1 for one of its own.
        if node.op == "get_attr" or re.search(r"_\d+$", str(node.target)):
            name = node.target
        elif getattr(node.target, "__name__", "") == "getitem":
            # Numbered without those that are no layers.
            block = name.rpartition("getitem")[0]
            name = block + "getitem" + (f"_{counts[block]}" if counts[block] else "")
            counts[block] += 1
        names.append(name)
    return names


def examine(name, pool):
    model, shape = build(name)
    model.eval()
    for module in model.modules():
        if isinstance(module, nn.MultiheadAttention):
            module.training = True  # its dropout is 0; in evaluation PyTorch takes a kernel that the meta device does not have
    weights = published_weights(name)
    result = {"layers": layer_names(model), "multiplyAdds": multiply_adds(model, shape), "preprocessing": preprocessing(name),
              "parameters": sum(p.numel() for p in model.parameters()), "publishedParameters": weights and weights.meta["num_params"]}
    if result["parameters"] > TOO_LARGE:
        return result | {"logits": None}
    if result["multiplyAdds"] > COSTLY:
        shape = (3, shape[1] // 2, shape[2] // 2)
    tensors = fill(model, pool)
    picture = torch.from_numpy(numpy.resize(numpy.roll(pool, -INPUT_OFFSET), math.prod(shape))).reshape(1, *shape)
    logits, outputs = observe(model, picture)
    return result | {"tensors": tensors, "input": {"shape": [1, *shape], "offset": INPUT_OFFSET}, "logits": logits, "outputs": outputs}


@torch.no_grad()
def main():
    folder = pathlib.Path(sys.argv[1])
    torch.manual_seed(20)
    pool = ((torch.rand(POOL_SIZE) * 2 - 1) * math.sqrt(3)).numpy()
    pool.tofile(folder / "pool.bin")
    leave_uninitialised()
    for name in sys.argv[2:]:
        (folder / f"{name}.json").write_text(json.dumps(examine(name, pool)))


main()
