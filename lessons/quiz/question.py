"""What a question is: plain data that (family, level, seed, version) gives back at any time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from kernels import Scene
from kernels.networks.layers import Layer
from lessons.quiz.dice import Dice

Number = int | Fraction
Matrix = tuple[tuple[Number, ...], ...]
Table = tuple[tuple[Number | str, ...], ...]
"""Numbers as they are shown, with a question mark in place of one that is asked for."""

Value = Number | str | Matrix
Kind = Literal["axis", "integer", "number", "choice", "matrix", "setting"]

LARGEST_SEED = 2**31 - 1
LARGEST_DRAWN_SEED = 999_999
"""A seed that is drawn for somebody has few digits, so that it can be read aloud."""


class QuizError(ValueError):
    """A question or set that cannot be; the message is one plain sentence."""


@dataclass(frozen=True)
class Field:
    """One box to fill.

    kind: 'axis' is one size of a shape (decimals can be typed, and are wrong); 'integer' a count;
    'number' a value, possibly with decimals; 'choice' one of the setup's options; 'matrix' rows of
    numbers; 'setting' a whole number that is judged together with the other settings. `asks` is a
    key of `quantities.QUANTITIES`, `layer` the layer that it is asked about. `follows` names the
    earlier field whose number this one is worked out from. `alone` asks for this box
    by itself, without the others; a question with one box needs none. `place` is the (row, column)
    of an output number that the question shows all but this one of.
    """

    id: str
    label: str
    kind: Kind
    asks: str
    layer: int = 0
    follows: str = ""
    alone: str = ""
    place: tuple[int, int] | None = None


@dataclass(frozen=True)
class Option:
    """One choice: its id and what it is called.

    rows: a kernel's numbers. layer: the layer that it is. slip: by which it comes about.
    """

    id: str
    label: str
    rows: Matrix = ()
    layer: Layer | None = None
    slip: str = ""


@dataclass(frozen=True)
class Setup:
    """What a question is about; every number of it is computed from this by `kernels`.

    input_shape: (channels, height, width), or (features,). layers: in the order in which they are
    applied. scene: the numbers, where the question shows some (its layer is then layers[0]).
    place: (row, column) of the output number asked about. target: the output size that a setting
    must give. options: the choices. hidden: names of settings that the question does not give.
    beside: the shape of a map that is cropped and joined where the layers concatenate. head: of an
    output layer the classes, the boxes for one place, and the numbers for one box. answer: the
    number that somebody gave with a question in their own words. letters: what stands in place of
    numbers.
    """

    input_shape: tuple[int, ...]
    layers: tuple[Layer, ...]
    scene: Scene | None = None
    place: tuple[int, int] = (0, 0)
    target: int = 0
    options: tuple[Option, ...] = ()
    hidden: tuple[str, ...] = ()
    beside: tuple[int, ...] = ()
    head: tuple[int, int, int] = (0, 0, 0)
    answer: Number = 0
    letters: tuple[str, ...] = ()


@dataclass(frozen=True)
class Draft:
    """What a family draws: a question that has not yet got its identity.

    prompt: plain sentences, the last one asks. convention: what was agreed (per side, floor...).
    shows: which of the setup's numbers go under the prompt: 'input', 'kernel', 'bias', 'output';
    'place': an empty output in which the one asked for is marked.
    """

    prompt: tuple[str, ...]
    convention: tuple[str, ...]
    setup: Setup
    fields: tuple[Field, ...]
    shows: tuple[str, ...] = ()


@dataclass(frozen=True)
class Question:
    """A question: its identity, its words, its setup and its boxes. It does not hold its answer.

    >>> from lessons.quiz import generate
    >>> generate("output_size", 1, 3) == generate("output_size", 1, 3)
    True

    `reveals`: the slips that its level means to tell from the right answer. `by_chance`: slips of
    the same skills that may give it too. `given`: the key of a question whose numbers somebody
    gave; no seed draws it.
    """

    family: str
    level: int
    seed: int
    version: int
    title: str
    prompt: tuple[str, ...]
    convention: tuple[str, ...]
    setup: Setup
    fields: tuple[Field, ...]
    shows: tuple[str, ...]
    reveals: tuple[str, ...]
    by_chance: tuple[str, ...] = ()
    given: str = ""

    def __hash__(self) -> int:
        """By identity alone: the engine looks questions up often, and the rest follows from it."""
        return hash((self.family, self.level, self.seed, self.version, self.given))

    def field(self, id: str) -> Field:
        """The box of that id."""
        for field in self.fields:
            if field.id == id:
                return field
        raise QuizError(
            f"The question has no box {id!r}; use one of {', '.join(f.id for f in self.fields)}."
        )

    @property
    def key(self) -> str:
        """The question's identity in one short text: family, level, seed, version."""
        return self.given or f"{self.family}.{self.level}.{self.seed}.{self.version}"


@dataclass(frozen=True)
class Level:
    """One step of difficulty: what is new, and the slips that its questions must reveal.

    The skills of these slips are what a right answer shows, so no other slip of the same skills may
    give the right number. by_chance: those that may after all, where ruling them out would leave
    too few questions, or would give the answer away. trains: skills that its questions train
    whichever slips these can reveal.
    """

    says: str
    reveals: tuple[str, ...] = ()
    by_chance: tuple[str, ...] = ()
    trains: tuple[str, ...] = ()


Draw = Callable[[Dice, int], Draft | None]


@dataclass(frozen=True)
class Family:
    """A kind of question, in levels.

    draws: one function a version, the last one current; each takes dice and a level, and gives a
    draft, or None where the draw is degenerate and another is wanted. Old versions stay, so that
    old links keep their questions; from version 2 on a right answer shows every skill of its
    level (see `registry.SHOWING`). A function that stands twice rolls the same dice. after: skills
    that a beginner should have shown before.
    """

    id: str
    title: str
    levels: tuple[Level, ...]
    draws: tuple[Draw, ...]
    after: tuple[str, ...] = ()

    @property
    def version(self) -> int:
        return len(self.draws)
