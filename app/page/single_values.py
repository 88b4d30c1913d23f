"""One value of the session's state, where Streamlit makes a table of all of them to look it up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from streamlit.runtime.state.safe_session_state import SafeSessionState

_TABLE = SafeSessionState.filtered_state


class Values(Mapping[str, Any]):
    """The session's values by key, as `filtered_state` has them."""

    def __init__(self, state: SafeSessionState) -> None:
        self._state = state

    def __getitem__(self, key: str) -> Any:
        return self._state[key]

    def __contains__(self, key: object) -> bool:
        return key in self._state

    def __iter__(self) -> Iterator[str]:
        return iter(_TABLE.__get__(self._state))

    def __len__(self) -> int:
        return len(_TABLE.__get__(self._state))


def look_up_single_values() -> None:
    """Let each number box, select box and text box look up its own value alone.

    Streamlit has each of them make a table of all values that the session holds: with the controls
    of one page that was a sixth of what a change cost.
    """
    SafeSessionState.filtered_state = property(Values)
