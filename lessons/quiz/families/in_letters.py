"""Sizes and counts in letters instead of numbers."""

from kernels import ConvSpec
from lessons.quiz.dice import Dice
from lessons.quiz.question import Draft, Family, Field, Level, Option, Setup
from lessons.quiz.wording import PER_SIDE, WITH_BIAS, article, counted, times

LEVELS = (
    Level("any padding", ("padding-once", "one-forgotten", "padding-ignored")),
    Level("any kernel", ("padding-once", "one-forgotten", "kernel-ignored")),
    Level("any number of layers", ("one-forgotten", "one-layer-only", "one-layer-less")),
    Level("any number of kernels", ("bias-forgotten", "bias-single", "input-channels-forgotten")),
)


def draw(dice: Dice, level: int) -> Draft | None:
    k, p, channels = dice.whole(2, 11), dice.whole(1, 6), dice.pick((2, 3, 3, 4, 6, 8))
    square = f"{article(times(k, k))} {times(k, k)} kernel"
    agreed: tuple[str, ...] = ("The stride is 1 and there is no padding.",)
    layer, asks = ConvSpec(1, 1, k), "size_in_letters"
    given, letters = "An input of n × n goes through a convolution with", ("n", "p")
    if level == 1:
        given += f" {square}; its padding is p."
        right, *wrong = f"n + 2·p − {k - 1}", f"n + p − {k - 1}", f"n + 2·p − {k}", f"n − {k - 1}"
        agreed = (PER_SIDE, "The stride is 1.")
    elif level == 2:
        layer, letters = ConvSpec(1, 1, 3, padding=p), ("n", "k")
        given += f" a k × k kernel, padding {p}."
        sums = (f"k + {2 * p + 1}", f"k + {p + 1}", f"k + {2 * p}")
        right, *wrong = (*(f"n − {one}" for one in sums), f"n + {2 * p}")
        agreed = (PER_SIDE, "The stride is 1.")
    elif level == 3:
        letters = ("n", "L")
        given = f"An input of n × n goes through L convolutions in a row, each with {square}."
        less, least = _times(k - 1), f"n − {k - 1}"
        right, *wrong = f"n − {less}L", f"n − {k}·L", least, f"n − {less}(L − 1)"
    else:
        letters, asks = ("K",), "learned_in_letters"
        layer, weights = ConvSpec(channels, 1, k), k * k * channels
        given = (
            f"A map with {counted(channels, 'channel')} goes through a convolution with K kernels "
            f"of {times(k, k)}."
        )
        right, *wrong = f"{weights + 1}·K", f"{weights}·K", f"{weights}·K + 1", f"{k * k + 1}·K"
        agreed = (WITH_BIAS,)
    expressions = [(right, ""), *zip(wrong, LEVELS[level - 1].reveals, strict=True)]
    if len({text for text, _ in expressions}) < len(expressions):
        return None
    options = tuple(
        Option(letter, text, slip=slip)
        for letter, (text, slip) in zip("ABCD", dice.shuffled(expressions), strict=True)
    )
    return Draft(
        (
            given,
            "Which height (= width) has the output?"
            if level < 4
            else "How many parameters does the layer learn?",
        ),
        agreed,
        Setup(
            (channels if level == 4 else 1, 64, 64),
            (layer,),
            options=options,
            hidden=("padding",) if level == 1 else (),
            letters=letters,
        ),
        (Field("expression", "expression", "choice", asks),),
    )


def _times(number: int) -> str:
    """A factor before a letter or a bracket; 1 is not written."""
    return "" if number == 1 else f"{number}·"


FAMILY = Family("in_letters", "In letters", LEVELS, (draw, draw), after=("padding", "weights"))
