"""Networks that torchvision does not have, written from their papers in plain PyTorch for conformance_oracle.py; the names are those of the
published weights."""
import torch
import torchvision
from torch import nn
from torch.nn import functional


class PaddedShortcut(nn.Module):
    """Option A of the ResNet paper: every other pixel, zeros for the new channels."""

    def __init__(self, padding):
        super().__init__()
        self.padding = padding

    def forward(self, x):
        return functional.pad(x[:, :, ::2, ::2], (0, 0, 0, 0, self.padding, self.padding))


class CifarBlock(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(outputs)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(outputs)
        self.shortcut = PaddedShortcut((outputs - inputs) // 2) if inputs != outputs else None

    def forward(self, x):
        out = functional.relu(self.bn1(self.conv1(x)))
        out = self.bn2(self.conv2(out))
        out = out + (x if self.shortcut is None else self.shortcut(x))
        return functional.relu(out)


class CifarResNet(nn.Module):
    """He et al., section 4.2: 6n + 2 layers of 16, 32 and 64 channels."""

    def __init__(self, depth):
        super().__init__()
        blocks = (depth - 2) // 6
        self.conv1 = nn.Conv2d(3, 16, 3, 1, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(16)
        self.layer1 = nn.Sequential(*[CifarBlock(16, 16, 1) for _ in range(blocks)])
        self.layer2 = nn.Sequential(CifarBlock(16, 32, 2), *[CifarBlock(32, 32, 1) for _ in range(blocks - 1)])
        self.layer3 = nn.Sequential(CifarBlock(32, 64, 2), *[CifarBlock(64, 64, 1) for _ in range(blocks - 1)])
        self.linear = nn.Linear(64, 10)

    def forward(self, x):
        x = functional.relu(self.bn1(self.conv1(x)))
        x = self.layer3(self.layer2(self.layer1(x)))
        x = torch.flatten(functional.avg_pool2d(x, 8), 1)
        return self.linear(x)


class GraftResNet(nn.Module):
    """Graft's own small network: three of torchvision's basic blocks."""

    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 24, 3, 2, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(24)
        self.relu = nn.ReLU()
        self.layer1 = self.stage(24, 32, 1)
        self.layer2 = self.stage(32, 64, 2)
        self.layer3 = self.stage(64, 128, 2)
        self.avgpool = nn.AdaptiveAvgPool2d(1)
        self.fc = nn.Linear(128, 55)

    @staticmethod
    def stage(inputs, outputs, stride):
        downsample = nn.Sequential(nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs))
        return nn.Sequential(torchvision.models.resnet.BasicBlock(inputs, outputs, stride, downsample))

    def forward(self, x):
        x = self.relu(self.bn1(self.conv1(x)))
        x = self.avgpool(self.layer3(self.layer2(self.layer1(x))))
        return self.fc(torch.flatten(x, 1))


class SeparableConv2d(nn.Module):
    """A filter for each channel by itself, then a 1 x 1 convolution over all channels."""

    def __init__(self, inputs, outputs):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, inputs, 3, padding=1, groups=inputs, bias=False)
        self.pointwise = nn.Conv2d(inputs, outputs, 1, bias=False)

    def forward(self, x):
        return self.pointwise(self.conv1(x))


class XceptionBlock(nn.Module):
    """Separable convolutions of the given channels, one after the other, beside a shortcut."""

    def __init__(self, channels, downsamples, starts_with_relu=True):
        super().__init__()
        steps = []
        for inputs, outputs in zip(channels, channels[1:]):
            steps += [nn.ReLU(), SeparableConv2d(inputs, outputs), nn.BatchNorm2d(outputs)]
        if downsamples:
            steps.append(nn.MaxPool2d(3, 2, 1))
            self.skip = nn.Conv2d(channels[0], channels[-1], 1, 2, bias=False)
            self.skipbn = nn.BatchNorm2d(channels[-1])
        self.downsamples = downsamples
        self.rep = nn.Sequential(*steps[0 if starts_with_relu else 1:])

    def forward(self, x):
        y = self.rep(x)
        return y + (self.skipbn(self.skip(x)) if self.downsamples else x)


class GlobalPool(nn.Module):
    def __init__(self):
        super().__init__()
        self.pool = nn.AdaptiveAvgPool2d(1)
        self.flatten = nn.Flatten()

    def forward(self, x):
        return self.flatten(self.pool(x))


class Xception(nn.Module):
    """Chollet 2016, figure 5, with timm's names."""

    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 32, 3, 2, bias=False)
        self.bn1 = nn.BatchNorm2d(32)
        self.act1 = nn.ReLU()
        self.conv2 = nn.Conv2d(32, 64, 3, bias=False)
        self.bn2 = nn.BatchNorm2d(64)
        self.act2 = nn.ReLU()
        entry = [XceptionBlock([64, 128, 128], True, False), XceptionBlock([128, 256, 256], True), XceptionBlock([256, 728, 728], True)]
        middle = [XceptionBlock([728] * 4, False) for _ in range(8)]
        self.block_count = 0
        for block in [*entry, *middle, XceptionBlock([728, 728, 1024], True)]:
            self.block_count += 1
            setattr(self, f"block{self.block_count}", block)
        self.conv3 = SeparableConv2d(1024, 1536)
        self.bn3 = nn.BatchNorm2d(1536)
        self.act3 = nn.ReLU()
        self.conv4 = SeparableConv2d(1536, 2048)
        self.bn4 = nn.BatchNorm2d(2048)
        self.act4 = nn.ReLU()
        self.global_pool = GlobalPool()
        self.fc = nn.Linear(2048, 1000)

    def forward(self, x):
        x = self.act1(self.bn1(self.conv1(x)))
        x = self.act2(self.bn2(self.conv2(x)))
        for number in range(1, self.block_count + 1):
            x = getattr(self, f"block{number}")(x)
        x = self.act3(self.bn3(self.conv3(x)))
        x = self.act4(self.bn4(self.conv4(x)))
        return self.fc(self.global_pool(x))


class MobileNetV1(nn.Module):
    """Howard et al. 2017 as Keras has it: TensorFlow's SAME padding, ReLU6, BatchNorm with an epsilon of 0.001."""

    CHANNELS = [64, 128, 128, 256, 256, 512, 512, 512, 512, 512, 512, 1024, 1024]
    STRIDES = [1, 2, 1, 2, 1, 2, 1, 1, 1, 1, 1, 2, 1]

    def __init__(self, width):
        super().__init__()
        outputs = [int(channels * width) for channels in self.CHANNELS]
        inputs = [int(32 * width), *outputs[:-1]]
        self.pad1 = nn.ZeroPad2d((0, 1, 0, 1))
        self.conv1 = nn.Conv2d(3, inputs[0], 3, 2, bias=False)
        self.bn1 = self.norm(inputs[0])
        self.relu1 = nn.ReLU6()
        self.pad = nn.ModuleDict({str(i): nn.ZeroPad2d((0, 1, 0, 1)) for i, stride in enumerate(self.STRIDES) if stride == 2})
        self.dw = nn.ModuleList(nn.Conv2d(n, n, 3, s, 1 if s == 1 else 0, groups=n, bias=False) for n, s in zip(inputs, self.STRIDES))
        self.bd = nn.ModuleList(self.norm(n) for n in inputs)
        self.rd = nn.ModuleList(nn.ReLU6() for _ in inputs)
        self.pw = nn.ModuleList(nn.Conv2d(n, m, 1, bias=False) for n, m in zip(inputs, outputs))
        self.bp = nn.ModuleList(self.norm(m) for m in outputs)
        self.rp = nn.ModuleList(nn.ReLU6() for _ in outputs)
        self.dropout = nn.Dropout(0.001)
        self.fc = nn.Linear(outputs[-1], 1000)

    @staticmethod
    def norm(channels):
        return nn.BatchNorm2d(channels, eps=0.001, momentum=0.01)

    def forward(self, x):
        x = self.relu1(self.bn1(self.conv1(self.pad1(x))))
        for i, stride in enumerate(self.STRIDES):
            if stride == 2:
                x = self.pad[str(i)](x)
            x = self.rd[i](self.bd[i](self.dw[i](x)))
            x = self.rp[i](self.bp[i](self.pw[i](x)))
        return self.fc(self.dropout(x.mean([2, 3])))


# name: function that makes the network and says the shape of its input
BUILDERS = {
    **{f"cifar_resnet{depth}": lambda depth=depth: (CifarResNet(depth), (3, 32, 32)) for depth in (20, 32, 44, 56)},
    "graft_resnet8": lambda: (GraftResNet(), (3, 64, 64)),
    **{f"mobilenet_v1_{percent:03}": lambda percent=percent: (MobileNetV1(percent / 100), (3, 224, 224)) for percent in (25, 50, 75, 100)},
    "xception": lambda: (Xception(), (3, 299, 299)),
}
