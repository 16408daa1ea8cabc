"""Runs scripts that Graft exported, as their users would.

check_script.py logits SCRIPT PICTURES      PICTURES holds the tensor "input"; prints the logits' first row count, then writes them as JSON
check_script.py facts SCRIPT                prints class names, licence, origin, frozen parameters, rates as JSON
"""
import importlib.util
import json
import struct
import sys

import numpy
import torch


def tensor(path):
    raw = open(path, "rb").read()
    (length,) = struct.unpack("<Q", raw[:8])
    entry = json.loads(raw[8 : 8 + length])["input"]
    return torch.from_numpy(numpy.frombuffer(raw[8 + length :], numpy.float32).reshape(entry["shape"]).copy())


def load(path):
    specification = importlib.util.spec_from_file_location("exported", path)
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


sys.dont_write_bytecode = True
script = load(sys.argv[2])
model = script.load_model()
if sys.argv[1] == "logits":
    with torch.no_grad():
        json.dump(model(tensor(sys.argv[3])).flatten().tolist(), sys.stdout)
else:
    optimizer = script.make_optimizer(model, 0.5)
    script.start_training(model)
    names = {parameter: name for name, parameter in model.named_parameters()}
    norms = {name for name, module in model.named_modules() if isinstance(module, torch.nn.BatchNorm2d) and module.training}
    json.dump(
        {
            "classes": script.CLASSES,
            "licence": script.LICENCE,
            "origin": script.ORIGIN,
            "mean": script.MEAN,
            "trained": sorted(name for name, parameter in model.named_parameters() if parameter.requires_grad),
            "learning": {names[parameter]: group["lr"] for group in optimizer.param_groups for parameter in group["params"]},
            "norms in training": sorted(norms),
            "is torchvision's": type(model).__module__.startswith("torchvision"),
        },
        sys.stdout,
    )
