"""The reference of auxiliarytest.cpp: one training step of torchvision's GoogLeNet and Inception v3 with their auxiliary classifiers.

usage: auxiliary_oracle.py FOLDER

Writes FOLDER/pool.bin and, for each network, FOLDER/<name>.json; tensors and pictures are made of the pool as conformance_oracle.py says.
Dropout is off, since no two programs draw the same numbers.
"""
import json
import math
import pathlib
import sys

import numpy
import torch
from torch import nn
from torch.nn import functional

import conformance_oracle

LABELS = [1, 0, 4]
LEARNING_RATE = 0.05
CASES = {
    # name: (size of the picture, weights of the auxiliary losses by module, watched parameters)
    "googlenet": (96, {"aux1": 0.3, "aux2": 0.3},
                  ["aux1.fc2.bias", "aux2.fc1.weight", "aux2.conv.bn.weight", "fc.bias", "inception4a.branch1.conv.weight",
                   "inception4d.branch1.bn.bias"]),
    "inception_v3": (299, {"AuxLogits": 0.4},
                     ["AuxLogits.fc.bias", "AuxLogits.conv1.conv.weight", "fc.bias", "Mixed_6e.branch1x1.conv.weight",
                      "Mixed_6e.branch_pool.bn.bias"]),
}


def examine(name, pool):
    size, loss_weights, watched = CASES[name]
    model, _ = conformance_oracle.build(name)
    with torch.no_grad():
        tensors = conformance_oracle.fill(model, pool)
    # BatchNorm over three pictures magnifies rounding: the reference itself must not round.
    model.double().train()
    for module in model.modules():
        if isinstance(module, nn.Dropout):
            module.p = 0.0
    shape = [len(LABELS), 3, size, size]
    pictures = torch.from_numpy(numpy.resize(numpy.roll(pool, -conformance_oracle.INPUT_OFFSET), math.prod(shape))).reshape(shape).double()
    labels = torch.tensor(LABELS)
    auxiliary = {}
    for module in loss_weights:
        # By module: torchvision's GoogLeNetOutputs names the two the other way round.
        model.get_submodule(module).register_forward_hook(lambda _, inputs, output, module=module: auxiliary.update({module: output}))
    logits = model(pictures).logits
    loss = functional.cross_entropy(logits, labels)
    result = {"tensors": tensors, "input": {"shape": shape, "offset": conformance_oracle.INPUT_OFFSET}, "labels": LABELS,
              "learningRate": LEARNING_RATE, "loss": loss.item(), "lossWeights": list(loss_weights.values()),
              "logits": logits.flatten().tolist(),
              "auxiliary": [auxiliary[module].flatten().tolist() for module in loss_weights]}
    for module, weight in loss_weights.items():
        loss = loss + weight * functional.cross_entropy(auxiliary[module], labels)
    loss.backward()
    gradients = {key: parameter.grad for key, parameter in model.named_parameters()}
    result["steps"] = {key: (gradients[key].flatten()[:200] * -LEARNING_RATE).tolist() for key in watched}
    return result


def main():
    folder = pathlib.Path(sys.argv[1])
    pool = conformance_oracle.write_pool(folder)
    conformance_oracle.leave_uninitialised()
    for name in CASES:
        (folder / f"{name}.json").write_text(json.dumps(examine(name, pool)))


main()
