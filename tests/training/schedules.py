"""The rates that torch.optim.lr_scheduler gives, step by step, for each run asked for (JSON in, JSON out)."""
import json
import sys

import torch
from torch.optim import lr_scheduler


def rates(run):
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=run["learningRate"])
    per_epoch, total = run["stepsPerEpoch"], run["totalSteps"]
    if run["schedule"] == "step":
        scheduler = lr_scheduler.StepLR(optimizer, run["stepEpochs"], run["stepFactor"])
    elif run["schedule"] == "cosine":
        scheduler = lr_scheduler.CosineAnnealingLR(optimizer, T_max=total)
    elif run["schedule"] == "onecycle":
        scheduler = lr_scheduler.OneCycleLR(optimizer, run["learningRate"], total_steps=total, pct_start=run["warmupShare"],
                                            cycle_momentum=False)
    else:
        scheduler = lr_scheduler.ConstantLR(optimizer, factor=1.0)
    result = []
    for step in range(total):
        result.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        last = step + 1 == total
        if not last and (run["schedule"] != "step" or (step + 1) % per_epoch == 0):
            scheduler.step()
    return result


print(json.dumps([rates(run) for run in json.load(sys.stdin)]))
