"""Steps that a newer message may not cut in two: they are done in full or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.state.safe_session_state import SafeSessionState


@contextmanager
def undivided() -> Iterator[None]:
    """Let no newer message end the run within a `with` block, or within a decorated function.

    When one has come, Streamlit ends the run at the next use of its state, even in the middle of a
    callback: the click would be lost, or half done. With this the run ends right after the block.
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


def take_in_clicks() -> None:
    """Let each run take in what it was started for, though a newer message has come by then.

    Streamlit would end it before that, and the browser sends a click only once.
    """

    def take_in(self: SafeSessionState, *sent: Any, **more: Any) -> None:
        with self._lock:
            self._state.on_script_will_rerun(*sent, **more)

    SafeSessionState.on_script_will_rerun = take_in
