"""The reference of conformancetest.cpp: what PyTorch and torchvision say about each architecture.

usage: conformance_oracle.py FOLDER ARCHITECTURE...

Writes FOLDER/pool.bin (float32 numbers of mean 0 and variance 1) and FOLDER/<architecture>.json. No weights are written: tensor number k of
the state dict holds pool[(k * 7919 + i) % size] * scale + shift, which both sides make for themselves.
"""
import collections
import json
import math
import pathlib
import sys

import numpy
import torch
import torchvision
from torch import nn
from torch.nn import functional
from torch.nn.utils.stateless import functional_call
from torchvision.models.feature_extraction import NodePathTracer

COSTLY = 6e9  # multiply-adds, from which on a network is run on a smaller picture
TOO_LARGE = 5e8  # parameters, from which on a network is not run
POOL_SIZE = 1000003  # a prime, so that no tensor's rows repeat
INPUT_OFFSET = 500000
SAMPLES = 48


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
    return next(iter(torchvision.models.get_model_weights(name)))


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
    # Long chains of shortcuts add up.
    gain = 1.0 if type(model).__name__.endswith(("ResNet", "RegNet")) or isinstance(model, GraftResNet8) else 2.0
    return math.sqrt(gain / tensor[0].numel()), 0.0


def fill(model, pool):
    """Fills the tensors of the model and describes them."""
    twice = numpy.concatenate([pool, pool])
    modules = dict(model.named_modules())
    described = []
    for index, (name, tensor) in enumerate(model.state_dict().items()):
        owner, tensor_name = name.rsplit(".", 1)
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
        described.append(entry)
    return described


def leaves(model):
    return [(name, module) for name, module in model.named_modules() if next(module.children(), None) is None]


def multiply_adds(model, shape):
    """Those of Conv2d and Linear for one picture, found on the meta device, where nothing is calculated."""
    costs = []

    def hook(module, arguments, output):
        if isinstance(module, (nn.Conv2d, nn.Linear)):
            costs.append(output.numel() * module.weight[0].numel())

    handles = [module.register_forward_hook(hook) for _, module in leaves(model)]
    functional_call(model, {name: tensor.to("meta") for name, tensor in model.state_dict().items()}, torch.empty(1, *shape, device="meta"))
    for handle in handles:
        handle.remove()
    return sum(costs)


def observe(model, picture):
    """The logits, and for each leaf module that ran once its output's shape and some of its elements."""
    outputs = collections.defaultdict(list)

    def hook(name, output):
        flat = output.flatten()
        positions = [index * flat.numel() // SAMPLES for index in range(SAMPLES)]
        outputs[name].append(
            {"name": name, "shape": list(output.shape[1:]), "largest": flat.abs().max().item(), "samples": flat[positions].tolist()})

    for name, module in leaves(model):
        module.register_forward_hook(lambda module, arguments, output, name=name: hook(name, output))
    logits = model(picture)
    return logits.flatten().tolist(), [calls[0] for calls in outputs.values() if len(calls) == 1]


def layer_names(model):
    """torch.fx's names of all steps, in the order in which they are run; the first is the input."""
    tracer = NodePathTracer(leaf_modules=[PaddedShortcut])
    tracer.trace(model)
    return list(tracer.node_to_qualname.values())[1:]


def examine(name, pool):
    model, shape = build(name)
    model.eval()
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
