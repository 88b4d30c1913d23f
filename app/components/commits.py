"""What a person does in a component: `shared/commits.mjs` sends it, the page takes it in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from app.components.payload import encode

COMMIT_PARTS = (
    "../shared/line.mjs",
    "../shared/commits.mjs",
    "../shared/mount.mjs",
    "../shared/theme.mjs",
    "../shared/nodes.mjs",
)
"""The first parts of a component that tells the page what somebody does in it."""


def draw_committing(
    component: Callable[..., Any], payload: Any, commits: Mapping[str, Any], key: str
) -> None:
    """Draw a component that is told what the page has taken in of its commits.

    component : what `registered` gives; payload : its dataclass
    commits : what `app.page.browser.commits_taken` says
    """
    data = {**encode(payload), "commits": commits}
    component(data=data, key=key, on_commits_change=ignore)


def ignore() -> None:
    """The callback that Streamlit wants for a component's value; the page reads it when it runs."""
