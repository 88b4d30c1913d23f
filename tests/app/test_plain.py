"""Words from outside mean nothing in Markdown: messages have one way to the screen."""

import ast
import re
from pathlib import Path

import pytest

from app.page.plain import plain

APP = Path(__file__).parents[2] / "app"
MESSAGES = {"info", "error", "warning", "success", "toast", "exception"}


def calls(source):
    """The names of what is called as an attribute."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield node.func.attr


@pytest.mark.parametrize("path", sorted(APP.rglob("*.py")), ids=lambda path: path.stem)
def test_messages_are_shown_by_one_module_only(path):
    if path != APP / "page" / "plain.py":
        found = MESSAGES & set(calls(path.read_text(encoding="utf-8")))
        assert not found, f"use app.page.plain to show a message, not Streamlit's {found}"


@pytest.mark.parametrize("path", sorted(APP.rglob("*.py")), ids=lambda path: path.stem)
def test_one_module_alone_lets_markdown_hold_html(path):
    if path == APP / "page" / "svg.py":
        return
    assert "unsafe_allow_html" not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "word",
    [
        "![](//a.org/b)", "[a](b)", "https://a.org", "www.a.org", "WWW.a.org", "me@a.org",
        ":smile:", ":red[x]", "$x$", "`x`", "``", "*a*", "_a_", "~~a~~", "#", "->", "--", ">=",
        "&amp;", "\\*", "<b>", "|", "---", "1.", "2)", "=", "{", "^", "a:b",
    ],
)  # fmt: skip
def test_a_word_that_means_something_in_markdown_stands_as_code(word):
    found = re.fullmatch(r"(`+) ?(.*?) ?\1", plain(word))
    assert found and found[2] == word


def test_an_icons_name_is_taken_apart_as_it_is_read_even_within_code():
    assert plain("a:material/home:") == "`a:`material`/home:`"


@pytest.mark.parametrize(
    "sentence",
    [
        "Padding top 9 is not possible here; 6 is the nearest that works.",
        "Padding 'same' needs stride 1; 'same_upper' (TensorFlow's SAME) is used.",
        "Pooling pads at most half its window (3 // 2 = 1 rows, 3 // 2 = 1 columns), so no.",
        "“1.5” is not a value for step, which is a whole number from 0 to 8; 0 is used.",
        "The kernel of 5 × 5 does not fit; −1 … 2.5 are 50% – more…",
    ],
)
def test_a_plain_sentence_stays_as_it_is(sentence):
    assert plain(sentence) == sentence


def test_a_message_is_one_line():
    assert plain("a\n\n# b\n    c") == "a `#` b c"
