"""A talk as text: a small JSON file, and the same packed into one link."""

from __future__ import annotations

import base64
import binascii
import json
import zlib
from collections.abc import Mapping
from typing import Any

from lessons.talks.talk import MOST_SCENES, PAGES, UNTITLED, Scene, Talk

_NAMED, _VERSION = "slide-and-sum-talk", 1
LARGEST = 400_000
"""The most characters that a talk's text may have."""

LONGEST_LINK = 6000
"""The most characters of a packed talk that a link carries everywhere."""

_TITLE, _NOTE, _SETTING, _NAMES = 120, 2000, 20_000, 60


class TalkError(ValueError):
    """A text that is not a talk; the sentence says why and what to do."""


def written_talk(talk: Talk) -> str:
    """Write a talk as JSON text.

    >>> read_talk(written_talk(Talk("Padding", (Scene("sizes", {"look": "shrink"}),)))).title
    'Padding'
    """
    scenes = [
        {
            name: value
            for name, value in (
                ("page", scene.page),
                ("settings", dict(scene.settings)),
                ("title", scene.title),
                ("note", scene.note),
                ("hidden", list(scene.hidden)),
                ("asks", scene.asks),
            )
            if value
        }
        for scene in talk.scenes
    ]
    data = {"app": _NAMED, "version": _VERSION, "title": talk.title, "scenes": scenes}
    return json.dumps(data | ({"about": talk.about} if talk.about else {}), ensure_ascii=False)


def read_talk(text: str) -> Talk:
    """Read what `written_talk` wrote.

    Raises TalkError for anything else.

    >>> read_talk('{"app": "other"}')
    Traceback (most recent call last):
    lessons.talks.written.TalkError: This is not a talk of Slide & Sum; open one saved on this page.
    """
    if len(text) > LARGEST:
        raise TalkError(f"A talk has at most {LARGEST:,} characters, this file has {len(text):,}.")
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        data = None
    if not isinstance(data, dict) or data.get("app") != _NAMED:
        raise TalkError("This is not a talk of Slide & Sum; open one saved on this page.")
    listed = data.get("scenes")
    scenes = [_scene(row, n) for n, row in enumerate(listed if isinstance(listed, list) else [], 1)]
    if len(scenes) > MOST_SCENES:
        raise TalkError(f"A talk has at most {MOST_SCENES} scenes, this one has {len(scenes)}.")
    title = _words(data.get("title"), _TITLE) or UNTITLED
    return Talk(title, tuple(scenes), _words(data.get("about"), _NOTE))


def packed(talk: Talk) -> str:
    """A talk as text that can stand in a link.

    >>> unpacked(packed(Talk("Mine"))).title
    'Mine'
    """
    squeezed = zlib.compress(written_talk(talk).encode(), 9)
    return base64.urlsafe_b64encode(squeezed).decode().rstrip("=")


def unpacked(text: str) -> Talk:
    """Read what `packed` wrote.

    Raises TalkError for anything else.

    >>> unpacked("none")
    Traceback (most recent call last):
    lessons.talks.written.TalkError: The talk in this link is incomplete; copy the whole link.
    """
    try:
        squeezed = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        reader = zlib.decompressobj()
        # As much as a talk may have and no more: a short text can unpack to gigabytes.
        plain = reader.decompress(squeezed, 4 * LARGEST)
        if not reader.eof:
            raise ValueError
        return read_talk(plain.decode())
    except TalkError:
        raise
    except (ValueError, binascii.Error, zlib.error):
        raise TalkError("The talk in this link is incomplete; copy the whole link.") from None


def _scene(row: Any, number: int) -> Scene:
    if not isinstance(row, Mapping) or row.get("page") not in PAGES:
        raise TalkError(f"Scene {number} shows no page of this app; take it out of the file.")
    settings, hidden = row.get("settings"), row.get("hidden")
    return Scene(
        row["page"],
        {
            name[:_NAMES]: value[:_SETTING]
            for name, value in (settings if isinstance(settings, Mapping) else {}).items()
            if isinstance(value, str)
        },
        _words(row.get("title"), _TITLE),
        _words(row.get("note"), _NOTE),
        tuple(
            name[:_NAMES]
            for name in (hidden if isinstance(hidden, list) else [])
            if isinstance(name, str)
        ),
        row.get("asks") is True,
    )


def _words(text: Any, most: int) -> str:
    return text[:most] if isinstance(text, str) else ""
