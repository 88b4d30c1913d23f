"""How one setting of a page stands in its controls, both ways."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

View = TypeVar("View")
Settings = dict[str, Any]  # texts, but for what a page's memory holds
SAY = "say"
"""The setting under which sentences are handed over."""


@dataclass(frozen=True)
class Box(Generic[View]):
    """One setting and its controls.

    name : the setting's name; whoever draws the page elsewhere chooses its controls by it
    show : the view, and its settings with the page's memory -> what each of the controls shows
    read : what the controls show after one was moved, the view and the settings before -> the
        settings that change, with sentences to say under `SAY`. A `NotationError` is kept as the
        sentence below the control, whose text then stays.
    keys : the controls' keys, without the page's name; one control of the box's name if not given
    replaces : names of boxes whose unread texts go away where this one changes something
    within : the key of the expander that holds the controls; folded, they are neither computed
        nor set
    """

    name: str
    show: Callable[[View, Settings], Mapping[str, Any]]
    read: Callable[[Mapping[str, Any], View, Settings], Mapping[str, Any]]
    keys: tuple[str, ...] = ()
    replaces: tuple[str, ...] = ()
    within: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "keys", self.keys or (self.name,))


def pair(name: str, axes: int = 2) -> Box[Any]:
    """A setting with a number an axis, such as 2x3, in as many boxes of whole numbers.

    axes : how many it can have
    """
    keys = tuple(f"{name}_{axis}" for axis in range(axes))

    def show(_view: Any, settings: Settings) -> dict[str, Any]:
        numbers = map(int, settings[name].split("x"))
        return dict(zip(keys, numbers, strict=False))  # a layer of fewer axes has fewer

    def read(values: Mapping[str, Any], _view: Any, settings: Settings) -> Settings:
        count = settings[name].count("x") + 1
        return {name: "x".join(str(values[key]) for key in keys[:count])}

    return Box(name, show, read, keys=keys)


def choice(name: str, of: Callable[[str], Any] = str) -> Box[Any]:
    """A setting in one control; `of` makes its value of the text."""
    return Box(
        name,
        lambda _view, settings: {name: of(settings[name])},
        lambda values, _view, _settings: {} if values[name] is None else {name: str(values[name])},
    )


def flag(name: str) -> Box[Any]:
    """A setting that is on or off, in a switch."""
    return Box(
        name,
        lambda _view, settings: {name: settings[name] == "1"},
        lambda values, _view, _settings: {name: str(int(values[name]))},
    )


def within(drawer: str, *boxes: Box[View]) -> tuple[Box[View], ...]:
    """The same boxes in an expander of this key."""
    return tuple(replace(box, within=drawer) for box in boxes)


_TITLES = {
    "x_text": "input numbers",
    "w_text": "kernel numbers",
    "b_text": "bias numbers",
    "sample": "picture",
    "bank": "set of kernels",
    "net": "network",
}


def title_of_box(name: str) -> str:
    """What a box is called where somebody chooses among all of a page.

    >>> title_of_box("x_text"), title_of_box("shift_down")
    ('input numbers', 'shift down')
    """
    return _TITLES.get(name, name.replace("_", " "))
