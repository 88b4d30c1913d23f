"""The sliding window page's controls: their keys, and the flat settings that they stand for.

A control's key is its name here. Settings with a number an axis have two controls, `kernel_0` and
`kernel_1`. The value sources x, w, b and settings whose control is not on the screen are kept from
the last scene.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import streamlit as st

from kernels import EXAMPLES, Scene, link_of, scene_of, settle
from kernels.notation import (
    LARGEST_NUMBER,
    NotationError,
    encode_patch,
    format_numbers,
)
from kernels.reading import read_input, read_kernels, read_row
from kernels.settle import MAX_CHANNELS, MAX_INPUT, MAX_KERNEL
from kernels.values import fit_bias

PAGE = "sliding"
PAIRS = ("size", "kernel", "stride", "dilation")
PLAIN = ("op", "cin", "cout", "groups", "mode", "step")
FLAGS = ("bias", "ceil", "countpad", "flip")
PADDING_ENDS = ("top", "bottom", "left", "right")
PER_SIDE, EACH_END = "per side", "each end"
PADDING_FORMS = (PER_SIDE, EACH_END, "same", "same_upper", "same_lower", "full")


def arrive(address: Mapping[str, str] | None) -> tuple[Scene, list[str]]:
    """Settle the scene from the address, or from the controls where that is None.

    The controls are then set to the settled scene, so that none of them shows what is not.
    """
    if address is not None:
        scene, notes = scene_of(address)
        st.session_state["predict"] = address.get("predict") == "1"
    else:
        scene, notes = settle(_flat_of_controls())
        # Written again on every run, or it would go with its control in the presenter view.
        st.session_state["predict"] = predicting()
    notes = (*st.session_state.pop("callback_notes", ()), *notes)
    _set_controls(scene)
    st.session_state["scene"] = scene.to_flat()
    return scene, _kept_notes(scene, notes)


def controls() -> dict[str, object]:
    """The present values of the controls, and how often a callback changed the scene."""
    keys = (*_keys(), "predict")
    values = {key: st.session_state[key] for key in keys if key in st.session_state}
    return {**values, "changes": st.session_state.get("changes", 0)}


def predicting() -> bool:
    """Whether results are hidden until they are asked for."""
    return bool(st.session_state.get("predict"))


def address_of(scene: Scene) -> dict[str, str]:
    """What the address says: the scene, and whether its results are hidden."""
    return link_of(scene) | ({"predict": "1"} if predicting() else {})


def load_example() -> None:
    """Show the example chosen in the list."""
    if st.session_state["example"] in EXAMPLES:
        replace_scene(**EXAMPLES[st.session_state["example"]].flat)


def commit_step() -> None:
    """Take over the step at which the stage was paused."""
    st.session_state["step"] = int(st.session_state["stage"]["step"])


def commit_edit() -> None:
    """Take over a number typed into a cell of the stage."""
    edit = st.session_state["stage"]["edit"]
    value = float(edit["value"])
    st.session_state["revision"] = revision() + 1
    if not abs(value) <= LARGEST_NUMBER:
        too_large = f"{value:g} is too large; use numbers up to {LARGEST_NUMBER:,.0f}."
        st.session_state["callback_notes"] = [too_large]
        return
    scene, _ = settle(_flat_of_controls())
    key, source = edited_source(scene, edit["target"], edit["index"], value)
    replace_scene(**{key: source})


def revision() -> int:
    """How many cells were edited on the stage."""
    return st.session_state.get("revision", 0)


def edited_source(scene: Scene, target: str, index: Sequence[int], value: float) -> tuple[str, str]:
    """The value source, with its key, after one cell as shown on the stage was changed."""
    if target == "bias":
        bias = scene.bias_array()
        bias[index[0]] = value
        return "b", format_numbers(bias[None, None])
    if target == "kernel":
        weight = scene.written_weight_array()
        kernel, channel, row, column = index
        if scene.flip:
            row, column = weight.shape[2] - 1 - row, weight.shape[3] - 1 - column
        weight[kernel, channel, row, column] = value
        return "w", format_numbers(weight.reshape(-1, *weight.shape[2:]))
    array = scene.input_array()
    array[tuple(index)] = value
    if scene.x.startswith("u8:") and value in range(256):
        return "x", encode_patch(array)
    return "x", format_numbers(array)


def read_text(key: str) -> None:
    """Take over the numbers typed into the box of x, w or b; their shape becomes the layer's.

    Text that cannot be read stays in its box with a sentence below it.
    """
    errors = st.session_state.setdefault("text_errors", {})
    try:
        settings, notes = _settings_of_text(key, st.session_state[f"{key}_text"])
    except NotationError as error:
        errors[key] = str(error)
        return
    errors.pop(key, None)
    replace_scene(**settings)
    st.session_state["callback_notes"] = [*notes, *st.session_state["callback_notes"]]


def _settings_of_text(key: str, text: str) -> tuple[dict[str, str], tuple[str, ...]]:
    """The settings that a typed text stands for; NotationError if any of it would be lost."""
    flat = _flat_of_controls()
    conv = settle(flat)[0].conv
    if key == "b":
        count = conv.out_channels
        read = read_row(text, least=count, most=count)
        return {"b": format_numbers(read.array)}, read.notes
    if key == "x":
        read = read_input(text, channels=MAX_CHANNELS, side=MAX_INPUT)
        channels, *size = read.planes
        shape = {"cin": str(channels), "size": "x".join(map(str, size))}
        return {"x": format_numbers(read.array), **shape}, read.notes
    each = conv.in_channels // conv.groups
    read = read_kernels(text, kernels=conv.out_channels, channels=each, side=MAX_KERNEL)
    size = read.planes[1:]
    settings = {"w": format_numbers(read.array), "kernel": "x".join(map(str, size))}
    fits = settle({**flat, **settings})[0].conv.kernel_size
    if fits != size:
        raise NotationError(
            f"The kernel of {size[0]} × {size[1]} does not fit here, where {fits[0]} × {fits[1]} "
            "does; make the input or the padding larger first."
        )
    return settings, read.notes


def text_error(key: str) -> str:
    """What is wrong with the text in a box of numbers; empty if nothing is."""
    return st.session_state.get("text_errors", {}).get(key, "")


def randomise(key: str) -> None:
    """Draw new numbers for x, w or b."""
    st.session_state.get("text_errors", {}).pop(key, None)
    replace_scene(**{key: f"random:{secrets.randbelow(1000)}"})


def replace_scene(**settings: str) -> None:
    """Change settings of the flat form from a callback; the page's run then draws them."""
    scene, notes = settle({**_flat_of_controls(), **settings})
    st.session_state["scene"] = scene.to_flat()
    st.session_state["callback_notes"] = list(notes)
    st.session_state["changes"] = st.session_state.get("changes", 0) + 1
    _set_controls(scene)


def example_of(scene: Scene) -> str | None:
    """The ready example that a scene is, whatever its step; None if it is the learner's own."""
    link = link_of(scene)
    name = link.pop("example", next(iter(EXAMPLES)))
    return name if set(link) <= {"step"} else None


def numbers_text(array: np.ndarray) -> str:
    """Numbers as people type them: a row a line, an empty line between planes."""
    planes = array.reshape(-1, *array.shape[-2:])
    return format_numbers(planes, row="\n", plane="\n\n")


def _keys() -> list[str]:
    pairs = [f"{name}_{axis}" for name in PAIRS for axis in (0, 1)]
    padding = ["padding_form", *(f"padding_{end}" for end in PADDING_ENDS)]
    return [*pairs, *PLAIN, *FLAGS, *padding, "padding_0", "padding_1", "fill", "p"]


def _flat_of_controls() -> dict[str, str]:
    """The last scene's settings with what the controls now say laid over them."""
    flat = dict(st.session_state.get("scene", {}))
    state = st.session_state
    for name in PAIRS:
        if f"{name}_0" in state:
            flat[name] = f"{state[f'{name}_0']}x{state[f'{name}_1']}"
    for name in PLAIN:
        if name in state and state[name] is not None:
            flat[name] = str(state[name])
    for name in FLAGS:
        if name in state:
            flat[name] = str(int(state[name]))
    for name in ("fill", "p"):
        if name in state:
            flat[name] = str(state[name])
    if "padding_form" in state:
        flat["padding"] = _padding_of_controls(flat.get("padding", "0x0"))
    return flat


def _padding_of_controls(before: str) -> str:
    state = st.session_state
    form = state["padding_form"]
    if form == PER_SIDE:
        if "padding_0" in state:
            return f"{state['padding_0']}x{state['padding_1']}"
        top, _, left, _ = _ends(before)
        return f"{top}x{left}"
    if form == EACH_END:
        if "padding_top" in state:
            top, bottom, left, right = (state[f"padding_{end}"] for end in PADDING_ENDS)
            return f"{top}.{bottom}x{left}.{right}"
        top, bottom, left, right = _ends(before)
        return f"{top}.{bottom}x{left}.{right}"
    return form


def _ends(padding: str) -> tuple[int, int, int, int]:
    """Cells at the four ends; a word counts as none."""
    if not padding[0].isdigit():
        return 0, 0, 0, 0
    rows, columns = (
        [int(n) for n in axis.split(".")] * (1 if "." in axis else 2) for axis in padding.split("x")
    )
    return rows[0], rows[1], columns[0], columns[1]


def _set_controls(scene: Scene) -> None:
    state, flat = st.session_state, scene.to_flat()
    for name in PAIRS:
        for axis, value in enumerate(flat[name].split("x")):
            state[f"{name}_{axis}"] = int(value)
    for name in PLAIN:
        state[name] = int(flat[name]) if flat[name].isdigit() else flat[name]
    for name in FLAGS:
        state[name] = flat[name] == "1"
    state["fill"], state["p"] = float(flat["fill"]), float(flat["p"])
    _set_padding(flat["padding"])
    if state.get("numbers"):  # the boxes of numbers are unfolded
        _set_texts(scene)
    state["example"] = example_of(scene)


def _set_texts(scene: Scene) -> None:
    """Write the scene's numbers into their boxes, but for a box whose text cannot be read yet."""
    texts = {
        "x": numbers_text(scene.input_array()),
        "w": numbers_text(scene.written_weight_array()),
        "b": format_numbers(fit_bias(scene.b, scene.conv.out_channels)[None, None]),
    }
    for key, text in texts.items():
        if not text_error(key):
            st.session_state[f"{key}_text"] = text


def _set_padding(padding: str) -> None:
    state = st.session_state
    if not padding[0].isdigit():
        state["padding_form"] = padding
        ends = (0, 0, 0, 0)
    else:
        ends = _ends(padding)
        even = ends[0] == ends[1] and ends[2] == ends[3]
        if not (even and state.get("padding_form") == EACH_END):
            state["padding_form"] = PER_SIDE if even else EACH_END
    for end, value in zip(PADDING_ENDS, ends, strict=True):
        state[f"padding_{end}"] = value
    state["padding_0"], state["padding_1"] = ends[0], ends[2]


def _kept_notes(scene: Scene, notes: Sequence[str]) -> list[str]:
    """New notes, or the last ones while nothing but the step has changed since."""
    shown_for, shown = st.session_state.get("notes", (None, []))
    still = replace(scene, step=0)
    if notes or shown_for != still:
        shown_for, shown = still, list(notes)
        st.session_state["notes"] = (shown_for, shown)
    return shown
