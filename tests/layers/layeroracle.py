"""Computes each case of a JSON file with Python's torch and prints the largest relative difference from the output given there.

Reads a list of {"type", "attributes", "training", "inputs", "tensors", "output", "tensorsAfter"}; tensors are {"shape", "data"}.
Prints one line a case: the difference of the output, and that of the tensors after the call.
"""
import json
import sys

import torch
import torch.nn as nn


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


class Merge(nn.Module):
    def __init__(self, function):
        super().__init__()
        self.function = function

    def forward(self, *inputs):
        return self.function(*inputs)


SPECIAL = {
    "Input": lambda shape: nn.Identity(),
    "ShortcutPad": ShortcutPad,
    "Add": lambda: Merge(lambda a, b: a + b),
    "Multiply": lambda: Merge(lambda a, b: a * b),
    "Concatenate": lambda: Merge(lambda *all: torch.cat(all, dim=1)),
    "Softmax": lambda: nn.Softmax(dim=1),
    "AdaptiveAvgPool2d": lambda output_size=(1, 1): nn.AdaptiveAvgPool2d(tuple(output_size)),
}


def difference(expected, got):
    if expected.shape != got.shape:
        return float("inf")
    return float((expected - got).abs().max() / expected.abs().max().clamp(min=1.0))


for case in json.load(open(sys.argv[1])):
    attributes = {k: tuple(v) if isinstance(v, list) else v for k, v in case["attributes"].items()}
    module = SPECIAL.get(case["type"], getattr(nn, case["type"], None))(**attributes)
    with torch.no_grad():
        for name, entry in case["tensors"].items():
            module.state_dict()[name].copy_(tensor(entry))
        module.train(case["training"])
        output = module(*[tensor(entry) for entry in case["inputs"]])
        state = module.state_dict()
        after = max([difference(state[name].float(), tensor(entry)) for name, entry in case["tensorsAfter"].items()], default=0.0)
    assert list(case["tensors"]) == list(state), (list(case["tensors"]), list(state))
    print(difference(output, tensor(case["output"])), after)
