"""A class's names are read as they were meant, and none is lost in silence."""

import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lessons.quiz.names import LONGEST_NAME, MOST_NAMES, clean_name, name_key, read_names
from lessons.quiz.sets import QuizSet, student_seed

CLASS = [f"Student {chr(65 + n % 26)}{n}" for n in range(305)]


def test_three_hundred_and_five_names_are_all_there():
    assert read_names("\n".join(CLASS)).names == tuple(CLASS)


def test_of_more_names_than_can_be_it_is_said_from_where_on():
    read = read_names("\n".join(f"Student {n}" for n in range(MOST_NAMES + 5)))
    assert len(read.names) == MOST_NAMES
    (note,) = read.notes
    assert f"from “Student {MOST_NAMES}” on, 5 names" in note


@pytest.mark.parametrize(
    "text",
    [
        "Ada Lovelace\nAlan Turing",
        "Ada Lovelace\r\nAlan Turing\r\n",
        "\ufeffAda Lovelace\n\n  Alan\u00a0Turing  ",
        "\u200fAda Lovelace\u200e\n\u202aAlan Turing\u202c",
        "Ada\u00ad Love\u200blace\u2028Alan  \tTuring".replace("\t", ""),
        "1. Ada Lovelace\n2) Alan Turing",
        "- Ada Lovelace\n• Alan Turing",
    ],
)
def test_one_name_a_line_needs_no_words(text):
    assert read_names(text).names == ("Ada Lovelace", "Alan Turing")
    assert read_names(text).notes == ()


@pytest.mark.parametrize(
    "text, names, says",
    [
        ("Ada; Bob; Carl", ("Ada", "Bob", "Carl"), "read as 3 students"),
        ("Ada, Bob, Carl", ("Ada", "Bob", "Carl"), "read as 3 students"),
        ("Ada | Bob", ("Ada", "Bob"), "read as 2 students"),
        ("Lovelace, Ada; Turing, Alan", ("Lovelace, Ada", "Turing, Alan"), "read as 2 students"),
        ("Lovelace, Ada", ("Lovelace, Ada",), "one student, last name first"),
        ("Lovelace\tAda\nTuring\tAlan", ("Lovelace Ada", "Turing Alan"), "joined to one name"),
        ("1\tAda\tLovelace\ta@b.org", ("Ada Lovelace",), "left out, such as “1”"),
        ("Ada Lovelace\tAlan Turing", ("Ada Lovelace", "Alan Turing"), "read as 2 students"),
    ],
)
def test_what_could_be_meant_in_two_ways_is_read_in_one_and_said(text, names, says):
    read = read_names(text)
    assert read.names == names and any(says in note for note in read.notes)


def test_many_lines_of_a_kind_have_one_note():
    read = read_names("\n".join(f"Last{n}, First{n}" for n in range(30)) + "\nAnn Lee, Bo Li")
    (note,) = read.notes
    assert note.startswith("31 lines with a comma") and "“Ann Lee, Bo Li”" in note


def test_two_students_of_one_name_are_both_kept_and_said():
    read = read_names("Ada Lovelace\nBob\nLovelace, Ada\n")
    assert read.names == ("Ada Lovelace", "Bob", "Lovelace, Ada")
    assert any("“Ada Lovelace” stands there more than once" in note for note in read.notes)


def test_a_name_that_is_too_long_is_said():
    read = read_names("A" * 100)
    assert read.names == ("A" * LONGEST_NAME,) and "longer than 80 letters" in read.notes[0]


SARAH = "\u05e9\u05e8\u05d4 \u05db\u05d4\u05df"
SAME = [
    ("O'Brien", "O\u2019Brien", "O\u02bcBrien", "O`Brien", "O\u00b4Brien", "o\uff07brien"),
    ("Jos\u00e9 Paz", "Jose\u0301 Paz", "JOS\u00c9  PAZ", "Paz, Jos\u00e9", "Paz\uff0c Jose\u0301"),
    ("Jean-Luc Roy", "Jean\u2010Luc Roy", "Jean\u2011Luc\u00a0Roy", "\ufeffJean\u2013Luc Roy"),
    (SARAH, f"\u200f{SARAH}\u200e", f"\u202b{SARAH}\u202c", f"\u2067{SARAH}\u2069"),
    ("Stra\u00dfe Gro\u00df", "STRASSE GROSS"),
    ("\uff21\uff44\uff41", "Ada"),
]


@pytest.mark.parametrize("names", SAME)
def test_one_name_written_in_several_ways_draws_one_set(names):
    assert len({name_key(name) for name in names}) == 1
    assert len({student_seed(name, 7) for name in names}) == 1
    quiz = QuizSet((("macs", (1,)),), 2, 7, own=True)
    assert len({replace(quiz, student=name).questions() for name in names}) == 1


def test_different_names_stay_different():
    names = [
        "Ada Lovelace",
        "Lovelace Ada",
        "Ad\u00e9 Lovelace",
        "Ada-Lovelace",
        "AdaLovelace",
        "Ad'a Lovelace",
    ]
    assert len(set(map(name_key, names))) == len(names)


def test_a_name_of_nothing_to_be_seen_is_none():
    assert read_names("\u200f\n \u00a0\n---\n;;\n,").names == ()
    quiz = QuizSet((("macs", (1,)),), 1, 7, student="\u200f", own=True)
    assert quiz.own_seed == 7


PIECES = ["Ada", "\u05d0\u05d1", "e\u0301", "\r\n", "1.", *"O\u2019 \t,;\n\u200f\ufeff@\x00"]


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join) | st.text(max_size=60))
def test_no_letter_is_lost_in_silence(text):
    read = read_names(text)
    letters = [c for c in unicodedata.normalize("NFC", text) if c.isalpha()]
    kept = [c for name in read.names for c in name if c.isalpha()]
    assert read.notes or kept == letters
    for name in read.names:
        assert name == clean_name(name) and len(name) <= LONGEST_NAME
        assert all(unicodedata.category(c) not in ("Cc", "Cs") for c in name)
    assert all(note.endswith(".") and "\n" not in note for note in read.notes)
