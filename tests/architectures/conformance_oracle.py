"""The reference of conformancetest.cpp: what PyTorch and torchvision say about each architecture.

usage: conformance_oracle.py FOLDER ARCHITECTURE...

Writes FOLDER/pool.bin (float32 numbers of mean 0 and variance 1) and FOLDER/<architecture>.json. No weights are written: tensor number k of
the state dict holds pool[(k * 7919 + i) % size] * scale + shift, which both sides make for themselves.
"""
import collections
import dis
import json
import math
import pathlib
import re
import sys

import numpy
import torch
import torch.fx
import torchvision
from torch import nn
from torch.nn.utils.stateless import functional_call
from torchvision.models.convnext import LayerNorm2d
from torchvision.models.feature_extraction import NodePathTracer
from torchvision.models.swin_transformer import ShiftedWindowAttention, ShiftedWindowAttentionV2

import own_networks

COSTLY = 6e9  # multiply-adds, from which on a network is run on a smaller picture
TOO_LARGE = 5e8  # parameters, from which on a network is not run
TOO_COSTLY = 5e10  # multiply-adds, from which on a network is not run that takes no smaller picture
POOL_SIZE = 1000003  # a prime, so that no tensor's rows repeat
INPUT_OFFSET = 500000
SAMPLES = 48


ATTENTION = (nn.MultiheadAttention, ShiftedWindowAttention)  # the second version is a subclass
# Shapes that are looked at and checked, and a token that is repeated for each picture: no layers.
BOOKKEEPING = {"getattr", "dim", "eq", "_assert", "floordiv", "expand"}


def leave_uninitialised():
    """Random initialisation of VGG's 138 million weights takes seconds and is overwritten anyway."""
    for name in [name for name in dir(nn.init) if name.endswith("_") and not name.startswith("_")]:
        setattr(nn.init, name, lambda tensor, *arguments, **options: tensor)


def build(name):
    if name in own_networks.BUILDERS:
        return own_networks.BUILDERS[name]()
    crop = published_weights(name).transforms().crop_size[0]
    # Those with auxiliary classifiers warn of their slow initialisation otherwise.
    options = {"init_weights": False} if name in ("googlenet", "inception_v3") else {}
    return torchvision.models.get_model(name, weights=None, **options), (3, crop, crop)


def published_weights(name):
    """The first that torchvision has; None for what is not torchvision's."""
    if name not in torchvision.models.list_models():
        return None
    weights = torchvision.models.get_model_weights(name)
    # torchvision's builder makes this one for 224 pixels.
    return weights.IMAGENET1K_SWAG_LINEAR_V1 if name == "vit_h_14" else next(iter(weights))


def preprocessing(name, model):
    weights = published_weights(name)
    if weights is None:
        return None
    transform = weights.transforms()
    mean, deviation = normalisation(model, transform)
    return {"crop": transform.crop_size[0], "resize": transform.resize_size[0], "interpolation": transform.interpolation.value,
            "mean": mean, "standardDeviation": deviation}


def normalisation(model, transform):
    """Mean and deviation of all that is done to a picture before the first layer: what becomes of black and of white says it."""
    mean, deviation = torch.tensor(transform.mean), torch.tensor(transform.std)
    ends = torch.stack([-mean / deviation, (1 - mean) / deviation])[:, :, None, None]
    if hasattr(model, "transform_input"):
        model.transform_input = True  # as torchvision has it for published weights
        ends = model._transform_input(ends)
        model.transform_input = False
    black, white = ends[:, :, 0, 0].double()
    return (-black / (white - black)).tolist(), (1 / (white - black)).tolist()


def rule(model, module, tensor_name, tensor):
    """(scale, shift): sizes of activations stay sane through the network, and every BatchNorm statistic matters."""
    if isinstance(module, nn.BatchNorm2d):
        return {"weight": (0.1, 1.0), "bias": (0.1, 0.0), "running_mean": (0.1, 0.0), "running_var": (0.5 / math.sqrt(3), 1.0)}[tensor_name]
    if tensor_name == "bias":
        return 0.1, 0.0
    if tensor_name in ("class_token", "pos_embedding", "relative_coords_table"):
        return 1.0, 0.0
    # Long chains of shortcuts add up.
    gain = 1.0 if type(model).__name__.endswith(("ResNet", "RegNet", "Xception", "EfficientNet")) else 2.0
    return math.sqrt(gain / tensor[0].numel()), 0.0


def fill(model, pool):
    """Fills the tensors of the model and describes them."""
    twice = numpy.concatenate([pool, pool])
    modules = dict(model.named_modules())
    described = []
    for index, (name, tensor) in enumerate(model.state_dict().items()):
        owner, _, tensor_name = name.rpartition(".")
        entry = {"name": name, "shape": list(tensor.shape), "type": str(tensor.dtype).removeprefix("torch.")}
        if tensor.is_floating_point():
            scale, shift = numpy.float32(rule(model, modules[owner], tensor_name, tensor))
            first = index * 7919 % POOL_SIZE
            elements = tensor.view(-1).numpy()
            for start in range(0, elements.size, POOL_SIZE):
                part = elements[start : start + POOL_SIZE]
                numpy.multiply(twice[first : first + part.size], scale, out=part)
                part += shift
            entry |= {"scale": float(scale), "shift": float(shift)}
        else:
            entry["values"] = tensor.flatten().tolist()
        described.append(entry)
    return described


def leaves(model):
    inside = tuple(name + "." for name, module in model.named_modules() if isinstance(module, ATTENTION))
    return [(name, module) for name, module in model.named_modules()
            if not name.startswith(inside) and (next(module.children(), None) is None or isinstance(module, ATTENTION))]


def attention_cost(module, shape):
    """Multiply-adds: the projections, and the products of queries with keys and of their shares with values. Swin's second version has a
    network besides, which makes the positions' bias."""
    if isinstance(module, nn.MultiheadAttention):
        windows, tokens, width = 1, shape[-2], shape[-1]
    else:
        windows = math.prod(math.ceil(extent / window) for extent, window in zip(shape[-3:-1], module.window_size))
        tokens, width = math.prod(module.window_size), shape[-1]
    cost = windows * (4 * tokens * width * width + 2 * tokens * tokens * width)
    if isinstance(module, ShiftedWindowAttentionV2):
        positions = math.prod(module.relative_coords_table.shape[:-1])
        cost += positions * sum(layer.weight.numel() for layer in module.cpb_mlp if isinstance(layer, nn.Linear))
    return cost


def costs_of_evaluation(model, shape):
    """Multiply-adds of Conv2d and Linear for one picture, and the parameters that they take part with. Found on the meta device, where
    nothing is calculated."""
    costs = []
    ran = set()

    def hook(module, arguments, output):
        if isinstance(module, (nn.Conv2d, nn.Linear)):
            costs.append(output.numel() * module.weight[0].numel())
        if isinstance(module, ATTENTION):
            costs.append(attention_cost(module, (output[0] if isinstance(output, tuple) else output).shape))
        ran.add(module)

    handles = [module.register_forward_hook(hook) for _, module in leaves(model)]
    functional_call(model, {name: tensor.to("meta") for name, tensor in model.state_dict().items()}, torch.empty(1, *shape, device="meta"))
    for handle in handles:
        handle.remove()
    idle = sum(p.numel() for _, module in leaves(model) if module not in ran for p in module.parameters())
    return {"multiplyAdds": sum(costs), "auxiliaryParameters": idle}


def observe(model, picture):
    """The logits, and for each leaf module that ran once its output's shape and some of its elements."""
    outputs = collections.defaultdict(list)

    def hook(name, output):
        output = output[0] if isinstance(output, tuple) else output
        flat = output.flatten()
        positions = [index * flat.numel() // SAMPLES for index in range(SAMPLES)]
        outputs[name].append(
            {"name": name, "shape": list(output.shape[1:]), "largest": flat.abs().max().item(), "samples": flat[positions].tolist()})

    for name, module in leaves(model):
        module.register_forward_hook(lambda module, arguments, output, name=name: hook(name, output))
    logits = model(picture)
    return logits.flatten().tolist(), [calls[0] for calls in outputs.values() if len(calls) == 1]


def unpacked(proxy):
    """How many values an unpacking wants: torch 1.13 looks for that where Python 3.11 no longer has it."""
    frame = sys._getframe(1)
    instruction = next(step for step in dis.get_instructions(frame.f_code) if step.offset == frame.f_lasti)
    assert instruction.opname == "UNPACK_SEQUENCE"
    return iter([proxy[index] for index in range(instruction.argval)])


torch.fx.Proxy.__iter__ = unpacked


def bookkeeping(model, nodes):
    """The nodes that are no layers: what looks at shapes, counts with them, or takes the first output of an attention."""
    found = set()
    for node in nodes:
        target = node.target if isinstance(node.target, str) else node.target.__name__
        sources = node.all_input_nodes
        if node.op not in ("call_function", "call_method"):
            continue
        if target == "getitem" and sources[0].op == "call_module" and isinstance(model.get_submodule(sources[0].target), ATTENTION):
            found.add(node)
        elif target in BOOKKEEPING or (sources and all(source in found for source in sources)):
            found.add(node)
    return found


def has_auxiliary(model):
    return getattr(model, "aux_logits", False)


def layer_names(model):
    """torch.fx's names of all steps, in the order in which they are run; the first is the input."""
    tracer = NodePathTracer(leaf_modules=[own_networks.PaddedShortcut, LayerNorm2d, torchvision.ops.Permute, torchvision.ops.StochasticDepth,
                                          ShiftedWindowAttention, ShiftedWindowAttentionV2],
                            autowrap_functions=(torchvision.models.shufflenetv2.channel_shuffle,))
    if has_auxiliary(model):
        model.train()  # they run in training only
    tracer.trace(model)
    if has_auxiliary(model):
        model.eval()
    names = []
    counts = collections.Counter()
    nodes = dict(list(tracer.node_to_qualname.items())[1:])
    dropped = bookkeeping(model, nodes)
    for node, name in nodes.items():
        if node in dropped or node.target == "chunk":
            continue
        # The tracer mistakes the number in ln_1 for one of its own.
        if node.op == "get_attr" or re.search(r"_\d+$", str(node.target)):
            name = node.target
        elif getattr(node.target, "__name__", "") == "getitem" and node.args[0].target == "chunk":
            # Each part is a layer, named as the cut.
            name = nodes[node.args[0]] + (f"_{node.args[1]}" if node.args[1] else "")
        elif getattr(node.target, "__name__", "") == "getitem":
            # Numbered without those that are no layers.
            block = name.rpartition("getitem")[0]
            name = block + "getitem" + (f"_{counts[block]}" if counts[block] else "")
            counts[block] += 1
        names.append(name)
    return names


def examine(name, pool):
    model, shape = build(name)
    model.eval()
    for module in model.modules():
        if isinstance(module, nn.MultiheadAttention):
            module.training = True  # its dropout is 0; in evaluation PyTorch takes a kernel that the meta device does not have
    weights = published_weights(name)
    result = {"layers": layer_names(model), "preprocessing": preprocessing(name, model),
              "parameters": sum(p.numel() for p in model.parameters()), "publishedParameters": weights and weights.meta["num_params"]} | costs_of_evaluation(model, shape)
    has_fixed_size = isinstance(model, torchvision.models.VisionTransformer)
    if result["parameters"] > TOO_LARGE or (has_fixed_size and result["multiplyAdds"] > TOO_COSTLY):
        return result | {"logits": None}
    if result["multiplyAdds"] > COSTLY and not has_fixed_size:
        shape = (3, shape[1] // 2, shape[2] // 2)
    tensors = fill(model, pool)
    picture = torch.from_numpy(numpy.resize(numpy.roll(pool, -INPUT_OFFSET), math.prod(shape))).reshape(1, *shape)
    logits, outputs = observe(model, picture)
    return result | {"tensors": tensors, "input": {"shape": [1, *shape], "offset": INPUT_OFFSET}, "logits": logits, "outputs": outputs}


def write_pool(folder):
    torch.manual_seed(20)
    pool = ((torch.rand(POOL_SIZE) * 2 - 1) * math.sqrt(3)).numpy()
    pool.tofile(folder / "pool.bin")
    return pool


@torch.no_grad()
def main():
    folder = pathlib.Path(sys.argv[1])
    pool = write_pool(folder)
    leave_uninitialised()
    for name in sys.argv[2:]:
        (folder / f"{name}.json").write_text(json.dumps(examine(name, pool)))


if __name__ == "__main__":
    main()
