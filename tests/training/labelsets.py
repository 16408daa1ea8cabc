"""Losses and first gradients of the tiny network with a head for each of two label sets, from given weights and batches (JSON in, JSON out).
The loss is the sum over the sets of the mean cross-entropy over the pictures whose label is known."""
import json
import sys

import torch
from torch import nn
from torch.nn import functional

question = json.load(sys.stdin)
sizes = question["sizes"]


def block(inputs, outputs):
    return nn.ModuleDict({"conv": nn.Conv2d(inputs, outputs, 3, padding=1, bias=False), "bn": nn.BatchNorm2d(outputs)})


class TwoHeads(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem, self.body = block(3, 6), block(6, 8)
        self.head = nn.ModuleDict({name: nn.ModuleDict({"fc": nn.Linear(8, size)}) for name, size in sizes.items()})

    def forward(self, x):
        for part in (self.stem, self.body):
            x = torch.relu(part["bn"](part["conv"](x)))
        x = x.mean((2, 3))
        return {name: self.head[name]["fc"](x) for name in sizes}


model = TwoHeads()
model.load_state_dict({name: torch.tensor(entry["values"]).reshape(entry["shape"]).to(torch.int64 if "num_batches" in name else torch.float32)
                       for name, entry in question["weights"].items()})
optimizer = torch.optim.SGD(model.parameters(), lr=question["learningRate"], momentum=0.9)
losses, correct, gradients = [], [], {}
for batch in question["batches"]:
    labels = torch.tensor(batch["labels"]).reshape(-1, len(sizes))
    answers = model(torch.tensor(batch["pictures"]).reshape(len(labels), 3, 8, 8))
    parts = []
    for column, name in enumerate(sizes):
        known = labels[:, column] >= 0
        parts.append(functional.cross_entropy(answers[name][known], labels[known, column], label_smoothing=question["labelSmoothing"])
                     if known.any() else torch.zeros(()))
    losses.append([part.item() for part in parts])
    correct.append([(answers[name].argmax(1) == labels[:, column]).sum().item() for column, name in enumerate(sizes)])
    optimizer.zero_grad(set_to_none=False)  # what a batch says nothing about goes on with its momentum
    sum(parts).backward()
    if len(losses) == 1:
        for name, parameter in model.named_parameters():
            layer = name.rsplit(".", 1)[0]
            gradients[layer] = gradients.get(layer, 0) + parameter.grad.double().pow(2).sum().item()
    optimizer.step()
print(json.dumps({"losses": losses, "correct": correct, "gradients": {layer: square ** 0.5 for layer, square in gradients.items()}}))
