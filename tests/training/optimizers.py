"""torch.optim's parameters after each step, for each combination of settings asked for (JSON in, JSON out)."""
import json
import sys

import torch

question = json.load(sys.stdin)
answer = []
for config in question["configs"]:
    parameters = [torch.nn.Parameter(torch.tensor(values, dtype=torch.float32)) for values in question["start"]]
    options = {"lr": config["learningRate"], "weight_decay": config["weightDecay"]}
    if config["optimizer"] == "sgd":
        optimizer = torch.optim.SGD(parameters, momentum=config["momentum"], nesterov=config["nesterov"], **options)
    else:
        optimizer = {"adam": torch.optim.Adam, "adamw": torch.optim.AdamW}[config["optimizer"]](parameters, **options)
    steps = []
    for gradients in question["gradients"]:
        for parameter, values in zip(parameters, gradients):
            parameter.grad = torch.tensor(values, dtype=torch.float32)
        optimizer.step()
        steps.append([parameter.tolist() for parameter in parameters])
    answer.append(steps)
print(json.dumps(answer))
