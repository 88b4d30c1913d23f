"""A page of settings: its view, its controls and its address, kept in agreement.

A page holds one view, in its flat text form. Each run takes in what happened since the last one:
a link that was followed, controls that were moved, what components and buttons ask for, in this
order. It settles the view and sets every control to it, so that none shows what is not. What a
person did last wins, however late the browser's messages arrive (see `browser`).

The same page can be drawn in several places (`Page.at`): a step of a lesson, a talk. Each place has
its own view, keys and commits, and none but the page itself writes the address.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, Generic

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from app.page.acts import ask, do_acts
from app.page.address import address_taken, followed_address, write_address
from app.page.box import SAY, Box, Settings, View
from app.page.browser import (
    browser,
    is_open,
    moved_controls,
    new_commits,
    note_controls,
    sent_values,
    set_controls,
    watch_restart,
)
from app.page.embedding import EVERYTHING
from app.page.own_settings import own_settings
from app.page.styled import Style, styled
from app.page.undivided import undivided
from kernels.reading.notation import NotationError
from lessons.views.steppers import Stepper


@dataclass
class PageState:
    """What a session knows of a page in one place, changed in place.

    view : what it shows; start : the settings that it was drawn from first, where they are given
    memory : settings that are not part of the view
    errors : by box, what is wrong with the text that was typed there
    news : sentences to be said in this run
    notes : the sentences on the screen, with the part of the view that they are about
    """

    view: Any = None
    start: Settings | None = None
    memory: Settings = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    news: list[str] = field(default_factory=list)
    notes: tuple[object, tuple[str, ...]] = (None, ())


@dataclass(frozen=True)
class Page(Generic[View]):
    """One page of settings.

    name : names its address's owner and begins the keys of its controls; unique
    open : a link's settings -> the view, with a sentence for each wish that came to nothing
    settle : settings -> the nearest view, and a sentence for each that had to be moved
    flat : view -> its settings, all of them
    link : view -> what the address says
    boxes : its controls; those that set others at once (an example) come first
    still : the part of the view whose change makes the notes go away
    memory : settings that the page keeps beside the view, as they are at first
    linked : those of them, switches, that travel with the address
    lasting : those of them that a link leaves alone
    commits : component key -> {name of a commit: its value, the view and the settings before ->
        the settings that change}. The sentence of a `NotationError` is said.
    place : where it is drawn; empty for the page itself. `at` sets this and the next two
    start : the settings that it is first drawn from there
    controls : names of the boxes whose controls are offered there; None for all
    hidden : names of those that are offered nowhere, as inside another page; see `without`
    """

    name: str
    open: Callable[[Mapping[str, str]], tuple[View, Sequence[str]]]
    settle: Callable[[Settings], tuple[View, Sequence[str]]]
    flat: Callable[[View], Settings]
    link: Callable[[View], Mapping[str, str]]
    boxes: tuple[Box[View], ...]
    still: Callable[[View], object]
    memory: Mapping[str, Any] = field(default_factory=dict)
    linked: frozenset[str] = frozenset()
    lasting: frozenset[str] = frozenset()
    commits: Mapping[str, Mapping[str, Callable[[Any, View, Settings], Mapping[str, Any]]]] = field(
        default_factory=dict
    )
    place: str = ""
    start: Settings | None = None
    controls: frozenset[str] | None = None
    hidden: frozenset[str] = frozenset()

    def at(
        self, place: str, view: View, *, controls: Sequence[str] = (), **memory: Any
    ) -> Page[View]:
        """The same page in another place: a view to start from, and only some of its controls.

        Parameters
        ----------
        place : names it in the session; letters and digits, a name of its own for each frame on a
            screen. Another view under the same name starts it anew.
        view : what it shows until somebody changes it
        controls : names of boxes, such as "kernel"; ValueError for one that the page has not
        memory : settings beside the view, such as predict="1"
        """
        unknown = set(controls) - {box.name for box in self.boxes}
        if unknown or set(memory) - set(self.memory):
            known = ", ".join(box.name for box in self.boxes)
            raise ValueError(
                f"{self.name} has no control {', '.join(sorted(unknown | set(memory)))}; it has "
                f"{known}."
            )
        if not place.isalnum():
            raise ValueError(f"a place is named by letters and digits, not {place!r}.")
        start = {**self.flat(view), **memory}
        return replace(self, place=place, start=start, controls=frozenset(controls))

    def without(self, names: Sequence[str]) -> Page[View]:
        """The same page without the controls of these boxes; "all" means every one.

        Names that it does not have are passed over.
        """
        known = frozenset(box.name for box in self.boxes)
        return replace(self, hidden=known if EVERYTHING in names else known.intersection(names))

    def key(self, name: str) -> str:
        """The key in the session of what is called so on this page, in this place."""
        return f"{self._prefix}{name}"

    def styled(self, style: Style, **options: Any) -> DeltaGenerator:
        """A container that the style sheets know by name; see `styled`."""
        return styled(style, self._prefix, **options)

    def offers(self, *names: str) -> bool:
        """Whether the control of any of these boxes is offered here."""
        if self.controls is None and not names:
            return True
        offered = set(names) if self.controls is None else self.controls.intersection(names)
        return not offered <= self.hidden

    def is_bare(self, drawer: str = "") -> bool:
        """Whether all its controls are hidden, or all of those within a drawer that has some."""
        names = {box.name for box in self.boxes if not drawer or box.within == drawer}
        return bool(names) and names <= self.hidden

    def offered(self, steppers: Sequence[Stepper]) -> tuple[Stepper, ...]:
        """Those of the steppers whose setting can be changed here."""
        return tuple(stepper for stepper in steppers if self.offers(stepper.setting))

    def state(self) -> PageState:
        """What this session knows of the page in this place."""
        key = self.key("state")
        if key not in st.session_state:
            st.session_state[key] = PageState(memory=dict(self.memory))
        return st.session_state[key]

    @undivided()
    def arrive(self) -> tuple[View, tuple[str, ...]]:
        """Take in what happened and return the view to draw, with the sentences to say."""
        state = self.state()
        if self.place:
            self._start(state)
        else:
            self._take_address(state)
        self._take_moves(state)
        self._take_commits(state)
        do_acts(self._prefix)
        shown = self._shown(state)
        set_controls(shown)
        watch_restart(shown, map(self.key, self.commits))
        return state.view, self._notes(state)

    def leave(self) -> None:
        """Write the view to the address; a page that is drawn elsewhere has none."""
        if self.place:
            return
        state = self.state()
        switched = {
            name: state.memory[name]
            for name in self.linked
            if state.memory[name] != self.memory[name]
        }
        write_address({**self.link(state.view), **switched})

    def go_to(self, screen: str, address: Mapping[str, str]) -> None:
        """Open another page at an address; the way back leads to this very screen."""
        self.leave()
        st.switch_page(f"screens/{screen}/{screen}.py", query_params=address)

    def opened(self, address: Mapping[str, str]) -> tuple[View, Settings, list[str]]:
        """The view that an address asks for, its switches, and the sentences to say."""
        names = [box.name for box in self.boxes]
        settings, switches, said = own_settings(address, *self.linked, boxes=names)
        view, notes = self.open(settings)
        return view, {name: str(int(on)) for name, on in switches.items()}, [*said, *notes]

    def view(self) -> View:
        """The view as it now stands."""
        return self.state().view

    def change(self, **settings: Any) -> None:
        """Change settings of the view or of the memory, from a callback."""
        self._change(self.state(), settings)

    def move(self, name: str, value: Any) -> None:
        """Do as if somebody had moved a box's one control to a value, from a callback."""
        (box,) = (box for box in self.boxes if box.name == name)
        self._read(self.state(), box, {name: value})

    def callback(self, do: Callable[..., None], *args: Any) -> Callable[[], None]:
        """A button's callback: calls `do(page, *args)` when the page next arrives."""
        return partial(ask, partial(do, self, *args), self._prefix)

    def remembered(self, name: str) -> Any:
        """A setting that the page keeps beside its view."""
        return self.state().memory[name]

    def fault(self, name: str) -> str:
        """What is wrong with the text in a box; empty if nothing is."""
        return self.state().errors.get(name, "")

    def forgive(self, name: str) -> None:
        """Take back what was said to be wrong: the control shows the view again."""
        self.state().errors.pop(name, None)

    @property
    def _prefix(self) -> str:
        return f"{self.place}_{self.name}_" if self.place else f"{self.name}_"

    def _start(self, state: PageState) -> None:
        """Show what this place starts from, unless it has been shown before."""
        if state.start != self.start:
            view, notes = self.settle(self._without_memory(self.start))
            self._show_anew(state, view, self._memory_in(self.start), notes)
            state.start = self.start

    def _take_address(self, state: PageState) -> None:
        """Show what a link asks for, if somebody has followed one."""
        address = followed_address(self.name)
        if address is not None:
            lasting = {name: state.memory[name] for name in self.lasting}
            view, switches, notes = self.opened(address)
            self._show_anew(state, view, {**lasting, **switches}, notes)
        elif browser().page != self.name:
            # What the view shows may be gone meanwhile, such as an uploaded photograph.
            self._change(state, self.flat(state.view))
        address_taken(self.name)

    def _show_anew(
        self, state: PageState, view: View, memory: Settings, notes: Sequence[str]
    ) -> None:
        """Show a view; what was typed or remembered before no longer counts."""
        state.view, state.memory = view, {**self.memory, **memory}
        state.news, state.notes, state.errors = list(notes), (None, ()), {}
        keys = (self.key(key) for box in self.boxes for key in box.keys)
        note_controls(keys, sent_values())

    def _change(self, state: PageState, settings: Mapping[str, Any]) -> None:
        state.news += settings.get(SAY, ())
        if flat := self._without_memory(settings):
            state.view, notes = self.settle({**self.flat(state.view), **flat})
            state.news += notes
        state.memory = {**state.memory, **self._memory_in(settings)}

    def _memory_in(self, settings: Mapping[str, Any]) -> Settings:
        return {name: value for name, value in settings.items() if name in self.memory}

    def _without_memory(self, settings: Mapping[str, Any]) -> Settings:
        return {name: v for name, v in settings.items() if name not in (SAY, *self.memory)}

    def _take_moves(self, state: PageState) -> None:
        """Take over what the controls say that a person has moved."""
        sent = sent_values()
        for box in self.boxes:
            keys = {self.key(name): name for name in box.keys}
            if sent.keys().isdisjoint(keys):
                continue  # not drawn, as in a folded expander
            moved = {keys[key]: value for key, value in moved_controls(keys, sent).items()}
            if moved:
                # Beside a text that cannot be read, the others stay as they were typed.
                unread = box.name in state.errors
                typed = {name: sent[key] for key, name in keys.items() if unread and key in sent}
                shown = box.show(state.view, self._settings(state))
                self._read(state, box, {**shown, **typed, **moved})
            note_controls(keys, sent)

    def _read(self, state: PageState, box: Box[View], values: Mapping[str, Any]) -> None:
        state.errors.pop(box.name, None)
        try:
            changed = box.read(values, state.view, self._settings(state))
        except NotationError as error:
            state.errors[box.name] = str(error)
            return
        for name in box.replaces if changed else ():
            state.errors.pop(name, None)
        self._change(state, changed)

    def _take_commits(self, state: PageState) -> None:
        """Do what components ask for: each commit once, in the order in which they were made."""
        now = browser()
        for component, takes in self.commits.items():
            key = self.key(component)
            for number, name, value in new_commits(key):
                try:
                    self._change(state, takes[name](value, state.view, self._settings(state)))
                except NotationError as error:
                    state.news.append(str(error))
                now.commits[key] = number

    def _settings(self, state: PageState) -> Settings:
        return {**self.flat(state.view), **state.memory}

    def _shown(self, state: PageState) -> dict[str, Any]:
        """What each control is to show, but for texts that cannot be read yet."""
        settings = self._settings(state)
        drawers = {box.within for box in self.boxes if box.within}
        shut = {name for name in drawers if not self._is_open(name)}
        return {
            self.key(name): value
            for box in self.boxes
            if box.name not in state.errors and self.offers(box.name) and box.within not in shut
            for name, value in box.show(state.view, settings).items()
        }

    def _is_open(self, drawer: str) -> bool:
        """Whether an expander is open; controls that were chosen stand in none."""
        return self.controls is not None or is_open(self.key(drawer))

    def _notes(self, state: PageState) -> tuple[str, ...]:
        """New notes, or the last ones while nothing that they are about has changed."""
        shown_for, shown = state.notes
        still = self.still(state.view)
        if state.news or shown_for != still:
            shown = tuple(dict.fromkeys(state.news))
            state.notes = (still, shown)
        state.news = []
        return shown
