"""The Quiz page, run without a browser: practice, a set, bad links and bad input."""

import json
import re

import pytest
from streamlit.testing.v1 import AppTest

from lessons.quiz import (
    QuizSet,
    check,
    fresh_session,
    generate,
    question_of,
    set_of,
    solve,
    written_by,
    written_progress,
)
from lessons.quiz.compare import written
from lessons.quiz.progress import Progress, counted
from lessons.quiz.ready_sets import READY_SETS

FIRST = "output_size.2.3.1"


def page(session=None, **address: str) -> AppTest:
    """The page after the browser has told that it keeps nothing yet."""
    at = AppTest.from_file("../../app/main.py", default_timeout=120)
    at.switch_page("screens/quiz/quiz.py")
    for key, value in address.items():
        at.query_params[key] = value
    at.session_state["quiz_session"] = session or fresh_session(3)
    at.session_state["quiz_set_told"] = True
    return ran(at)


def ran(at: AppTest) -> AppTest:
    at.run()
    assert not at.exception
    return at


def opened(quiz: QuizSet, **more: str) -> AppTest:
    at = page(**quiz.to_link(), **more)
    at.session_state["quiz_set_told"] = True
    return ran(at)


def boxes(at: AppTest) -> list:
    return [box for box in (*at.text_input, *at.text_area, *at.radio) if "quiz_" in (box.key or "")]


def typed(at: AppTest, *texts: str) -> AppTest:
    for box, text in zip(boxes(at), texts, strict=True):
        box.set_value(text)
    return at


def pressed(at: AppTest, label: str) -> AppTest:
    found = [button for button in at.button if button.label.startswith(label)]
    found[0].click()
    return ran(at)


def shown(at: AppTest) -> str:
    """All words of the page's own HTML, without tags."""
    text = " ".join(each.proto.body for each in at.get("html"))
    return " ".join(re.sub("<style.*?</style>|<[^>]*>", " ", text).replace("\xa0", " ").split())


def address(at: AppTest) -> dict[str, str]:
    return {k: v if isinstance(v, str) else v[-1] for k, v in at.query_params.items()}


def answers(question, slip: str | None = None) -> list[str]:
    values = (written_by(question, (slip,)) if slip else None) or solve(question)
    return [written(value).replace(",", "") for value in values.values()]


# Practice


def test_a_beginner_is_asked_an_easy_question_and_the_address_names_it():
    at = page()
    question = question_of(address(at)["q"])
    assert (question.family, question.level) == ("output_size", 1)
    assert question.prompt[-1] in shown(at)
    assert [box.label.lower() for box in boxes(at)] == [field.label for field in question.fields]


def test_until_the_browser_has_told_what_it_keeps_nothing_is_asked():
    at = AppTest.from_file("../../app/main.py", default_timeout=120)
    at.switch_page("screens/quiz/quiz.py")
    ran(at)
    assert not boxes(at)
    [waiting] = [each.proto.body for each in at.get("html") if 'class="waiting"' in each.proto.body]
    assert "Reading what this browser" in waiting


def test_a_link_brings_its_own_question():
    at = page(q=FIRST)
    assert generate("output_size", 2, 3).prompt[0] in shown(at)
    assert address(at)["q"] == FIRST


def test_a_right_answer_is_recorded_once():
    at = page(q=FIRST)
    question = question_of(FIRST)
    pressed(typed(at, *answers(question)), "Check")
    assert "✓ Right" in shown(at)
    assert at.session_state["quiz_session"].asked == 1
    pressed(at, "Check")
    assert at.session_state["quiz_session"].asked == 1
    assert "Your first answer is the one that counts." in shown(at)


def test_the_mistake_behind_a_wrong_number_is_named_and_drawn():
    key = "output_size.5.0.1"
    at = page(q=key)
    pressed(typed(at, *answers(question_of(key), "one-forgotten")), "Check")
    assert "The + 1 forgotten" in shown(at)
    kinds = [proto.proto.component_name for proto in at.get("bidi_component")]
    assert any("axes" in kind for kind in kinds)


@pytest.mark.parametrize(
    ("key", "shows"),
    [
        ("output_size.2.3.1", "axes"),
        ("find_padding.1.0.1", "axes"),
        ("window_origin.1.0.1", "axes"),
        ("layer_parameters.2.0.1", "tensor"),
        ("channels_out.1.0.1", "tensor"),
        ("receptive_field.2.0.1", "axes"),
        ("transposed_size.1.0.1", "axes"),
    ],
)
def test_a_number_that_no_mistake_explains_has_the_right_picture_too(key, shows):
    at = page(q=key)
    pressed(typed(at, *["9999"] * len(question_of(key).fields)), "Check")
    assert "None of the usual mistakes explains this" in shown(at)
    assert any(shows in each.proto.component_name for each in at.get("bidi_component"))


@pytest.mark.parametrize("key", ["in_letters.2.7.2", "shortcut.1.7.2"])
def test_a_choice_of_words_has_no_kernels_to_show_and_is_explained(key):
    at = page(q=key)
    question = question_of(key)
    right = solve(question)[question.fields[0].id]
    wrong = next(option for option in question.setup.options if option.id != right)
    pressed(typed(at, wrong.id), "Check")
    assert "✗ Wrong" in shown(at) and "kernel begins" not in shown(at)
    pressed(at, "Show the solution")


@pytest.mark.parametrize("key", ["signals_and_volumes.1.3.2", "signals_and_volumes.3.3.2"])
def test_a_signal_and_a_video_are_drawn_along_their_axes(key):
    at = page(q=key)
    pressed(typed(at, *answers(question_of(key), "one-forgotten")), "Check")
    assert "The + 1 forgotten" in shown(at)
    pressed(at, "Show the solution")
    assert any("axes" in each.proto.component_name for each in at.get("bidi_component"))


def test_wrong_products_stand_beside_the_right_ones():
    key = "cell_value.4.0.1"
    at = page(q=key)
    question = question_of(key)
    right, wrong = answers(question)[0], answers(question, "kernel-transposed")[0]
    pressed(typed(at, wrong), "Check")
    assert f"Right: {right}" in shown(at) and f"Kernel read by columns: {wrong}" in shown(at)


@pytest.mark.parametrize(
    "text", ["", "32x32x", "3,5", "72.000", "thirty", "=1+1", "<b>1</b>", "٣x"]
)
def test_what_cannot_be_read_costs_nothing_and_says_how_to_write_it(text):
    at = page(q=FIRST)
    right = answers(question_of(FIRST))[1]
    pressed(typed(at, text, right), "Check")
    assert "Not read" in shown(at) and "Nothing was counted" in shown(at)
    assert "Right" not in shown(at)  # nor is the other box told before all can be read
    assert at.session_state["quiz_session"].asked == 0
    assert boxes(at)[0].value == text


def test_hints_open_one_by_one_and_make_a_right_answer_a_hard_one():
    at = page(q=FIRST)
    pressed(pressed(at, "Hint 1"), "Hint 2")
    assert "Hint 1." in shown(at) and "Hint 2." in shown(at) and "Hint 3." not in shown(at)
    pressed(typed(at, *answers(question_of(FIRST))), "Check")
    assert at.session_state["quiz_session"].asked == 1


def test_whoever_opens_the_solution_did_not_know_and_an_answer_no_longer_counts():
    at = page(q=FIRST)
    pressed(at, "Show the solution")
    right = answers(question_of(FIRST))
    assert f"= {right[0]}" in shown(at)
    pressed(typed(at, *right), "Check")
    session = at.session_state["quiz_session"]
    assert session.asked == 1 and [one["wrong"] for one in session.record.values()] == [1]
    pressed(at, "Next question")
    assert at.session_state["quiz_attempt"].question != question_of(FIRST)


def test_the_answers_of_a_set_count_for_the_practice_once():
    quiz = QuizSet((("layer_parameters", (1,)), ("macs", (1,))), 2, 5)
    first, second = quiz.questions()
    at = pressed(opened(quiz), "Begin")
    pressed(typed(at, *answers(first, "bias-forgotten")), "Check")
    pressed(at, "Next question")
    pressed(typed(at, *answers(second)), "Check")
    pressed(at, "Finish")
    waiting = at.session_state["quiz_given"]  # until the browser has said what it has kept
    assert [one.checked.question for one in waiting] == [first, second]
    session = counted(Progress(fresh_session(1)), waiting, waiting[-1].now).session
    assert session.record["bias"]["made"] == {"bias-forgotten": 1}
    assert session.record["cost"]["right"] == 1


def test_next_goes_on_to_another_question_and_another_address():
    at = page(q=FIRST)
    pressed(at, "Another question")
    assert address(at)["q"] != FIRST


def test_a_topic_is_asked_from_and_stays_in_the_address():
    at = page()
    at.selectbox(key="quiz_topic").set_value("macs")
    ran(at)
    assert question_of(address(at)["q"]).family == "macs"
    at.selectbox(key="quiz_level").set_value(2)
    ran(at)
    assert address(at)["topic"] == "macs" and address(at)["level"] == "2"
    again = page(topic="macs", level="2")
    assert (question_of(address(again)["q"]).family, address(again)["level"]) == ("macs", "2")


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        ({"q": "nonsense"}, "names no question"),
        ({"q": "output_size.99.1.1"}, "has the levels"),
        ({"q": "output_size.1.99999999999.1"}, "names no question"),
        ({"topic": "no such"}, "all topics are asked"),
    ],
)
def test_a_damaged_link_is_said_and_a_question_asked(bad, words):
    at = page(**bad)
    assert words in at.info[0].value
    assert boxes(at)


@pytest.mark.parametrize("text", ["", "{", '{"app": "other"}', "\x00\xff", "[" * 5000])
def test_a_file_that_is_no_progress_is_refused_and_nothing_is_lost(text):
    before = fresh_session(3)
    at = page(session=before)
    at.file_uploader(key="quiz_import_0").upload("p.json", text.encode(), "application/json")
    ran(at)
    assert at.error and at.session_state["quiz_session"].record == before.record


def answered(key: str = FIRST) -> AppTest:
    """The page once a question has been answered."""
    at = page(q=key)
    return pressed(typed(at, *answers(question_of(key))), "Check")


def given_file(at: AppTest, text: str, encoding: str = "utf-8") -> AppTest:
    uploader = next(one for one in at.file_uploader if one.key.startswith("quiz_import"))
    uploader.upload("p.json", text.encode(encoding), "application/json")
    return ran(at)


def saved(at: AppTest) -> str:
    return written_progress(at.session_state["quiz_session"])


OTHER = "layer_parameters.1.0.1"


def test_a_file_is_taken_over_at_once_where_there_is_nothing_yet():
    file = saved(answered())
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        at = given_file(page(), file, encoding)
        assert at.session_state["quiz_session"].asked == 1
        assert "taken over" in at.info[0].value and not at.error


def test_a_file_asks_before_it_replaces_anything_and_can_be_undone():
    file, at = saved(answered(OTHER)), answered()
    before = at.session_state["quiz_session"]
    given_file(at, file)
    assert at.session_state["quiz_session"] == before
    assert "In the file: 1 question answered, " in at.markdown[-1].value
    pressed(at, "Replace mine")
    after = at.session_state["quiz_session"].record
    assert "weights" in after and "padding" not in after
    assert not at.error
    pressed(at, "Undo")
    assert at.session_state["quiz_session"].record == before.record
    assert "back as it was" in at.info[0].value


def test_a_file_can_be_left_alone():
    file, at = saved(answered(OTHER)), answered()
    before = at.session_state["quiz_session"]
    pressed(given_file(at, file), "Keep mine")
    assert at.session_state["quiz_session"] == before
    assert not [button for button in at.button if button.label == "Replace mine"]


def test_what_was_erased_can_be_taken_back_until_the_next_answer():
    at = answered()
    before = at.session_state["quiz_session"].record
    at.checkbox(key="quiz_sure").check()
    pressed(ran(at), "Erase my progress")
    assert at.session_state["quiz_session"].record == {}
    pressed(at, "Undo")
    assert at.session_state["quiz_session"].record == before
    at.checkbox(key="quiz_sure").check()
    pressed(ran(at), "Erase my progress")
    question = question_of(address(at)["q"])
    pressed(typed(at, *answers(question)), "Check")
    assert not [button for button in at.button if button.label == "Undo"]


@pytest.mark.parametrize("damage", ["cut", "no record", "bent count"])
def test_a_damaged_file_changes_nothing_and_says_one_thing(damage):
    file, at = saved(answered(OTHER)), answered()
    before = at.session_state["quiz_session"]
    given_file(at, file)
    pressed(at, "Replace mine")
    pressed(at, "Undo")
    match damage:
        case "cut":
            file = file[:200]
        case "no record":
            file = json.dumps(json.loads(file) | {"record": None})
        case "bent count":
            file = file.replace('"right": 1', '"right": "1"')
    given_file(at, file)
    assert at.session_state["quiz_session"].record == before.record
    assert "damaged" in at.error[0].value and "Nothing was changed." in at.error[0].value
    assert len(at.error) == 1 and not at.info


# A set


def test_ready_sets_are_offered_and_open():
    at = page(mode="set")
    for ready in READY_SETS.values():
        assert any(button.label == ready.title for button in at.button)
    pressed(at, "Output sizes")
    opened = set_of(address(at))
    assert opened == READY_SETS["sizes"].started(opened.seed)


def test_a_ready_set_has_other_questions_each_time_it_is_started():
    at = page(mode="set")
    seeds = set()
    for _ in range(3):
        pressed(at, "Output sizes")
        seeds.add(address(at)["seed"])
        pressed(at, "Another set")
    assert len(seeds) == 3


@pytest.mark.parametrize(
    "link, says",
    [
        ({"set": "1", "n": "100"}, ("A set needs at least one kind of question",)),
        (
            {"set": "1", "from": "macs.1", "n": "0", "seed": "x"},
            ("A set has 1 to 100 questions, not 0.", "The seed is “x” but must be"),
        ),
    ],
)
def test_all_that_keeps_a_sets_link_from_opening_is_said(link, says):
    told = " ".join(each.value for each in page(**link).info)
    assert all(sentence in told for sentence in says)


def test_every_ready_set_can_be_drawn():
    for ready in READY_SETS.values():
        assert len(ready.quiz.questions()) == ready.quiz.count


def test_a_set_is_played_to_its_score_sheet():
    quiz = QuizSet((("layer_parameters", (1,)), ("macs", (1,))), 2, 5)
    first, second = quiz.questions()
    at = pressed(opened(quiz), "Begin")
    assert "Question 1 of 2" in shown(at)
    pressed(typed(at, "28x"), "Check")
    assert "Not read" in shown(at)
    pressed(typed(at, *answers(first, "bias-forgotten")), "Check")
    assert "Biases forgotten" in shown(at)
    assert boxes(at)[0].disabled and boxes(at)[0].value == answers(first, "bias-forgotten")[0]
    pressed(at, "Next question")
    pressed(typed(at, *answers(second)), "Check")
    pressed(at, "Finish")
    assert "1 of 2 marks." in shown(at) and "biases forgotten" in shown(at)


def test_with_feedback_at_the_end_nothing_is_told_before_it():
    quiz = QuizSet((("output_size", (2,)),), 2, 5, feedback="end")
    at = pressed(opened(quiz), "Begin")
    pressed(typed(at, "1", "x"), "Keep")
    assert "Not read" in shown(at) and "Wrong" not in shown(at)
    pressed(typed(at, "1", "1"), "Keep")
    assert "Wrong" not in shown(at) and "Kept." in " ".join(c.value for c in at.caption)
    assert not any(button.label.startswith(("Hint", "Show")) for button in at.button)
    pressed(pressed(at, "Next question"), "Back")
    assert boxes(at)[0].value == "1"
    pressed(at, "Finish")
    assert "0 of 2 marks." in shown(at)


def test_a_set_of_ones_own_needs_a_name_and_is_drawn_by_it():
    quiz = QuizSet((("output_size", (2,)),), 1, 5, own=True)
    at = pressed(opened(quiz), "Begin")
    assert "Write your name" in at.error[0].value
    at.text_input(key="quiz_name").set_value("  ada  LOVELACE ")
    pressed(at, "Begin")
    own = QuizSet((("output_size", (2,)),), 1, 5, student="Ada Lovelace", own=True)
    assert own.questions()[0].prompt[0] in shown(at)
    assert "ada" not in str(address(at)).lower()


def test_the_timer_can_be_extended_and_the_sheet_says_so():
    quiz = QuizSet((("output_size", (2,)),), 1, 5, minutes=3)
    at = pressed(opened(quiz), "Begin")
    pressed(at, "5 minutes more")
    pressed(at, "Finish")
    assert "The time was extended by 5 minutes." in shown(at)


def test_a_set_begun_anew_forgets_its_answers():
    quiz = QuizSet((("macs", (1,)),), 1, 5)
    at = pressed(opened(quiz), "Begin")
    pressed(typed(at, "7"), "Check")
    pressed(at, "Do this set again")
    pressed(at, "Begin")
    assert boxes(at)[0].value == "" and not boxes(at)[0].disabled


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        ({"set": "1", "from": "no_such.1"}, "There is no kind of question"),
        ({"set": "1", "from": "macs.1", "n": "1000"}, "1 to 100 questions"),
        ({"set": "1", "from": "macs.99"}, "has the levels"),
        ({"set": "1", "from": "macs.1", "minutes": "-3"}, "number of minutes"),
        ({"set": "9", "from": "macs.1"}, "later version"),
        ({"set": "1"}, "at least one kind of question"),
    ],
)
def test_a_damaged_link_to_a_set_is_said_and_sets_are_offered(bad, words):
    at = page(**bad)
    assert words in at.info[0].value
    assert any(button.label == "Output sizes" for button in at.button)


def test_a_link_can_be_pasted():
    at = page(mode="set")
    at.text_input(key="quiz_set_link").set_value("https://x.org/quiz?set=1&from=macs.1&n=2&seed=3")
    ran(at)
    assert address(at)["from"] == "macs.1"
    at = page(mode="set")
    at.text_input(key="quiz_set_link").set_value("what?")
    ran(at)
    assert "not a link to a set" in at.error[0].value


def test_a_link_to_a_topic_asks_of_it_though_another_question_is_open():
    at = page(q=FIRST)
    at.query_params.clear()
    at.query_params["topic"] = "macs"
    ran(at)
    assert question_of(address(at)["q"]).family == "macs"


def test_settings_of_one_example_are_worked_out_once():
    at = page(q="legal_setting.3.5.1")
    pressed(at, "Show the solution")
    assert shown(at).count("For example:") == 1


def test_what_was_typed_is_there_again_though_it_was_not_handed_in():
    quiz = QuizSet((("output_size", (2,)),), 2, 5)
    at = pressed(opened(quiz), "Begin")
    pressed(pressed(typed(at, "12", "x"), "Next question"), "Back")
    assert [box.value for box in boxes(at)] == ["12", "x"]
    assert not boxes(at)[0].disabled


def test_the_address_of_the_sets_leads_back_to_their_choice():
    at = opened(READY_SETS["sizes"].quiz)
    at.query_params.clear()
    at.query_params["mode"] = "set"
    ran(at)
    assert any(button.label == READY_SETS["values"].title for button in at.button)


def test_a_transposed_layer_is_drawn_right_and_as_the_mistake_has_it():
    key = "transposed_size.2.0.1"
    quiz = QuizSet((("transposed_size", (2,)),), 1, 6)
    at = page(q=key)
    pressed(typed(at, *answers(question_of(key), "transposed-padding-added")), "Check")
    assert drawings(at) == 1
    pressed(at, "Show the solution")
    assert drawings(at) == 1
    at = pressed(opened(quiz), "Begin")
    pressed(typed(at, *answers(quiz.questions()[0], "transposed-padding-added")), "Check")
    pressed(at, "Show the solution")
    assert drawings(at) == 2


def drawings(at: AppTest) -> int:
    return sum("axes" in each.proto.component_name for each in at.get("bidi_component"))


def test_going_on_without_checking_shows_the_verdict_first():
    quiz = QuizSet((("output_size", (2,)),), 2, 5)
    at = pressed(opened(quiz), "Begin")
    pressed(typed(at, "1", "1"), "Next question")
    assert "Wrong" in shown(at) and "Question 1 of 2" in shown(at) and boxes(at)[0].disabled
    pressed(at, "Next question")
    assert "Question 2 of 2" in shown(at)


def test_jumping_to_another_question_keeps_what_is_typed():
    quiz = QuizSet((("output_size", (2,)),), 3, 5, feedback="end")
    at = pressed(opened(quiz), "Begin")
    typed(at, "26", "26")
    at.selectbox(key="quiz_place").set_value(2)
    ran(at)
    assert "Question 3 of 3" in shown(at)
    pressed(pressed(at, "Back"), "Back")
    assert [box.value for box in boxes(at)] == ["26", "26"]


def test_what_is_typed_survives_a_look_at_the_practice():
    quiz = QuizSet((("output_size", (2,)),), 2, 5)
    at = pressed(opened(quiz), "Begin")
    ran(typed(at, "77", ""))
    for mode in ("practice", "set"):
        next(g for g in at.button_group if g.key == "quiz_mode").set_value(mode)
        ran(at)
    assert boxes(at)[0].value == "77"


def test_while_only_part_is_typed_nothing_is_said():
    quiz = QuizSet((("output_size", (2,)),), 2, 5)
    at = pressed(opened(quiz), "Begin")
    ran(typed(at, "12", ""))
    assert "Not read" not in shown(at)
    practising = page(q=FIRST)
    ran(typed(practising, "12", ""))
    assert "Not read" not in shown(practising)


def test_in_a_set_no_next_question_is_promised_to_tell():
    for seed in range(50):
        quiz = QuizSet((("output_size", (4,)),), 1, seed)
        question = quiz.questions()[0]
        wrong = answers(question, "rounded-up")
        checked = check(question, dict(zip(("height", "width"), wrong, strict=True)))
        practices = map(fresh_session, range(8))  # the page's own begins by any seed
        if all("will show" in one.told(checked).boxes[0].say for one in practices):
            break
    at = page(q=question.key)
    pressed(typed(at, *wrong), "Check")
    assert "the next question will show which is yours" in shown(at)
    at = pressed(opened(quiz), "Begin")
    pressed(typed(at, *wrong), "Check")
    assert "Rounded up" in shown(at) and "next question will show" not in shown(at)


def test_a_note_stays_until_the_learner_does_something():
    at = page(q="nonsense")
    ran(at)
    assert "names no question" in at.info[0].value
    pressed(at, "Another question")
    assert not at.info


def test_the_start_tells_only_what_is_asked_and_one_minute_is_one():
    quiz = QuizSet(READY_SETS["everything"].quiz.families, 1, 5, minutes=1)
    at = opened(quiz)
    said = " ".join(each.value for each in (*at.markdown, *at.caption))
    assert "output size." in said and "find the padding" not in said
    assert "timer of 1 minute;" in said
