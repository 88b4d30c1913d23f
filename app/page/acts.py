"""What buttons ask for, done when a page takes in what happened, before it is drawn.

A callback must not touch `st.session_state`: a newer message would break it off there, and what it
was asked for would be lost. So it only asks, and the run that follows does it.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, NamedTuple

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

_KEY = "acts"


class Act(NamedTuple):
    """Something to be done when the page arrives whose keys begin with `prefix`.

    An empty prefix means whichever page arrives first.
    """

    prefix: str
    do: Callable[[], None]


# By session, as callbacks have no other place to write to.
_ASKED: dict[str, list[Act]] = {}


def ask(do: Callable[[], None], prefix: str = "") -> None:
    """From a callback: have something done once the page has taken in its moves."""
    _ASKED.setdefault(_session_id(), []).append(Act(prefix, do))


def act(do: Callable[..., None]) -> Callable[..., None]:
    """Make a callback of a function: whichever page arrives first calls it."""

    @functools.wraps(do)
    def callback(*args: Any, **kwargs: Any) -> None:
        ask(functools.partial(do, *args, **kwargs))

    return callback


def collect_acts() -> None:
    """Take over what callbacks have asked for; first thing in a run."""
    _waiting().extend(_ASKED.pop(_session_id(), []))


def queue_act(do: Callable[[], None]) -> None:
    """From a run: have something done by whichever page arrives first."""
    _waiting().append(Act("", do))


def do_acts(prefix: str = "") -> None:
    """Do what was asked of a page; what a run could not end is done by the next one."""
    waiting = _waiting()
    for asked in [asked for asked in waiting if asked.prefix in ("", prefix)]:
        asked.do()
        waiting.remove(asked)


def drop_acts() -> None:
    """Forget what is left at a run's end: it was meant for a page that has gone."""
    _waiting().clear()


def _waiting() -> list[Act]:
    return st.session_state.setdefault(_KEY, [])


def _session_id() -> str:
    return get_script_run_ctx().session_id
