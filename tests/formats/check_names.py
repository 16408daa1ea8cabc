"""check_names.py FILE: whether torch and torchvision have what Graft's registries say; prints a line for each that is not so.

FILE holds {"types": {type: {attribute: default or null when required}}, "torchvision": [names], "others": [names]}
"""
import inspect
import json
import sys

import torch
import torchvision


def same(ours, theirs):
    if isinstance(ours, list):
        return list(theirs) == ours if isinstance(theirs, (list, tuple)) else all(value == theirs for value in ours)
    return ours == theirs


registries = json.load(open(sys.argv[1]))
for name, attributes in registries["types"].items():
    layer = getattr(torch.nn, name, None)
    if layer is None:
        print(f"torch.nn has no {name}")
        continue
    parameters = inspect.signature(layer).parameters
    for attribute, default in attributes.items():
        if attribute not in parameters:
            print(f"{name} has no argument {attribute}")
        elif default is not None and not same(default, parameters[attribute].default):
            print(f"{name}.{attribute} is {parameters[attribute].default} and not {default}")
for name in registries["torchvision"]:
    if not hasattr(torchvision.models, name):
        print(f"torchvision.models has no {name}")
for name in registries["others"]:
    if hasattr(torchvision.models, name):
        print(f"torchvision.models has a {name}")
