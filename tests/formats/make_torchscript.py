"""Writes TorchScript files of torchvision's families, small of their kind, with what PyTorch makes of them.

usage: make_torchscript.py FOLDER FAMILY...

For each family: FOLDER/FAMILY-traced.pt, FOLDER/FAMILY-scripted.pt, FOLDER/FAMILY.json (names of the state dict, logits) and FOLDER/FAMILY.bin
with 3 square pictures of float32 numbers, smaller than the networks are made for where any size will do.
"""
import json
import pathlib
import sys

import numpy
import torch
import torchvision
from torch import nn
from torch.nn import functional
from torchvision import models

CLASSES = 7


def leave_uninitialised():
    """Random initialisation takes seconds and is overwritten anyway."""
    for name in [name for name in dir(nn.init) if name.endswith("_") and not name.startswith("_")]:
        setattr(nn.init, name, lambda tensor, *arguments, **options: tensor)


def with_small_head(model, features):
    model.classifier = nn.Sequential(nn.Dropout(0.3), nn.Linear(features, 16), nn.ReLU(True), nn.Linear(16, CLASSES))
    return model


def convnext():
    block = models.convnext.CNBlockConfig
    return models.ConvNeXt([block(8, 16, 1), block(16, 24, 2), block(24, None, 1)], 0.2, num_classes=CLASSES)


def vit():
    return models.VisionTransformer(image_size=224, patch_size=32, num_layers=2, num_heads=3, hidden_dim=24, mlp_dim=48, num_classes=CLASSES)


def swin():
    return models.SwinTransformer(patch_size=[4, 4], embed_dim=12, depths=[2, 2], num_heads=[3, 6], window_size=[7, 7], num_classes=CLASSES)


def efficientnet_v2():
    fused, plain = models.efficientnet.FusedMBConvConfig, models.efficientnet.MBConvConfig
    settings = [fused(1, 3, 1, 8, 8, 1), fused(4, 3, 2, 8, 16, 2), plain(4, 3, 2, 16, 24, 2)]
    return models.EfficientNet(settings, 0.2, stochastic_depth_prob=0.2, num_classes=CLASSES, last_channel=64)


class Odd(nn.Module):
    """What the families leave out."""

    def __init__(self):
        super().__init__()
        self.mean = nn.Parameter(torch.zeros(1, 3, 1, 1))
        self.register_buffer("spread", torch.ones(1, 3, 1, 1))
        self.stem = nn.Conv2d(3, 8, 5, 4, 2)
        self.norm = nn.GroupNorm(4, 8)
        self.shared = nn.Conv2d(8, 8, 3, 1, 1)
        self.up = nn.ConvTranspose2d(8, 8, 2, 2)
        self.prelu = nn.PReLU(8)
        self.fc = nn.Linear(8 * 3, CLASSES, bias=False)

    def forward(self, x):
        x = self.stem((x - self.mean) / self.spread)
        x = functional.leaky_relu(self.norm(x), 0.1)
        x = self.shared(self.shared(x)) * 0.5 + 1
        a, b = x.chunk(2, 1)
        x = torch.cat([torch.tanh(a), functional.gelu(b)], 1)
        x = functional.interpolate(self.prelu(self.up(x)), scale_factor=0.5, mode="bilinear", align_corners=False)
        x = functional.pad(x, [1, 1, 1, 1])
        x = functional.max_pool2d(x, 2, stride=2, ceil_mode=True)
        x = functional.adaptive_avg_pool2d(x, (1, 3)).view(x.size(0), -1)
        x = x / x.pow(2).mean(1, keepdim=True).clamp(min=1e-3).sqrt()
        return self.fc(x).softmax(-1)


FAMILIES = {
    "alexnet": lambda: with_small_head(models.alexnet(), 256 * 36),
    "vgg": lambda: with_small_head(models.VGG(models.vgg.make_layers([8, "M", 8, "M", 16, "M"], batch_norm=True)), 16 * 49),
    "resnet": lambda: models.ResNet(models.resnet.Bottleneck, [2, 1, 1, 1], num_classes=CLASSES, width_per_group=16),
    "squeezenet": lambda: models.squeezenet1_1(num_classes=CLASSES),
    "densenet": lambda: models.DenseNet(8, (2, 2), 16, num_classes=CLASSES, drop_rate=0.1),
    "googlenet": lambda: models.googlenet(num_classes=CLASSES, init_weights=False),
    "inception": lambda: models.inception_v3(num_classes=CLASSES, init_weights=False),
    "mobilenet_v2": lambda: models.mobilenet_v2(num_classes=CLASSES, width_mult=0.35),
    "mobilenet_v3": lambda: models.mobilenet_v3_small(num_classes=CLASSES),
    "shufflenet": lambda: models.shufflenet_v2_x0_5(num_classes=CLASSES),
    "mnasnet": lambda: models.mnasnet0_5(num_classes=CLASSES),
    "efficientnet": lambda: models.efficientnet_b0(num_classes=CLASSES),
    "efficientnet_v2": efficientnet_v2,
    "regnet": lambda: models.regnet_y_400mf(num_classes=CLASSES),
    "convnext": convnext,
    "vit": vit,
    "swin": swin,
    "odd": Odd,
}


def fill(model):
    """Numbers that keep activations sane and make every tensor matter."""
    for name, tensor in model.state_dict().items():
        if not tensor.is_floating_point():
            continue
        if name.endswith("running_var"):
            tensor.uniform_(0.5, 1.5)
        elif tensor.dim() > 1 and not name.endswith(("mean", "spread")):
            tensor.normal_(0, (1.5 / tensor[0].numel()) ** 0.5)
        else:
            tensor.uniform_(-0.1, 0.1).add_(1.0 if name.endswith(("weight", "spread")) else 0.0)


def build(family):
    model = FAMILIES[family]()
    fill(model)
    return model.eval()


def pixels(family):
    return {"inception": 139, "vit": 224, "swin": 224}.get(family, 96)


def pictures(family):
    numbers = numpy.random.default_rng(5).standard_normal((3, 3, 224, 224), dtype=numpy.float32)
    return torch.from_numpy(numpy.ascontiguousarray(numbers[:, :, : pixels(family), : pixels(family)]))


@torch.no_grad()
def main():
    folder = pathlib.Path(sys.argv[1])
    torch.manual_seed(20)
    leave_uninitialised()
    for family in sys.argv[2:]:
        model, batch = build(family), pictures(family)
        batch.numpy().tofile(folder / f"{family}.bin")
        logits = model(batch)
        (folder / f"{family}.json").write_text(json.dumps({"names": list(model.state_dict()), "logits": logits.flatten().tolist()}))
        torch.jit.script(model).save(str(folder / f"{family}-scripted.pt"))
        with torch.enable_grad():
            torch.jit.trace(model, batch[:1], check_trace=False).save(str(folder / f"{family}-traced.pt"))


if __name__ == "__main__":
    main()
