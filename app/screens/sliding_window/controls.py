"""The sliding window page's controls: native boxes whose bounds let no move be illegal."""

from __future__ import annotations

import streamlit as st

from app.page.plain import show_error
from app.screens.sliding_window import state as sliding
from kernels import EXAMPLES, Axis, Scene
from kernels.layers.padding_modes import PADDING_MODES
from kernels.layers.pool_kinds import POOL_KINDS
from kernels.reading.notation import LARGEST_NUMBER
from kernels.scene.settle import (
    LEAST_POWER,
    MAX_CHANNELS,
    MAX_INPUT,
    MAX_PADDING,
    MAX_STRIDE,
    MOST_POWER,
    dilation_limit,
    kernel_limit,
    legal_groups,
)

LAYERS = {"conv": "Convolution"} | {kind: POOL_KINDS[kind].title for kind in ("max", "avg")}
RARE_LAYERS = {kind: row.title for kind, row in POOL_KINDS.items() if kind not in LAYERS}
"""Offered where a link has brought one; the Pooling page compares them all."""
PREDICT_HELP = (
    "Results are hidden. Work the next one out, then press Enter, or Reveal below the picture, "
    "to see it."
)
FORMS = {
    sliding.PER_SIDE: "per side (PyTorch)",
    sliding.EACH_END: "each end alone",
    "same": "same: output as large as the input",
    "same_upper": "same with stride (TensorFlow)",
    "same_lower": "same, odd cell first (ONNX)",
    "full": "full: every overlap",
}
MODES = {mode.name: mode.title for mode in PADDING_MODES.values()}


def render_controls(scene: Scene) -> None:
    """Draw every control of the layer; the common ones first, the rest behind two expanders."""
    st.selectbox(
        "Example",
        list(EXAMPLES),
        format_func=lambda name: EXAMPLES[name].title,
        index=None,
        placeholder="Your own",
        key="example",
    )
    kind = scene.layer.kind
    names = LAYERS | ({kind: RARE_LAYERS[kind]} if kind in RARE_LAYERS else {})
    st.segmented_control("Layer", list(names), format_func=names.get, required=True, key="op")
    rows, columns = scene.axes
    number_pair("Input", "size", [input_bounds(scene, axis) for axis in (rows, columns)])
    number_pair("Kernel" if scene.is_conv else "Window", "kernel", kernel_bounds(scene))
    number_pair("Stride", "stride", [(1, MAX_STRIDE)] * 2)
    if sliding.padding_form() == sliding.PER_SIDE:
        number_pair("Padding", "padding", [padding_bounds(scene, axis) for axis in (rows, columns)])
    rest = "Padding, dilation" + (", flip" if scene.is_conv else ", rounding")
    # What is folded away is not computed: `open` is known on the server.
    more = st.expander(rest, key="more", on_change="rerun")
    if more.open:
        with more:
            _render_padding(scene)
            number_pair("Dilation", "dilation", dilation_bounds(scene))
            _render_flip() if scene.is_conv else _render_pool_rules(scene)
    channels = st.expander("Channels", key="channels", on_change="rerun")
    if channels.open:
        with channels:
            _render_channels(scene)
    st.toggle("Predict, then reveal", key="predict", help=PREDICT_HELP)


def render_numbers(scene: Scene) -> None:
    """The numbers as plain boxes: to type, paste or draw at random."""
    boxes = {"x": "Input", **({"w": "Kernel"} if scene.is_conv else {})}
    if scene.layer_has_bias:
        boxes["b"] = "Bias"
    for column, (key, name) in zip(st.columns(len(boxes)), boxes.items(), strict=True):
        with column:
            _number_box(key, name)


def render_step(scene: Scene) -> None:
    """The stage's step as a native box: its twin for keyboards and screen readers."""
    st.number_input(
        "Step (counted from 0)",
        0,
        scene.steps - 1,
        key="step",
        help="Which output number is shown, row by row, channel by channel.",
    )


def _number_box(key: str, name: str) -> None:
    st.text_area(
        f"{name} numbers",
        key=f"{key}_text",
        height=180,
        help="One row a line, numbers apart by spaces; an empty line between channels.",
    )
    if error := sliding.PAGE.fault(f"{key}_text"):
        show_error(error)
    st.button(
        f"Random {name.lower()}",
        key=f"{key}_random",
        on_click=sliding.randomise,
        args=(key,),
    )


def _render_padding(scene: Scene) -> None:
    forms = list(FORMS)
    if not scene.is_conv:
        forms.remove("full")
    st.selectbox("Padding is given", forms, format_func=FORMS.get, key="padding_form")
    if sliding.padding_form() == sliding.EACH_END:
        rows, columns = scene.axes
        for axis, ends in ((rows, ("top", "bottom")), (columns, ("left", "right"))):
            for column, end in zip(st.columns(2), ends, strict=True):
                other = axis.after if end in ("top", "left") else axis.before
                least = max(axis.effective_kernel - axis.input - other, 0)
                _, most = padding_bounds(scene, axis)
                column.number_input(end.capitalize(), least, most, key=f"padding_{end}")
    if scene.is_conv:
        st.selectbox("Padding cells hold", list(MODES), format_func=MODES.get, key="mode")
        if PADDING_MODES[scene.conv.padding_mode].takes_value:
            st.number_input(
                "Constant", -LARGEST_NUMBER, LARGEST_NUMBER, key="fill", step=1.0, format="%g"
            )
    else:
        st.caption(f"Padding cells hold {POOL_KINDS[scene.layer.kind].padding_words}.")


def _render_flip() -> None:
    st.toggle(
        "Flip the kernel",
        key="flip",
        help="Deep learning's “convolution” does not turn the kernel (it is cross-correlation). "
        "Flip it by 180° for the convolution of signal processing.",
    )


def _render_pool_rules(scene: Scene) -> None:
    st.toggle("Round up (ceil_mode)", key="ceil", help="A last window may hang over the end.")
    kind = POOL_KINDS[scene.layer.kind]
    if kind.takes_norm:
        st.number_input("Power p", LEAST_POWER, MOST_POWER, key="p", step=0.5, format="%g")
    if kind.takes_divisor:
        st.toggle(
            "Count padding cells",
            key="countpad",
            help="count_include_pad: whether padding cells count in the divisor.",
        )


def _render_channels(scene: Scene) -> None:
    first, second = st.columns(2)
    first.number_input("Channels in", 1, MAX_CHANNELS, key="cin")
    if not scene.is_conv:
        second.markdown(f"Channels out: {scene.channels}, always as many as go in.")
        return
    second.number_input("Channels out", 1, MAX_CHANNELS, key="cout")
    groups = legal_groups(scene.conv.in_channels, scene.conv.out_channels)
    st.segmented_control("Groups", groups, required=True, key="groups")
    st.toggle("Bias", key="bias", help="One number for each output channel, added to every sum.")


def number_pair(label: str, name: str, bounds: list[tuple[int, int]], page: str = "") -> None:
    """One box for the rows and one for the columns; `page` begins the keys of another page."""
    for column, axis, (least, most) in zip(st.columns(2), (0, 1), bounds, strict=True):
        word = ("height", "width")[axis]
        if name == "stride":
            word = ("down", "across")[axis]
        column.number_input(f"{label} {word}", least, most, key=f"{page}{name}_{axis}")


def input_bounds(scene: Scene, axis: Axis) -> tuple[int, int]:
    """The input may not shrink below what the window and the padding mode need."""
    if isinstance(scene.layer.padding, str):
        return 1, MAX_INPUT
    least = axis.effective_kernel - axis.before - axis.after
    mode = PADDING_MODES[scene.conv.padding_mode]
    taken = mode.least_input(max(axis.before, axis.after))
    return max(least, taken if scene.is_conv else 1, 1), MAX_INPUT


def kernel_bounds(scene: Scene) -> list[tuple[int, int]]:
    """Kernels that fit the input and, for pooling, the padding."""
    bounds = []
    for axis in scene.axes:
        # Pooling pads at most half its window, so the window may not shrink below its padding.
        least = 1 if scene.is_conv else max(2 * max(axis.before, axis.after), 1)
        most = kernel_limit(axis.input, axis.dilation, _padding_of(scene, axis))
        bounds.append((min(least, axis.kernel), max(most, axis.kernel)))
    return bounds


def dilation_bounds(scene: Scene) -> list[tuple[int, int]]:
    """Dilations that fit the input."""
    return [
        (1, dilation_limit(axis.input, axis.kernel, _padding_of(scene, axis)))
        for axis in scene.axes
    ]


def _padding_of(scene: Scene, axis: Axis) -> str | tuple[int, int]:
    padding = scene.layer.padding
    return padding if isinstance(padding, str) else (axis.before, axis.after)


def padding_bounds(scene: Scene, axis: Axis) -> tuple[int, int]:
    """Enough for the window to fit, at most what the mode, or pooling, allows."""
    least = max(-(-(axis.effective_kernel - axis.input) // 2), 0)
    if not scene.is_conv:
        return least, max(axis.kernel // 2, least)
    copied = PADDING_MODES[scene.conv.padding_mode].most(axis.input)
    most = MAX_PADDING if copied is None else min(MAX_PADDING, copied)
    return least, max(most, least)
