"""Write what the JavaScript tests read: payloads and numbers from the kernels.

    .venv/bin/python -m tests.js.write_fixtures

The same numbers come out each time; `tests/test_javascript.py` compares them with the files.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import reduce
from pathlib import Path
from typing import Any

import numpy as np

from app.components.payload import encode
from app.page.stage import layer_payload, stage_payload
from app.screens.sliding_window.connected import two_axes
from kernels import ConvSpec, ConvTransposeSpec, PoolSpec, conv2d, conv_transpose2d, layer_formulas
from kernels.layers.connections import connections
from kernels.layers.links import links_of
from kernels.layers.padding_modes import PADDING_MODES
from kernels.layers.pool_kinds import POOL_KINDS
from kernels.ops.functional import conv1d, conv3d, conv_transpose1d, max_pool1d
from kernels.ops.pool import pool_layer
from kernels.pictures.ink import is_dark
from kernels.scene.axes import NAMES
from kernels.scene.flat import FlatScene
from kernels.scene.settle import settle
from lessons.views.transposed import both_ways
from lessons.views.turned import turned_taps
from tests.js.loupe_fixtures import loupe_fixtures

FOLDER = Path(__file__).parent / "fixtures"

SOBEL = [[[[1, 0, -1], [2, 0, -2], [1, 0, -1]]]]
TEXTBOOK = [[[3, 3, 2, 1, 0], [0, 0, 1, 3, 1], [3, 1, 2, 2, 3], [2, 0, 0, 2, 2], [2, 0, 0, 0, 1]]]
PLANE = [[[1, 1, 2, 4], [5, 6, 7, 8], [3, 2, 1, 0], [1, 2, 3, 4]]]
SECOND_PLANE = [[[1, 7, 4, 3], [2, 4, 8, 6], [8, 7, 8, 5], [2, 0, 5, 0]]]
CORNERS = [
    [[1, 3, 4, 7, 3], [9, 4, 4, 8, 4], [6, 3, 6, 5, 9], [3, 2, 1, 5, 5], [0, 0, 3, 0, 9]]
]  # its average over 2 x 2 with ceil_mode has whole sums
CONVOLUTIONS: Mapping[tuple[type, int], Callable[..., np.ndarray]] = {
    (ConvSpec, 1): conv1d,
    (ConvSpec, 2): conv2d,
    (ConvSpec, 3): conv3d,
    (ConvTransposeSpec, 1): conv_transpose1d,
    (ConvTransposeSpec, 2): conv_transpose2d,
}


def drawn(seed: int, *shape: int, least: int = -9, most: int = 9) -> np.ndarray:
    """Whole numbers of a seed."""
    return np.random.default_rng(seed).integers(least, most + 1, shape).astype(float)


def convolved(layer: Any, x: Any, weight: Any, bias: Any = None, **shown: Any) -> dict[str, Any]:
    """The stage of a convolution or a transposed one."""
    x, weight = np.asarray(x, float), np.asarray(weight, float)
    settings = {"stride": layer.stride, "padding": layer.padding, "dilation": layer.dilation}
    if isinstance(layer, ConvSpec):
        settings |= {"padding_mode": layer.padding_mode, "padding_value": layer.padding_value}
    else:
        settings |= {"output_padding": layer.output_padding}
    convolve = CONVOLUTIONS[type(layer), layer.rank]
    output = convolve(x, weight, bias, groups=layer.groups, **settings)
    formulas = ()
    if isinstance(layer, ConvSpec) and layer.rank > 1:
        formulas = tuple(layer_formulas(layer, x.shape[1:], NAMES[layer.rank]))
    payload = layer_payload(layer, x, output, weight=weight, bias=bias, formulas=formulas, **shown)
    return encode(payload)


def pooled(x: Any, *layers: PoolSpec, **shown: Any) -> dict[str, Any]:
    """The stage of one pooling, or of several side by side."""
    x = np.asarray(x, float)
    made = [(layer, pool_layer(x, layer)) for layer in layers]
    first, output = made[0]
    formulas = tuple(layer_formulas(first, x.shape[1:])) if first.rank == 2 else ()
    return encode(layer_payload(first, x, output, others=made[1:], formulas=formulas, **shown))


def pooled_line(x: np.ndarray, layer: PoolSpec) -> dict[str, Any]:
    """The stage of a max pooling of one axis."""
    output = max_pool1d(x, layer.kernel_size, layer.stride, layer.padding)
    return encode(layer_payload(layer, x, output))


def random_conv(seed: int, size: tuple[int, ...], **settings: Any) -> dict[str, Any]:
    """A convolution with numbers of a seed."""
    layer = ConvSpec(**{"in_channels": 1, "out_channels": 1, "bias": False, **settings})
    bias = drawn(seed + 2, layer.out_channels) if layer.bias else None
    x, weight = drawn(seed, layer.in_channels, *size), drawn(seed + 1, *layer.weight_shape)
    return convolved(layer, x, weight, bias)


def random_transposed(seed: int, size: tuple[int, ...], **settings: Any) -> dict[str, Any]:
    """A transposed convolution with numbers of a seed."""
    layer = ConvTransposeSpec(**{"in_channels": 1, "out_channels": 1, "bias": False, **settings})
    bias = drawn(seed + 2, layer.out_channels) if layer.bias else None
    x, weight = drawn(seed, layer.in_channels, *size), drawn(seed + 1, *layer.weight_shape)
    return convolved(layer, x, weight, bias)


def pool_specs(size: Any, **settings: Any) -> list[PoolSpec]:
    """One pooling of each kind."""
    return [
        PoolSpec(size, kind=kind, norm_type=3.0 if row.takes_norm else None, **settings)
        for kind, row in POOL_KINDS.items()
    ]


def stage_fixtures() -> dict[str, Any]:
    """A layer of every kind that the stage draws."""
    plain = ConvSpec(1, 1, (3, 3), bias=False)
    two = ConvSpec(2, 1, (2, 2))
    planes = [[[0, 1, 2], [3, 4, 5], [6, 7, 8]], [[1, 2, 3], [4, 5, 6], [7, 8, 9]]]
    strided = ConvSpec(1, 1, (3, 3), stride=2, padding=1, bias=False)
    counting = np.arange(1, 17).reshape(1, 4, 4)
    reflect = ConvSpec(1, 1, (3, 3), padding=1, padding_mode="reflect", bias=False)
    first, second = {"stride": 2}, {"stride": 2, "padding": 1, "ceil_mode": True}
    layers = {
        "textbook": convolved(plain, TEXTBOOK, [[[[0, 1, 2], [2, 2, 0], [0, 1, 2]]]]),
        "two": convolved(two, planes, [[[[0, 1], [2, 3]], [[1, 2], [3, 4]]]], np.array([0.5])),
        "strided": convolved(strided, counting, SOBEL, step=2),
        "photo": convolved(reflect, drawn(8, 1, 12, 12, least=0, most=255), [[[[1 / 9] * 3] * 3]]),
        "rgb": random_conv(
            11, (16, 16), in_channels=3, out_channels=4, kernel_size=3, padding=1, bias=True
        )
        | {"step": 300},
        "dilated": random_conv(21, (9, 9), kernel_size=3, padding=1, dilation=2),
        "dilated-strided": random_conv(22, (9, 10), kernel_size=(3, 2), dilation=(2, 3), stride=2),
        "grouped": random_conv(
            23, (5, 5), in_channels=4, out_channels=4, kernel_size=2, groups=2, bias=True
        ),
        "depthwise": random_conv(
            24, (5, 4), in_channels=3, out_channels=3, kernel_size=3, groups=3, padding=1
        ),
        "uneven": random_conv(25, (5, 6), kernel_size=(2, 4), padding=((0, 1), (2, 1))),
        "full": random_conv(26, (4, 4), kernel_size=3, padding="full"),
        "passed-over": random_conv(27, (6, 7), kernel_size=1, stride=(3, 2)),
        "avg": pooled(CORNERS, PoolSpec(2, kind="avg", ceil_mode=True), step=5),
        "max": pooled(drawn(31, 2, 6, 6), PoolSpec(3, kind="max", stride=2, padding=1), step=7),
        "pools": pooled(
            PLANE,
            *(PoolSpec(2, kind=kind, **first) for kind in ("max", "avg", "min", "median")),
            PoolSpec(2, kind="lp", norm_type=2.0, **first),
        ),
        "pools-padded": pooled(
            PLANE + SECOND_PLANE,
            *(PoolSpec(3, kind=kind, **second) for kind in ("max", "avg", "median")),
        ),
        "line": random_conv(51, (9,), kernel_size=(3,), padding=1, stride=2),
        "transposed-line": random_transposed(52, (4,), kernel_size=(2,), stride=3),
        "transposed": random_transposed(
            53,
            (3, 4),
            in_channels=2,
            out_channels=3,
            kernel_size=(3, 2),
            stride=2,
            padding=1,
            output_padding=1,
            bias=True,
        ),
        "transposed-grouped": random_transposed(
            54, (3, 3), in_channels=4, out_channels=2, kernel_size=3, groups=2, dilation=2
        ),
        "video": random_conv(
            56,
            (4, 3, 4),
            kernel_size=(2, 3, 2),
            stride=(2, 1, 1),
            padding=((1, 0), (1, 1), (0, 0)),
        ),
        "video-channels": random_conv(
            57,
            (2, 3, 3),
            in_channels=2,
            out_channels=2,
            kernel_size=(2, 2, 2),
            padding=((1, 1), (0, 0), (0, 1)),
            padding_mode="replicate",
            bias=True,
        ),
        "pooled-line": pooled_line(drawn(55, 2, 7), PoolSpec((3,), stride=2, padding=1)),
    }
    for mode in PADDING_MODES:
        layers[f"mode-{mode}"] = random_conv(
            41,
            (4, 5),
            kernel_size=3,
            padding=2,
            stride=(1, 2),
            padding_mode=mode,
            padding_value=7.0 if PADDING_MODES[mode].takes_value else 0.0,
        )
    for spec in pool_specs(3, stride=2, padding=1, ceil_mode=True):
        layers[f"ceil-{spec.kind}"] = pooled(drawn(61, 1, 6, 6), spec)
    layers["ceil-avg-uncounted"] = pooled(
        drawn(61, 1, 6, 6),
        PoolSpec(3, kind="avg", stride=2, padding=1, ceil_mode=True, count_include_pad=False),
    )
    for name, asked in TRANSPOSED.items():
        layers[f"zeros-{name}"] = encode(stage_payload(transposed(way="zeros", **asked)))
    return {f"stage/{name}.json": payload for name, payload in layers.items()}


def connected(layer: Any, size: tuple[int, ...]) -> dict[str, Any]:
    """A layer's tables of rows and columns, its lines, and how often each input cell is used."""
    mode = layer.padding_mode if isinstance(layer, ConvSpec) else "zeros"
    links = [links_of(axis, mode) for axis in layer.axes(size)]
    uses = reduce(np.multiply.outer, (np.array(table.uses) for table in links))
    tables = two_axes(links)
    return encode({"links": tables, "lines": connections(links), "uses": uses.ravel().tolist()})


def connection_fixtures() -> dict[str, Any]:
    """Layers as graphs, for the pictures of their connections."""
    layers = {
        "plain": connected(ConvSpec(1, 1, 3), (5, 5)),
        "padded, strided": connected(ConvSpec(1, 1, (3, 2), stride=2, padding=1), (5, 4)),
        "reflected": connected(ConvSpec(1, 1, 3, padding=1, padding_mode="reflect"), (3, 3)),
        "transposed": connected(ConvTransposeSpec(1, 1, 3, stride=2, padding=1), (2, 3)),
        "line": connected(ConvSpec(1, 1, (3,), padding=1), (5,)),
    }
    return {"connections.json": layers}


TRANSPOSED = {
    "up": {"stride": "2x2"},
    "cropped": {"size": "3x4", "stride": "2x1", "padding": "1x2", "opad": "1x0"},
    "many": {"cin": "2", "cout": "4", "groups": "2", "bias": "1", "b": "1 -2 3 0", "kernel": "2x3"},
    "dilated": {"dilation": "2x2", "stride": "3x2"},
    "signal": {"rank": "1", "size": "4", "kernel": "3", "stride": "2"},
}
"""Transposed convolutions as the page's settings say them."""


def transposed(**asked: str) -> FlatScene:
    """The scene of such settings, with numbers of a seed where none are given."""
    flat = {"op": "transposed", "size": "3x3", "x": "random:5", "w": "random:6", **asked}
    scene, notes = settle(flat)
    assert not notes, notes
    return scene


def copies_fixtures() -> dict[str, Any]:
    """Stages that add copies of the kernel, with the output after each of them."""
    written = {}
    for name, asked in TRANSPOSED.items():
        scene = transposed(way="copies", **asked)
        steps = [replace(scene, step=step).running_output() for step in range(scene.steps)]
        running = [[float(n) for n in output.ravel()] for output in steps]
        written[f"copies/{name}.json"] = {
            "payload": encode(stage_payload(scene)),
            "running": running,
        }
    return written


def ways_fixtures() -> dict[str, Any]:
    """One channel of transposed convolutions both ways, with the output after each copy."""
    written = {}
    for name, asked in TRANSPOSED.items():
        scene = transposed(way="copies", **{**asked, "cin": "1", "cout": "1", "groups": "1"})
        scene = replace(scene, layer=replace(scene.layer, bias=False), bias=None)
        both = both_ways(scene)
        steps = [replace(scene, step=step).running_output() for step in range(scene.steps)]
        written[name] = encode(
            {
                "links": two_axes(both.links),
                "input": scene.input_array()[0].ravel().tolist(),
                "turned": both.turned.ravel().tolist(),
                "kernel": both.kernel.ravel().tolist(),
                "turned_taps": turned_taps(scene.layer.kernel_size),
                "output": both.output.ravel().tolist(),
                "running": [output.ravel().tolist() for output in steps],
            }
        )
    return {"ways.json": written}


def fixtures() -> dict[str, str]:
    """The text of every file, by its path in the folder."""
    written = stage_fixtures() | copies_fixtures() | loupe_fixtures() | connection_fixtures()
    written |= ways_fixtures()
    written["inks.json"] = {"dark_greys": int(is_dark(np.arange(256)[None, None]).sum())}
    return {name: text_of(data) for name, data in written.items()}


def text_of(data: Mapping[str, Any]) -> str:
    """JSON with a line for each name."""
    lines = (
        f"{json.dumps(name)}: {json.dumps(value, allow_nan=False)}" for name, value in data.items()
    )
    return "{\n" + ",\n".join(lines) + "\n}\n"


def main() -> None:
    for name, text in fixtures().items():
        path = FOLDER / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
