"""What the browser shows, as far as the server can know: the rule by which the last act wins.

Over a slow line the browser and the server talk past each other: a message still holds the old
values of controls that the server has changed meanwhile, and an old address. So each run sends its
number along, in a hidden text box drawn last, and the browser's next message brings back the number
of the run that it has taken in. With it a person's act can be told from an echo:

- a control was moved by a person if it shows neither what the browser last said nor what was
  written to it since;
- the address was changed by a person (a link, Back) if it is none that was written here and may
  still be on its way.
"""

from __future__ import annotations

import functools
import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from app.page.acts import collect_acts, drop_acts, queue_act
from app.page.single_values import look_up_single_values
from app.page.styled import style_key
from app.page.undivided import take_in_clicks

_KEY, _MARK = "browser", style_key("unseen", "browser_mark-")
_NOWHERE = object()


@dataclass(frozen=True)
class Shown:
    """What the browser shows in one place.

    said : what it showed when it last sent a message
    writes : (run, value) that were written there since, oldest first

    >>> shown = Shown(0).written(run=3, value=1)
    >>> shown.moved(0, seen=2), shown.moved(1, seen=2), shown.moved(2, seen=2)
    (False, False, True)

    Once run 3 has arrived, 0 is a change that somebody made:

    >>> shown.moved(0, seen=3)
    True

    A control that the browser shows at all has taken in what it was drawn with first, even while
    the run's number is still on its way:

    >>> drawn = Shown().written(run=1, value=0)
    >>> drawn.moved(0, seen=0), drawn.moved(4, seen=0), drawn.shows(4, seen=0).waits
    (False, True, False)
    """

    said: Any = _NOWHERE
    writes: tuple[tuple[int, Any], ...] = ()

    def moved(self, value: Any, seen: int) -> bool:
        """Whether a person changed it, if it now shows `value` and run `seen` has arrived."""
        arrived = self._arrived(seen)
        known = [written for _, written in self.writes[arrived:]]
        known.append(self.writes[arrived - 1][1] if arrived else self.said)
        return not any(value == each for each in known)

    def shows(self, value: Any, seen: int) -> Shown:
        """The same after a message from the browser."""
        return Shown(value, self.writes[self._arrived(seen) :])

    def written(self, run: int, value: Any) -> Shown:
        """The same after a run has written to it."""
        return Shown(self.said, (*self.writes, (run, value)))

    def _arrived(self, seen: int) -> int:
        """How many of the writes have arrived."""
        drawn = bool(self.writes) and self.said is _NOWHERE
        return max(drawn, sum(run <= seen for run, _ in self.writes))

    @property
    def waits(self) -> bool:
        """Whether something written is still on its way, so that the next write must follow it."""
        return bool(self.writes)


@dataclass
class Browser:
    """One session's browser, changed in place: a run that is interrupted loses nothing of it.

    session : names this session; a browser that brings another name outlived a restart
    run : number of the present run
    seen : number of the last run that the browser has taken in
    restarted : whether the browser still shows controls that a session before a restart drew
    page, pages : the page that ran last, and all that have run
    present : whether the presenter view is on
    controls, commits : what each control shows; the last commit of each component that was taken in
    settled, components : after a restart, what the controls were to show at first; the keys of the
        components whose commits are taken in by what this run has drawn
    drawn, before : the keys of the components that this run has drawn so far, and the last one
    marked : the last run whose number was sent along
    """

    session: str = field(default_factory=lambda: secrets.token_hex(4))
    run: int = 0
    seen: int = 0
    restarted: bool = False
    address: Shown = Shown({})
    page: str = ""
    pages: set[str] = field(default_factory=set)
    present: bool = False
    controls: dict[str, Shown] = field(default_factory=dict)
    commits: dict[str, int] = field(default_factory=dict)
    settled: dict[str, Any] = field(default_factory=dict)
    components: set[str] = field(default_factory=set)
    drawn: set[str] = field(default_factory=set)
    before: set[str] = field(default_factory=set)
    marked: int = 0


def browser() -> Browser:
    """This session's browser."""
    try:
        return st.session_state[_KEY]
    except KeyError:
        st.session_state[_KEY] = Browser()
        return st.session_state[_KEY]


def start_run() -> None:
    """Count the run, and learn what the browser has taken in; first thing in every run."""
    take_in_clicks()
    look_up_single_values()
    now = browser()
    mark = str(sent_value(_MARK) or "") or _mark_of_another_session()
    session, _, seen = mark.partition(".")
    now.run += 1
    now.components, now.before, now.drawn = set(), now.drawn, set()
    if now.run == 1:
        now.restarted = bool(mark)
    now.seen = int(seen) if session == now.session and seen.isdecimal() else now.seen
    collect_acts()


def end_run() -> None:
    """Send the run's number along, after everything else; last thing in every run.

    What a browser shows from before a restart, and what a component brought that this session had
    not drawn before, is known only now: another run takes it in.
    """
    now = browser()
    drop_acts()
    if _restart_brought_changes() or any(map(new_commits, now.components)):
        st.rerun()
    if now.marked == now.run:
        return
    now.marked = now.run
    st.session_state[_MARK] = f"{now.session}.{now.run}"
    st.text_input("Run", key=_MARK, label_visibility="collapsed")


def component_left() -> bool:
    """Whether a component of this page was drawn by the last run and not by this one.

    What stands around the page then tells the browser which of its commits have been taken in.
    """
    now = browser()
    return bool((now.before & now.components) - now.drawn)


def sent_values() -> Mapping[str, Any]:
    """The values, by key, of all controls that this run's message from the browser holds.

    Streamlit offers the values only after its own changes are laid over them; which of them the
    browser sent is known to the session's state alone.
    """
    state = get_script_run_ctx().session_state._state
    sent = state._new_widget_state
    values = {}
    for name in sent:
        key = state._key_id_mapper.id_key_mapping.get(name)
        if key is not None and sent.widget_metadata.get(name) is not None:
            values[key] = sent[name]
    return values


def sent_value(key: str) -> Any:
    """The value of one of these controls; None if the message does not hold it."""
    state = get_script_run_ctx().session_state._state
    sent = state._new_widget_state
    name = state._key_id_mapper.get_id_from_key(key)
    return sent[name] if name in sent and sent.widget_metadata.get(name) is not None else None


def moved_controls(keys: Iterable[str], sent: Mapping[str, Any]) -> dict[str, Any]:
    """The controls that a person has moved since they were last taken in, with what they show.

    sent : as `sent_values` has them
    """
    now = browser()
    return {
        key: sent[key]
        for key in keys
        if key in sent and now.controls.get(key, Shown()).moved(sent[key], now.seen)
    }


def note_controls(keys: Iterable[str], sent: Mapping[str, Any]) -> None:
    """Remember what the controls show, by `sent_values`: only once a page has taken it in.

    A run that is broken off before has changed nothing, and the next one takes it in again.
    """
    now = browser()
    for key in keys:
        if key in sent:
            now.controls[key] = now.controls.get(key, Shown()).shows(sent[key], now.seen)


def set_controls(values: Mapping[str, Any]) -> None:
    """Write to each control that shows something else, or may soon do so."""
    now, sent = browser(), sent_values()
    # What a browser shows from before a restart is first drawn as it is, to be read.
    unread = _keys_of_another_session() if now.restarted else frozenset()
    for key, value in values.items():
        shown = now.controls.get(key, Shown())
        if key not in sent and shown.said is not _NOWHERE:
            shown = Shown()  # it was taken away meanwhile, and is drawn anew
        if key in unread or (key in sent and sent[key] == value and not shown.waits):
            continue
        st.session_state[key] = value
        now.controls[key] = shown.written(now.run, value)


def watch_restart(values: Mapping[str, Any], components: Iterable[str] = ()) -> None:
    """Say what the controls of a page are to show, and its components, for the end of the run.

    Once every page on the screen is drawn, a browser that outlived a restart has shown what stands
    in its controls; what differs from the first `values` somebody moved before. Later ones do not
    count: a run may be ended by a commit, which changes the view while the browser shows it as it
    was.
    """
    now = browser()
    if now.restarted:
        now.settled = {**values, **now.settled}
    now.components.update(components)


def _restart_brought_changes() -> bool:
    """Whether a browser that outlived a restart shows other values, which now count as moved."""
    now = browser()
    if not now.restarted:
        return False
    sent, settled = sent_values(), now.settled
    now.restarted, now.settled = False, {}
    moved = {key for key, value in settled.items() if key in sent and sent[key] != value}
    if not moved:
        return False
    for key, value in settled.items():
        if key in moved or key not in now.controls:
            now.controls[key] = Shown(value)
    return True


def _keys_of_another_session() -> frozenset[str]:
    """Keys of the controls in the message that this session has not drawn yet."""
    state = get_script_run_ctx().session_state._state
    known = state._key_id_mapper.id_key_mapping
    unknown = (name for name in state._new_widget_state if name not in known)
    return frozenset(name.split("-", 2)[2] for name in unknown if name.count("-") >= 2)


def is_open(drawer: str) -> bool:
    """Whether the expander of this key is open, also where a session before a restart drew it."""
    if drawer in st.session_state:
        return bool(st.session_state[drawer])
    said = _said_to_another_session(drawer) if browser().restarted else None
    return bool(said and said.bool_value)


def _mark_of_another_session() -> str:
    said = _said_to_another_session(_MARK)
    return said.string_value if said else ""


def _said_to_another_session(key: str) -> Any:
    """What the browser's message says of a control that this session has not drawn yet."""
    state = get_script_run_ctx().session_state._state
    states = state._new_widget_state.states.items()
    return next((each.value for name, each in states if name.endswith(f"-{key}")), None)


def new_commits(key: str) -> list[tuple[int, str, Any]]:
    """What a component has sent and no run has taken in yet: number, name and value of each."""
    now = browser()
    said = (sent_value(key) or {}).get("commits") or {}
    if said.get("session") != now.session:
        return []  # sent to a server that is gone; the component will send it again
    if now.restarted:
        return []  # what the controls show from before comes first, or it would undo this
    seen = now.commits.get(key, 0)
    return [(number, name, value) for number, name, value in said["list"] if number > seen]


def take_acts(key: str, acts: Mapping[str, Callable[[Any], None]]) -> None:
    """Take over what a component that is on every page has sent; `do_acts` does it, each once."""
    now = browser()
    for number, name, value in new_commits(key):
        queue_act(functools.partial(acts[name], value))
        now.commits[key] = number


def commits_taken(key: str) -> dict[str, Any]:
    """What a component hears of its commits: its name, this session's, the last one taken in.

    What the page has not taken in by now is nothing that it keeps.
    """
    now = browser()
    now.drawn.add(key)
    for number, _, _ in new_commits(key):
        now.commits[key] = number
    return {"of": key, "session": now.session, "seen": now.commits.get(key, 0)}
