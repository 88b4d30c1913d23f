"""What a browser or a file gives back, bent in every way: read whole, or refused in one sentence.

Anybody can write anything into a browser's storage, and half a file is no rarity.
"""

import json
import random
from dataclasses import replace
from datetime import UTC, datetime

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from app.screens.quiz import progress_state, sitting_state
from app.screens.quiz.attempt import Attempt, Tab, read_tab, written_tab
from lessons.quiz import (
    QuizError,
    QuizSet,
    check,
    fresh_session,
    generate,
    sitting_of,
    skill_rows,
    solve,
    start,
    written_by,
)
from lessons.quiz.compare import written
from lessons.quiz.plain import read_object
from lessons.quiz.progress import Given, Progress, counted, read_file, read_kept, written_progress
from lessons.quiz.sitting import Sitting, merged, sitting_facts, stamped
from tests.components_of import components_of

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
SET = QuizSet((("output_size", (2,)), ("macs", (1,)), ("kernel_name", (1,))), 3, 5, minutes=20)
QUESTION = generate("output_size", 2, 3)
KEY = QUESTION.key
STRANGE = [
    *(None, True, False, -1, 0, 3, 10**400, -(10**30), 2.5, 1e308, float("nan"), float("inf")),
    *("", "x", "\ud800", "\x00", "٣", "9" * 400, "2026-03-01", "9999-12-31T23:59:59+00:00"),
    *([], {}, [[]], [None], {"": None}, ["output_size", 2], ["macs", 10**400], "padding"),
]


def answer(question, slip: str = "") -> Given:
    values = written_by(question, [slip]) if slip else solve(question)
    typed = {id: written(value) for id, value in values.items()}
    return Given(f"{question.key}{slip}", check(question, typed), NOW)


def whole_texts() -> dict[str, str]:
    """One of each text that is kept, with something in every part of it."""
    answers = [answer(QUESTION, "padding-once"), answer(generate("macs", 1, 0)), answer(QUESTION)]
    progress = counted(Progress(fresh_session(3), since=NOW), answers, NOW)
    progress = replace(progress, session=replace(progress.session, pool=(("macs", 1),)))
    checked = check(QUESTION, {"height": "1", "width": "2"})
    tab = Tab(
        Attempt(QUESTION, {"height": "12"}, checked, hints=2, solution=True),
        written_progress(fresh_session(4)),
    )
    sitting = start(replace(SET, student="Ada"), 5.0).answer({"height": "1", "width": "2"})
    sitting = sitting.go(1).note({"macs": "7"}).hint().extend()
    return {
        "progress": written_progress(progress),
        "tab": written_tab(tab),
        "set": json.dumps({"student": "Ada", "sitting": sitting.to_data()}),
    }


WHOLE = whole_texts()


def bent_text(kind: str, seed: int) -> str:
    """The text of a kind with one to three things done to it that no quiz does."""
    dice = random.Random(f"{kind} {seed}")
    data = json.loads(WHOLE[kind])
    for _ in range(dice.randint(1, 3)):
        _bend(data, dice)
    text = json.dumps(data, ensure_ascii=dice.random() < 0.9)
    match dice.randrange(8):
        case 0:
            return text[: dice.randrange(len(text))]
        case 1:
            at = dice.randrange(len(text))
            return text[:at] + dice.choice('{}[],:"0e-\\\x00') + text[at + dice.randrange(2) :]
        case 2:
            deep = dice.choice([50, 5_000, 100_000])
            return text.replace(dice.choice(["[]", "{}", "null", "1"]), "[" * deep + "]" * deep, 1)
    return text


def _bend(data, dice: random.Random) -> None:
    """Put something strange into the place of anything in it, or take that out."""
    keys = list(data) if isinstance(data, dict) else list(range(len(data)))
    if not keys:
        return
    key = dice.choice(keys)
    if isinstance(data[key], dict | list) and data[key] and dice.random() < 0.7:
        _bend(data[key], dice)
    elif dice.random() < 0.25:
        del data[key]
    else:
        data[key] = dice.choice(STRANGE)


def use_progress(text: str) -> None:
    """Read progress and go on with it, or be told in one sentence why not."""
    kept, said = None, ""
    try:
        kept = read_kept(text)
    except QuizError as error:
        said = str(error)
    if kept is None:
        assert said.endswith(".") and "\n" not in said
        return
    assert read_kept(written_progress(kept)) == kept
    both = counted(kept, [answer(QUESTION)], NOW)
    assert all(row.name for row in skill_rows(both.session, NOW))
    both.session.next_question(NOW)


def use_set(text: str) -> None:
    data = read_object(text) or {}
    student = data.get("student")
    quiz = replace(SET, student=student) if isinstance(student, str) else SET
    sitting = sitting_of(quiz, data.get("sitting"))
    if sitting is None:
        return
    assert isinstance(sitting, Sitting) and sitting.rows() and sitting_facts(sitting)
    after = stamped(sitting, sitting.hint().see_solution().finish(9.0), 7.0)
    assert merged(sitting, after).answers == merged(after, sitting).answers


def use_tab(text: str) -> None:
    tab = read_tab(text)
    assert read_tab(written_tab(tab)) == tab
    if tab.attempt is not None:
        assert tab.attempt.judged in (True, False)


USES = {"progress": use_progress, "set": use_set, "tab": use_tab}


def use_many(numbers: range) -> None:
    for kind, use in USES.items():
        for seed in numbers:
            text = bent_text(kind, seed)
            try:
                use(text)
            except Exception as error:
                error.add_note(f"{kind} {seed}: {text[:2000]}")
                raise


def test_whole_texts_are_read_whole():
    for kind, use in USES.items():
        use(WHOLE[kind])
    progress = WHOLE["progress"]
    assert json.loads(written_progress(read_kept(progress))) == json.loads(progress)
    assert written_tab(read_tab(WHOLE["tab"])) == WHOLE["tab"]
    assert read_tab(WHOLE["tab"]).attempt.solution


def test_bent_texts_are_read_or_refused():
    use_many(range(300))


@pytest.mark.long
def test_many_bent_texts_are_read_or_refused():
    use_many(range(300, 5_300))


@pytest.mark.parametrize("part", ["version", "seed", "asked", "record", "cards"])
@pytest.mark.parametrize("strange", STRANGE, ids=lambda value: repr(value)[:20])
def test_progress_with_a_part_that_cannot_be_is_refused(part, strange):
    data = json.loads(WHOLE["progress"]) | {part: strange}
    possible = part in ("seed", "asked") and type(strange) is int and 0 <= strange < 10**9
    possible |= part in ("record", "cards") and isinstance(strange, dict)
    if possible:
        read_kept(json.dumps(data))
        return
    with pytest.raises(QuizError, match=r"^This [^.]*\.$"):
        read_kept(json.dumps(data))


def test_a_damaged_skill_is_named_and_one_that_is_not_known_is_left_out():
    data = json.loads(WHOLE["progress"])
    data["record"]["padding"]["right"] = "many"
    with pytest.raises(QuizError, match="“padding on both sides” cannot be right"):
        read_kept(json.dumps(data))
    data = json.loads(WHOLE["progress"])
    data["record"]["of-a-later-edition"] = 5
    assert read_kept(json.dumps(data)) == read_kept(WHOLE["progress"])


@pytest.mark.parametrize("size", [0.0, 0.5, 0.9, 0.999])
def test_a_file_that_was_cut_off_is_refused(size):
    data = WHOLE["progress"].encode()
    with pytest.raises(QuizError, match=r"damaged|empty"):
        read_file(data[: int(size * len(data))])


@pytest.mark.parametrize("code", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_a_file_that_an_editor_has_saved_again_is_read(code):
    data = WHOLE["progress"].encode(code)
    if code == "utf-16-le":
        data = b"\xff\xfe" + data
    assert read_file(data) == read_kept(WHOLE["progress"])


@pytest.mark.parametrize("data", [b"\xff\xfea", b"\x89PNG\r\n\x1a\n", b"PK\x03\x04", b"\xef\xbb"])
def test_a_file_that_is_no_text_is_refused(data):
    with pytest.raises(QuizError, match=r"not text|not progress"):
        read_file(data)


# The page itself


def opened(store: str, name: str, text: str, own: str, to=None, **address: str) -> AppTest:
    """The page in a session that the browser tells at once, as after a restart.

    to : whom the browser has told; None is whoever answers
    """
    at = AppTest.from_file("../../app/main.py", default_timeout=120)
    at.switch_page("screens/quiz/quiz.py")
    for key, value in address.items():
        at.query_params[key] = value
    typed = {"quiz_box_output_size.2.3.1_height": text[:50]}
    told = {"to": to, "turn": 1, "name": name, "kept": True, "text": text, "own": own}
    at.session_state[store] = {"stored": {**told, "typed": typed}}
    at.run()
    assert not at.exception, (text[:2000], own[:2000])
    return at


def open_practice(text: str, own: str = "") -> AppTest:
    return opened(progress_state.STORE, progress_state.STORED_AS, text, own, q=KEY)


def open_many(numbers: range) -> None:
    name = set_name()
    for seed in numbers:
        at = open_practice(bent_text("progress", seed), bent_text("tab", seed))
        assert at.button(key="quiz_check")
        text, own = bent_text("set", seed), bent_text("tab", seed)
        at = opened(sitting_state.STORE, name, text, own, **SET.to_link())
        keys = {button.key for button in at.button}
        assert keys & {"quiz_check", "quiz_set_erase", "quiz_begin_button", "quiz_other"}


def set_name() -> str:
    """The browser's name for the set."""
    at = AppTest.from_file("../../app/main.py", default_timeout=120)
    at.switch_page("screens/quiz/quiz.py")
    for key, value in SET.to_link().items():
        at.query_params[key] = value
    at.run()
    payload = json.loads(components_of(at)[0].proto.json)
    return payload["name"]


def test_a_page_opens_whatever_its_browser_has_kept():
    open_many(range(10))


@pytest.mark.long
def test_a_page_opens_whatever_many_browsers_have_kept():
    open_many(range(10, 150))


def test_after_a_restart_the_practice_shows_what_it_showed():
    at = open_practice(WHOLE["progress"], WHOLE["tab"])
    assert at.session_state["quiz_attempt"].solution
    assert at.session_state["quiz_session"].asked == 3
    assert len(at.session_state["quiz_session"].history) == 3
    assert at.button(key="quiz_undo")


def test_what_a_run_that_ended_has_not_taken_over_is_taken_over_by_the_next(monkeypatch):
    plain, ended = progress_state._show_again, []

    def end_once(*told) -> None:
        if not ended:
            ended.append(told)
            st.rerun()
        plain(*told)

    monkeypatch.setattr(progress_state, "_show_again", end_once)
    at = open_practice(WHOLE["progress"], WHOLE["tab"])
    assert ended and at.session_state["quiz_attempt"].solution


def test_a_set_that_cannot_be_read_is_erased_only_when_asked():
    name = set_name()
    for text in ("{", '{"student": "Ada", "sitting": {"version": 1}}', "[" * 9_000):
        at = opened(sitting_state.STORE, name, text, "", **SET.to_link())
        assert "cannot be read" in at.error[0].value
        assert json.loads(components_of(at)[0].proto.json)["text"] is None
        at.button(key="quiz_set_erase").click().run()
        assert not at.exception and not at.error
        assert "again" in json.loads(components_of(at)[0].proto.json)["text"]
        assert at.button(key="quiz_begin_button")


def test_what_the_browser_told_another_session_is_not_heard():
    store, name = progress_state.STORE, progress_state.STORED_AS
    at = opened(store, name, WHOLE["progress"], WHOLE["tab"], to="that session", q=KEY)
    assert any("Reading what this browser has kept" in each.proto.body for each in at.get("html"))
    assert "quiz_session" not in at.session_state


def test_what_cannot_be_read_is_said_with_a_way_out():
    at = open_practice('{"app": "slide-and-sum", "record": null}')
    assert "cannot be read" in at.error[0].value
    at.button(key="quiz_erase").click().run()
    assert not at.exception and not at.error
