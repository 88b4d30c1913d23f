"""A table of answers, each with a button that loads it."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from app.components.answers.payload import AnswersPayload
from app.components.commits import ignore
from app.components.payload import encode
from app.components.registration import registered

PARTS = (
    "../shared/line.mjs",
    "../shared/commits.mjs",
    "../shared/mount.mjs",
    "../shared/theme.mjs",
    "../shared/nodes.mjs",
    "answers.mjs",
)

_component = registered(Path(__file__).parent, PARTS)


def answers(payload: AnswersPayload, *, commits: Mapping[str, Any], key: str) -> None:
    """Draw the table; choosing a row is the commit "use" with its number, counted from 0.

    commits : what `app.page.browser.commits_taken` says
    """
    _component(data={**encode(payload), "commits": commits}, key=key, on_commits_change=ignore)
