"""Transfer learning as PyTorch's and torchvision's tutorials do it: what Graft's speed is compared with (graft-cli bench speed).

usage: torch_finetune.py DATA ARCHITECTURE {head,layer4,all,evaluate,load,load-validation} [--epochs N] [--batch N]
           [--weights FILE] [--seed N] [--channels-last] [--autocast]

DATA holds train/<class>/*.jpg and val/<class>/*.jpg. What is trained: the new head, ResNet's `layer4` and the head, or everything;
`evaluate` runs the validation pictures alone, `load` and `load-validation` only load pictures. Prints one JSON object a line: each
epoch, and at last {"seconds", "picturesPerSecond", "peakBytes", "accuracy"} of the whole, without Python's start and the building of
the network.
"""
import argparse
import json
import resource
import time

import torch
import torchvision
from torchvision import datasets, transforms

parser = argparse.ArgumentParser()
parser.add_argument("data")
parser.add_argument("architecture")
parser.add_argument("trained", choices=["head", "layer4", "all", "evaluate", "load", "load-validation"])
parser.add_argument("--epochs", type=int, default=10)
parser.add_argument("--batch", type=int, default=32)
parser.add_argument("--weights")
parser.add_argument("--seed", type=int, default=0)
parser.add_argument("--threads", type=int, default=torch.multiprocessing.cpu_count())
parser.add_argument("--channels-last", action="store_true")
parser.add_argument("--autocast", action="store_true")
options = parser.parse_args()

torch.manual_seed(options.seed)
torch.set_num_threads(options.threads)

normalize = transforms.Normalize([0.485, 0.456, 0.406], [0.229, 0.224, 0.225])
augment = transforms.Compose(
    [transforms.RandomResizedCrop(224), transforms.RandomHorizontalFlip(), transforms.ToTensor(), normalize])
prepare = transforms.Compose([transforms.Resize(256), transforms.CenterCrop(224), transforms.ToTensor(), normalize])
pictures = {
    "train": datasets.ImageFolder(options.data + "/train", augment),
    "val": datasets.ImageFolder(options.data + "/val", prepare),
}
loaders = {
    part: torch.utils.data.DataLoader(pictures[part], options.batch, shuffle=part == "train", num_workers=options.threads)
    for part in pictures
}


def build():
    model = getattr(torchvision.models, options.architecture)(weights=None)
    if options.weights:
        model.load_state_dict(torch.load(options.weights, map_location="cpu"))
    if options.trained != "all":
        for name, parameter in model.named_parameters():
            parameter.requires_grad = options.trained == "layer4" and name.startswith("layer4.")
    classes = len(pictures["train"].classes)
    if hasattr(model, "fc"):
        model.fc = torch.nn.Linear(model.fc.in_features, classes)
    else:
        model.classifier[-1] = torch.nn.Linear(model.classifier[-1].in_features, classes)
    return model.to(memory_format=torch.channels_last) if options.channels_last else model


def run_pass(model, part, optimizer):
    """One pass over a part's pictures: the share that was right and the mean loss."""
    training = part == "train"
    model.train(training)
    right, count, loss_sum = 0, 0, 0.0
    for batch, labels in loaders[part]:
        if options.channels_last:
            batch = batch.to(memory_format=torch.channels_last)
        with torch.set_grad_enabled(training), torch.autocast("cpu", dtype=torch.bfloat16, enabled=options.autocast):
            logits = model(batch)
            loss = torch.nn.functional.cross_entropy(logits, labels)
        if training:
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        right += (logits.argmax(1) == labels).sum().item()
        count += len(labels)
        loss_sum += loss.item() * len(labels)
    return right / count, loss_sum / count


accuracy = None
if options.trained.startswith("load"):
    parts = ["val"] if options.trained == "load-validation" else ["train"]
    start = time.perf_counter()
    for _ in range(options.epochs):
        for _ in loaders[parts[0]]:
            pass
else:
    model = build()
    trained = [parameter for parameter in model.parameters() if parameter.requires_grad]
    optimizer = torch.optim.SGD(trained, lr=0.001, momentum=0.9) if trained else None
    parts = ["val"] if options.trained == "evaluate" else ["train", "val"]
    start = time.perf_counter()
    for epoch in range(options.epochs):
        begin = time.perf_counter()
        figures = {part: run_pass(model, part, optimizer) for part in parts}
        accuracy = max(accuracy or 0, figures["val"][0])
        line = {part: {"accuracy": right, "loss": loss} for part, (right, loss) in figures.items()}
        print(json.dumps({"epoch": epoch + 1, **line, "seconds": time.perf_counter() - begin}), flush=True)
seconds = time.perf_counter() - start
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
rate = options.epochs * sum(len(pictures[part]) for part in parts) / seconds
print(json.dumps({"seconds": seconds, "picturesPerSecond": rate, "peakBytes": peak, "accuracy": accuracy}))
