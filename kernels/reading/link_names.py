"""A link opened: its names understood, and every wish that came to nothing said in a sentence."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Protocol, TypeVar

from kernels.reading.link_text import decimal_number, ends_of_axes, padding_ends, quoted
from kernels.reading.notation import NotationError, parse_numbers

MEANT: dict[str, str] = {
    **dict.fromkeys(("k", "kernel_size", "filter_size", "window"), "kernel"),
    **dict.fromkeys(("s", "strides"), "stride"),
    **dict.fromkeys(("pad", "pads", "paddings"), "padding"),
    **dict.fromkeys(("d", "dilations", "dilation_rate"), "dilation"),
    **dict.fromkeys(("in_channels", "c_in", "channels"), "cin"),
    **dict.fromkeys(("out_channels", "c_out", "filters"), "cout"),
    "input_size": "size",
    "padding_mode": "mode",
    "padding_value": "fill",
    "output_padding": "opad",
    "ceil_mode": "ceil",
    "count_include_pad": "countpad",
}
"""A layer's settings by the names that papers and libraries have for them."""

_VISITORS_NOTE = re.compile(r"utm_\w+|fbclid|gclid|msclkid")
"""What mailing lists and social networks hang on to a link; it asks for nothing."""


class View(Protocol):
    """What a page shows."""

    def to_flat(self) -> dict[str, str]:
        """Every setting as text."""


V = TypeVar("V", bound=View)
Settled = tuple[V, tuple[str, ...]]


def open_link(
    link: Mapping[str, str],
    known: Mapping[str, str],
    meant: Mapping[str, str],
    settle: Callable[[Mapping[str, str]], Settled],
) -> Settled:
    """Open a link, and say of each of its settings that is not what is shown then.

    Where `settle` shows another setting than the link's and says nothing of it - no sentence goes
    when the link's is left out - a sentence is added.

    Parameters
    ----------
    link, known, meant : as in `read_names`
    settle : brings flat settings to the nearest view, with sentences
    """
    flat, notes = read_names(link, known, meant)
    view, moved = settle(flat)
    unsaid = []
    shown = view.to_flat()
    for name, asked in flat.items():
        if not asked or name not in shown or same_setting(asked, shown[name]):
            continue
        without = {other: value for other, value in flat.items() if other != name}
        if settle(without)[1] == moved:
            instead = shown[name]
            ending = f"; {instead} is used." if 0 < len(instead) < 40 else ", so it is left out."
            unsaid.append(f"{quoted(asked)} is not possible for {name} here{ending}")
    return view, (*notes, *moved, *unsaid)


def read_names(
    link: Mapping[str, str],
    known: Mapping[str, str],
    meant: Mapping[str, str] = MappingProxyType({}),
    whose: str = "This page",
) -> tuple[dict[str, str], list[str]]:
    """Bring a link's names to a page's settings, and say what became of those it does not know.

    >>> known = own_names(["stride", "kernel"])
    >>> read_names({"s": "2", "Kernel-Size": "5"}, known, MEANT)
    ({'stride': '2', 'kernel': '5'}, ['“s” is read as stride.', '“Kernel-Size” is read as kernel.'])
    >>> read_names({"colour": "red", "s": "2", "stride": "3"}, known, MEANT)[1]
    ['This page has no setting “colour”, so it is left out.', \
'“s” is left out, as the link gives stride too.']

    Parameters
    ----------
    link : the address's parameters
    known : the page's settings by the names that its own links have for them
    meant : those names by what people write for them, in lower case
    whose : the beginning of a sentence on a name that says nothing here
    """
    flat: dict[str, str] = {}
    notes = []
    for name in sorted(link, key=lambda name: name not in known):  # a page's own names first
        plain = name.strip().lower().replace("-", "_")
        own = name if name in known else plain if plain in known else meant.get(plain)
        if own is None or own not in known:
            if not _VISITORS_NOTE.fullmatch(name):
                notes.append(f"{whose} has no setting {quoted(name)}, so it is left out.")
        elif known[own] in flat:
            notes.append(f"{quoted(name)} is left out, as the link gives {own} too.")
        else:
            flat[known[own]] = link[name]
            if name != own:
                notes.append(f"{quoted(name)} is read as {own}.")
    return flat, notes


def own_names(names: Iterable[str]) -> dict[str, str]:
    """Settings that a page's links name as the page does.

    >>> own_names(["stride"])
    {'stride': 'stride'}
    """
    return {name: name for name in names}


def names_of_p(link: Mapping[str, str], is_lp: bool) -> tuple[dict[str, str], dict[str, str]]:
    """What `p` is in a link, as `known` and `meant` of `read_names`.

    It is the power of Lp pooling. For any other layer it is padding, as in most books, unless the
    link gives that too; the power that a page keeps for later goes by its whole name.
    """
    known = {"power": "p"} | ({"p": "p"} if is_lp or "padding" in link else {})
    return known, {"p": "padding", "norm_type": "power"}


def same_setting(one: str, other: str) -> bool:
    """Whether two texts say the same, read in any of the ways that a setting is written.

    >>> same_setting("3", "3x3"), same_setting("0.0x1", "0x1"), same_setting("1.50", "1.5")
    (True, True, True)
    >>> same_setting("2", "2x2x2"), same_setting("1.1x0x0", "1x0x0")
    (True, True)
    >>> same_setting("valid", "0x0"), same_setting("1, 2", "1 2"), same_setting("3x1", "3")
    (True, True, False)
    """
    return one == other or any(
        read(one) is not None and read(one) == read(other)
        for read in (decimal_number, padding_ends, _of_three_axes, _words, _rows)
    )


def _of_three_axes(text: str) -> tuple[tuple[int, int], ...] | None:
    return ends_of_axes(text, 3)


def _words(text: str) -> frozenset[str] | None:
    """Words in any order, apart by points."""
    return frozenset(text.split(".")) if text.replace(".", "").isalpha() else None


def _rows(text: str) -> list | None:
    try:
        return parse_numbers(text).tolist()
    except NotationError:
        return None
