"""torch.nn's layers by name: which settings they take, and which layer here they are."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from kernels.errors import ShapeError
from kernels.layers.padding_modes import PADDING_MODES
from kernels.layers.pool_kinds import POOL_KINDS
from kernels.layers.spec import ConvSpec, ConvTransposeSpec, PoolSpec
from kernels.networks.coming import Coming, fitting_count, input_setting
from kernels.networks.layers import (
    Activation,
    AdaptiveAvgPool,
    BatchNorm,
    Crop,
    Dropout,
    Flatten,
    InstanceNorm,
    Layer,
    Linear,
    LocalResponseNorm,
    ZeroPad,
)
from kernels.reading.notation import NotationError

NEEDED = object()
Make = Callable[[Coming], Layer]


@dataclass(frozen=True)
class Pad:
    """A padding layer of torch's: cells at the ends of each axis, and what they hold."""

    pairs: tuple[tuple[int, int], ...]
    mode: str = "zeros"
    value: float = 0.0


Found = Make | Pad | None
"""What a call is: a layer, once it is known what comes in; padding; or nothing at all."""

_IGNORED = {"inplace", "device", "dtype", "eps", "momentum", "track_running_stats", "dim",
            "return_indices", "alpha", "beta", "k"}  # fmt: skip
_CONV: dict[str, Any] = {
    "in_channels": NEEDED, "out_channels": NEEDED, "kernel_size": NEEDED, "stride": 1,
    "padding": 0, "dilation": 1, "groups": 1, "bias": True, "padding_mode": "zeros",
}  # fmt: skip
_TRANSPOSED: dict[str, Any] = {
    "in_channels": NEEDED, "out_channels": NEEDED, "kernel_size": NEEDED, "stride": 1,
    "padding": 0, "output_padding": 0, "groups": 1, "bias": True, "dilation": 1,
}  # fmt: skip
_MAX: dict[str, Any] = {"kernel_size": NEEDED, "stride": None, "padding": 0, "dilation": 1,
                        "return_indices": False, "ceil_mode": False}  # fmt: skip
_AVG: dict[str, Any] = {"kernel_size": NEEDED, "stride": None, "padding": 0, "ceil_mode": False,
                        "count_include_pad": True, "divisor_override": None}  # fmt: skip
_LP: dict[str, Any] = {"norm_type": NEEDED, "kernel_size": NEEDED, "stride": None,
                       "ceil_mode": False}  # fmt: skip
_NORM: dict[str, Any] = {"num_features": NEEDED, "eps": 0, "momentum": 0, "affine": None}
_LINEAR: dict[str, Any] = {"in_features": NEEDED, "out_features": NEEDED, "bias": True}

SIGNATURES: Mapping[str, dict[str, Any]] = {
    "Conv": _CONV, "ConvTranspose": _TRANSPOSED, "MaxPool": _MAX, "AvgPool": _AVG, "LPPool": _LP,
    "BatchNorm": _NORM, "InstanceNorm": _NORM, "Linear": _LINEAR,
    "LocalResponseNorm": {"size": NEEDED, "alpha": 0, "beta": 0, "k": 0},
    "Dropout": {"p": 0.5}, "Flatten": {"start_dim": 1, "end_dim": -1},
    "AdaptiveAvgPool": {"output_size": NEEDED},
    "ReLU": {"inplace": False}, "ReLU6": {"inplace": False}, "Sigmoid": {}, "Tanh": {},
    "LeakyReLU": {"negative_slope": 0.01}, "Softmax": {"dim": None},
    "ZeroPad": {"padding": NEEDED}, "ConstantPad": {"padding": NEEDED, "value": NEEDED},
    "ReflectionPad": {"padding": NEEDED}, "ReplicationPad": {"padding": NEEDED},
    "CircularPad": {"padding": NEEDED},
}  # fmt: skip
"""The settings of each, in torch's order, with what they are unless given."""

_ACTIVATIONS = {"ReLU": "relu", "ReLU6": "relu6", "LeakyReLU": "leaky relu", "Sigmoid": "sigmoid",
                "Tanh": "tanh", "Softmax": "softmax"}  # fmt: skip
_PAD_MODES = {"ZeroPad": "zeros"} | {
    mode.torch_pad: mode.name for mode in PADDING_MODES.values() if mode.torch_pad
}
NOTHING = ("Identity",)


def is_known(name: str) -> bool:
    """Whether there is such a layer here.

    >>> is_known("Conv2d"), is_known("LazyLinear"), is_known("GELU")
    (True, True, False)
    """
    kind, _, _ = _kind(name)
    return kind in SIGNATURES or name in NOTHING


def _kind(name: str) -> tuple[str, int, bool]:
    """A layer's name without its axes and without Lazy: ('Conv', 2, False) for Conv2d."""
    lazy = name.startswith("Lazy")
    found = re.fullmatch(r"(\w+?)([123])d", name.removeprefix("Lazy"))
    return (found[1], int(found[2]), lazy) if found else (name.removeprefix("Lazy"), 0, lazy)


def torch_layer(
    name: str, args: Sequence[Any], named: Mapping[str, Any]
) -> tuple[Found, tuple[str, ...]]:
    """What a call of torch.nn is here, and sentences about what of it is not taken over.

    >>> make, said = torch_layer("Conv2d", [3, 6], {"kernel_size": 5})
    >>> make(Coming.of((3, 32, 32))).weight_shape, said
    ((6, 3, 5, 5), ())

    Raises NotationError for settings that are missing, unknown or cannot be.
    """
    if name in NOTHING:
        return None, ()
    kind, rank, lazy = _kind(name)
    settings = _bound(name, SIGNATURES[kind], args, named, lazy)
    said = []
    if kind == "BatchNorm" and settings["affine"] is False:
        said.append(f"{name} is taken with its scale and shift, without affine=False.")
    if kind == "LeakyReLU" and settings["negative_slope"] != 0.01:
        said.append(f"The slope of {name} is taken as 0.01, not {settings['negative_slope']}.")
    if kind in _PAD_MODES:
        return _pad(name, kind, rank, settings), ()
    return _maker(name, kind, rank, settings), tuple(said)


def _bound(
    name: str,
    signature: Mapping[str, Any],
    args: Sequence[Any],
    named: Mapping[str, Any],
    lazy: bool,
) -> dict[str, Any]:
    """Arguments by name, as Python would bind them."""
    names = list(signature)[1 if lazy else 0 :]
    if len(args) > len(names) + 3:  # device and dtype come last
        raise NotationError(f"nn.{name} has {len(args)} settings, but takes {', '.join(names)}.")
    given = dict(zip(names, args, strict=False))
    for key, value in named.items():
        if key in given:
            raise NotationError(f"nn.{name} is given {key} twice; give it once.")
        if key not in names and key not in _IGNORED:
            known = ", ".join(names) or "no settings"
            raise NotationError(f"nn.{name} has no setting {key}; it takes {known}.")
        given[key] = value
    settings = {key: given.get(key, signature[key]) for key in signature}
    if lazy:
        settings[next(iter(signature))] = None
    missing = [key for key, value in settings.items() if value is NEEDED]
    if missing:
        raise NotationError(f"nn.{name} lacks {' and '.join(missing)}; give it a number.")
    return settings


def _pad(name: str, kind: str, rank: int, settings: Mapping[str, Any]) -> Pad:
    cells = settings["padding"]
    numbers = list(cells) if isinstance(cells, tuple | list) else [cells] * (2 * rank)
    if len(numbers) != 2 * rank or not all(isinstance(n, int) for n in numbers):
        raise NotationError(
            f"nn.{name} takes {2 * rank} whole numbers, last axis first; write one for all ends, "
            "for example 1."
        )
    pairs = tuple((numbers[n], numbers[n + 1]) for n in range(2 * rank - 2, -1, -2))
    value = _number(name, "value", settings.get("value", 0.0))
    mode = _PAD_MODES[kind]
    return Pad(pairs, "zeros" if mode == "constant" and value == 0 else mode, value)


def _maker(name: str, kind: str, rank: int, settings: Mapping[str, Any]) -> Make:
    def make(came: Coming) -> Layer:
        try:
            return _made(kind, rank, settings, came)
        except (ShapeError, TypeError) as error:
            why = " ".join(error.faults) if isinstance(error, ShapeError) else "It takes numbers."
            raise NotationError(f"nn.{name}: {why}") from None

    return make


def _made(kind: str, rank: int, given: Mapping[str, Any], came: Coming) -> Layer:
    def window(*names: str) -> dict[str, Any]:
        spread = {name: given[name] for name in names if given.get(name) is not None}
        return {k: _per_axis(v, rank) if k == "kernel_size" else v for k, v in spread.items()}

    def count(layer: type, value: Any) -> Any:
        taken = fitting_count(layer, came) if value is None else value
        if taken is None:
            raise ShapeError(f"what comes in is not known; give it {input_setting(layer)}.")
        return taken

    match kind:
        case "Conv":
            settings = window(*_CONV)
            settings["in_channels"] = count(ConvSpec, given["in_channels"])
            return ConvSpec(**settings)
        case "ConvTranspose":
            settings = window(*_TRANSPOSED)
            settings["in_channels"] = count(ConvTransposeSpec, given["in_channels"])
            return ConvTransposeSpec(**settings)
        case "MaxPool":
            return PoolSpec(**window("kernel_size", "stride", "padding", "dilation", "ceil_mode"))
        case "AvgPool":
            return PoolSpec(**window(*_AVG), kind="avg")
        case "LPPool":
            return PoolSpec(**window(*_LP), kind="lp")
        case "BatchNorm":
            return BatchNorm(count(BatchNorm, given["num_features"]))
        case "InstanceNorm":
            return InstanceNorm(
                count(InstanceNorm, given["num_features"]), bool(given["affine"] or False)
            )
        case "Linear":
            taken = count(Linear, given["in_features"])
            return Linear(taken, given["out_features"], bool(given["bias"]))
        case "LocalResponseNorm":
            return LocalResponseNorm(given["size"])
        case "Dropout":
            return Dropout(_number(kind, "p", given["p"]))
        case "Flatten":
            return Flatten()
        case "AdaptiveAvgPool":
            size = set(_per_axis(given["output_size"], rank))
            if len(size) > 1:
                raise ShapeError("Its maps come out square here; give one number.")
            return AdaptiveAvgPool(size.pop())
        case _:
            return Activation(_ACTIVATIONS[kind])


def _number(name: str, setting: str, value: Any) -> float:
    if isinstance(value, int | float):
        return float(value)
    raise NotationError(f"nn.{name} has {setting}={value!r}; write a number, for example 0.5.")


def _per_axis(value: Any, rank: int) -> tuple[Any, ...]:
    return tuple(value) if isinstance(value, (tuple, list)) else (value,) * rank


def with_padding(layer: Layer, pad: Pad) -> Layer | None:
    """A window that pads by itself what a layer before it padded; None where it cannot.

    >>> with_padding(ConvSpec(3, 6, 3), Pad(((1, 0), (2, 2)), "reflect")).padding
    ((1, 0), (2, 2))
    """
    cells = tuple(n for pair in pad.pairs for n in pair)
    if min(cells) < 0 or getattr(layer, "rank", 0) != len(pad.pairs):
        return None
    if isinstance(layer, ConvSpec) and not any(map(any, _cells(layer.padding))):
        value = pad.value if pad.mode == "constant" else 0.0
        return replace(layer, padding=pad.pairs, padding_mode=pad.mode, padding_value=value)
    if not isinstance(layer, PoolSpec) or any(map(any, _cells(layer.padding))):
        return None
    if pad.value != POOL_KINDS[layer.kind].absent:
        return None
    try:
        return replace(layer, padding=pad.pairs)
    except ShapeError:
        return None


def _cells(padding: Any) -> Any:
    return () if isinstance(padding, str) and padding == "valid" else padding


def padding_layer(pad: Pad) -> Layer | None:
    """Padding by zeros, or what negative padding crops, as a layer; None for anything else.

    >>> padding_layer(Pad(((-1, -1), (-2, -2))))
    Crop(cells=((1, 1), (2, 2)))
    """
    cells = [n for pair in pad.pairs for n in pair]
    if pad.mode != "zeros" or len(pad.pairs) != 2:
        return None
    if min(cells) >= 0:
        return ZeroPad(pad.pairs)
    return Crop(tuple((-a, -b) for a, b in pad.pairs)) if max(cells) <= 0 else None
