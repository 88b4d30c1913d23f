"""Questions with given numbers: somebody types a layer, or several, and what is to be asked.

The text is that of a link: what is asked, then the network (`kernels.networks.notation`).

>>> question = given_question("size 1x256x256; c1k3s2p1; m4s1")
>>> question.key, question.prompt[-1]
('given.size.1x256x256;c1k3s2p1;m4s1', 'How large is the output? Give its height (= its width).')
>>> from lessons.quiz import check
>>> check(question, {"size": "127"}).single_slips
('layers-turned-round',)
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from kernels import ConvSpec, PoolSpec, ShapeError
from kernels.networks.layers import Flatten, Layer, Linear
from kernels.networks.notation import read_network, written
from kernels.reading.link_text import quoted
from kernels.reading.notation import NotationError
from lessons.quiz.own_words import ASK, OWN
from lessons.quiz.quantities import unsaid
from lessons.quiz.question import Field, Question, QuizError, Setup
from lessons.quiz.shapes import plain_layers, shapes
from lessons.quiz.wording import (
    FLOOR,
    MACS,
    ROWS_FIRST,
    SHAPE,
    counted,
    input_words,
    network_layer_words,
    per_side,
)

MOST_LETTERS, MOST_LAYERS = 400, 12
"""Of a question's text, and layers in it: more would fill the page."""

GIVEN = "given."
"""How the key of such a question begins."""

BIASES = "Biases are counted: one for each kernel, and one for each fully connected output."
NO_BIASES = "There are no biases."

Layers = tuple[Layer, ...]


class Asked(NamedTuple):
    """Something that can be asked of given layers.

    family: the kind of question that it is like, by which skills are recorded. asks: the sentence.
    fits: what is wrong with the layers, or ''. boxes: the fields.
    """

    title: str
    family: str
    asks: str
    fits: Callable[[tuple[int, ...], Layers], str]
    boxes: Callable[[tuple[int, ...], Layers], tuple[Field, ...]]


def _windows(shape: tuple[int, ...], layers: Layers) -> str:
    if all(isinstance(layer, ConvSpec | PoolSpec) and layer.rank == 2 for layer in layers):
        if len(layers) == 1 or (len(set(shape[1:])) == 1 and all(map(_square, layers))):
            return ""
        return "Several layers need a square input and square windows"
    return "Use convolutions and poolings, such as c6k5 and m2"


def _square(layer: ConvSpec | PoolSpec) -> bool:
    settings = (layer.kernel_size, layer.stride, layer.padding, layer.dilation)
    return isinstance(layer.padding, str) or all(len(set(one)) == 1 for one in settings)


def _one_conv(shape: tuple[int, ...], layers: Layers) -> str:
    if len(layers) == 1 and isinstance(layers[0], ConvSpec) and layers[0].rank == 2:
        return ""
    return "Use one convolution, such as c6k5"


def _learning(shape: tuple[int, ...], layers: Layers) -> str:
    plain = all(
        isinstance(layer, PoolSpec | Flatten | Linear)
        or (isinstance(layer, ConvSpec) and layer.rank == 2)
        for layer in layers
    )
    if plain and any(isinstance(layer, ConvSpec | Linear) for layer in layers):
        return ""
    return "Use convolutions, poolings, flat and fully connected layers, such as c6k5 and l10"


def _size_boxes(shape: tuple[int, ...], layers: Layers) -> tuple[Field, ...]:
    if len(layers) == 1:
        return SHAPE
    return (Field("size", "height = width", "axis", "size_after_all", len(layers) - 1),)


def _count_box(label: str, asks: str) -> Callable[[tuple[int, ...], Layers], tuple[Field, ...]]:
    return lambda shape, layers: (Field(asks, label, "integer", asks),)


ASKED: dict[str, Asked] = {
    "size": Asked("Output size", "output_size", "How large is the output?", _windows, _size_boxes),
    "channels": Asked(
        "Channels out",
        "channels_out",
        "How many channels come out?",
        _one_conv,
        _count_box("channels", "channels"),
    ),
    "weights": Asked(
        "Weights of a layer",
        "layer_weights",
        "How many weights does the layer learn, biases left out?",
        _one_conv,
        _count_box("weights", "weights"),
    ),
    "macs": Asked(
        "Multiply-adds",
        "macs",
        "How many multiply-adds (MACs) does it take?",
        _one_conv,
        _count_box("MACs", "macs"),
    ),
    "parameters": Asked(
        "Parameters",
        "network_parameters",
        "How many parameters is that in all?",
        _learning,
        _count_box("parameters", "total_parameters"),
    ),
}
"""What can be asked, by the word that a text begins with."""


def given_question(text: str) -> Question:
    """The question that a text or a key says; QuizError says what is wrong with it.

    >>> given_question("size 1x4x4; c1k5")
    Traceback (most recent call last):
    lessons.quiz.question.QuizError: “size 1x4x4; c1k5”: the layers do not fit, as the window does \
not fit along the height and width: kernel_size 5 but the padded input has only 4 (4 + 0 + 0 \
padding); use kernel_size 4 or less, or 1 more padding on each side.
    """
    return _read(text.strip()[: MOST_LETTERS + 1])


@lru_cache(maxsize=512)
def _read(text: str) -> Question:
    said = quoted(text, 60)
    if len(text) > MOST_LETTERS:
        raise QuizError(f"{said} is too long; use at most {MOST_LETTERS} letters.")
    word, _, rest = re.sub(r"[.:\s]+", " ", text.removeprefix(GIVEN), count=1).partition(" ")
    if word not in ASKED:
        raise QuizError(f"{said} asks for nothing known; begin with {', '.join(ASKED)}.")
    try:
        network = read_network(rest)
    except NotationError as error:
        raise QuizError(f"{said}: {error}") from None
    layers = plain_layers(network)
    asked, shape = ASKED[word], network.input_shape
    if not 1 <= len(layers) <= MOST_LAYERS:
        raise QuizError(f"{said} has {len(layers)} layers; use 1 to {MOST_LAYERS}.")
    if wrong := asked.fits(shape, layers):
        raise QuizError(f"{said} cannot be asked for “{word}”. {wrong}.")
    setup = Setup(shape, layers)
    try:
        shapes(setup)
    except ShapeError as error:
        why = error.faults[0].rpartition("): ")[2]
        raise QuizError(f"{said}: the layers do not fit, as {why}") from None
    fields = asked.boxes(shape, layers)
    ask = asked.asks + (" Give its height (= its width)." if fields[0].id == "size" else "")
    prompt = (
        f"{_input(shape)} goes through {'; then '.join(map(network_layer_words, layers))}.",
        ask,
    )
    convention = _convention(word, shape, layers)
    return Question(
        asked.family,
        1,
        0,
        2,
        asked.title,
        prompt,
        (*convention, *unsaid(setup, fields, (*prompt, *convention))),
        setup,
        fields,
        (),
        (),
        given=f"{GIVEN}{word}.{written(network)}",
    )


def _input(shape: tuple[int, ...]) -> str:
    if len(shape) == 1:
        return f"A row of {counted(shape[0], 'number')}"
    return input_words(shape).capitalize()


def _convention(word: str, shape: tuple[int, ...], layers: Layers) -> tuple[str, ...]:
    strides = [layer.stride for layer in layers if isinstance(layer, ConvSpec | PoolSpec)]
    found = [ROWS_FIRST] if word == "size" and len(layers) == 1 else []
    found += per_side(*layers)
    found += [FLOOR] if any(set(stride) != {1} for stride in strides) else []
    if word == "macs":
        found.append(MACS)
    if word == "parameters":
        biased = {layer.bias for layer in layers if isinstance(layer, ConvSpec | Linear)}
        says = {frozenset({True}): BIASES, frozenset({False}): NO_BIASES}
        found.append(says.get(frozenset(biased), _bias_list(layers)))
    return tuple(found)


def _bias_list(layers: Layers) -> str:
    """Which layers have biases, where some do and others do not."""
    having = [
        f"layer {number}"
        for number, layer in enumerate(layers, start=1)
        if isinstance(layer, ConvSpec | Linear) and layer.bias
    ]
    return f"Only {' and '.join(having)} {'has' if len(having) == 1 else 'have'} biases."


def typed_key(key: str) -> str:
    """A question's key as somebody types it.

    >>> typed_key("given.size.1x5x5;c1k3"), typed_key("macs.1.7.2")
    ('size 1x5x5; c1k3', 'macs.1.7.2')
    >>> typed_key("own.How many? = 3")
    'ask How many? = 3'
    """
    if key.startswith(OWN):
        return f"{ASK}{key.removeprefix(OWN)}"
    if not key.startswith(GIVEN):
        return key
    word, _, network = key.removeprefix(GIVEN).partition(".")
    return f"{word} {network.replace(';', '; ')}"
