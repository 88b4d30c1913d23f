"""Sentences that hold words from outside: a link's, a file's name, what somebody has typed.

Streamlit reads what it shows as Markdown, so a stranger's link could put a picture or a link into a
page. Messages are therefore shown by this module only, which shows them letter by letter.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from typing import Any

import streamlit as st

# Letters of any script and signs that say nothing in Markdown, hyphens and the like within a word,
# a colon or a comma at its end.
_WORD = re.compile(
    r"[“‘(\"'⌊⌈]*[-−]?[^\W_]+(?:[-_/.,'’×−…%·][^\W_]+)*[.…%]*[”’)\"'⌋⌉]*[.,;:?…]*"
    r"|[–×−·=+/?…“”]+|→"
)
_LIST_ITEM = re.compile(r"[0-9]+[.)]|=|\+")


def plain(text: str) -> str:
    """Write Markdown that shows a text letter by letter, on one line.

    >>> plain("Padding top 9 is not possible here; 6 is the nearest that works.")
    'Padding top 9 is not possible here; 6 is the nearest that works.'
    >>> plain("“![](//a.org/b)” is no *name*")
    '`“![](//a.org/b)”` is no `*name*`'

    A word that could mean something in Markdown stands as code, where nothing does. Backslashes
    would not do: an address becomes a link, and two hyphens a dash, after they have been removed.
    """
    words = text.split()
    return " ".join(_word(word, first=n == 0) for n, word in enumerate(words))


def _word(word: str, first: bool) -> str:
    if ":material/" in word:  # becomes an icon's name even within code, unless it is in two parts
        before, _, after = word.partition(":material/")
        return f"{_code(before + ':')}material{_word('/' + after, first=False)}"
    address = "www." in word.lower() or "@" in word
    is_plain = _WORD.fullmatch(word) and not address
    return word if is_plain and not (first and _LIST_ITEM.fullmatch(word)) else _code(word)


def _code(word: str) -> str:
    fence = "`" * (1 + max(map(len, re.findall("`+", word)), default=0))
    pad = " " if "`" in (word[0], word[-1]) else ""
    return f"{fence}{pad}{word}{pad}{fence}"


def show_notes(sentences: Sequence[str]) -> None:
    """Say something in passing, one sentence a line."""
    if sentences:
        st.info("  \n".join(map(plain, sentences)))


def show_error(sentence: str, place: Any = st) -> None:
    """Say what is wrong, in a place such as a column."""
    place.error(plain(sentence))


def show_done(sentence: str) -> None:
    """Say that something is done, or right."""
    st.success(plain(sentence))


def show_doubt(sentence: str) -> None:
    """Say that something is not right yet."""
    st.warning(plain(sentence))


def show_in_passing(sentence: str) -> None:
    """Say something that stands for a few seconds and needs no answer."""
    st.toast(plain(sentence))


def show_waiting(sentence: str) -> None:
    """Say what the page is waiting for; a page that opens stays covered until it comes."""
    st.html(f'<p class="waiting" aria-busy="true">{escape(sentence)}</p>')
