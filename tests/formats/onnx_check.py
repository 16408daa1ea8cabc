"""Prints "ok <file>" or "<file>: <complaint>" for each ONNX file: libonnx's full check with shape inference, and the output's shape."""
import sys

import onnx

for path in sys.argv[1:]:
    try:
        model = onnx.load(path)
        onnx.checker.check_model(model, full_check=True)
        inferred = onnx.shape_inference.infer_shapes(model, check_type=True, strict_mode=True)
        sizes = [d.dim_param or d.dim_value for d in inferred.graph.output[0].type.tensor_type.shape.dim]
        names = {n.name for n in model.graph.node}
        assert len(names) == len(model.graph.node), "two nodes share a name"
        print("ok", sizes)
    except Exception as error:  # every complaint is of interest
        print(path, "|", " ".join(str(error).split())[:400])
