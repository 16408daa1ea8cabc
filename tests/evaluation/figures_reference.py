"""figures_reference.py FOLDER: random logits and truths, and the figures that PyTorch and the definitions make of them."""
import json
import sys

import numpy
import torch

folder = sys.argv[1]
rng = numpy.random.default_rng(3)
samples, classes = 400, 9
truth = rng.integers(0, classes - 1, samples)  # the last class never occurs
logits = rng.normal(size=(samples, classes)).astype(numpy.float32)
logits[:, 3] -= 20  # never predicted
logits[numpy.arange(samples), truth] += 1.5
logits.tofile(folder + "/logits.f32")
truth.astype(numpy.int64).tofile(folder + "/truth.i64")

tensor, labels = torch.from_numpy(logits), torch.from_numpy(truth)
predicted = tensor.argmax(1)
figures = {
    "accuracy": (predicted == labels).double().mean().item(),
    "top5": (tensor.topk(5).indices == labels[:, None]).any(1).double().mean().item(),
    "loss": torch.nn.functional.cross_entropy(tensor.double(), labels).item(),
    "confusion": [[int(((labels == t) & (predicted == p)).sum()) for p in range(classes)] for t in range(classes)],
    "precision": [], "recall": [], "f1": [],
}
for c in range(classes):
    hits = int(((labels == c) & (predicted == c)).sum())
    said, there = int((predicted == c).sum()), int((labels == c).sum())
    precision, recall = (hits / said if said else 0), (hits / there if there else 0)
    figures["precision"].append(precision)
    figures["recall"].append(recall)
    figures["f1"].append(2 * precision * recall / (precision + recall) if precision + recall else 0)
json.dump(figures, open(folder + "/figures.json", "w"))
