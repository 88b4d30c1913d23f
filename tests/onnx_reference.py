"""What the ONNX package's own reference evaluator says of one node."""

import numpy as np
from onnx import TensorProto, helper
from onnx.reference import ReferenceEvaluator

TYPES = {np.dtype("float64"): TensorProto.DOUBLE, np.dtype("int64"): TensorProto.INT64}


def onnx_node(kind, *arrays, outputs=1, **attributes):
    """Run one node on arrays; a list of its outputs if it has several."""
    names = [f"in{n}" for n in range(len(arrays))]
    results = [f"out{n}" for n in range(outputs)]
    node = helper.make_node(kind, names, results, **attributes)
    value = helper.make_tensor_value_info
    graph = helper.make_graph(
        [node],
        "one node",
        [value(n, TYPES[a.dtype], a.shape) for n, a in zip(names, arrays, strict=True)],
        [value(n, t, None) for n, t in zip(results, (11, 7), strict=False)],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 22)])
    found = ReferenceEvaluator(model).run(None, dict(zip(names, arrays, strict=True)))
    return found[0] if outputs == 1 else found
