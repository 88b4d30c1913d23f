"""What changes the Picture page's kernel: lists, sliders, the editor, undo and redo.

Each function returns the settings that change. All but undo and redo go through `_changed`, which
remembers what was there before.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from app.page.box import SAY, Settings
from app.screens.picture.history import History
from app.screens.picture.source import PictureShown, settle_picture
from kernels import CATALOGUE
from kernels.catalogue.kernel_tools import resize
from kernels.reading.notation import NotationError, parse_numbers
from lessons.views.kernel_choice import (
    ACTS,
    KERNEL_DEFAULTS,
    OWN,
    KernelChoice,
    acted_kernel,
    nearest_size,
    own_kernel,
    read_matrix,
    read_one,
    settings_text,
    size_text,
)

_KERNEL_KEYS = (*KERNEL_DEFAULTS, "show")
# A slider of its own for each kernel's setting: their bounds differ.
PARAMETERS = tuple(
    f"set_{kernel.name}_{parameter.name}"
    for kernel in CATALOGUE.values()
    for parameter in kernel.parameters
)


def chosen_kernel(values: Mapping[str, Any], _shown: PictureShown, settings: Settings) -> Settings:
    """The kernel chosen in the list, with the display that suits it."""
    return _changed(settings, {"kernel": values["kernel"]}) if values["kernel"] else {}


def kernel_of_shelf(name: Any, _shown: PictureShown, settings: Settings) -> Settings:
    """A kernel that was pressed on the shelf, as if it had been chosen in the list."""
    return _changed(settings, {"kernel": str(name)}) if name in CATALOGUE else {}


def turned_kernel(turn: Any, shown: PictureShown, settings: Settings) -> Settings:
    """The next kernel of the catalogue, or the one before, as a presenter's clicker asks."""
    names, now = list(CATALOGUE), shown.view.kernel.name
    at = (names.index(now) + int(turn)) % len(names) if now in names else 0
    return _changed(settings, {"kernel": names[at]})


def opened_map(id: str, settings: Settings) -> Settings:
    """Where a feature map is highest, with its kernel, to compare picture and result."""
    name, size, kset, row, column = id.split(" ")
    there = {"look": "compare", "row": row, "column": column}
    if name not in CATALOGUE:
        return there
    return {**_changed(settings, {"kernel": name, "ksize": size, "kset": kset}), **there}


def taken_size(values: Mapping[str, Any], shown: PictureShown, settings: Settings) -> Settings:
    """The kernel at another size: by its own rule, or with a rim of zeros more or less."""
    size, kernel = (int(values["height"]), int(values["width"])), shown.view.kernel
    if kernel.known is None:
        taps = resize(kernel.numbers, *size)
        return _changed(settings, own_kernel(taps, kernel.divisor, kernel.offset), show=None)
    if nearest := nearest_size(kernel.known, size):
        return _changed(settings, {**kernel.to_flat(), "ksize": size_text(nearest)}, show=None)
    return {}


def settings_shown(shown: PictureShown, _settings: Settings) -> dict[str, float]:
    """What the sliders of the kernel's settings show."""
    kernel = shown.view.kernel
    return {f"set_{kernel.name}_{name}": value for name, value in kernel.settings}


def taken_setting(values: Mapping[str, Any], shown: PictureShown, settings: Settings) -> Settings:
    """The catalogue's kernel with another setting, such as a sigma."""
    kernel = shown.view.kernel
    wanted = {name: values[f"set_{kernel.name}_{name}"] for name, _ in kernel.settings}
    # A size that was chosen stays; otherwise it is the one that suits the settings.
    size = kernel.to_flat()["ksize"]
    if size and not _can_be(kernel, kernel.size, wanted):
        size = ""
    asked = {"kernel": kernel.name, "ksize": size, "kset": settings_text(wanted)}
    return _changed(settings, asked)


def taken_taps(typed: Mapping[str, Any], _shown: PictureShown, settings: Settings) -> Settings:
    """What was typed or painted in the editor."""
    columns = int(typed["columns"])
    texts = [str(text) for text in typed["texts"]]
    rows = [" ".join(texts[n : n + columns]) for n in range(0, len(texts), columns)]
    try:
        taps = parse_numbers("_".join(rows))[0]
        divisor = read_one(str(typed["divisor"]), "divisor")
        offset = read_one(str(typed["offset"]), "offset")
    except NotationError as error:
        return {"kernel_error": str(error)}
    # The display stays: a picture whose look changes while it is edited explains nothing.
    return _changed(settings, own_kernel(taps, divisor, offset), show=None)


def taken_pasted(text: Any, shown: PictureShown, settings: Settings) -> Settings:
    """A matrix pasted into the editor."""
    return _read_matrix(str(text), shown, settings)


def typed_taps(values: Mapping[str, Any], shown: PictureShown, settings: Settings) -> Settings:
    """A matrix typed as text; one that cannot be read stays, with a sentence."""
    return _read_matrix(values["taps"], shown, settings)


def taken_act(name: Any, shown: PictureShown, settings: Settings) -> Settings:
    """What a button of the editor says: undo, redo, or another kernel made of this one."""
    if name in ("undo", "redo"):
        history: History = settings["history"]
        step = history.undo if name == "undo" else history.redo
        flat, history = step({key: settings[key] for key in _KERNEL_KEYS})
        return {**flat, "history": history, "kernel_error": ""}
    try:
        changed = acted_kernel(str(name), shown.view.kernel)
    except ValueError as error:
        sentence = str(error)
        return {"kernel_error": sentence[:1].upper() + sentence[1:]}
    return _changed(settings, changed, show=None)


def possible_acts(kernel: KernelChoice, history: History) -> list[str]:
    """The editor's buttons that would change something now."""
    acts = [name for name, left in (("undo", history.past), ("redo", history.future)) if left]
    return [*acts, *_changing_acts(kernel)]


@lru_cache(maxsize=64)
def _changing_acts(kernel: KernelChoice) -> tuple[str, ...]:
    """The acts that would make another kernel of this one."""
    acts = []
    now = own_kernel(kernel.numbers, kernel.divisor, kernel.offset)
    for act in (*ACTS, "normalise", "zero-mean"):
        try:
            if acted_kernel(act, kernel) != now:
                acts.append(act)
        except ValueError:
            continue
    return tuple(acts)


def _read_matrix(text: str, shown: PictureShown, settings: Settings) -> Settings:
    try:
        taps, divisor, notes = read_matrix(text)
    except NotationError as error:
        return {"kernel_error": str(error)}
    offset = f"{shown.view.kernel.offset:g}"
    own = {"kernel": OWN, "w": taps, "divisor": divisor, "offset": offset}
    return {**_changed(settings, own), SAY: notes}


def _changed(settings: Settings, asked: Mapping[str, str], show: str | None = "") -> Settings:
    """Another kernel, with the one before in the history; `show` None keeps the display."""
    before = {key: settings[key] for key in _KERNEL_KEYS}
    wanted = {**KERNEL_DEFAULTS, **asked, "show": before["show"] if show is None else show}
    shown, _ = settle_picture({**settings, **wanted})
    after = {key: shown.to_flat()[key] for key in _KERNEL_KEYS}
    history = settings["history"]
    if after != before:
        history = history.changed(before)
    return {**wanted, "history": history, "kernel_error": ""}


def _can_be(kernel: KernelChoice, size: tuple[int, int], settings: Mapping[str, float]) -> bool:
    try:
        CATALOGUE[kernel.name].at(size, **settings)
    except ValueError:
        return False
    return True
