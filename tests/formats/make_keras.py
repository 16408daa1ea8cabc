"""Writes Keras models as Keras does, without Keras: FOLDER/<case>/ holds model.h5 (as Keras 2 saves it), model.keras (as Keras 3 does),
expected.safetensors with an `input` [1, C, H, W] and the `logits`, and tfjs.json for run_tfjs.js.

The layouts are those of keras/src/legacy/saving/legacy_h5_format.py and keras/src/saving/saving_lib.py; the reference logits come from the
channels-last definition of each layer in keras_definition.py.
"""
import base64
import io
import json
import pathlib
import re
import struct
import sys
import zipfile

import h5py
import numpy
import torch
from keras_definition import Model, Sequential, normal, random, run, uniform


# Keras 2: JSON in an attribute, a group for each layer.


def config_2(model):
    layers = []
    for layer in model.layers:
        inner = config_2(layer["model"]) if layer["model"] else {"class_name": layer["class_name"], "config": dict(layer["config"])}
        # The arguments of an operator stand with the call.
        arguments = {"y": inner["config"].pop("y"), "name": None} if layer["class_name"] == "TFOpLambda" else {}
        nodes = [[[name, 0, 0, arguments] for name in layer["inputs"]]] if layer["inputs"] else []
        if layer["class_name"] == "TFOpLambda":
            nodes = nodes[0]
        layers.append(inner if isinstance(model, Sequential) else inner | {"name": layer["name"], "inbound_nodes": nodes})
    config = {"name": model.name, "layers": layers}
    if not isinstance(model, Sequential):
        config |= {"input_layers": [[model.layers[0]["name"], 0, 0]], "output_layers": [[model.layers[-1]["name"], 0, 0]]}
    return {"class_name": "Sequential" if isinstance(model, Sequential) else "Functional", "config": config}


NOT_TRAINED = ("moving_mean", "moving_variance", "mean", "variance", "count")


def all_weights(model):
    """(path, values): those that are trained first, as Keras lists a model's."""
    found = []
    for layer in model.layers:
        found += all_weights(layer["model"]) if layer["model"] else [(f"{layer['name']}/{name}:0", value) for name, value in layer["weights"].items()]
    is_trained = lambda entry: not re.sub(r".*/|:0", "", entry[0]) in NOT_TRAINED
    return [entry for entry in found if is_trained(entry)] + [entry for entry in found if not is_trained(entry)]


def write_h5(path, model, **dataset):
    with h5py.File(path, "w") as file:
        file.attrs["keras_version"] = "2.9.0"
        file.attrs["backend"] = "tensorflow"
        file.attrs["model_config"] = json.dumps(config_2(model)).encode()
        group = file.create_group("model_weights")
        group.attrs["layer_names"] = [layer["name"].encode() for layer in model.layers]
        group.attrs["backend"] = b"tensorflow"
        for layer in model.layers:
            inside = group.create_group(layer["name"])
            weights = all_weights(layer["model"]) if layer["model"] else [(f"{layer['name']}/{name}:0", value)
                                                                          for name, value in layer["weights"].items()]
            inside.attrs["weight_names"] = numpy.array([name.encode() for name, _ in weights]) if weights else numpy.zeros(0)
            for name, value in weights:
                inside.create_dataset(name, data=value, **(dataset if value.size > 1 else {}))
        optimizer = file.create_group("optimizer_weights").create_group("Adam")
        optimizer.create_dataset("iterations:0", data=numpy.int64(7))


# Keras 3: an archive, with weights by class and number.


def config_3(model):
    layers = []
    for layer in model.layers:
        config = dict(layer["config"] or {})
        if "batch_input_shape" in config:
            config["batch_shape"] = config.pop("batch_input_shape")
        config["dtype"] = {"module": "keras", "class_name": "DTypePolicy", "config": {"name": "float32"}, "registered_name": None}
        if layer["class_name"] == "LeakyReLU":
            config["negative_slope"] = config.pop("alpha")
        inner = (config_3(layer["model"]) if layer["model"] else
                 {"module": "keras.layers", "class_name": layer["class_name"], "config": config, "registered_name": None})
        tensors = [{"class_name": "__keras_tensor__", "config": {"shape": [None], "dtype": "float32", "keras_history": [name, 0, 0]}}
                   for name in layer["inputs"]]
        nodes = [{"args": tensors if len(tensors) == 1 else [tensors], "kwargs": {}}] if tensors else []
        layers.append(inner if isinstance(model, Sequential) else inner | {"name": layer["name"], "inbound_nodes": nodes})
    config = {"name": model.name, "trainable": True, "layers": layers}
    if not isinstance(model, Sequential):
        config |= {"input_layers": [model.layers[0]["name"], 0, 0], "output_layers": [model.layers[-1]["name"], 0, 0]}
    return {"module": "keras", "class_name": "Sequential" if isinstance(model, Sequential) else "Functional", "config": config,
            "registered_name": "Functional"}


def snake_case(name):
    name = re.sub(r"(.)([A-Z][a-z]+)", r"\1_\2", re.sub(r"\W+", "", name))
    return re.sub("([a-z])([A-Z])", r"\1_\2", name).lower()


def save_layers(group, model):
    used = {}
    for layer in model.layers:
        name = snake_case(layer["class_name"])
        number = used[name] = used.get(name, -1) + 1
        inside = group.create_group(name if number == 0 else f"{name}_{number}")
        if layer["model"]:
            save_layers(inside.create_group("layers"), layer["model"])
        variables = inside.create_group("vars")
        for index, value in enumerate(layer["weights"].values()):
            variables[str(index)] = value


def write_keras(path, model):
    buffer = io.BytesIO()
    with h5py.File(buffer, "w") as file:
        save_layers(file.create_group("layers"), model)
        file.create_group("vars")
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("metadata.json", json.dumps({"keras_version": "3.3.3", "date_saved": "2024-05-01@10:00:00"}))
        archive.writestr("config.json", json.dumps(config_3(model)))
        archive.writestr("model.weights.h5", buffer.getvalue())


def write_tfjs(path, model, picture):
    weights = [(name.removesuffix(":0"), value) for name, value in all_weights(model)]
    path.write_text(json.dumps({
        "topology": {"model_config": config_2(model), "keras_version": "2.9.0", "backend": "tensorflow"},
        "specs": [{"name": name, "shape": list(value.shape), "dtype": "float32"} for name, value in weights],
        "data": base64.b64encode(b"".join(value.tobytes() for _, value in weights)).decode(),
        "shape": list(picture.shape), "input": base64.b64encode(picture.contiguous().numpy().tobytes()).decode()}))


def write_expected(path, tensors):
    header, data = {}, b""
    for name, tensor in tensors.items():
        raw = tensor.contiguous().numpy().tobytes()
        header[name] = {"dtype": "F32", "shape": list(tensor.shape), "data_offsets": [len(data), len(data) + len(raw)]}
        data += raw
    text = json.dumps(header).encode()
    path.write_bytes(struct.pack("<Q", len(text)) + text + data)


# The models.


def mobilenet():
    """keras.applications' MobileNet of a quarter's width at 96 pixels."""
    model = Model("mobilenet_0.25_96")
    x = model.input(96)
    x = model.relu("conv1_relu", model.norm("conv1_bn", model.conv("conv1", x, 3, 8, 3, 2), 8), 6.0)
    channels = 8
    for block, (outputs, strides) in enumerate([(16, 1), (32, 2), (32, 1), (64, 2), (64, 1), (128, 2), *[(128, 1)] * 5, (256, 2), (256, 1)], 1):
        if strides == 2:
            x = model.add("ZeroPadding2D", f"conv_pad_{block}", [x], padding=[[0, 1], [0, 1]], data_format="channels_last")
        x = model.depthwise(f"conv_dw_{block}", x, channels, strides=strides, padding="same" if strides == 1 else "valid")
        x = model.relu(f"conv_dw_{block}_relu", model.norm(f"conv_dw_{block}_bn", x, channels), 6.0)
        x = model.conv(f"conv_pw_{block}", x, channels, outputs, 1)
        x = model.relu(f"conv_pw_{block}_relu", model.norm(f"conv_pw_{block}_bn", x, outputs), 6.0)
        channels = outputs
    x = model.add("GlobalAveragePooling2D", "global_average_pooling2d", [x], data_format="channels_last")
    x = model.add("Reshape", "reshape_1", [x], target_shape=[1, 1, channels])
    x = model.add("Dropout", "dropout", [x], rate=0.001, noise_shape=None, seed=None)
    x = model.conv("conv_preds", x, channels, 10, 1, bias=True)
    x = model.add("Reshape", "reshape_2", [x], target_shape=[10])
    model.add("Activation", "predictions", [x], activation="softmax")
    return model


def resnet():
    model = Model("resnet_small")
    x = model.input(48)
    x = model.add("ZeroPadding2D", "conv1_pad", [x], padding=[[3, 3], [3, 3]], data_format="channels_last")
    x = model.norm("conv1_bn", model.conv("conv1_conv", x, 3, 16, 7, 2, "valid", bias=True), 16, 1.001e-5)
    x = model.add("Activation", "conv1_relu", [x], activation="relu")
    x = model.add("ZeroPadding2D", "pool1_pad", [x], padding=[[1, 1], [1, 1]], data_format="channels_last")
    x = model.add("MaxPooling2D", "pool1_pool", [x], pool_size=[3, 3], strides=[2, 2], padding="valid", data_format="channels_last")
    for block, (inputs, strides) in enumerate([(16, 1), (32, 2)], 1):
        name = f"conv2_block{block}"
        short = model.norm(f"{name}_0_bn", model.conv(f"{name}_0_conv", x, inputs, 32, 1, strides, "valid", bias=True), 32, 1.001e-5)
        x = model.norm(f"{name}_1_bn", model.conv(f"{name}_1_conv", x, inputs, 8, 1, strides, "valid", bias=True), 8, 1.001e-5)
        x = model.add("Activation", f"{name}_1_relu", [x], activation="relu")
        x = model.norm(f"{name}_2_bn", model.conv(f"{name}_2_conv", x, 8, 8, 3, bias=True), 8, 1.001e-5)
        x = model.add("Activation", f"{name}_2_relu", [x], activation="relu")
        x = model.norm(f"{name}_3_bn", model.conv(f"{name}_3_conv", x, 8, 32, 1, 1, "valid", bias=True), 32, 1.001e-5)
        x = model.add("Activation", f"{name}_out", [model.add("Add", f"{name}_add", [short, x])], activation="relu")
    x = model.add("GlobalAveragePooling2D", "avg_pool", [x], data_format="channels_last")
    model.dense("predictions", x, 32, 5, "softmax")
    return model


def xception():
    model = Model("xception_small")
    x = model.input(47)
    x = model.norm("block1_conv1_bn", model.conv("block1_conv1", x, 3, 8, 3, 2, "valid"), 8)
    x = model.add("Activation", "block1_conv1_act", [x], activation="relu")
    short = model.norm("batch_normalization", model.conv("conv2d", x, 8, 16, 1, 2), 16)
    x = model.norm("block2_sepconv1_bn", model.separable("block2_sepconv1", x, 8, 16), 16, scale=False)
    x = model.add("Activation", "block2_sepconv2_act", [x], activation="relu")
    x = model.separable("block2_sepconv2", x, 16, 16, bias=True, activation="relu")
    x = model.add("MaxPooling2D", "block2_pool", [x], pool_size=[3, 3], strides=[2, 2], padding="same", data_format="channels_last")
    x = model.add("Add", "add", [x, short])
    x = model.separable("strided", x, 16, 20, strides=2)
    x = model.add("GlobalMaxPooling2D", "max_pool", [x], data_format="channels_last")
    model.dense("predictions", x, 20, 6, "softmax")
    return model


def sequential():
    model = Sequential("sequential")
    model.add("InputLayer", "conv2d_input", batch_input_shape=[None, 21, 21, 3], sparse=False, ragged=False)
    chain = lambda name: [name]
    x = model.conv("conv2d", "conv2d_input", 3, 6, 3, 1, "valid", bias=True, activation="relu")
    x = model.add("MaxPooling2D", "max_pooling2d", chain(x), pool_size=[2, 2], strides=[2, 2], padding="valid", data_format="channels_last")
    x = model.conv("conv2d_1", x, 6, 8, 4, 1, "same", bias=True, activation="elu")
    x = model.add("AveragePooling2D", "average_pooling2d", chain(x), pool_size=[3, 3], strides=[2, 2], padding="same", data_format="channels_last")
    x = model.add("Dropout", "dropout", chain(x), rate=0.25, noise_shape=None, seed=None)
    x = model.add("Flatten", "flatten", chain(x), data_format="channels_last")
    x = model.dense("dense", x, 5 * 5 * 8, 24, "tanh")
    model.dense("dense_1", x, 24, 4, "softmax")
    return model


def others():
    """Layers that the models above do not have."""
    model = Model("others")
    x = model.input(17)
    x = model.add("Normalization", "normalization", [x], {"mean": normal(3, scale=0.2), "variance": uniform(3), "count": numpy.int64(9)},
                  axis=[-1], mean=None, variance=None)
    x = model.add("Rescaling", "rescaling", [x], scale=0.5, offset=0.1)
    x = model.conv("first", x, 3, 8, 3, 2, bias=True, activation="swish")
    scale = model.add("GlobalAveragePooling2D", "squeeze", [x], data_format="channels_last", keepdims=True)
    scale = model.conv("reduce", scale, 8, 2, 1, bias=True, activation="relu")
    scale = model.conv("expand", scale, 2, 8, 1, bias=True, activation="sigmoid")
    x = model.add("Multiply", "excite", [x, scale])
    a = model.add("PReLU", "prelu", [x], {"alpha": normal(1, 1, 8, scale=0.3)}, shared_axes=[1, 2])
    b = model.add("LeakyReLU", "leaky", [x], alpha=0.2)
    c = model.add("ELU", "elu", [model.depthwise("deep", x, 8, 5, bias=True)], alpha=0.7)
    x = model.add("Concatenate", "concatenate", [a, b, c], axis=-1)
    x = model.add("LayerNormalization", "layer_norm", [x], {"gamma": uniform(24), "beta": normal(24, scale=0.1)}, axis=[-1], epsilon=1e-6,
                  center=True, scale=True)
    x = model.dense("pointwise", x, 24, 12, "gelu")
    x = model.add("LayerScale", "layer_scale", [x], {"gamma": normal(12, scale=0.5)}, init_values=1e-6, projection_dim=12)
    x = model.add("GaussianNoise", "noise", [x], stddev=0.1)
    x = model.add("SpatialDropout2D", "spatial_dropout", [x], rate=0.2)
    up = model.add("UpSampling2D", "up", [x], size=[2, 3], interpolation="nearest", data_format="channels_last")
    up = model.add("Cropping2D", "crop", [up], cropping=[[2, 7], [8, 10]], data_format="channels_last")
    x = model.add("Average", "average", [x, up, x])
    turned = model.add("Permute", "turned", [x], dims=[2, 1, 3])
    x = model.add("Maximum", "maximum", [model.add("Subtract", "subtract", [x, turned]), turned])
    folded = model.add("Reshape", "folded", [x], target_shape=[27, 9, 4])
    x = model.add("Flatten", "flatten", [folded], data_format="channels_last")
    x = model.norm("features_norm", model.add("Activation", "act", [x], activation="softsign"), 9 * 9 * 12, axis=1)
    model.add("Softmax", "softmax", [model.dense("last", x, 9 * 9 * 12, 3)], axis=-1)
    return model


def flattened():
    """A flattened picture on its way to several layers."""
    model = Model("flattened")
    x = model.conv("conv", model.input(8), 3, 4, 3, 2, bias=True)
    x = model.add("Flatten", "flatten", [x], data_format="channels_last")
    a = model.dense("a", model.add("Dropout", "dropout", [x], rate=0.5), 64, 6, "relu")
    b = model.dense("b", model.norm("norm", x, 64, axis=1), 64, 6, "selu")
    c = model.add("Concatenate", "join", [x, a, b], axis=-1)
    x = model.add("Reshape", "columns", [c], target_shape=[19, 4])
    x = model.dense("rows", x, 4, 5, "softplus")
    x = model.add("Flatten", "all", [x], data_format="channels_last")
    model.dense("last", x, 95, 3, "softmax")
    return model


def transfer(applies_operators):
    """As transfer-learning scripts save it: a model inside a model."""
    base = Model("mobilenet_base")
    x = base.relu("Conv1_relu", base.norm("bn_Conv1", base.conv("Conv1", base.input(32), 3, 8, 3, 2), 8), 6.0)
    x = base.norm("bn_2", base.depthwise("dw", x, 8, strides=2), 8)
    if not applies_operators:
        model = Sequential("sequential_1")
        model.nested(base, [])
    else:
        model = Model("model_1")
        x = model.input(32, name="input_2")
        # As `preprocess_input` leaves it in the graph.
        x = model.add("TFOpLambda", "tf.math.truediv", [x], function="math.truediv", y=127.5)
        x = model.add("TFOpLambda", "tf.math.subtract", [x], function="math.subtract", y=1.0)
        model.nested(base, [x])
    x = model.add("GlobalAveragePooling2D", "pool", [base.name], data_format="channels_last")
    x = model.add("Dropout", "dropout", [x], rate=0.2)
    model.dense("dense", x, 8, 3, "softmax")
    return model


def two_classes():
    """One output with a sigmoid, whose logit Graft sets beside one of zero."""
    model = Model("inception_small")
    x = model.conv("conv", model.input(8), 3, 4, 3, 2, bias=True)
    y = model.conv("branch", x, 4, 4, 1, bias=True, activation="hard_sigmoid")
    x = model.add("CustomScaleLayer", "scaled", [x, y], scale=0.3)
    model.dense("last", model.add("GlobalAveragePooling2D", "pool", [x], data_format="channels_last"), 4, 1, "sigmoid")
    return model


def chain_inputs(model):
    """A Sequential's layers follow each other."""
    if isinstance(model, Sequential):
        for before, layer in zip(model.layers, model.layers[1:]):
            layer["inputs"] = [before["name"]]
        if model.layers[0]["model"]:
            model.layers[0]["inputs"] = ["input"]
    return model


def run_whole(model, picture):
    if model.layers[0]["class_name"] == "InputLayer":
        return run(model, picture)
    holder = Sequential("holder")
    holder.layers = [{"class_name": "InputLayer", "name": "input", "inputs": [], "model": None}, *model.layers]
    return run(holder, picture)


@torch.no_grad()
def case(root, name, model, size, kinds=("h5", "keras"), tfjs=False, **dataset):
    folder = root / name
    folder.mkdir()
    chain_inputs(model)
    picture = torch.from_numpy(random.standard_normal((1, size, size, 3)).astype("f4"))
    logits = run_whole(model, picture)
    if model.layers[-1]["config"].get("activation") == "sigmoid":
        logits = torch.cat([torch.zeros(1, 1), torch.logit(logits)], 1)
    write_expected(folder / "expected.safetensors", {"input": picture.permute(0, 3, 1, 2), "logits": logits})
    if "h5" in kinds:
        write_h5(folder / "model.h5", model, **dataset)
    if "keras" in kinds:
        write_keras(folder / "model.keras", model)
    if tfjs:
        write_tfjs(folder / "tfjs.json", model, picture)


def bad(root):
    """Files that cannot become a network that runs."""
    folder = root / "bad"
    folder.mkdir()
    with_lambda = resnet()
    with_lambda.layers[-2]["class_name"] = "Lambda"
    with_lambda.layers[-2]["config"] |= {"function": ["4wEAAAAAAAAA", None, None], "function_type": "lambda"}
    write_h5(folder / "lambda.h5", with_lambda)
    unknown = resnet()
    unknown.layers[4]["class_name"] = "MyLayer"
    write_keras(folder / "unknown.keras", unknown)
    with h5py.File(folder / "weights.h5", "w") as file:
        file.attrs["layer_names"] = [b"conv"]
        file.create_group("conv")
    with h5py.File(folder / "subclassed.h5", "w") as file:
        file.attrs["model_config"] = json.dumps({"class_name": "MyModel", "config": {}}).encode()
    with h5py.File(folder / "external.h5", "w") as file:
        file["model_weights"] = h5py.ExternalLink("/etc/hostname", "/")
        file.attrs["model_config"] = json.dumps(config_2(resnet())).encode()
    missing = resnet()
    write_h5(folder / "missing.h5", missing)
    with h5py.File(folder / "missing.h5", "a") as file:
        del file["model_weights/conv1_conv/conv1_conv/kernel:0"]


def main():
    root = pathlib.Path(sys.argv[1])
    case(root, "mobilenet", mobilenet(), 96, tfjs=True)
    case(root, "resnet", resnet(), 48, tfjs=True)
    case(root, "xception", xception(), 47, tfjs=True)
    case(root, "sequential", sequential(), 21, tfjs=True)
    case(root, "others", others(), 17)
    case(root, "flattened", flattened(), 8)
    case(root, "in a Sequential", transfer(False), 32)
    case(root, "operators", transfer(True), 32, kinds=("h5",))
    case(root, "two classes", two_classes(), 8, kinds=("h5",))
    case(root, "compressed", resnet(), 48, kinds=("h5",), compression="gzip", shuffle=True, fletcher32=True)
    bad(root)


if __name__ == "__main__":
    main()
