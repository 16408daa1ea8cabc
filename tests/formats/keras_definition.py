"""Keras' layers by their documentation, channels last, with torch's functions: what make_keras.py compares with."""
import math

import numpy
import torch
from torch.nn import functional

random = numpy.random.default_rng(11)


class Model:
    """A functional model while it is put together: layers in order, each with its configuration, weights and inputs."""

    def __init__(self, name):
        self.name, self.layers, self.shapes = name, [], {}

    def add(self, class_name, name, inputs=(), weights=None, **config):
        self.layers.append({"class_name": class_name, "name": name, "config": {"name": name, "trainable": True, "dtype": "float32", **config},
                            "inputs": list(inputs), "weights": weights or {}, "model": None})
        return name

    def input(self, size, channels=3, name="input_1"):
        return self.add("InputLayer", name, batch_input_shape=[None, size, size, channels], sparse=False, ragged=False)

    def nested(self, model, inputs):
        self.layers.append({"class_name": "Sequential" if isinstance(model, Sequential) else "Functional", "name": model.name, "config": None,
                            "inputs": list(inputs), "weights": {}, "model": model})
        return model.name

    # Layers with weights.
    def conv(self, name, x, inputs, outputs, kernel, strides=1, padding="same", bias=False, activation="linear", **more):
        weights = {"kernel": normal(kernel, kernel, inputs, outputs, scale=math.sqrt(2 / (kernel * kernel * inputs)))}
        weights |= {"bias": normal(outputs, scale=0.1)} if bias else {}
        return self.add("Conv2D", name, [x], weights, filters=outputs, kernel_size=[kernel, kernel], strides=[strides, strides], padding=padding,
                        data_format="channels_last", dilation_rate=[more.get("dilation", 1)] * 2, groups=1, activation=activation, use_bias=bias)

    def depthwise(self, name, x, channels, kernel=3, strides=1, padding="same", bias=False, multiplier=1):
        weights = {"depthwise_kernel": normal(kernel, kernel, channels, multiplier, scale=0.4)}
        weights |= {"bias": normal(channels * multiplier, scale=0.1)} if bias else {}
        return self.add("DepthwiseConv2D", name, [x], weights, kernel_size=[kernel, kernel], strides=[strides, strides], padding=padding,
                        depth_multiplier=multiplier, data_format="channels_last", dilation_rate=[1, 1], activation="linear", use_bias=bias)

    def separable(self, name, x, inputs, outputs, strides=1, bias=False, activation="linear"):
        weights = {"depthwise_kernel": normal(3, 3, inputs, 1, scale=0.4),
                   "pointwise_kernel": normal(1, 1, inputs, outputs, scale=math.sqrt(1 / inputs))}
        weights |= {"bias": normal(outputs, scale=0.1)} if bias else {}
        return self.add("SeparableConv2D", name, [x], weights, filters=outputs, kernel_size=[3, 3], strides=[strides, strides], padding="same",
                        data_format="channels_last", dilation_rate=[1, 1], depth_multiplier=1, activation=activation, use_bias=bias)

    def norm(self, name, x, channels, epsilon=1e-3, scale=True, axis=3):
        weights = {"gamma": uniform(channels)} if scale else {}
        weights |= {"beta": normal(channels, scale=0.1), "moving_mean": normal(channels, scale=0.1), "moving_variance": uniform(channels)}
        return self.add("BatchNormalization", name, [x], weights, axis=[axis], momentum=0.99, epsilon=epsilon, center=True, scale=scale)

    def dense(self, name, x, inputs, outputs, activation="linear", bias=True):
        weights = {"kernel": normal(inputs, outputs, scale=math.sqrt(1 / inputs))} | ({"bias": normal(outputs, scale=0.1)} if bias else {})
        return self.add("Dense", name, [x], weights, units=outputs, activation=activation, use_bias=bias)

    def relu(self, name, x, largest=None):
        return self.add("ReLU", name, [x], max_value=largest, negative_slope=0.0, threshold=0.0)


class Sequential(Model):
    pass


def normal(*shape, scale):
    return (random.standard_normal(shape) * scale).astype("f4")


def uniform(*shape):
    return random.uniform(0.7, 1.3, shape).astype("f4")


# What the layers calculate, with channels last.

ACTIVATIONS = {"linear": lambda x: x, "relu": torch.relu, "softmax": lambda x: torch.softmax(x, -1), "sigmoid": torch.sigmoid, "hard_sigmoid": lambda x: torch.clamp(0.2 * x + 0.5, 0, 1), "tanh": torch.tanh,
               "swish": lambda x: x * torch.sigmoid(x), "elu": functional.elu, "selu": torch.selu, "softplus": functional.softplus,
               "softsign": lambda x: x / (1 + x.abs()), "gelu": lambda x: 0.5 * x * (1 + torch.erf(x / math.sqrt(2)))}


def padded(x, kernel, strides, dilation, padding, value=0.0):
    if padding == "valid":
        return x
    sides = []
    for axis in (2, 1):
        size, reach = x.shape[axis], (kernel[axis - 1] - 1) * dilation[axis - 1] + 1
        total = max((math.ceil(size / strides[axis - 1]) - 1) * strides[axis - 1] + reach - size, 0)
        sides += [total // 2, total - total // 2]
    return functional.pad(x, (0, 0, *sides), value=value)


def slide(x, kernel, config, groups=1):
    """`kernel` is [height, width, inputs of a group, outputs]."""
    x = padded(x, kernel.shape[:2], config["strides"], config.get("dilation_rate", [1, 1]), config["padding"])
    return functional.conv2d(x.permute(0, 3, 1, 2), kernel.permute(3, 2, 0, 1), None, config["strides"], 0, config.get("dilation_rate", 1),
                             groups).permute(0, 2, 3, 1)


def by_depth(x, kernel, config):
    height, width, channels, multiplier = kernel.shape
    return slide(x, kernel.reshape(height, width, 1, channels * multiplier), config, channels)


def pool(x, config, kind):
    kernel, strides = config["pool_size"], config["strides"]
    windows = lambda y: y.unfold(1, kernel[0], strides[0]).unfold(2, kernel[1], strides[1])
    if kind == "max":
        return windows(padded(x, kernel, strides, [1, 1], config["padding"], -math.inf)).amax((-1, -2))
    counts = windows(padded(torch.ones_like(x), kernel, strides, [1, 1], config["padding"])).sum((-1, -2))
    return windows(padded(x, kernel, strides, [1, 1], config["padding"])).sum((-1, -2)) / counts


def flat_sides(padding):
    (top, bottom), (left, right) = padding
    return left, right, top, bottom


def calculate(layer, inputs, final):
    config, x = layer["config"], inputs[0]
    w = {name: torch.as_tensor(value) for name, value in layer["weights"].items()}
    kind = layer["class_name"]
    activation = config.get("activation", "linear")
    # Graft's networks end in logits.
    activate = ACTIVATIONS["linear" if final and activation == "softmax" else activation]
    if kind == "Conv2D":
        return activate(slide(x, w["kernel"], config) + w.get("bias", 0))
    if kind == "DepthwiseConv2D":
        return activate(by_depth(x, w["depthwise_kernel"], config) + w.get("bias", 0))
    if kind == "SeparableConv2D":
        point = {"strides": [1, 1], "padding": "valid"}
        return activate(slide(by_depth(x, w["depthwise_kernel"], config), w["pointwise_kernel"], point) + w.get("bias", 0))
    if kind == "Dense":
        return activate(x @ w["kernel"] + w.get("bias", 0))
    if kind == "BatchNormalization":
        return (x - w["moving_mean"]) / torch.sqrt(w["moving_variance"] + config["epsilon"]) * w.get("gamma", 1) + w.get("beta", 0)
    if kind == "LayerNormalization":
        mean = x.mean(-1, keepdim=True)
        return (x - mean) / torch.sqrt(((x - mean)**2).mean(-1, keepdim=True) + config["epsilon"]) * w["gamma"] + w["beta"]
    if kind == "PReLU":
        return torch.relu(x) - w["alpha"] * torch.relu(-x)
    if kind == "LayerScale":
        return x * w["gamma"]
    if kind == "Normalization":
        return (x - w["mean"]) / torch.sqrt(w["variance"])
    return SIMPLE[kind](config, inputs, activate)


def reduce_all(function):
    def apply(config, inputs, activate):
        value = inputs[0]
        for other in inputs[1:]:
            value = function(value, other)
        return value

    return apply


def clipped_relu(config, inputs, activate):
    return torch.clamp(inputs[0], 0, config["max_value"] or math.inf)


def global_pool(function):
    return lambda config, inputs, activate: function(inputs[0], config.get("keepdims", False))


SIMPLE = {
    "ReLU": clipped_relu,
    "Activation": lambda config, inputs, activate: activate(inputs[0]),
    "Softmax": lambda config, inputs, activate: torch.softmax(inputs[0], -1),
    "LeakyReLU": lambda config, inputs, activate: functional.leaky_relu(inputs[0], config["alpha"]),
    "ELU": lambda config, inputs, activate: functional.elu(inputs[0], config["alpha"]),
    "MaxPooling2D": lambda config, inputs, activate: pool(inputs[0], config, "max"),
    "AveragePooling2D": lambda config, inputs, activate: pool(inputs[0], config, "average"),
    "GlobalAveragePooling2D": global_pool(lambda x, keep: x.mean((1, 2), keepdim=keep)),
    "GlobalMaxPooling2D": global_pool(lambda x, keep: x.amax((1, 2), keepdim=keep)),
    "Flatten": lambda config, inputs, activate: inputs[0].reshape(inputs[0].shape[0], -1),
    "Reshape": lambda config, inputs, activate: inputs[0].reshape(inputs[0].shape[0], *config["target_shape"]),
    "Permute": lambda config, inputs, activate: inputs[0].permute(0, *config["dims"]),
    "ZeroPadding2D": lambda config, inputs, activate: functional.pad(inputs[0], (0, 0, *flat_sides(config["padding"]))),
    "Cropping2D": lambda config, inputs, activate: functional.pad(inputs[0], (0, 0, *[-size for size in flat_sides(config["cropping"])])),
    "UpSampling2D": lambda config, inputs, activate: inputs[0].repeat_interleave(config["size"][0], 1).repeat_interleave(config["size"][1], 2),
    "Rescaling": lambda config, inputs, activate: inputs[0] * torch.tensor(config["scale"]) + config["offset"],
    "Add": reduce_all(torch.add), "Subtract": reduce_all(torch.sub), "Multiply": reduce_all(torch.mul), "Maximum": reduce_all(torch.maximum),
    "Average": lambda config, inputs, activate: sum(inputs) / len(inputs),
    "CustomScaleLayer": lambda config, inputs, activate: inputs[0] + config["scale"] * inputs[1],
    "Concatenate": lambda config, inputs, activate: torch.cat(inputs, config["axis"]),
    "Dropout": lambda config, inputs, activate: inputs[0], "SpatialDropout2D": lambda config, inputs, activate: inputs[0],
    "GaussianNoise": lambda config, inputs, activate: inputs[0],
    "TFOpLambda": lambda config, inputs, activate: {"math.truediv": torch.div, "math.subtract": torch.sub}[config["function"]](
        inputs[0], config["y"]),
}


def run(model, picture, final=True):
    values = {}
    for layer in model.layers:
        inputs = [values[name] for name in layer["inputs"]]
        is_last = final and layer is model.layers[-1]
        if layer["class_name"] == "InputLayer":
            values[layer["name"]] = picture
        elif layer["model"]:
            values[layer["name"]] = run(layer["model"], inputs[0], is_last)
        else:
            values[layer["name"]] = inputs[0] if is_last and layer["class_name"] == "Softmax" else calculate(layer, inputs, is_last)
    return values[model.layers[-1]["name"]]
