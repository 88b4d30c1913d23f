"""The characters of every keyboard, spreadsheet and web page as plain ones."""

from __future__ import annotations

import re
import unicodedata

_PLAIN = {
    **{ord(c): "-" for c in "\u2212\u2010\u2011\u2012\u2013\ufe63"},
    **{ord(c): " " for c in "\u00a0\u2002\u2003\u2007\u2008\u2009\u200a\u202f\u3000"},
    **{ord(c): "\n" for c in "\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"},
    **{ord(c): "." for c in "\u066b"},
    **{ord(c): "," for c in "\u066c\u3001\ufe50"},
    **{ord(c): "/" for c in "\u2044\u2215"},
    **{ord(c): "·" for c in "\u22c5\u2219\u2022"},
    **{ord(c): "×" for c in "✕✖⨯"},
    **{ord(c): " " for c in "⎡⎢⎣⎤⎥⎦⎛⎜⎝⎞⎟⎠"},
    **{ord(c): "|" for c in "│┃║"},
    ord("\u2217"): "*",
    ord("\u2019"): "'",
    # The full-width forms of ASCII.
    **{code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},
}

_THIN = re.compile("(?<=\\d)[\u00a0\u2009\u202f](?=\\d{3}(?!\\d))")


def plain_text(text: str) -> str:
    """Bring digits of every script, signs and separators to the ones that ASCII has.

    >>> plain_text("\\ufeff\\u2212\\uff12\\u00a0\\u0663")
    '-2 3'

    Superscripts are not digits: 3² must not become 32.
    """
    text = text.replace("\r\n", "\n")
    if text.isascii():
        return text.translate(_PLAIN)
    plain = (c if c.isascii() else _plain(c) for c in text)
    return "".join(plain)


def _plain(character: str) -> str:
    if (plain := _PLAIN.get(ord(character))) is not None:
        return plain
    number = unicodedata.decimal(character, -1)
    if number >= 0:
        return str(number)
    # Marks that no reader sees, such as a byte order mark or a zero-width space.
    return "" if unicodedata.category(character) == "Cf" else character


def thin_thousands(text: str) -> str | None:
    """The first number whose thousands may be parted by a thin or unbreakable space.

    >>> thin_thousands("1\\u202f234"), thin_thousands("1 234")
    ('1\\u202f234', None)
    """
    if text.isascii() or not _THIN.search(text):
        return None
    return next(word for word in re.split(r"[ \t\n,;|&\[\](){}]+", text) if _THIN.search(word))
