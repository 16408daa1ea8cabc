"""Computes each case of a JSON file with Python's torch and prints the largest relative difference from the output given there.

Reads a list of {"type", "attributes", "training", "inputs", "tensors", "output", "inputGradients", "tensorGradients", "tensorsAfter"};
tensors are {"shape", "data"}. Prints one line a case: the difference of the output, of the gradients (of the sum of the outputs, number
i times cos(i)), and of the tensors after the call.
"""
import json
import sys

import torch
import torch.nn as nn
import torchvision
from torchvision.models import convnext, shufflenetv2, swin_transformer


def tensor(entry):
    return torch.tensor(entry["data"], dtype=torch.float32).reshape(entry["shape"])


class ShortcutPad(nn.Module):
    """Option A of the CIFAR ResNets, as their authors' PyTorch versions write it."""

    def __init__(self, out_channels, stride):
        super().__init__()
        self.out_channels, self.stride = out_channels, stride

    def forward(self, x):
        more = (self.out_channels - x.shape[1]) // 2
        return nn.functional.pad(x[:, :, :: self.stride, :: self.stride], (0, 0, 0, 0, more, more), "constant", 0)


class Function(nn.Module):
    def __init__(self, function):
        super().__init__()
        self.function = function

    def forward(self, *inputs):
        return self.function(*inputs)


class Parameter(nn.Module):
    def __init__(self, shape, has_batch_dimension=False, trainable=True, initial_value=0.0):
        super().__init__()
        self.has_batch_dimension = has_batch_dimension
        self.value = nn.Parameter(torch.zeros(shape), requires_grad=trainable)

    def forward(self):
        return self.value if self.has_batch_dimension else self.value[None]

    def state_dict(self, **options):
        return {"": self.value.data}


class SelfAttention(nn.MultiheadAttention):
    def __init__(self, embed_dim, num_heads, **options):
        super().__init__(embed_dim, num_heads, batch_first=True, **options)

    def forward(self, x):
        return super().forward(x, x, x, need_weights=False)[0]


def one_by_one(function):
    """Of two inputs, picture by picture: what a layer means whose shapes leave out the batch."""

    def run(a, b):
        count = max(len(a), len(b))
        a, b = a.expand(count, *a.shape[1:]), b.expand(count, *b.shape[1:])
        return torch.stack([function(x, y) for x, y in zip(a, b)])

    return lambda: Function(run)


def concatenate(dim=1):
    def run(*inputs):
        count = max(len(x) for x in inputs)
        return torch.cat([x.expand(count, *x.shape[1:]) for x in inputs], dim)

    return Function(run)


def reduction(function):
    return lambda dim, keepdim=False: Function(lambda x: function(x, dim=dim, keepdim=keepdim))


def part(dim=1, start=0, end=None, step=1):
    def run(x):
        whole = [slice(None)] * x.dim()
        whole[dim] = slice(start, end, step)
        return x[tuple(whole)]

    return Function(run)


def upsample(size=None, **options):
    if size:
        options["size"] = size
    elif "scale_factor" not in options:
        options["scale_factor"] = 2.0
    return nn.Upsample(**options)


def window_attention(module):
    def make(dim, num_heads, window_size, shift_size=(0, 0), **options):
        return module(dim, list(window_size), list(shift_size), num_heads, **options)

    return make


SPECIAL = {
    "Input": lambda shape: nn.Identity(),
    "Parameter": Parameter,
    "ShortcutPad": ShortcutPad,
    "Add": one_by_one(torch.add),
    "Subtract": one_by_one(torch.sub),
    "Multiply": one_by_one(torch.mul),
    "Divide": one_by_one(torch.div),
    "Maximum": one_by_one(torch.maximum),
    "Minimum": one_by_one(torch.minimum),
    "MatMul": one_by_one(torch.matmul),
    "Concatenate": concatenate,
    "Softmax": lambda dim=1: nn.Softmax(dim),
    "LogSoftmax": lambda dim=1: nn.LogSoftmax(dim),
    "AdaptiveAvgPool2d": lambda output_size=(1, 1): nn.AdaptiveAvgPool2d(tuple(output_size)),
    "AdaptiveMaxPool2d": lambda output_size=(1, 1): nn.AdaptiveMaxPool2d(tuple(output_size)),
    "Exp": lambda: Function(torch.exp),
    "Log": lambda: Function(torch.log),
    "Sqrt": lambda: Function(torch.sqrt),
    "Abs": lambda: Function(torch.abs),
    "Neg": lambda: Function(torch.neg),
    "Reciprocal": lambda: Function(torch.reciprocal),
    "Erf": lambda: Function(torch.erf),
    "Pow": lambda exponent: Function(lambda x: x**exponent),
    "Clamp": lambda min=-3e38, max=3e38: Function(lambda x: torch.clamp(x, min, max)),
    "Scale": lambda factor=1, offset=0: Function(lambda x: x * factor + offset),
    "Mean": reduction(torch.mean),
    "Sum": reduction(torch.sum),
    "Max": reduction(torch.amax),
    "Min": reduction(torch.amin),
    "LayerNorm2d": convnext.LayerNorm2d,
    "Normalize": lambda dim=1, eps=1e-12: Function(lambda x: nn.functional.normalize(x, dim=dim, eps=eps)),
    "Permute": lambda dims: Function(lambda x: x.permute(dims)),
    "Reshape": lambda shape: Function(lambda x: x.reshape(len(x), *shape)),
    "Squeeze": lambda dim: Function(lambda x: x.squeeze(dim)),
    "Unsqueeze": lambda dim: Function(lambda x: x.unsqueeze(dim)),
    "Slice": part,
    "Select": lambda dim=1, index=0: Function(lambda x: x.select(dim, index)),
    "ConstantPad2d": lambda padding, value=0.0: nn.ConstantPad2d(tuple(padding), value),
    "Upsample": upsample,
    "ChannelShuffle": lambda groups: Function(lambda x: shufflenetv2.channel_shuffle(x, groups)),
    "StochasticDepth": lambda p=0.5, mode="row": torchvision.ops.StochasticDepth(p, mode),
    "MultiheadAttention": SelfAttention,
    "PatchMerge": lambda: Function(swin_transformer._patch_merging_pad),
    "ShiftedWindowAttention": window_attention(swin_transformer.ShiftedWindowAttention),
    "ShiftedWindowAttentionV2": window_attention(swin_transformer.ShiftedWindowAttentionV2),
}


def difference(expected, got):
    if expected.shape != got.shape:
        return float("inf")
    return float((expected - got).abs().max() / expected.abs().max().clamp(min=1.0))


def largest(pairs):
    return max([difference(theirs, tensor(entry)) for theirs, entry in pairs], default=0.0)


for case in json.load(open(sys.argv[1])):
    attributes = {k: tuple(v) if isinstance(v, list) else v for k, v in case["attributes"].items()}
    module = SPECIAL.get(case["type"], getattr(nn, case["type"], None))(**attributes)
    state = module.state_dict()
    assert list(case["tensors"]) == list(state), (case["type"], list(case["tensors"]), list(state))
    for name in ("relative_position_index", "relative_coords_table"):
        if name in state:
            assert difference(state[name].float(), tensor(case["tensors"][name])) < 1e-6, (case["type"], name)
    with torch.no_grad():
        for name, entry in case["tensors"].items():
            state[name].copy_(tensor(entry))
    module.train(case["training"])
    inputs = [tensor(entry).requires_grad_() for entry in case["inputs"]]
    # The name of a Parameter's tensor is the layer's own.
    parameters = {"" if case["type"] == "Parameter" else name: value for name, value in module.named_parameters()}
    output = module(*inputs)
    if output.requires_grad:
        (output * torch.cos(torch.arange(output.numel(), dtype=torch.float32)).reshape(output.shape)).sum().backward()
    gradients = [(x.grad, entry) for x, entry in zip(inputs, case["inputGradients"])]
    gradients += [(parameters[name].grad, entry) for name, entry in case["tensorGradients"].items()]
    after = [(module.state_dict()[name].float(), entry) for name, entry in case["tensorsAfter"].items()]
    print(difference(output.detach(), tensor(case["output"])), largest(gradients), largest(after))
