"""One layer as a short text, and back: c6k5p2 is a convolution with 6 kernels of 5x5, padding 2.

What is written is only what differs from a layer's defaults and from what comes in.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import partial
from typing import Any

from kernels.errors import ShapeError
from kernels.layers.padding_modes import PADDING_MODES
from kernels.layers.pool_kinds import POOL_KINDS
from kernels.layers.spec import ConvSpec, ConvTransposeSpec, PoolSpec
from kernels.networks.coming import Coming, fitting_count, input_setting
from kernels.networks.layers import (
    ACTIVATIONS,
    Activation,
    AdaptiveAvgPool,
    Add,
    BatchNorm,
    Concatenate,
    Crop,
    Dropout,
    Flatten,
    InstanceNorm,
    Layer,
    Linear,
    LocalResponseNorm,
    ZeroPad,
)
from kernels.reading.link_text import ends_of_axes, quoted, whole_number, whole_numbers
from kernels.reading.notation import NotationError, number_text

EXAMPLES = "c6k5 (convolution), m2 (max pooling), relu, flat or l10 (fully connected)"
PADDING = ("same_upper", "same_lower", "same", "valid", "full")

_WHOLE, _CELLS, _ENDS, _REAL = r"[0-9]+", r"[0-9x]+", r"[0-9.x]+", r"-?[0-9.]+(?:e-?[0-9]+)?"


@dataclass(frozen=True)
class _Setting:
    """A letter of a piece, the setting that it is, and what may stand after it."""

    letter: str
    name: str
    text: str
    example: str


_WINDOW = (
    _Setting("k", "kernel_size", _CELLS, "k3 or k1x7"),
    _Setting("s", "stride", _CELLS, "s2 or s2x1"),
    _Setting("p", "padding", "|".join((*PADDING, _ENDS)), "p2, p2x0, p1.2 or psame"),
    _Setting("d", "dilation", _CELLS, "d2"),
    _Setting("r", "rank", "[123]", "r1"),
)
_TAKES = _Setting("i", "count", _WHOLE, "i64")
_BIAS = _Setting("b", "bias", "[01]", "b0")
_GROUPS = _Setting("g", "groups", _WHOLE, "g2")
_OF_CONV = (
    *_WINDOW,
    _GROUPS,
    _BIAS,
    _TAKES,
    _Setting("m", "padding_mode", "|".join(PADDING_MODES), "mreflect"),
    _Setting("v", "padding_value", _REAL, "v0.5"),
)
_OF_TRANSPOSED = (
    *_WINDOW,
    _Setting("o", "output_padding", _CELLS, "o1"),
    _GROUPS,
    _BIAS,
    _TAKES,
)
_OF_POOL = (
    _Setting("ceil", "ceil_mode", "", "ceil"),
    _Setting("nopad", "count_include_pad", "", "nopad"),
    _Setting("by", "divisor_override", _WHOLE, "by4"),
    _Setting("n", "norm_type", _REAL, "n2"),
    *_WINDOW[1:],
)


@dataclass(frozen=True)
class _Form:
    """A word that begins a piece: what may stand right behind it, and which settings may follow."""

    word: str
    make: Callable[..., Layer]
    first: _Setting | None = None
    settings: Sequence[_Setting] = ()
    optional: bool = False


def _out(example: str) -> _Setting:
    return _Setting("", "out", _WHOLE, example)


def _window(example: str) -> _Setting:
    return _Setting("", "kernel_size", _CELLS, example)


def _conv(kind: type, came: Coming, out: int, **settings: Any) -> Layer:
    count = settings.pop("count", None)
    rank = settings.pop("rank", None) or came.rank or 2
    if "kernel_size" not in settings:
        raise ShapeError("a kernel is missing; write for example k3.")
    return kind(_count(kind, came, count), out, **_spread(settings, rank))


def _pool(kind: str, came: Coming, **settings: Any) -> Layer:
    rank = settings.pop("rank", None) or came.rank or 2
    if "ceil_mode" in settings:
        settings["ceil_mode"] = True
    if "count_include_pad" in settings:
        settings["count_include_pad"] = False
    return PoolSpec(**_spread(settings, rank), kind=kind)


def _linear(came: Coming, out: int, bias: bool = True, count: int | None = None) -> Layer:
    return Linear(_count(Linear, came, count), out, bias)


def _batch_norm(came: Coming, count: int | None = None) -> Layer:
    return BatchNorm(_count(BatchNorm, came, count))


def _instance_norm(came: Coming, out: int = 0, count: int | None = None) -> Layer:
    return InstanceNorm(_count(InstanceNorm, came, count), affine=bool(out))


def _resize(kind: type, came: Coming, padding: str) -> Layer:
    return kind(_ends(padding, 2))


def _alone(layer: Layer, came: Coming) -> Layer:
    return layer


def _count(kind: type, came: Coming, given: int | None) -> int:
    count = fitting_count(kind, came) if given is None else given
    if count is None:
        raise ShapeError(
            f"what comes in is not known, as a layer before it does not fit; write its "
            f"{input_setting(kind)}, for example i64."
        )
    return count


def _spread(settings: Mapping[str, Any], rank: int) -> dict[str, Any]:
    """Settings that have one number an axis, spread over the axes."""
    spread = dict(settings)
    for name in ("kernel_size", "stride", "dilation", "output_padding"):
        if name in settings:
            spread[name] = whole_numbers(settings[name], rank)
            if spread[name] is None:
                raise ShapeError(
                    f"{name} is {quoted(settings[name])} but takes one number, or {rank} with an "
                    "x between them."
                )
    if "padding" in settings and settings["padding"] not in PADDING:
        spread["padding"] = _ends(settings["padding"], rank)
    return spread


def _ends(text: str, rank: int) -> tuple[tuple[int, int], ...]:
    ends = ends_of_axes(text, rank)
    if ends is None:
        raise ShapeError(
            f"{quoted(text)} is not a number of cells; write for example 2, 1.2 (before and after) "
            f"or {'x'.join(['1'] * max(rank, 2))}."
        )
    return ends


def pool_word(kind: str) -> str:
    """How a kind of pooling begins its piece.

    >>> pool_word("max"), pool_word("median"), pool_word("l1")
    ('m', 'median', 'l1pool')

    A number follows at once, and l12 is a fully connected layer: after a digit stands "pool".
    """
    letters = {"max": "m", "avg": "a"}
    return letters.get(kind, f"{kind}pool" if kind[-1].isdigit() else kind)


_FORMS = (
    _Form("c", partial(_conv, ConvSpec), _out("c6k5"), _OF_CONV),
    _Form("t", partial(_conv, ConvTransposeSpec), _out("t64k2s2"), _OF_TRANSPOSED),
    *(
        _Form(word, partial(_pool, kind), _window(f"{word}2"), _OF_POOL)
        for kind, word in zip(POOL_KINDS, map(pool_word, POOL_KINDS), strict=True)
    ),
    *(_Form(name.replace(" ", "_"), partial(_alone, Activation(name))) for name in ACTIVATIONS),
    _Form("bn", _batch_norm, settings=(_TAKES,)),
    _Form("in", _instance_norm, _Setting("", "out", "[01]", "in1"), (_TAKES,), optional=True),
    _Form("lrn", lambda came, out=5: LocalResponseNorm(out), _out("lrn5"), optional=True),
    _Form("drop", lambda came, p=0.5: Dropout(p), _Setting("", "p", _REAL, "drop0.5"), (), True),
    _Form("flat", partial(_alone, Flatten())),
    _Form("l", _linear, _out("l120"), (_BIAS, _TAKES)),
    _Form("gap", partial(_alone, AdaptiveAvgPool(1))),
    _Form("aap", lambda came, out: AdaptiveAvgPool(out), _out("aap7")),
    _Form("crop", partial(_resize, Crop), _Setting("", "padding", _ENDS, "crop4")),
    _Form("pad", partial(_resize, ZeroPad), _Setting("", "padding", _ENDS, "pad2")),
    _Form("add", partial(_alone, Add())),
    _Form("cat", partial(_alone, Concatenate())),
)
_LONGEST_FIRST = sorted(_FORMS, key=lambda form: -len(form.word))


def read_piece(text: str, came: Coming) -> Layer:
    """Read one layer; `came` is what comes into it.

    >>> read_piece("c16k5", Coming.of((6, 14, 14)))
    ConvSpec(in_channels=6, out_channels=16, kernel_size=(5, 5), stride=(1, 1), \
padding=((0, 0), (0, 0)), dilation=(1, 1), groups=1, bias=True, padding_mode='zeros', \
padding_value=0.0)
    >>> read_piece("conv16", Coming.of((6, 14, 14)))
    Traceback (most recent call last):
    kernels.reading.faults.NotationError: “conv16” is not a layer; write for example c6k5 \
(convolution), m2 (max pooling), relu, flat or l10 (fully connected).
    """
    form = next((form for form in _LONGEST_FIRST if text.startswith(form.word)), None)
    if form is None:
        raise NotationError(f"{quoted(text)} is not a layer; write for example {EXAMPLES}.")
    rest, settings = text.removeprefix(form.word), {}
    if form.first is not None:
        found = re.match(form.first.text, rest)
        if found is None and not form.optional:
            if rest[:1].isalpha():
                raise NotationError(f"{quoted(text)} is not a layer; write for example {EXAMPLES}.")
            raise NotationError(
                f"{quoted(text)} lacks a number; write for example {form.first.example}."
            )
        if found is not None:
            settings[form.first.name] = _value(form.first, found.group(), text)
            rest = rest[found.end() :]
    settings |= _settings(form, rest, text)
    try:
        return form.make(came, **settings)
    except ShapeError as error:
        raise NotationError(f"In {quoted(text, 40)}: {' '.join(error.faults)}") from None


def _settings(form: _Form, rest: str, text: str) -> dict[str, Any]:
    settings: dict[str, Any] = {}
    while rest:
        for setting in form.settings:
            found = re.match(f"{setting.letter}({setting.text})", rest)
            if found is not None:
                break
        else:
            raise _not_read(form, rest, text)
        if setting.name in settings:
            raise NotationError(
                f"{quoted(text, 40)} says {setting.letter} twice; write it once, as in "
                f"{setting.example}."
            )
        settings[setting.name] = _value(setting, found.group(1), text)
        rest = rest[found.end() :]
    return settings


def _not_read(form: _Form, rest: str, text: str) -> NotationError:
    if not form.settings and (rest[:1].isalpha() or form.first is None):
        return NotationError(f"{quoted(text)} is not a layer; write for example {EXAMPLES}.")
    known = next((s for s in form.settings if rest.startswith(s.letter)), None)
    examples = [known.example] if known else [setting.example for setting in form.settings]
    alone = form.first.example if form.first else form.word
    listed = ", ".join(examples) or f"{alone} alone"
    return NotationError(f"{quoted(rest)} in {quoted(text, 40)} is not read; write {listed}.")


def _value(setting: _Setting, found: str, text: str) -> Any:
    if setting.text == _WHOLE or setting.name in ("rank", "bias", "out"):
        number = whole_number(found)
        if number is None:
            raise NotationError(f"{quoted(found)} in {quoted(text)} is too large a number.")
        return bool(number) if setting.name == "bias" else number
    if setting.text == _REAL:
        try:
            return float(found)
        except ValueError:
            raise NotationError(
                f"{quoted(found)} in {quoted(text)} is not a number; write {setting.example}."
            ) from None
    return found


def written_piece(layer: Layer, came: Coming) -> str:
    """Write one layer, leaving out what follows from what comes in.

    >>> written_piece(ConvSpec(6, 16, (1, 7), padding="same", bias=False), Coming.of((6, 14, 14)))
    'c16k1x7psameb0'
    >>> written_piece(Linear(1280, 10), Coming.of((640,)))
    'l10i1280'
    """
    match layer:
        case ConvSpec() | ConvTransposeSpec():
            word = f"{'c' if isinstance(layer, ConvSpec) else 't'}{layer.out_channels}"
            return word + f"k{_cells(layer.kernel_size)}" + _window_text(layer, came)
        case PoolSpec():
            return pool_word(layer.kind) + _cells(layer.kernel_size) + _window_text(layer, came)
        case Activation():
            return layer.name.replace(" ", "_")
        case BatchNorm():
            return "bn" + _takes(layer, came)
        case InstanceNorm():
            return "in" + "1" * layer.affine + _takes(layer, came)
        case LocalResponseNorm():
            return f"lrn{layer.size}"
        case Dropout():
            return "drop" + ("" if layer.p == 0.5 else number_text(layer.p))
        case Flatten():
            return "flat"
        case Linear():
            return f"l{layer.out_features}" + "b0" * (not layer.bias) + _takes(layer, came)
        case AdaptiveAvgPool():
            return "gap" if layer.output_size == 1 else f"aap{layer.output_size}"
        case Crop() | ZeroPad():
            return ("crop" if isinstance(layer, Crop) else "pad") + _ends_text(layer.cells)
        case Add():
            return "add"
        case Concatenate():
            return "cat"


def _window_text(layer: ConvSpec | ConvTransposeSpec | PoolSpec, came: Coming) -> str:
    """The settings behind the kernel, where they differ from their defaults."""
    usual = {f.name: f.default for f in fields(layer)}
    text = ""
    if layer.stride != (layer.kernel_size if isinstance(layer, PoolSpec) else (1,) * layer.rank):
        text += f"s{_cells(layer.stride)}"
    if isinstance(layer.padding, str):
        text += f"p{layer.padding}"
    elif any(map(any, layer.padding)):
        text += f"p{_ends_text(layer.padding)}"
    if any(d != 1 for d in layer.dilation):
        text += f"d{_cells(layer.dilation)}"
    if layer.rank != (came.rank or 2):
        text += f"r{layer.rank}"
    if isinstance(layer, ConvTransposeSpec) and any(layer.output_padding):
        text += f"o{_cells(layer.output_padding)}"
    if isinstance(layer, PoolSpec):
        text += "ceil" * layer.ceil_mode + "nopad" * (not layer.count_include_pad)
        text += "" if layer.divisor_override is None else f"by{layer.divisor_override}"
        return text + ("" if layer.norm_type is None else f"n{number_text(layer.norm_type)}")
    text += f"g{layer.groups}" if layer.groups > 1 else ""
    text += "b0" * (not layer.bias)
    if isinstance(layer, ConvSpec) and layer.padding_mode != usual["padding_mode"]:
        text += f"m{layer.padding_mode}"
        text += f"v{number_text(layer.padding_value)}" if layer.padding_value else ""
    return text + _takes(layer, came)


def _takes(layer: Layer, came: Coming) -> str:
    count = getattr(layer, input_setting(layer))
    return "" if fitting_count(layer, came) == count else f"i{count}"


def _cells(numbers: Sequence[int]) -> str:
    return str(numbers[0]) if len(set(numbers)) == 1 else "x".join(map(str, numbers))


def _ends_text(pairs: Sequence[tuple[int, int]]) -> str:
    """Cells before and after, axis by axis; one number where all are alike."""
    texts = [str(a) if a == b else f"{a}.{b}" for a, b in pairs]
    return texts[0] if len(set(texts)) == 1 else "x".join(texts)
