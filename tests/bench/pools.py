"""How fast poolings are beside PyTorch, onnxruntime and OpenCV.

`make bench` runs this; by itself:

    OPENBLAS_NUM_THREADS=1 .venv/bin/python -m tests.bench.pools
"""

from functools import partial

import numpy as np

from kernels.ops.functional import avg_pool2d, max_pool2d
from tests.bench._side_by_side import (
    OURS,
    Calls,
    compare,
    cv2,
    describe_machine,
    onnx,
    onnx_call,
    onnxruntime,
    torch,
    torch_call,
)

WINDOWS = [(2, 2, 0), (3, 1, 1), (3, 2, 1)]  # kernel size, stride, padding
SHAPES = [(64, 112, 112), (3, 3000, 4000)]


def pooling(kind: str, shape: tuple, kernel: int, stride: int, padding: int) -> Calls:
    x = np.random.default_rng(0).standard_normal((1, *shape), np.float32)
    ours = {"max": max_pool2d, "avg": avg_pool2d}[kind]
    # A large result is written where the last one was, here as in OpenCV.
    out = ours(x, kernel, stride, padding)
    calls: Calls = {OURS: lambda: ours(x, kernel, stride, padding, out=out)}
    if torch:
        theirs = getattr(torch.nn.functional, f"{kind}_pool2d")
        settings = {"kernel_size": kernel, "stride": stride, "padding": padding}
        calls["PyTorch"] = torch_call(theirs, x, **settings)
        calls["PyTorch, channels last"] = torch_call(theirs, x, last=True, **settings)
    if onnx and onnxruntime:
        attributes = {
            "kernel_shape": [kernel] * 2,
            "strides": [stride] * 2,
            "pads": [padding] * 4,
        }
        if kind == "avg":
            attributes["count_include_pad"] = 1
        calls["onnxruntime"] = onnx_call(
            {"max": "MaxPool", "avg": "AveragePool"}[kind], x, **attributes
        )
    if cv2 and len(shape) == 3 and shape[0] <= 4:
        calls |= opencv(kind, x[0], kernel, stride)
    return calls


def opencv(kind: str, x: np.ndarray, kernel: int, stride: int) -> Calls:
    """OpenCV's call for this pooling, if it has one; it keeps channels last."""
    picture = np.ascontiguousarray(x.transpose(1, 2, 0))
    result = np.empty_like(picture[::stride, ::stride])
    border = {"borderType": cv2.BORDER_CONSTANT}
    if kind == "max" and stride == 1:
        window = np.ones((kernel, kernel), np.uint8)
        return {"OpenCV": lambda: cv2.dilate(picture, window, dst=result)}
    if kind == "avg" and stride == 1:
        return {"OpenCV": lambda: cv2.boxFilter(picture, -1, (kernel, kernel), result, **border)}
    if kind == "avg" and stride == kernel:
        size, area = result.shape[1::-1], cv2.INTER_AREA
        return {"OpenCV": lambda: cv2.resize(picture, size, result, interpolation=area)}
    return {}


def main() -> None:
    describe_machine()
    compare(
        "Max and average pooling, float32",
        [
            (f"{kind} {k}x{k} s{s} p{p} {'x'.join(map(str, shape))}",
             partial(pooling, kind, shape, k, s, p))
            for shape in SHAPES
            for k, s, p in WINDOWS
            for kind in ("max", "avg")
        ],
        rounds=5,
    )  # fmt: skip


if __name__ == "__main__":
    main()
