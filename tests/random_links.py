"""Links drawn at random for every page: each key, with values of every other key's form."""

import random

from kernels.reading.link_names import MEANT
from kernels.scene.flat import DEFAULTS
from lessons.quiz.practice_link import LINK_NAMES
from lessons.quiz.sets import SET_NAMES
from lessons.views import channels as channels_view
from lessons.views import picture as picture_view
from lessons.views import pooling as pooling_view
from lessons.views import sizes as sizes_view
from lessons.views import sliding_looks

NAMES = {
    "/": (*DEFAULTS, *sliding_looks.OTHERS, "example", "power", "predict"),
    "/picture": tuple(picture_view.DEFAULTS),
    "/pooling": (*pooling_view.OTHERS, *pooling_view.SCENE_KEYS, "kinds", "example", "power"),
    "/channels": tuple(channels_view.DEFAULTS),
    "/sizes": (*sizes_view.DEFAULTS, "example"),
    "/quiz": (*LINK_NAMES, "mode", *SET_NAMES),
    "/make_a_set": SET_NAMES,
}
"""Every page's own names in a link."""

FORMS = (
    *DEFAULTS.values(), *picture_view.DEFAULTS.values(), *pooling_view.OTHERS.values(),
    *channels_view.DEFAULTS.values(), *sliding_looks.OTHERS.values(), *sliding_looks.LOOKS,
    "0.2x1", "280x3",
    "0", "1", "2", "3", "4", "7", "12", "99", "-1", "31x16", "1x1", "2x3", "0x0", "0.1x2.2",
    "0.1x0.1", "3.0", "-0.5", "1e6", "0.33", "same", "full", "valid", "same_lower", "reflect",
    "constant", "circular", "max", "avg", "lp", "median", "conv", "max.avg", "lp.min", "sum",
    "each", "box", "gaussian-5", "own", "sigma:1.5", "angle:30_sigma:2", "5x5", "absolute", "bank",
    "border", "camera", "coffee", "waves", "photo", "shift", "row", "left", "up", "weights", "mix",
    "dense", "separable", "cell", "maps", "depth", "two-by-two", "max-pool", "output_size",
    "output_size.4.12.1", "macs", "output_size.1-2_macs.1", "output_size.1_output_size.1",
    "macs.1+1", "set", "practice", "end", "random:7", "u8:1x2x2:AAECAw", "1 2_3 4",
    "1 2 3_4 5 6_7 8 9", "1 0_0 1~2 0_0 2", "100 100 1", "1 0 -1 0", "5 0 3 0 8 0 2 0",
)  # fmt: skip
"""Values that are right for some key of some page."""

HOSTILE = (
    "", " ", "abc", "nan", "inf", "-inf", "NaN", "1e400", "1" + 400 * "0", "-" + 400 * "9", "①",
    "٣", "３x３", "²", "½", "1_0", "0x10", "1e5", "+1", " 1", "1\n", "1.5.5x1", "x", "x1", "1x1x1",
    "..", ".", "None", "true", "[1,2]", "' OR 1=1", "\x00", "\u202e1", "1" * 5000, "[" * 3000,
    "random:", "random:①", "u8:", "u8:٣x٣x٣:AA", "u8:99x99x99:AA", "output_size.①", "macs.99",
    "macs.1-99999", "macs.2-1", "output_size.1.٣.1", "macs.1.99999999999.1", "macs.1.1.9",
    "![](//example.invalid/a)", "[a](//example.invalid/a)", "<img src=//example.invalid/a>",
    "https://example.invalid/a", ":material/home:", "$x$", "`", "# a", "</style>", "{}", "%00", "é",
)  # fmt: skip
"""Values that are right nowhere, or hardly anywhere."""

STRANGE_NAMES = (*MEANT, "p", "k", "P", "Kernel-Size", "norm_type", "colour ", "", "①", "![](//x)",
                 "present", "embed_me", "utm_source", "__class__", "a" * 300)  # fmt: skip


def random_link(page: str, seed: int) -> list[tuple[str, str]]:
    """The parameters of a link to a page, in order; a name may stand there twice."""
    draw = random.Random(f"{page} {seed}")
    names = NAMES[page]
    link = []
    for _ in range(draw.choice((1, 1, 1, 2, 3, 4, 6, 9))):
        foreign = [name for names in NAMES.values() for name in names]
        among = draw.choices((names, foreign, STRANGE_NAMES), (12, 1, 2))[0]
        values = draw.choices((FORMS, HOSTILE), (2, 1))[0]
        link.append((draw.choice(among), draw.choice(values)))
    if draw.random() < 0.1:
        link.append((link[0][0], draw.choice(FORMS)))
    return link
