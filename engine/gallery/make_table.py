#!/usr/bin/python3
"""Writes weights.json and imagenetclasses.txt beside this file from what Python's torchvision says of its published weights.

Run it with a python3 that has torch and torchvision 0.14. `--check` compares instead of writing and names what differs; lines of
weights.json that were added by hand (an address that is not torchvision's) are kept and not compared.
"""
import argparse
import importlib
import inspect
import json
import math
import pathlib
import re
import sys

import torch
import torchvision
from torchvision.models._api import WeightsEnum

HERE = pathlib.Path(__file__).parent
FAMILIES = ["alexnet", "vgg", "googlenet", "inception", "resnet", "squeezenet", "densenet", "mobilenetv2", "mobilenetv3", "shufflenetv2",
            "mnasnet", "efficientnet", "regnet", "convnext", "vision_transformer", "swin_transformer"]
# torchvision 0.14 gives these files a checksum in their names that is not theirs; later versions name the same files rightly
# (https://github.com/pytorch/vision/pull/8036).
RENAMED = {
    "efficientnet_b0_rwightman-3dd342df": "efficientnet_b0_rwightman-7f5810bc",
    "efficientnet_b1_rwightman-533bc792": "efficientnet_b1_rwightman-bac287d4",
    "efficientnet_b2_rwightman-bcdf34b7": "efficientnet_b2_rwightman-c35c1473",
    "efficientnet_b3_rwightman-cf984f9c": "efficientnet_b3_rwightman-b3899882",
    "efficientnet_b4_rwightman-7eb33cd5": "efficientnet_b4_rwightman-23ab8bcd",
    "efficientnet_b5_lukemelas-b6417697": "efficientnet_b5_lukemelas-1a07897c",
    "efficientnet_b6_lukemelas-c76e70fd": "efficientnet_b6_lukemelas-24a108a5",
    "efficientnet_b7_lukemelas-dcc49843": "efficientnet_b7_lukemelas-c5b4e57e",
}
# The weights that torchvision took over from elsewhere, with their own licences; all others are torchvision's (BSD-3-Clause).
TAKEN_OVER = {
    "googlenet-": ("Apache-2.0", "TensorFlow, ported by torchvision"),
    "inception_v3_google-": ("Apache-2.0", "TensorFlow, ported by torchvision"),
    "_rwightman-": ("Apache-2.0", "R. Wightman's pytorch-image-models, ported by torchvision"),
    "_lukemelas-": ("Apache-2.0", "L. Melas-Kyriazi's EfficientNet-PyTorch, ported by torchvision"),
    "efficientnet_v2_l-": ("Apache-2.0", "Google's AutoML, ported by torchvision"),
    "_swag-": ("CC-BY-NC-4.0", "SWAG (Meta), published by torchvision"),
}
# The builders whose pretrained networks take pictures scaled to -1 … 1: torchvision scales once more inside the network.
SCALED_INSIDE = {"googlenet", "inception_v3"}


def skip_initialisation():
    """Only shapes matter here."""
    for name, function in vars(torch.nn.init).items():
        if name.endswith("_") and callable(function):
            setattr(torch.nn.init, name, lambda tensor, *arguments, **options: tensor)


def architectures():
    """(architecture, its weights) in the order of the families' files."""
    for family in FAMILIES:
        module = importlib.import_module("torchvision.models." + family)
        enums = {value: [] for value in vars(module).values()
                 if inspect.isclass(value) and issubclass(value, WeightsEnum) and value.__module__ == module.__name__ and len(value)}
        for enum in enums:
            yield getattr(module, enum.__name__[: -len("_Weights")].lower()), list(enum)


def stored_elements(builder, crop):
    """Elements of the parameters and the bytes of all tensors in the file."""
    options = {"image_size": crop} if builder.__name__.startswith("vit_") else {}
    options |= {"aux_logits": True} if builder.__name__ in SCALED_INSIDE else {}
    model = builder(weights=None, **options)
    parameters = sum(tensor.numel() for tensor in model.parameters())
    return parameters, sum(tensor.numel() * tensor.element_size() for tensor in model.state_dict().values())


def entry(builder, weights, parameters, size):
    stem, _, _ = weights.url.rpartition("/")[2].rpartition(".")
    address = weights.url.replace(stem, RENAMED.get(stem, stem))
    licence, source = next((found for part, found in TAKEN_OVER.items() if part in address), ("BSD-3-Clause", "torchvision"))
    transforms = weights.transforms()
    scaled = builder.__name__ in SCALED_INSIDE
    metrics = weights.meta["_metrics"]["ImageNet-1K"]
    return {
        "architecture": builder.__name__,
        "weights": weights.name,
        "address": address,
        "checksum": re.search(r"-([0-9a-f]{8,})\.pth$", address).group(1),
        "aboutBytes": size,
        "parameters": parameters,
        "top1": metrics["acc@1"],
        "top5": metrics["acc@5"],
        "licence": licence,
        "source": source,
        "resize": transforms.resize_size[0],
        "crop": transforms.crop_size[0],
        "interpolation": transforms.interpolation.value,
        "mean": [0.5] * 3 if scaled else list(transforms.mean),
        "standardDeviation": [0.5] * 3 if scaled else list(transforms.std),
    }


def table():
    skip_initialisation()
    for builder, all_weights in architectures():
        sizes = {}
        for weights in all_weights:
            if math.isnan(weights.meta["_metrics"]["ImageNet-1K"]["acc@1"]):
                continue  # features without a classifier
            crop = weights.transforms().crop_size[0]
            key = crop if builder.__name__.startswith("vit_") else 0
            if key not in sizes:
                sizes[key] = stored_elements(builder, crop)
            yield entry(builder, weights, *sizes[key])


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    check = parser.parse_args().check
    classes = torchvision.models.ResNet18_Weights.IMAGENET1K_V1.meta["categories"]
    lines = [json.dumps(line) for line in table()]
    present = json.loads((HERE / "weights.json").read_text())
    others = [json.dumps(line) for line in present if "download.pytorch.org" not in line["address"]]
    if not check:
        (HERE / "weights.json").write_text("[\n" + ",\n".join(lines + others) + "\n]\n")
        (HERE / "imagenetclasses.txt").write_text("\n".join(classes) + "\n")
        return 0
    committed = [json.dumps(line) for line in present if "download.pytorch.org" in line["address"]]
    wrong = sorted(set(lines) ^ set(committed))
    if classes != (HERE / "imagenetclasses.txt").read_text().splitlines():
        wrong.append("imagenetclasses.txt")
    print("\n".join(wrong) or f"{len(committed)} weights agree")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
