"""A page of settings: its view, its controls and its address, kept in agreement.

A page holds one view, in its flat text form. Each run takes in what happened since the last one:
a link that was followed, controls that were moved, what components and buttons ask for, in this
order. It settles the view and sets every control to it, so that none shows what is not. What a
person did last wins, however late the browser's news come in (see `browser`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

import streamlit as st

from app.page.address import address_taken, followed_address, write_address
from app.page.browser import (
    brought_from_before,
    browser,
    do_acts,
    moved_controls,
    moves_taken,
    new_commits,
    set_controls,
    told_by_browser,
)
from app.page.own_settings import own_settings
from app.page.undivided import undivided
from kernels.reading.notation import NotationError

View = TypeVar("View")
Settings = dict[str, Any]  # texts, but for what a page's memory holds
SAY = "say"
"""The setting under which sentences are handed over."""


@dataclass(frozen=True)
class Box(Generic[View]):
    """How one setting stands in its controls, both ways.

    keys : the controls' keys, without the page's name
    show : the view, and its settings with the page's memory -> what each of the controls shows
    read : what the controls show after one was moved, the view and the settings before -> the
        settings that change, with sentences to say under `SAY`. A `NotationError` is kept as the
        sentence below the control, whose text then stays.
    within : the key of the expander that holds the controls; folded, they are neither computed
        nor set
    """

    keys: tuple[str, ...]
    show: Callable[[View, Settings], Mapping[str, Any]]
    read: Callable[[Mapping[str, Any], View, Settings], Mapping[str, Any]]
    within: str = ""


@dataclass
class Kept:
    """What a session keeps of a page, changed in place."""

    view: Any = None
    memory: Settings = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    news: list[str] = field(default_factory=list)
    notes: tuple[object, tuple[str, ...]] = (None, ())


@dataclass(frozen=True)
class Page(Generic[View]):
    """One page of settings.

    name : names its address's owner; unique
    open : a link's settings -> the view, with a sentence for each wish that came to nothing
    settle : settings -> the nearest view, and a sentence for each that had to be moved
    flat : view -> its settings, all of them
    link : view -> what the address says
    boxes : its controls; those that set others at once (an example) come first
    prefix : what the keys of its controls begin with
    memory : settings that the page keeps beside the view, as they are at first
    linked : those of them, switches, that travel with the address
    lasting : those of them that a link leaves alone
    commits : component key -> {name of a commit: its value, the view and the settings before ->
        the settings that change}. The sentence of a `NotationError` is said.
    still : the part of the view whose change makes the notes go away
    """

    name: str
    open: Callable[[Mapping[str, str]], tuple[View, Sequence[str]]]
    settle: Callable[[Settings], tuple[View, Sequence[str]]]
    flat: Callable[[View], Settings]
    link: Callable[[View], Mapping[str, str]]
    boxes: tuple[Box[View], ...]
    still: Callable[[View], object]
    prefix: str = ""
    memory: Mapping[str, Any] = field(default_factory=dict)
    linked: frozenset[str] = frozenset()
    lasting: frozenset[str] = frozenset()
    commits: Mapping[str, Mapping[str, Callable[[Any, View, Settings], Mapping[str, Any]]]] = field(
        default_factory=dict
    )

    def kept(self) -> Kept:
        """What this session keeps of the page."""
        key = f"kept {self.name}"
        if key not in st.session_state:
            st.session_state[key] = Kept(memory=dict(self.memory))
        return st.session_state[key]

    def key(self, name: str) -> str:
        """A control's key in the session."""
        return f"{self.prefix}{name}"

    @undivided()
    def arrive(self) -> tuple[View, tuple[str, ...]]:
        """Take in what happened and return the view to draw, with the sentences to say."""
        kept, address = self.kept(), followed_address(self.name)
        if address is not None:
            self._follow(kept, address)
        elif browser().page != self.name:
            # What the view shows may be gone meanwhile, such as an uploaded photograph.
            self._change(kept, self.flat(kept.view))
        address_taken(self.name)
        self._take_moves(kept)
        self._take_commits(kept)
        do_acts()
        set_controls(self._shown(kept))
        return kept.view, self._notes(kept)

    def leave(self) -> None:
        """Write the view to the address, and take in what a browser shows from before a restart."""
        kept = self.kept()
        switched = {
            name: kept.memory[name]
            for name in self.linked
            if kept.memory[name] != self.memory[name]
        }
        write_address({**self.link(kept.view), **switched})
        # A component that this session had not drawn before may have brought something, too.
        if brought_from_before(self._shown(kept)) or any(map(new_commits, self.commits)):
            st.rerun()

    def opened(self, address: Mapping[str, str]) -> tuple[View, Settings, list[str]]:
        """The view that an address asks for, its switches, and the sentences to say."""
        settings, switches, said = own_settings(address, *self.linked)
        view, notes = self.open(settings)
        return view, {name: str(int(on)) for name, on in switches.items()}, [*said, *notes]

    def view(self) -> View:
        """The view as it now stands."""
        return self.kept().view

    def change(self, **settings: Any) -> None:
        """Change settings of the view or of the memory, from an act."""
        self._change(self.kept(), settings)

    def remembered(self, name: str) -> Any:
        """A setting that the page keeps beside its view."""
        return self.kept().memory[name]

    def fault(self, key: str) -> str:
        """What is wrong with the text in a control; empty if nothing is."""
        return self.kept().errors.get(key, "")

    def forgive(self, key: str) -> None:
        """Take back what was said to be wrong: the control shows the view again."""
        self.kept().errors.pop(key, None)

    def _follow(self, kept: Kept, address: Mapping[str, str]) -> None:
        """Take the view from an address; what was typed or remembered before is of no account."""
        kept.view, flags, notes = self.opened(address)
        lasting = {name: kept.memory[name] for name in self.lasting}
        kept.memory = {**self.memory, **lasting, **flags}
        kept.news, kept.notes, kept.errors = list(notes), (None, ()), {}
        moves_taken(told_by_browser())

    def _change(self, kept: Kept, settings: Mapping[str, Any]) -> None:
        kept.news += settings.get(SAY, ())
        memory = {name: value for name, value in settings.items() if name in self.memory}
        flat = {name: v for name, v in settings.items() if name not in (SAY, *self.memory)}
        if flat:
            kept.view, notes = self.settle({**self.flat(kept.view), **flat})
            kept.news += notes
        kept.memory = {**kept.memory, **memory}

    def _take_moves(self, kept: Kept) -> None:
        """Take over what the controls say that a person has moved."""
        told = told_by_browser()
        for box in self.boxes:
            keys = {self.key(name): name for name in box.keys}
            moved = {keys[key]: value for key, value in moved_controls(keys).items()}
            if moved:
                # Beside a text that cannot be read, the others stay as they were typed.
                unread = box.keys[0] in kept.errors
                typed = {name: told[key] for key, name in keys.items() if unread and key in told}
                shown = box.show(kept.view, self._settings(kept))
                self._read(kept, box, {**shown, **typed, **moved})
            moves_taken(keys)

    def _read(self, kept: Kept, box: Box[View], values: Mapping[str, Any]) -> None:
        kept.errors.pop(box.keys[0], None)
        try:
            self._change(kept, box.read(values, kept.view, self._settings(kept)))
        except NotationError as error:
            kept.errors[box.keys[0]] = str(error)

    def _take_commits(self, kept: Kept) -> None:
        """Do what components ask for: each commit once, in the order in which they were made."""
        now = browser()
        for key, takes in self.commits.items():
            for number, name, value in new_commits(key):
                try:
                    self._change(kept, takes[name](value, kept.view, self._settings(kept)))
                except NotationError as error:
                    kept.news.append(str(error))
                now.commits[key] = number

    def _settings(self, kept: Kept) -> Settings:
        return {**self.flat(kept.view), **kept.memory}

    def _shown(self, kept: Kept) -> dict[str, Any]:
        """What each control is to show, but for texts that cannot be read yet."""
        settings = self._settings(kept)
        return {
            self.key(name): value
            for box in self.boxes
            if box.keys[0] not in kept.errors
            if not box.within or st.session_state.get(self.key(box.within))
            for name, value in box.show(kept.view, settings).items()
        }

    def _notes(self, kept: Kept) -> tuple[str, ...]:
        """New notes, or the last ones while nothing that they are about has changed."""
        shown_for, shown = kept.notes
        still = self.still(kept.view)
        if kept.news or shown_for != still:
            shown = tuple(dict.fromkeys(kept.news))
            kept.notes = (still, shown)
        kept.news = []
        return shown


def taken_step(step: int, _view: Any, _settings: Settings) -> Settings:
    """The step at which a stage was paused."""
    return {"step": str(int(step))}


def pair(name: str) -> Box[Any]:
    """A setting with a number an axis, such as 2x3, in two boxes of whole numbers."""
    keys = (f"{name}_0", f"{name}_1")
    return Box(
        keys,
        lambda _view, settings: dict(zip(keys, map(int, settings[name].split("x")), strict=True)),
        lambda values, _view, _settings: {name: f"{values[keys[0]]}x{values[keys[1]]}"},
    )


def choice(name: str, of: Callable[[str], Any] = str) -> Box[Any]:
    """A setting in one control; `of` makes its value of the text."""
    return Box(
        (name,),
        lambda _view, settings: {name: of(settings[name])},
        lambda values, _view, _settings: {} if values[name] is None else {name: str(values[name])},
    )


def flag(name: str) -> Box[Any]:
    """A setting that is on or off, in a switch."""
    return Box(
        (name,),
        lambda _view, settings: {name: settings[name] == "1"},
        lambda values, _view, _settings: {name: str(int(values[name]))},
    )
