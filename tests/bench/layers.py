"""How fast convolutions are beside PyTorch and onnxruntime.

`make bench` runs this; by itself:

    OPENBLAS_NUM_THREADS=1 .venv/bin/python -m tests.bench.layers
"""

from collections.abc import Callable
from functools import partial

import numpy as np

from kernels.ops.functional import conv2d, conv_transpose2d
from tests.bench._side_by_side import (
    OURS,
    Calls,
    compare,
    describe_machine,
    onnx,
    onnx_call,
    onnxruntime,
    seconds,
    torch,
    torch_call,
)

# name, input, output channels, kernel size, settings
CONVOLUTIONS = [
    ("LeNet conv1", (1, 1, 28, 28), 6, 5, {"padding": 2}),
    ("LeNet conv1, batch 64", (64, 1, 28, 28), 6, 5, {"padding": 2}),
    ("LeNet conv2", (1, 6, 14, 14), 16, 5, {}),
    ("LeNet conv2, batch 64", (64, 6, 14, 14), 16, 5, {}),
    ("AlexNet conv1", (1, 3, 224, 224), 64, 11, {"stride": 4, "padding": 2}),
    ("VGG 64 to 64 @112", (1, 64, 112, 112), 64, 3, {"padding": 1}),
    ("ResNet 64 to 128 s2 @56", (1, 64, 56, 56), 128, 3, {"stride": 2, "padding": 1}),
    ("dilated 64 to 64 @56", (1, 64, 56, 56), 64, 3, {"padding": 2, "dilation": 2}),
    ("1x1 256 to 64 @56", (1, 256, 56, 56), 64, 1, {}),
    ("1x1 64 to 256 @56", (1, 64, 56, 56), 256, 1, {}),
    ("3 to 16 @512", (1, 3, 512, 512), 16, 3, {"padding": 1}),
    ("depthwise 64 @112", (1, 64, 112, 112), 64, 3, {"padding": 1, "groups": 64}),
]
TRANSPOSED = [
    ("transposed 128 to 64 @56", (1, 128, 56, 56), 64, 2, {"stride": 2}),
    ("transposed 64 to 32 @112", (1, 64, 112, 112), 32, 2, {"stride": 2}),
]


def normal(*shape: int) -> np.ndarray:
    return np.random.default_rng(0).standard_normal(shape, np.float32)


def convolution(shape: tuple, kernels: int, size: int, settings: dict) -> Calls:
    weight_shape = (kernels, shape[1] // settings.get("groups", 1), size, size)
    arrays = normal(*shape), normal(*weight_shape), normal(kernels)
    return side_by_side(conv2d, "conv2d", "Conv", arrays, settings)


def transposed(shape: tuple, kernels: int, size: int, settings: dict) -> Calls:
    arrays = normal(*shape), normal(shape[1], kernels, size, size), normal(kernels)
    return side_by_side(conv_transpose2d, "conv_transpose2d", "ConvTranspose", arrays, settings)


def side_by_side(
    ours: Callable, torch_name: str, operator: str, arrays: tuple, settings: dict
) -> Calls:
    calls: Calls = {OURS: lambda: ours(*arrays, **settings)}
    if torch:
        calls["PyTorch"] = torch_call(getattr(torch.nn.functional, torch_name), *arrays, **settings)
    if onnx and onnxruntime:
        calls["onnxruntime"] = onnx_call(
            operator,
            *arrays,
            kernel_shape=arrays[1].shape[2:],
            strides=[settings.get("stride", 1)] * 2,
            pads=[settings.get("padding", 0)] * 4,
            dilations=[settings.get("dilation", 1)] * 2,
            group=settings.get("groups", 1),
        )
    return calls


def compare_small_call() -> None:
    """What a quiz question costs: a picture of 5 x 5 and a kernel of 3 x 3."""
    calls = convolution((1, 1, 5, 5), 1, 3, {})
    calls.pop("onnxruntime", None)
    compare("One call on 5 x 5 with 3 x 3", [("conv2d", lambda: calls)])


def print_growth() -> None:
    """Print the slope of log(time) over log(size): 1 where twice the work takes twice as long."""
    sizes, kernels = (128, 256, 512, 1024), (32, 64, 128, 256)
    few, picture = normal(16, 3, 3, 3), normal(1, 64, 56, 56)
    # Results are written where the last ones were: new memory beyond 32 MB costs more a cell.
    pixels = {
        n: partial(conv2d, normal(1, 3, n, n), few, padding=1, out=normal(1, 16, n, n))
        for n in sizes
    }
    channels = {n: partial(conv2d, picture, normal(n, 64, 3, 3), padding=1) for n in kernels}
    print("\nGrowth of the cost (slope of log time over log size)")
    for name, calls, works in (
        ("pixels, 3 to 16 channels", pixels, [n * n for n in sizes]),
        ("output channels, of 64 @56", channels, kernels),
    ):
        took = seconds(calls)
        slope = np.polyfit(np.log(works), np.log([took[n] for n in calls]), 1)[0]
        times = ", ".join(f"{n}: {1e6 * t:.0f} us" for n, t in took.items())
        print(f"{name:<28}{slope:.2f}   ({times})")


def main() -> None:
    describe_machine()
    compare(
        "14 layers with bias, float32, (N, C, H, W)",
        [(name, partial(convolution, *row)) for name, *row in CONVOLUTIONS]
        + [(name, partial(transposed, *row)) for name, *row in TRANSPOSED],
    )
    compare_small_call()
    print_growth()


if __name__ == "__main__":
    main()
