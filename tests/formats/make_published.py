"""Writes models under the names that timm and HuggingFace's transformers publish them with: FOLDER/<case>/ holds the files as they are
published, and expected.safetensors the `input` and the `logits` of the same weights in torchvision.

The names are written out here from those libraries' definitions of the models, module by module, and share nothing with Graft's tables.
"""
import copy
import functools
import json
import pathlib
import re
import struct
import sys

import torch
import torchvision

TYPES = {torch.float32: "F32", torch.float64: "F64", torch.float16: "F16", torch.bfloat16: "BF16", torch.int64: "I64", torch.bool: "BOOL"}


def save_safetensors(path, tensors, metadata=None):
    header, data = ({"__metadata__": metadata} if metadata else {}), []
    position = 0
    for name, tensor in tensors.items():
        flat = tensor.detach().contiguous().reshape(-1)
        raw = (flat.view(torch.int16) if tensor.dtype == torch.bfloat16 else flat).numpy().tobytes()
        header[name] = {"dtype": TYPES[tensor.dtype], "shape": list(tensor.shape), "data_offsets": [position, position + len(raw)]}
        position += len(raw)
        data.append(raw)
    text = json.dumps(header).encode()
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text)
        for raw in data:
            file.write(raw)


def renamed(state, *rules):
    """Each name by the first of the (pattern, replacement) that fits all of it; a replacement may be a function of the match."""
    result = {}
    for name, tensor in state.items():
        for pattern, replacement in rules:
            match = re.fullmatch(pattern, name)
            if match:
                result[replacement(match) if callable(replacement) else match.expand(replacement)] = tensor
                break
        else:
            raise KeyError(name)
    assert len(result) == len(state)
    return result


def huggingface_resnet(state):
    part = {"conv": "convolution", "bn": "normalization"}
    return renamed(
        state, (r"conv1\.(.*)", r"resnet.embedder.embedder.convolution.\1"), (r"bn1\.(.*)", r"resnet.embedder.embedder.normalization.\1"),
        (r"layer(\d)\.(\d+)\.(conv|bn)(\d)\.(.*)",
         lambda m: f"resnet.encoder.stages.{int(m[1]) - 1}.layers.{m[2]}.layer.{int(m[4]) - 1}.{part[m[3]]}.{m[5]}"),
        (r"layer(\d)\.(\d+)\.downsample\.(\d)\.(.*)",
         lambda m: f"resnet.encoder.stages.{int(m[1]) - 1}.layers.{m[2]}.shortcut.{('convolution', 'normalization')[int(m[3])]}.{m[4]}"),
        (r"fc\.(.*)", r"classifier.1.\1"))


def huggingface_regnet(state):
    kind = ("convolution", "normalization")
    # A Y layer's Sequential: convolution, convolution, squeeze-and-excitation, convolution.
    place = {"a": "layer.0", "b": "layer.1", "c": "layer.3"}

    def block(m):
        return f"regnet.encoder.stages.{int(m[1]) - 1}.layers.{m[2]}."

    return renamed(
        state, (r"stem\.(\d)\.(.*)", lambda m: f"regnet.embedder.embedder.{kind[int(m[1])]}.{m[2]}"),
        (r"trunk_output\.block(\d)\.block\d-(\d+)\.proj\.(\d)\.(.*)", lambda m: block(m) + f"shortcut.{kind[int(m[3])]}.{m[4]}"),
        (r"trunk_output\.block(\d)\.block\d-(\d+)\.f\.([abc])\.(\d)\.(.*)", lambda m: block(m) + f"{place[m[3]]}.{kind[int(m[4])]}.{m[5]}"),
        (r"trunk_output\.block(\d)\.block\d-(\d+)\.f\.se\.fc(\d)\.(.*)", lambda m: block(m) + f"layer.2.attention.{2 * (int(m[3]) - 1)}.{m[4]}"),
        (r"fc\.(.*)", r"classifier.1.\1"))


def timm_regnet(state):
    kind, convolution = ("conv", "bn"), {"a": "conv1", "b": "conv2", "c": "conv3"}

    def block(m):
        return f"s{m[1]}.b{int(m[2]) + 1}."

    return renamed(
        state, (r"stem\.(\d)\.(.*)", lambda m: f"stem.{kind[int(m[1])]}.{m[2]}"),
        (r"trunk_output\.block(\d)\.block\d-(\d+)\.proj\.(\d)\.(.*)", lambda m: block(m) + f"downsample.{kind[int(m[3])]}.{m[4]}"),
        (r"trunk_output\.block(\d)\.block\d-(\d+)\.f\.([abc])\.(\d)\.(.*)",
         lambda m: block(m) + f"{convolution[m[3]]}.{kind[int(m[4])]}.{m[5]}"),
        (r"trunk_output\.block(\d)\.block\d-(\d+)\.f\.(se\.fc\d\..*)", lambda m: block(m) + m[3]), (r"fc\.(.*)", r"head.fc.\1"))


def timm_vgg(state):
    return renamed(state, (r"(features\..*)", r"\1"), (r"classifier\.0\.(.*)", r"pre_logits.fc1.\1"),
                   (r"classifier\.3\.(.*)", r"pre_logits.fc2.\1"), (r"classifier\.6\.(.*)", r"head.fc.\1")) | {
                       "pre_logits.fc1.weight": state["classifier.0.weight"].reshape(4096, 512, 7, 7),
                       "pre_logits.fc2.weight": state["classifier.3.weight"].reshape(4096, 4096, 1, 1)}


def numbered(sizes):
    """(stage, index) of each block, counted through."""
    return [(stage, index) for stage, size in enumerate(sizes) for index in range(size)]


def timm_mobilenet_v2(state):
    blocks = numbered([1, 2, 3, 4, 3, 3, 1])

    def block(m):
        stage, index = blocks[int(m[1]) - 1]
        # A DepthwiseSeparableConv first, InvertedResiduals behind it.
        layers = ({"0.0": "conv_dw", "0.1": "bn1", "1": "conv_pw", "2": "bn2"} if stage == 0 else
                  {"0.0": "conv_pw", "0.1": "bn1", "1.0": "conv_dw", "1.1": "bn2", "2": "conv_pwl", "3": "bn3"})
        return f"blocks.{stage}.{index}.{layers[m[2]]}.{m[3]}"

    return renamed(state, (r"features\.0\.0\.(.*)", r"conv_stem.\1"), (r"features\.0\.1\.(.*)", r"bn1.\1"),
                   (r"features\.18\.0\.(.*)", r"conv_head.\1"), (r"features\.18\.1\.(.*)", r"bn2.\1"),
                   (r"features\.(\d+)\.conv\.([\d.]+)\.(.*)", block), (r"classifier\.1\.(.*)", r"classifier.\1"))


def mobile_block(state, prefix, separable):
    """torchvision's places in a block → timm's: squeeze-and-excitation, where there is one, stands before the last convolution."""
    has_squeeze = any(re.match(re.escape(prefix) + r"\d\.fc1", name) for name in state)
    convolutions = ["conv_dw", "conv_pw"] if separable else ["conv_pw", "conv_dw", "conv_pwl"]
    places = convolutions[:-1] + ["se"] * has_squeeze + convolutions[-1:]
    result = {}
    for place, name in enumerate(places):
        if name == "se":
            result |= {f"{place}.fc1": "se.conv_reduce", f"{place}.fc2": "se.conv_expand"}
        else:
            result |= {f"{place}.0": name, f"{place}.1": f"bn{convolutions.index(name) + 1}"}
    return result


def timm_mobilenet_v3(state):
    last = 12 if "features.12.0.weight" in state else 16
    blocks = numbered([1, 2, 3, 2, 3] if last == 12 else [1, 2, 3, 4, 2, 3])

    def block(m):
        stage, index = blocks[int(m[1]) - 1]
        return f"blocks.{stage}.{index}.{mobile_block(state, f'features.{m[1]}.block.', stage == 0)[m[2]]}.{m[3]}"

    end = blocks[-1][0] + 1
    names = renamed(state, (r"features\.0\.0\.(.*)", r"conv_stem.\1"), (r"features\.0\.1\.(.*)", r"bn1.\1"),
                    (rf"features\.{last}\.0\.(.*)", rf"blocks.{end}.0.conv.\1"), (rf"features\.{last}\.1\.(.*)", rf"blocks.{end}.0.bn1.\1"),
                    (r"features\.(\d+)\.block\.(\d+\.\w+)\.(.*)", block), (r"classifier\.0\.(.*)", r"conv_head.\1"),
                    (r"classifier\.3\.(.*)", r"classifier.\1"))
    return names | {"conv_head.weight": names["conv_head.weight"][:, :, None, None]}


def timm_convnext(state):
    def inside(m):
        part = {"0": "conv_dw", "2": "norm", "3": "mlp.fc1", "5": "mlp.fc2"}[m[3]]
        return f"stages.{(int(m[1]) - 1) // 2}.blocks.{m[2]}.{part}.{m[4]}"

    names = renamed(state, (r"features\.0\.(\d)\.(.*)", r"stem.\1.\2"),
                    (r"features\.([246])\.(\d)\.(.*)", lambda m: f"stages.{int(m[1]) // 2}.downsample.{m[2]}.{m[3]}"),
                    (r"features\.(\d)\.(\d+)\.layer_scale", lambda m: f"stages.{(int(m[1]) - 1) // 2}.blocks.{m[2]}.gamma"),
                    (r"features\.(\d)\.(\d+)\.block\.(\d)\.(.*)", inside), (r"classifier\.0\.(.*)", r"head.norm.\1"),
                    (r"classifier\.2\.(.*)", r"head.fc.\1"))
    return {name: tensor.flatten() if name.endswith("gamma") else tensor for name, tensor in names.items()}


def huggingface_convnext(state):
    parts = {"conv_dw": "dwconv", "norm": "layernorm", "mlp.fc1": "pwconv1", "mlp.fc2": "pwconv2"}
    return renamed(
        timm_convnext(state), (r"stem\.0\.(.*)", r"convnext.embeddings.patch_embeddings.\1"), (r"stem\.1\.(.*)", r"convnext.embeddings.layernorm.\1"),
        (r"stages\.(\d)\.downsample\.(\d)\.(.*)", r"convnext.encoder.stages.\1.downsampling_layer.\2.\3"),
        (r"stages\.(\d)\.blocks\.(\d+)\.gamma", r"convnext.encoder.stages.\1.layers.\2.layer_scale_parameter"),
        (r"stages\.(\d)\.blocks\.(\d+)\.(.*)\.(\w+)", lambda m: f"convnext.encoder.stages.{m[1]}.layers.{m[2]}.{parts[m[3]]}.{m[4]}"),
        (r"head\.norm\.(.*)", r"convnext.layernorm.\1"), (r"head\.fc\.(.*)", r"classifier.\1"))


def facebook_convnext(state):
    return renamed(
        huggingface_convnext(state), (r"convnext\.embeddings\.patch_embeddings\.(.*)", r"downsample_layers.0.0.\1"),
        (r"convnext\.embeddings\.layernorm\.(.*)", r"downsample_layers.0.1.\1"),
        (r"convnext\.encoder\.stages\.(\d)\.downsampling_layer\.(.*)", r"downsample_layers.\1.\2"),
        (r"convnext\.encoder\.stages\.(\d)\.layers\.(\d+)\.layer_scale_parameter", r"stages.\1.\2.gamma"),
        (r"convnext\.encoder\.stages\.(\d)\.layers\.(\d+)\.layernorm\.(.*)", r"stages.\1.\2.norm.\3"),
        (r"convnext\.encoder\.stages\.(\d)\.layers\.(\d+)\.(.*)", r"stages.\1.\2.\3"), (r"convnext\.layernorm\.(.*)", r"norm.\1"),
        (r"classifier\.(.*)", r"head.\1"))


def timm_vit(state):
    parts = {"ln_1": "norm1", "self_attention.out_proj": "attn.proj", "ln_2": "norm2", "mlp.0": "mlp.fc1", "mlp.3": "mlp.fc2"}
    return renamed(state, (r"class_token", "cls_token"), (r"encoder\.pos_embedding", "pos_embed"), (r"conv_proj\.(.*)", r"patch_embed.proj.\1"),
                   (r"encoder\.layers\.encoder_layer_(\d+)\.self_attention\.in_proj_(\w+)", r"blocks.\1.attn.qkv.\2"),
                   (r"encoder\.layers\.encoder_layer_(\d+)\.(.*)\.(\w+)", lambda m: f"blocks.{m[1]}.{parts[m[2]]}.{m[3]}"),
                   (r"encoder\.ln\.(.*)", r"norm.\1"), (r"heads\.head\.(.*)", r"head.\1"))


def split_into_three(state, pattern, names):
    """Query, key and value by themselves."""
    result = {}
    for name, tensor in state.items():
        match = re.fullmatch(pattern, name)
        if match:
            result |= {match.expand(part): third for part, third in zip(names, tensor.chunk(3))}
        else:
            result[name] = tensor
    return result


def huggingface_vit(state):
    parts = {"norm1": "layernorm_before", "attn.proj": "attention.output.dense", "norm2": "layernorm_after", "mlp.fc1": "intermediate.dense",
             "mlp.fc2": "output.dense"}
    names = [rf"vit.encoder.layer.\1.attention.attention.{part}.\2" for part in ("query", "key", "value")]
    split = split_into_three(timm_vit(state), r"blocks\.(\d+)\.attn\.qkv\.(\w+)", names)
    return renamed(split, (r"cls_token", "vit.embeddings.cls_token"), (r"pos_embed", "vit.embeddings.position_embeddings"),
                   (r"patch_embed\.proj\.(.*)", r"vit.embeddings.patch_embeddings.projection.\1"), (r"(vit\..*)", r"\1"),
                   (r"blocks\.(\d+)\.(.*)\.(\w+)", lambda m: f"vit.encoder.layer.{m[1]}.{parts[m[2]]}.{m[3]}"),
                   (r"norm\.(.*)", r"vit.layernorm.\1"), (r"head\.(.*)", r"classifier.\1"))


def swin(state, late):
    """`late`: as Microsoft's files and timm's older ones, where a stage ends with the halving step; timm's newer ones begin with it."""
    return renamed(
        state, (r"features\.0\.0\.(.*)", r"patch_embed.proj.\1"), (r"features\.0\.2\.(.*)", r"patch_embed.norm.\1"),
        (r"features\.([246])\.(.*)", lambda m: f"layers.{int(m[1]) // 2 - late}.downsample.{m[2]}"),
        (r"features\.(\d)\.(\d+)\.mlp\.(\d)\.(.*)", lambda m: f"layers.{int(m[1]) // 2}.blocks.{m[2]}.mlp.fc{1 + int(m[3]) // 3}.{m[4]}"),
        (r"features\.(\d)\.(\d+)\.(.*)", lambda m: f"layers.{int(m[1]) // 2}.blocks.{m[2]}.{m[3]}"), (r"norm\.(.*)", r"norm.\1"),
        (r"head\.(.*)", r"head.\1" if late else r"head.fc.\1"))


def square_tables(state):
    return {name: tensor.reshape(49, 49) if name.endswith("relative_position_index") else tensor for name, tensor in state.items()}


def microsoft_swin(state):
    masks = {"layers.0.blocks.1.attn_mask": torch.zeros(64, 49, 49)}
    return square_tables(swin(state, late=True)) | masks


def timm_swin(state):
    return {name: tensor for name, tensor in swin(state, late=False).items() if not name.endswith("relative_position_index")}


def huggingface_swin(state):
    parts = {"norm1": "layernorm_before", "attn.proj": "attention.output.dense", "norm2": "layernorm_after", "mlp.fc1": "intermediate.dense",
             "mlp.fc2": "output.dense"}
    names = [rf"swin.encoder.layers.\1.blocks.\2.attention.self.{part}.\3" for part in ("query", "key", "value")]
    split = split_into_three(square_tables(swin(state, late=True)), r"layers\.(\d)\.blocks\.(\d+)\.attn\.qkv\.(\w+)", names)
    return renamed(split, (r"patch_embed\.proj\.(.*)", r"swin.embeddings.patch_embeddings.projection.\1"),
                   (r"patch_embed\.norm\.(.*)", r"swin.embeddings.norm.\1"), (r"(swin\..*)", r"\1"),
                   (r"layers\.(\d)\.downsample\.(.*)", r"swin.encoder.layers.\1.downsample.\2"),
                   (r"layers\.(\d)\.blocks\.(\d+)\.attn\.(relative_.*)", r"swin.encoder.layers.\1.blocks.\2.attention.self.\3"),
                   (r"layers\.(\d)\.blocks\.(\d+)\.(.*)\.(\w+)", lambda m: f"swin.encoder.layers.{m[1]}.blocks.{m[2]}.{parts[m[3]]}.{m[4]}"),
                   (r"norm\.(.*)", r"swin.layernorm.\1"), (r"head\.(.*)", r"classifier.\1"))


def timm_efficientnet(state):
    end = max(int(name.split(".")[1]) for name in state if name.startswith("features."))

    def block(m):
        prefix = f"features.{m[1]}.{m[2]}.block."
        if f"{prefix}1.0.weight" not in state and not f"{prefix}1.fc1.weight" in state:
            places = {"0.0": "conv", "0.1": "bn1"}  # ConvBnAct
        elif f"{prefix}2.0.weight" not in state and not f"{prefix}2.fc1.weight" in state:
            places = {"0.0": "conv_exp", "0.1": "bn1", "1.0": "conv_pwl", "1.1": "bn2"}  # EdgeResidual
        else:
            places = mobile_block(state, prefix, f"{prefix}3.0.weight" not in state)
        return f"blocks.{int(m[1]) - 1}.{m[2]}.{places[m[3]]}.{m[4]}"

    return renamed(state, (r"features\.0\.0\.(.*)", r"conv_stem.\1"), (r"features\.0\.1\.(.*)", r"bn1.\1"),
                   (rf"features\.{end}\.0\.(.*)", r"conv_head.\1"), (rf"features\.{end}\.1\.(.*)", r"bn2.\1"),
                   (r"features\.(\d)\.(\d+)\.block\.(\d\.\w+)\.(.*)", block), (r"classifier\.1\.(.*)", r"classifier.\1"))


def older_densenet(state):
    return renamed(state, (r"(.*denselayer\d+\.)(norm|conv)(\d)\.(.*)", r"\1\2.\3.\4"), (r"(.*)", r"\1"))


def head(name):
    return lambda state: renamed(state, (r"fc\.(.*)", name + r".\1"), (r"(.*)", r"\1"))


@functools.lru_cache(maxsize=1)
def randomised(name, dtype):
    """A model whose numbers fit `dtype`; nothing in it is the same as its neighbour, nor without effect."""
    torch.manual_seed(5)
    model = torchvision.models.get_model(name, weights=None, num_classes=7).eval()
    for name, tensor in model.named_parameters():
        if "layer_scale" in name:
            torch.nn.init.uniform_(tensor, 0.1, 0.5)
        elif tensor.dim() == 1 and name.endswith("weight"):
            torch.nn.init.uniform_(tensor, 0.7, 1.3)
        elif tensor.dim() == 1 or not tensor.any():
            torch.nn.init.normal_(tensor, 0, 0.1)
    for module in model.modules():
        if isinstance(module, torch.nn.BatchNorm2d):
            torch.nn.init.normal_(module.running_mean, 0, 0.1)
            torch.nn.init.uniform_(module.running_var, 0.5, 1.5)
    for tensor in [*model.parameters(), *model.buffers()]:
        if tensor.is_floating_point() and dtype != torch.float32:
            tensor.data = tensor.data.to(dtype).float()
    return model


def with_epsilon(model, epsilon):
    for module in model.modules():
        if epsilon and isinstance(module, (torch.nn.BatchNorm2d, torch.nn.LayerNorm)):
            module.eps = epsilon
    return model


def expect(folder, model, size):
    torch.manual_seed(6)
    picture = torch.randn(1, 3, size, size)
    save_safetensors(folder / "expected.safetensors", {"input": picture, "logits": model(picture).detach()})


def write_shards(folder, state, count, extension, base):
    names = list(state)
    index = {"metadata": {"total_size": 1}, "weight_map": {}}
    for shard in range(count):
        part = {name: state[name] for name in names[shard::count]}
        file = f"{base}-{shard + 1:05}-of-{count:05}.{extension}"
        torch.save(part, folder / file) if extension == "bin" else save_safetensors(folder / file, part)
        index["weight_map"] |= {name: file for name in part}
    (folder / f"{base}.{extension}.index.json").write_text(json.dumps(index, indent=2))


def case(root, name, architecture, rename, size=64, epsilon=None, dtype=torch.float32, write=None):
    folder = root / name
    folder.mkdir()
    model = with_epsilon(randomised(architecture, dtype), epsilon)
    expect(folder, model, size)
    state = {key: tensor.to(dtype) if tensor.is_floating_point() else tensor for key, tensor in rename(model.state_dict()).items()}
    if write:
        write(folder, state)
    else:
        save_safetensors(folder / "model.safetensors", state, {"format": "pt"})


def tied(root):
    """Two blocks with one convolution: as a .pth over one storage, and as safetensors that leaves the second out and says so."""
    for name in ("tied.pth", "tied.safetensors"):
        folder = root / name
        folder.mkdir()
        model = copy.deepcopy(randomised("resnet18", torch.float32))
        model.layer1[1].conv1.weight = model.layer1[0].conv1.weight
        expect(folder, model, 64)
        state = dict(model.state_dict())
        if name == "tied.pth":
            torch.save(state, folder / "pytorch_model.bin")
        else:
            del state["layer1.1.conv1.weight"]
            save_safetensors(folder / "model.safetensors", state, {"format": "pt", "layer1.1.conv1.weight": "layer1.0.conv1.weight"})


def cards(root):
    labels = {str(index): f"label {index}" for index in range(7)}
    colours = {"image_mean": [0.5, 0.4, 0.3], "image_std": [0.5, 0.25, 0.125], "resample": 3}
    (root / "resnet, HuggingFace" / "config.json").write_text(json.dumps({"architectures": ["ResNetForImageClassification"], "id2label": labels}))
    (root / "resnet, HuggingFace" / "preprocessor_config.json").write_text(json.dumps(colours | {"size": {"shortest_edge": 224}, "crop_pct": 0.875}))
    (root / "regnet, HuggingFace" / "preprocessor_config.json").write_text(json.dumps(colours | {"size": {"height": 96, "width": 96}}))
    (root / "mobilenet_v2, timm" / "config.json").write_text(json.dumps({
        "architecture": "mobilenetv2_100", "num_classes": 7, "label_names": [f"name {index}" for index in range(7)],
        "pretrained_cfg": {"input_size": [3, 160, 160], "crop_pct": 0.8, "interpolation": "bicubic", "mean": [0, 0.5, 1], "std": [1, 2, 3]}}))


@torch.no_grad()
def main():
    root = pathlib.Path(sys.argv[1])
    case(root, "resnet, HuggingFace", "resnet18", huggingface_resnet)
    case(root, "regnet, HuggingFace", "regnet_y_400mf", huggingface_regnet)
    case(root, "regnet, timm", "regnet_y_400mf", timm_regnet)
    case(root, "vgg, timm", "vgg11_bn", timm_vgg, size=32, dtype=torch.bfloat16)
    case(root, "densenet, published", "densenet121", older_densenet)
    case(root, "mobilenet_v2, timm", "mobilenet_v2", timm_mobilenet_v2)
    case(root, "mobilenet_v3, timm", "mobilenet_v3_large", timm_mobilenet_v3, epsilon=1e-5)
    case(root, "mobilenet_v3_small, timm", "mobilenet_v3_small", timm_mobilenet_v3, epsilon=1e-5)
    case(root, "efficientnet, timm", "efficientnet_b0", timm_efficientnet, epsilon=1e-5)
    case(root, "efficientnet_v2, timm", "efficientnet_v2_s", timm_efficientnet, dtype=torch.bfloat16)
    for name, rename in {"timm": timm_convnext, "HuggingFace": huggingface_convnext, "Facebook": facebook_convnext}.items():
        case(root, f"convnext, {name}", "convnext_tiny", rename, dtype=torch.bfloat16)
    case(root, "vit, timm", "vit_b_32", timm_vit, size=224, dtype=torch.bfloat16)
    case(root, "vit, HuggingFace", "vit_b_32", huggingface_vit, size=224, epsilon=1e-12, dtype=torch.bfloat16)
    for name, rename in {"timm": timm_swin, "HuggingFace": huggingface_swin, "Microsoft": microsoft_swin}.items():
        case(root, f"swin, {name}", "swin_t", rename, size=224, dtype=torch.bfloat16)
    for name in ("head", "fc.1"):
        case(root, f"resnet, {name}", "resnet18", head(name), dtype=torch.bfloat16)
    case(root, "wrapped", "resnet18", lambda state: {"timm_model." + key: tensor for key, tensor in state.items()}, dtype=torch.bfloat16)
    for dtype in (torch.float16, torch.bfloat16, torch.float64):
        case(root, f"{dtype}".removeprefix("torch."), "mobilenet_v2", timm_mobilenet_v2, dtype=dtype)
    case(root, "shards", "mobilenet_v2", timm_mobilenet_v2, write=lambda folder, state: write_shards(folder, state, 3, "safetensors", "model"))
    case(root, "bin shards", "resnet18", huggingface_resnet, dtype=torch.float16,
         write=lambda folder, state: write_shards(folder, state, 2, "bin", "pytorch_model"))
    tied(root)
    cards(root)


main()
