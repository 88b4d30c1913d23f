"""What a link's screen shows, as short text: settings, sizes, sums, code, questions.

`python -m tests.links.screens` prints the table of `LINKS` as it is kept in `screens.json`. The
table says what old links opened; it changes only where a screen is meant to show something else.
"""

import hashlib
import json
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import numpy as np

from app.screens.channels import state as channels_state
from app.screens.make_a_set.state import flat_of, open_set_link
from app.screens.picture import state as picture_state
from app.screens.pooling import state as pooling_state
from app.screens.sliding_window import state as sliding_state
from kernels import layer_formulas, snippets
from lessons.quiz import solve
from lessons.quiz.practice_link import read_practice_link
from lessons.quiz.set_link import set_of

HERE = Path(__file__).parent
LINKS = (HERE / "links.txt").read_text(encoding="utf-8").split()
TABLE = HERE / "screens.json"


def screen(link: str) -> dict[str, object]:
    """What a link shows."""
    parts = urlsplit(link)
    address = dict(parse_qsl(parts.query, keep_blank_values=True))
    address.pop("present", None)
    return _PAGES[parts.path](address)


def _numbers(array: np.ndarray) -> list[object]:
    """An array's shape, its sum and one number that depends on every place."""
    flat = np.asarray(array, dtype=float).ravel()
    places = np.arange(1, flat.size + 1) % 97
    return [list(array.shape), round(float(flat.sum()), 4), round(float(flat @ places), 4)]


def _of_page(page, address):
    view, flags, notes = page.opened(address)
    return view, {"shows": page.flat(view) | flags, "says": len(notes)}


def _scene(scene) -> dict[str, object]:
    code = "\n".join(f"{one.code}" for one in snippets(scene))
    return {
        "input": _numbers(scene.input_array()),
        "output": _numbers(scene.output()),
        "formulas": [
            f"{formula.symbols} = {formula.numbers} = {formula.result}"
            for formula in layer_formulas(scene.layer, scene.input_size)
        ],
        "code": hashlib.sha256(code.encode()).hexdigest()[:12],
    }


def _sliding(address):
    scene, shown = _of_page(sliding_state.PAGE, address)
    return shown | _scene(scene)


def _pooling(address):
    view, shown = _of_page(pooling_state.PAGE, address)
    kinds = {kind: _numbers(view.scene.pooled_by(kind).output()) for kind in view.kinds}
    return shown | _scene(view.scene) | {"kinds": kinds}


def _channels(address):
    view, shown = _of_page(channels_state.PAGE, address)
    return shown | _scene(view.scene)


def _picture(address):
    view, shown = _of_page(picture_state.PAGE, address)
    return shown | {"weights": _numbers(view.view.weights)}


def _quiz(address):
    if "set" in address or "from" in address:
        questions = set_of(address).questions()
        return {"questions": [_question(one) for one in (questions[0], questions[-1])]}
    link, notes = read_practice_link(address)
    shown = {"topic": link.topic, "level": link.level, "says": len(notes)}
    return shown | ({"questions": [_question(link.question)]} if link.question else {})


def _question(question):
    answers = {name: str(value) for name, value in solve(question).items()}
    return [question.key, *question.prompt, answers]


def _make_a_set(address):
    quiz, notes = open_set_link(address)
    shown = flat_of(quiz)
    if "seed" not in address:
        del shown["seed"]  # drawn anew at each visit
    return {"shows": shown, "says": len(notes)}


_PAGES = {
    "/": _sliding,
    "/picture": _picture,
    "/pooling": _pooling,
    "/channels": _channels,
    "/quiz": _quiz,
    "/make_a_set": _make_a_set,
}

if __name__ == "__main__":
    lines = (
        f"{json.dumps(link)}: {json.dumps(screen(link), ensure_ascii=False)}" for link in LINKS
    )
    print("{", ",\n".join(lines), "}", sep="\n")
