"""Changes of the session's state that are made whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from streamlit.runtime.scriptrunner import get_script_run_ctx


@contextmanager
def undivided() -> Iterator[None]:
    """Let nothing end the run within a `with` block, or within a function that this decorates.

    When a newer message has come, Streamlit ends a run at the next use of its state, in the midst
    of a callback too: a click is lost then, or half of what it does. The run ends right after.
    """
    context = get_script_run_ctx(suppress_warning=True)
    state = getattr(context, "session_state", None)
    plain = getattr(state, "_yield_callback", None)
    if plain is None:
        yield
        return
    object.__setattr__(state, "_yield_callback", lambda: None)
    try:
        yield
    finally:
        object.__setattr__(state, "_yield_callback", plain)
