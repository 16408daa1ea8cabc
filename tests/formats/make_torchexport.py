"""Writes torch.export archives (.pt2) of torchvision's families, with what PyTorch makes of the same modules.

usage: make_torchexport.py FOLDER FAMILY...

No torch.export is at hand here (it came with PyTorch 2.1): the archives are written as its published schema describes them, from the ATen graph that
torch.fx traces. So they prove that the description was followed, and not that every file of every version opens. For each family:
FOLDER/FAMILY-raw.pt2 (weights as raw files, the batch fixed to what was traced), FOLDER/FAMILY-older.pt2 (the layout before 2.7: state dicts in the
archive, the batch symbolic), and FAMILY.json and FAMILY.bin as make_torchscript.py writes them.
"""
import io
import json
import pathlib
import sys
import zipfile

import torch
from torch.fx.experimental.proxy_tensor import make_fx
from torch.nn.utils.stateless import functional_call

from make_torchscript import build, leave_uninitialised, pictures

TYPES = {torch.uint8: 1, torch.int8: 2, torch.int16: 3, torch.int32: 4, torch.int64: 5, torch.float16: 6, torch.float32: 7, torch.float64: 8}
POSITIONAL, KEYWORD = 1, 2
TRACED_BATCH = 2


class Exporter:
    def __init__(self, model, example, symbolic):
        self.state = dict(model.state_dict())
        self.parameters = {name for name, _ in model.named_parameters()}
        self.symbolic = symbolic
        names = list(self.state)

        def forward(tensors, x):
            output = functional_call(model, dict(zip(names, tensors)), (x,))
            return output if isinstance(output, torch.Tensor) else output[0]

        self.graph = make_fx(forward)(list(self.state.values()), example).graph
        self.names = names
        self.shape = list(example.shape)

    def meta(self, tensor, is_input=False):
        sizes = [{"as_int": size} for size in tensor.shape]
        if is_input and self.symbolic:
            sizes[0] = {"as_expr": {"expr_str": "s0", "hint": {"as_int": TRACED_BATCH}}}
        return {"dtype": TYPES[tensor.dtype], "sizes": sizes, "requires_grad": False, "device": {"type": "cpu", "index": None},
                "strides": [{"as_int": stride} for stride in tensor.stride()], "storage_offset": {"as_int": tensor.storage_offset()}, "layout": 7}

    def argument(self, value):
        # PyTorch before 2 writes down that a tensor of channels last has other strides; exporting leaves that out.
        while isinstance(value, torch.fx.Node) and "as_strided_" in str(value.target):
            value = value.args[0]
        if isinstance(value, torch.fx.Node):
            return {"as_tensor": {"name": value.name}}
        if value is None:
            return {"as_none": True}
        for kind, tag in ((bool, "as_bool"), (int, "as_int"), (float, "as_float"), (str, "as_string")):
            if isinstance(value, kind):
                return {tag: value}
        if isinstance(value, torch.dtype):
            return {"as_scalar_type": TYPES[value]}
        if isinstance(value, (torch.device, torch.layout, torch.memory_format)):
            return {"as_none": True}
        if value and isinstance(value[0], torch.fx.Node):
            return {"as_tensors": [{"name": one.name} for one in value]}
        return {"as_ints": [int(one) for one in value]}

    def sizes(self, value):
        """A shape whose first number is the batch."""
        if not self.symbolic or value[0] != TRACED_BATCH:
            return {"as_ints": list(value)}
        return {"as_sym_ints": [{"as_name": "sym_size"}] + [{"as_int": size} for size in value[1:]]}

    def node(self, node):
        target, arguments = str(node.target), list(node.args)
        parameters = node.target._schema.arguments
        if target.startswith("aten.native_batch_norm"):
            target = "aten._native_batch_norm_legit_no_training.default"
            del arguments[5]
            parameters = parameters[:5] + parameters[6:]
        is_shape = target.startswith(("aten.view", "aten._unsafe_view", "aten._reshape_alias", "aten.reshape", "aten.expand"))
        inputs = [{"name": p.name, "arg": self.sizes(a) if is_shape and p.name in ("size", "shape") else self.argument(a), "kind": POSITIONAL}
                  for p, a in zip(parameters, arguments)]
        inputs += [{"name": name, "arg": self.argument(value), "kind": KEYWORD} for name, value in node.kwargs.items()]
        if self.symbolic:
            for one in inputs:
                del one["kind"]
        return {"target": "torch.ops." + target, "inputs": inputs, "outputs": self.outputs(node), "metadata": {"stack_trace": "File \"m.py\""}}

    def outputs(self, node):
        returns = node.target._schema.returns
        if len(returns) == 1 and str(returns[0].type) == "Tensor":
            return [{"as_tensor": {"name": node.name}}]
        items = {user.args[1]: user.name for user in node.users}
        count = len(returns) if len(returns) > 1 else max(items) + 1
        tensors = [{"name": items.get(index, f"{node.name}_unused_{index}")} for index in range(count)]
        return [{"as_tensors": tensors}] if len(returns) == 1 else [{"as_tensor": tensor} for tensor in tensors]

    def program(self):
        nodes, placeholders, output = [], [], None
        for node in self.graph.nodes:
            if node.op == "placeholder":
                placeholders.append(node.name)
            elif node.op == "output":
                output = (node.args[0][0] if isinstance(node.args[0], (list, tuple)) else node.args[0]).name
            elif not any(name in str(node.target) for name in ("getitem", "as_strided_")):
                nodes.append(self.node(node))
        specs = []
        for name, placeholder in zip(self.names, placeholders):
            kind = "parameter" if name in self.parameters else "buffer"
            spec = {"arg": {"name": placeholder}, f"{kind}_name": name}
            specs.append({kind: spec | ({} if kind == "parameter" else {"persistent": True})})
        picture = placeholders[-1]
        specs.append({"user_input": {"arg": {"as_tensor": {"name": picture}}}})
        if self.symbolic:
            sym = {"target": "torch.ops.aten.sym_size.int", "outputs": [{"as_sym_int": {"as_name": "sym_size"}}], "metadata": {},
                   "inputs": [{"name": "self", "arg": {"as_tensor": {"name": picture}}}, {"name": "dim", "arg": {"as_int": 0}}]}
            nodes.insert(0, sym)
        graph = {"inputs": [{"as_tensor": {"name": name}} for name in placeholders], "outputs": [{"as_tensor": {"name": output}}], "nodes": nodes,
                 "tensor_values": {picture: self.meta(torch.empty(self.shape), True)}, "sym_int_values": {}, "sym_bool_values": {}}
        signature = {"input_specs": specs, "output_specs": [{"user_output": {"arg": {"as_tensor": {"name": output}}}}]}
        return {"graph_module": {"graph": graph, "signature": signature, "module_call_graph": [], "metadata": {}},
                "opset_version": {"aten": 10}, "range_constraints": {}, "schema_version": {"major": 8, "minor": 2}, "torch_version": "2.8.0"}


def write_raw(path, exporter):
    config = {}
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("m/archive_format", "pt2")
        archive.writestr("m/byteorder", "little")
        archive.writestr("m/models/model.json", json.dumps(exporter.program()))
        for index, (name, tensor) in enumerate(exporter.state.items()):
            archive.writestr(f"m/data/weights/weight_{index}", tensor.contiguous().numpy().tobytes())
            config[name] = {"path_name": f"weight_{index}", "is_param": name in exporter.parameters, "use_pickle": False,
                            "tensor_meta": exporter.meta(tensor.contiguous())}
        archive.writestr("m/data/weights/model_weights_config.json", json.dumps({"config": config}))
        archive.writestr("m/data/constants/model_constants_config.json", json.dumps({"config": {}}))


def write_older(path, exporter):
    def saved(value):
        stream = io.BytesIO()
        torch.save(value, stream)
        return stream.getvalue()

    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("version", "5.1")
        archive.writestr("serialized_exported_program.json", json.dumps(exporter.program()))
        archive.writestr("serialized_state_dict.pt", saved(exporter.state))
        archive.writestr("serialized_constants.pt", saved({}))


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
        write_raw(folder / f"{family}-raw.pt2", Exporter(model, batch[:TRACED_BATCH], False))
        write_older(folder / f"{family}-older.pt2", Exporter(model, batch[:TRACED_BATCH], True))


if __name__ == "__main__":
    main()
