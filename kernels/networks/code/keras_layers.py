"""Keras's layers by name, as they are pasted: which layers here they are."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from kernels.errors import ShapeError
from kernels.layers.pool_kinds import POOL_KINDS
from kernels.layers.spec import ConvSpec, ConvTransposeSpec, PoolSpec
from kernels.networks.code.torch_layers import NEEDED, Found, Make
from kernels.networks.coming import Coming, fitting_count
from kernels.networks.layers import (
    Activation,
    AdaptiveAvgPool,
    BatchNorm,
    Crop,
    Dropout,
    Flatten,
    Layer,
    Linear,
    Shape,
    ZeroPad,
)
from kernels.reading.notation import NotationError

WRITTEN = re.compile(r"\b(?:Dense|\w+[123]D)\(")
"""What shows that a text is written for Keras."""

_CONV: dict[str, Any] = {
    "filters": NEEDED, "kernel_size": NEEDED, "strides": 1, "padding": "valid",
    "data_format": None, "dilation_rate": 1, "groups": 1, "activation": None, "use_bias": True,
}  # fmt: skip
_DEPTHWISE: dict[str, Any] = {
    "kernel_size": NEEDED, "strides": 1, "padding": "valid", "depth_multiplier": 1,
    "data_format": None, "dilation_rate": 1, "activation": None, "use_bias": True,
}  # fmt: skip
_TRANSPOSED: dict[str, Any] = {
    "filters": NEEDED, "kernel_size": NEEDED, "strides": 1, "padding": "valid",
    "output_padding": None, "data_format": None, "dilation_rate": 1, "activation": None,
    "use_bias": True,
}  # fmt: skip
_POOL: dict[str, Any] = {"pool_size": 2, "strides": None, "padding": "valid"}
_ALIKE = {"relu": "relu", "relu6": "relu6", "leaky_relu": "leaky relu", "sigmoid": "sigmoid",
          "tanh": "tanh", "softmax": "softmax"}  # fmt: skip
_NAMED = {"ReLU": "relu", "LeakyReLU": "leaky relu", "Softmax": "softmax"}

SIGNATURES: Mapping[str, dict[str, Any]] = {
    "Conv": _CONV, "DepthwiseConv": _DEPTHWISE, "ConvTranspose": _TRANSPOSED,
    "MaxPooling": _POOL, "MaxPool": _POOL, "AveragePooling": _POOL, "AvgPool": _POOL,
    "GlobalAveragePooling": {}, "Flatten": {}, "Dropout": {"rate": NEEDED},
    "BatchNormalization": {}, "ZeroPadding": {"padding": 1}, "Cropping": {"cropping": NEEDED},
    "Dense": {"units": NEEDED, "activation": None, "use_bias": True},
    "Activation": {"activation": NEEDED},
    "Input": {"shape": None}, "InputLayer": {"shape": None},
    **{name: {} for name in _NAMED},
}  # fmt: skip
"""The settings that count of each, in Keras's order, with what they are unless given."""

_ALWAYS = {"input_shape": None}


def keras_kind(name: str) -> tuple[str, int]:
    """A layer's name without its axes, and how many they are; ("", 0) for what is not known.

    >>> keras_kind("Conv2D"), keras_kind("Conv2DTranspose"), keras_kind("LSTM")
    (('Conv', 2), ('ConvTranspose', 2), ('', 0))
    """
    found = re.fullmatch(r"(\w+?)([123])D(Transpose)?", name)
    kind, rank = (found[1] + (found[3] or ""), int(found[2])) if found else (name, 0)
    return (kind, rank) if kind in SIGNATURES else ("", 0)


def keras_settings(name: str) -> frozenset[str]:
    """The settings of a layer that count here; others, such as an initializer, do not.

    >>> sorted(keras_settings("Dropout"))
    ['input_shape', 'rate']
    """
    return frozenset(SIGNATURES[keras_kind(name)[0]] | _ALWAYS)


def keras_layer(
    name: str, args: Sequence[Any], named: Mapping[str, Any]
) -> tuple[list[Found], tuple[str, ...]]:
    """What a call is here: a layer, and its activation as another one.

    >>> (conv, relu), said = keras_layer("Conv2D", [32, 3], {"activation": "relu"})
    >>> conv(Coming.of((3, 32, 32))).weight_shape, relu(Coming.of((32, 30, 30))), said
    ((32, 3, 3, 3), Activation(name='relu'), ())

    Raises NotationError for settings that are missing or cannot be.
    """
    kind, rank = keras_kind(name)
    given = {
        **SIGNATURES[kind],
        **_ALWAYS,
        **dict(zip(SIGNATURES[kind], args, strict=False)),
        **named,
    }
    missing = [key for key, value in given.items() if value is NEEDED]
    if missing:
        raise NotationError(f"{name} lacks {' and '.join(missing)}; give it a number.")
    if kind in _NAMED:
        return [lambda _came: Activation(_NAMED[kind])], ()
    found: list[Found] = []
    if kind in _MADE:
        found.append(_maker(name, _MADE[kind], rank, given))
    if kind == "GlobalAveragePooling":
        found.append(lambda _came: Flatten())
    bent, said = _activation(given.get("activation"))
    return [*found, *bent], said


def keras_input(name: str, args: Sequence[Any], named: Mapping[str, Any]) -> Shape | None:
    """The input's shape that a call says, channels first; None where it says none.

    >>> keras_input("Conv2D", [32, 3], {"input_shape": (28, 28, 1)})
    (1, 28, 28)
    """
    shape = named.get("input_shape", named.get("shape"))
    if shape is None and keras_kind(name)[0] in ("Input", "InputLayer") and args:
        shape = args[0]
    if not isinstance(shape, tuple | list) or not shape:
        return None
    sizes = [n for n in shape if type(n) is int and n > 0]
    return (sizes[-1], *sizes[:-1]) if len(sizes) == len(shape) <= 4 else None


def _activation(given: Any) -> tuple[list[Found], tuple[str, ...]]:
    if given in (None, "linear"):
        return [], ()
    if isinstance(given, str) and given in _ALIKE:
        return [lambda _came: Activation(_ALIKE[given])], ()
    name = given if isinstance(given, str) else "of its own"
    return [], (f"The activation {name} is not known here and was left out.",)


def _maker(
    name: str, make: Callable[[Mapping[str, Any], int, Coming], Layer], rank: int, given: Any
) -> Make:
    def made(came: Coming) -> Layer:
        try:
            return make(given, rank, came)
        except (ShapeError, TypeError, ValueError) as error:
            why = " ".join(error.faults) if isinstance(error, ShapeError) else "It takes numbers."
            raise NotationError(f"{name}: {why}") from None

    return made


def _axes(value: Any, rank: int) -> tuple[Any, ...]:
    return tuple(value) if isinstance(value, tuple | list) else (value,) * rank


def _count(layer: type, came: Coming) -> int:
    count = fitting_count(layer, came)
    if count is None:
        raise ShapeError("What comes in is not known, as a layer before it does not fit.")
    return count


def _padding(given: Mapping[str, Any], stride: tuple[Any, ...]) -> str | int:
    """Keras puts an odd cell at the end."""
    match given["padding"]:
        case "valid":
            return 0
        case "same":
            return "same" if set(stride) == {1} else "same_upper"
        case other:
            raise ShapeError(f"padding is {other!r}; use 'valid' or 'same'.")


def _conv(given: Mapping[str, Any], rank: int, came: Coming) -> Layer:
    stride = _axes(given["strides"], rank)
    return ConvSpec(
        _count(ConvSpec, came), given["filters"], _axes(given["kernel_size"], rank), stride,
        _padding(given, stride), _axes(given["dilation_rate"], rank), given["groups"],
        bool(given["use_bias"]),
    )  # fmt: skip


def _depthwise(given: Mapping[str, Any], rank: int, came: Coming) -> Layer:
    count = _count(ConvSpec, came)
    out = {"filters": count * given["depth_multiplier"], "groups": count}
    return _conv({**given, **out}, rank, came)


def _transposed(given: Mapping[str, Any], rank: int, came: Coming) -> Layer:
    kernel, stride = _axes(given["kernel_size"], rank), _axes(given["strides"], rank)
    # With "same" as many cells come out as the stride says, else all that a kernel reaches.
    cut = [
        max(k - s, 0) * (given["padding"] == "same") for k, s in zip(kernel, stride, strict=True)
    ]
    return ConvTransposeSpec(
        _count(ConvTransposeSpec, came), given["filters"], kernel, stride,
        tuple((n // 2, n - n // 2) for n in cut),
        tuple(max(s - k, 0) for k, s in zip(kernel, stride, strict=True)),
        bias=bool(given["use_bias"]),
    )  # fmt: skip


def _pool(kind: str) -> Callable[[Mapping[str, Any], int, Coming], Layer]:
    def make(given: Mapping[str, Any], rank: int, _came: Coming) -> Layer:
        window = _axes(given["pool_size"], rank)
        stride = window if given["strides"] is None else _axes(given["strides"], rank)
        padding = _padding(given, stride)
        # Keras never counts padding in an average.
        counted = not POOL_KINDS[kind].takes_divisor
        return PoolSpec(window, stride, padding, kind=kind, count_include_pad=counted)

    return make


def _dense(given: Mapping[str, Any], _rank: int, came: Coming) -> Layer:
    return Linear(_count(Linear, came), given["units"], bool(given["use_bias"]))


def _resized(kind: type, setting: str) -> Callable[[Mapping[str, Any], int, Coming], Layer]:
    def make(given: Mapping[str, Any], rank: int, _came: Coming) -> Layer:
        ends = _axes(given[setting], rank)
        return kind(tuple(_axes(end, 2) for end in ends))

    return make


_MADE: Mapping[str, Callable[[Mapping[str, Any], int, Coming], Layer]] = {
    "Conv": _conv, "DepthwiseConv": _depthwise, "ConvTranspose": _transposed,
    "MaxPooling": _pool("max"), "MaxPool": _pool("max"),
    "AveragePooling": _pool("avg"), "AvgPool": _pool("avg"),
    "GlobalAveragePooling": lambda _given, _rank, _came: AdaptiveAvgPool(1),
    "Flatten": lambda _given, _rank, _came: Flatten(),
    "Dropout": lambda given, _rank, _came: Dropout(float(given["rate"])),
    "BatchNormalization": lambda _given, _rank, came: BatchNorm(_count(BatchNorm, came)),
    "ZeroPadding": _resized(ZeroPad, "padding"), "Cropping": _resized(Crop, "cropping"),
    "Dense": _dense,
}  # fmt: skip
