"""A table of answers, each with a button that loads it."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from app.components.answers.payload import AnswersPayload
from app.components.commits import COMMIT_PARTS, draw_committing
from app.components.registration import registered

PARTS = (
    *COMMIT_PARTS,
    "answers.mjs",
)

_component = registered(Path(__file__).parent, PARTS)


def answers(payload: AnswersPayload, *, commits: Mapping[str, Any], key: str) -> None:
    """Draw the table; choosing a row is the commit "use" with its number, counted from 0.

    commits : what `app.page.browser.commits_taken` says
    """
    draw_committing(_component, payload, commits, key)
