"""The losses of a few training steps of the tiny network, from given weights and batches, or each layer's gradient norm in the first one
(JSON in, JSON out)."""
import json
import sys

import torch
from torch import nn

question = json.load(sys.stdin)


def block(inputs, outputs):
    return nn.ModuleDict({"conv": nn.Conv2d(inputs, outputs, 3, padding=1, bias=False), "bn": nn.BatchNorm2d(outputs)})


class Tiny(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem, self.body, self.fc = block(3, 6), block(6, 8), nn.Linear(8, 3)

    def forward(self, x):
        for part in (self.stem, self.body):
            x = torch.relu(part["bn"](part["conv"](x)))
        return self.fc(x.mean((2, 3)))


model = Tiny()
model.load_state_dict({name: torch.tensor(entry["values"]).reshape(entry["shape"]).to(torch.int64 if "num_batches" in name else torch.float32)
                       for name, entry in question["weights"].items()})
config = question["config"]
frozen = [model.stem] if question["freezeStem"] else []
for part in frozen:
    for parameter in part.parameters():
        parameter.requires_grad = False
trained = [parameter for parameter in model.parameters() if parameter.requires_grad]
optimizer = torch.optim.SGD(trained, lr=config["learningRate"], momentum=config["momentum"], weight_decay=config["weightDecay"])
criterion = nn.CrossEntropyLoss(label_smoothing=config["labelSmoothing"])
losses = []
gradients = {}
for batch in question["batches"]:
    model.train()
    for part in frozen:
        part.eval()
    labels = torch.tensor(batch["labels"])
    loss = criterion(model(torch.tensor(batch["pictures"]).reshape(len(labels), 3, 8, 8)), labels)
    optimizer.zero_grad()
    loss.backward()
    if not losses:
        for name, parameter in model.named_parameters():
            if parameter.grad is not None:
                layer = name.rsplit(".", 1)[0]
                gradients[layer] = gradients.get(layer, 0) + parameter.grad.double().pow(2).sum().item()
    optimizer.step()
    losses.append(loss.item())
print(json.dumps({layer: square ** 0.5 for layer, square in gradients.items()} if question.get("gradients") else losses))
