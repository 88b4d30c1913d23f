"""The sliding window page's controls: native boxes whose bounds let no move be illegal.

Those of the drawer of sizes are twins of what stands in the picture itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from types import MappingProxyType

import streamlit as st

from app.page.layer_controls import (
    example_list,
    larger_sizes,
    number_pair,
    numbers_box,
    predict_toggle,
    step_box,
)
from app.page.page import Page
from app.page.workbench import draw_folded, draw_offered, draw_side_by_side
from app.screens.sliding_window.state import (
    CAUSAL,
    CHANNELS_DRAWER,
    EACH_END,
    MORE_DRAWER,
    PER_SIDE,
    SIZES_DRAWER,
    causal_ends,
    padding_form,
    randomise,
)
from kernels import EXAMPLES, ConvSpec, ConvTransposeSpec, PoolSpec
from kernels.layers.padding_modes import PADDING_MODES
from kernels.layers.pool_kinds import POOL_KINDS
from kernels.reading.notation import LARGEST_NUMBER
from kernels.scene.axes import ENDS, NAMES
from kernels.scene.flat import FlatScene
from kernels.scene.layer_kinds import WAYS, kind_named, layer_kinds
from kernels.scene.limits import LEAST_POWER, MOST_POWER, legal_groups
from lessons.views.sizes_facts import sizes_of
from lessons.views.sizes_typed import over_frames
from lessons.views.sliding_window import (
    axes_with_rooms,
    channel_bounds,
    dilation_bounds,
    end_bounds,
    extra_bounds,
    input_bounds,
    kernel_bounds,
    padding_bounds,
    relationship_sentence,
    stride_bounds,
)
from lessons.views.transposed import shared_size_sentence

LAYERS = {kind: kind_named(kind).title for kind in ("conv", "transposed", "max", "avg")}
RARE_LAYERS = {kind: kind_named(kind).title for kind in layer_kinds() if kind not in LAYERS}
"""Offered where a link has brought one; the Pooling page compares them all."""
FORMS = {
    PER_SIDE: "per side (PyTorch)",
    EACH_END: "each end alone",
    CAUSAL: "causal (left only)",
    "same": "same: as large as the input",
    "same_upper": "same with stride (TensorFlow)",
    "same_lower": "same, odd cell first (ONNX)",
    "full": "full: every overlap",
}
MODES = {mode.name: mode.title for mode in PADDING_MODES.values()}
ORDERS = {"copies": "One copy", "zeros": "One window"}
"""Both ways of a transposed convolution at once go by one of them."""
RANKS = {"1": "Signal 1-D", "2": "Image 2-D", "3": "Video 3-D"}
MORE_TITLES = {
    ConvSpec: "Padding cells, flip",
    ConvTransposeSpec: "",
    PoolSpec: "Rounding, divisor",
}
"""The drawer of what is rarely set; a transposed convolution has none of it."""
SlidingPage = Page[FlatScene]


def draw_controls(page: SlidingPage, scene: FlatScene) -> None:
    """Every control of the layer; the common ones first, the rest in drawers."""
    draw_offered(page, scene, FIRST)
    draw_folded(page, SIZES_DRAWER, "Sizes and padding", partial(draw_offered, page, scene, SIZES))
    rest = partial(draw_offered, page, scene, MORE)
    if title := MORE_TITLES[scene.kind.spec]:
        draw_folded(page, MORE_DRAWER, title, rest)
    draw_folded(page, CHANNELS_DRAWER, "Channels", partial(_draw_channels, page, scene))
    draw_offered(page, scene, LAST)
    if page.offers("example") and (sentence := relationship_sentence(scene)):
        st.caption(sentence)


def draw_shape_controls(page: SlidingPage, scene: FlatScene) -> None:
    """The controls of where windows fall, for looks that show no numbers of the kernel."""
    draw_offered(page, scene, FIRST)
    draw_folded(page, SIZES_DRAWER, "Sizes and padding", partial(draw_offered, page, scene, SIZES))


def draw_ways_controls(page: SlidingPage, scene: FlatScene) -> None:
    """The same for both ways of a transposed convolution at once: which of them is followed."""
    draw_offered(page, scene, {**FIRST, "way": _order})
    draw_folded(page, SIZES_DRAWER, "Sizes and padding", partial(draw_offered, page, scene, SIZES))


def draw_numbers(page: SlidingPage, scene: FlatScene) -> None:
    """The step and the numbers as plain boxes: to type, paste or draw at random."""
    draw_offered(page, scene, {"step": step_box})
    boxes = {"x": "Input", **({"w": "Kernel"} if scene.kind.weighs else {})}
    if scene.layer_has_bias:
        boxes["b"] = "Bias"
    texts = {f"{name}_text": partial(_text, name, title) for name, title in boxes.items()}
    draw_side_by_side(page, scene, texts)


NUMBERS = ("step", "x_text", "w_text", "b_text")
"""The boxes of `draw_numbers`."""


def _text(name: str, title: str, page: SlidingPage, _scene: FlatScene) -> None:
    numbers_box(page, f"{name}_text", title)
    st.button(
        f"Random {title.lower()}",
        key=page.key(f"{name}_random"),
        on_click=page.callback(randomise, name),
    )


def _example(page: SlidingPage, _scene: FlatScene) -> None:
    rows = sorted(EXAMPLES.values(), key=lambda row: row.flat["rank"])
    example_list(page, {row.name: row.title for row in rows})


def _layer(page: SlidingPage, scene: FlatScene) -> None:
    kind = scene.kind.name
    names = LAYERS | ({kind: RARE_LAYERS[kind]} if kind in RARE_LAYERS else {})
    st.segmented_control(
        "Layer", list(names), format_func=names.get, required=True, key=page.key("op"), wrap=True
    )


def _way(page: SlidingPage, scene: FlatScene) -> None:
    _choose_way(
        page, scene, "Shown as", WAYS,
        "Two ways to the same output: each input number adds its copy of the kernel; or the "
        "kernel, turned, slides over the input with zeros between and around its numbers.",
    )  # fmt: skip


def _order(page: SlidingPage, scene: FlatScene) -> None:
    _choose_way(
        page, scene, "A step is", ORDERS,
        "Follow the numbers of the input, each of which lays down its copy; or the cells of the "
        "output, each of which is one place of the window.",
    )  # fmt: skip


def _choose_way(
    page: SlidingPage, scene: FlatScene, label: str, names: Mapping[str, str], meaning: str
) -> None:
    """Which of the two ways of a transposed convolution is followed, in a look's own words."""
    if scene.kind.has("way"):
        st.segmented_control(
            label, list(names), format_func=names.get, required=True, key=page.key("way"),
            help=meaning,
        )  # fmt: skip
        st.caption(shared_size_sentence(*scene.axes))


def _rank(page: SlidingPage, scene: FlatScene) -> None:
    ranks = [rank for rank in RANKS if int(rank) in scene.kind.ranks]
    st.segmented_control(
        "Input is", ranks, format_func=RANKS.get, required=True, key=page.key("rank"), wrap=True
    )


def _size(page: SlidingPage, scene: FlatScene) -> None:
    rooms = axes_with_rooms(scene)
    number_pair(page, "Input", "size", [input_bounds(scene, *each) for each in rooms])
    larger_sizes(page, scene, most=rooms[-1][1].input)
    if page.controls is None and 3 not in scene.kind.ranks:
        st.button(
            "Over the frames of a video",
            key=page.key("frames"),
            on_click=page.callback(_to_frames, scene),
        )


def _to_frames(page: SlidingPage, scene: FlatScene) -> None:
    """To the sizes of a layer over frames, where the stage draws none of its kind."""
    page.go_to("sizes", over_frames(sizes_of(scene.layer, scene.channels, scene.input_size)))


def _kernel(page: SlidingPage, scene: FlatScene) -> None:
    number_pair(page, scene.kind.window.capitalize(), "kernel", kernel_bounds(scene))


def _stride(page: SlidingPage, scene: FlatScene) -> None:
    number_pair(page, "Stride", "stride", stride_bounds(scene))


def _output_padding(page: SlidingPage, scene: FlatScene) -> None:
    if scene.kind.has("opad"):
        number_pair(page, "Output padding", "opad", extra_bounds(scene))


def _padding(page: SlidingPage, scene: FlatScene) -> None:
    kind = scene.kind
    forms = [PER_SIDE, EACH_END] if not kind.pads else list(FORMS)
    forms = [form for form in forms if scene.is_conv or form != "full"]
    forms = [form for form in forms if causal_ends(scene) or form != CAUSAL]
    st.selectbox("Padding is given", forms, format_func=FORMS.get, key=page.key("padding_form"))
    if padding_form(page) == PER_SIDE:
        bounds = [padding_bounds(scene, *each) for each in axes_with_rooms(scene)]
        number_pair(page, "Padding", "padding", bounds)
    if padding_form(page) == EACH_END:
        named = zip(axes_with_rooms(scene), NAMES[scene.layer.rank], strict=True)
        for (axis, room), name in named:
            for column, end in zip(st.columns(2), ENDS[name], strict=True):
                bounds = end_bounds(scene, axis, end == ENDS[name][0], room)
                column.number_input(end.capitalize(), *bounds, key=page.key(f"padding_{end}"))
    if padding_form(page) == CAUSAL:
        cells, _ = causal_ends(scene)
        st.caption(
            f"Causal: each output sees its own moment and earlier ones, never a later one, so all "
            f"{cells} padding cells stand on the left."
        )
    if kind.name in POOL_KINDS:
        st.caption(f"Padding cells hold {POOL_KINDS[kind.name].padding_words}.")
    if kind.has("opad"):
        st.caption("Padding crops the output, as it is the way back of a padded convolution.")


def _mode(page: SlidingPage, scene: FlatScene) -> None:
    if scene.kind.has("mode"):
        st.selectbox("Padding cells hold", list(MODES), format_func=MODES.get, key=page.key("mode"))


def _fill(page: SlidingPage, scene: FlatScene) -> None:
    if scene.kind.has("fill") and PADDING_MODES[scene.conv.padding_mode].takes_value:
        st.number_input(
            "Constant", -LARGEST_NUMBER, LARGEST_NUMBER, key=page.key("fill"), step=1.0,
            format="%g",
        )  # fmt: skip


def _dilation(page: SlidingPage, scene: FlatScene) -> None:
    number_pair(page, "Dilation", "dilation", dilation_bounds(scene))


def _flip(page: SlidingPage, scene: FlatScene) -> None:
    if scene.kind.has("flip"):
        st.toggle(
            "Flip the kernel",
            key=page.key("flip"),
            help="Turns the kernel by 180° before it slides. Signal processing does so; textbooks "
            "call the result convolution, or “true convolution”. Deep learning leaves the kernel "
            "as it is, which is cross-correlation.",
        )


def _ceil(page: SlidingPage, scene: FlatScene) -> None:
    if scene.kind.has("ceil"):
        meaning = "A last window may hang over the end."
        st.toggle("Round up (ceil_mode)", key=page.key("ceil"), help=meaning)


def _power(page: SlidingPage, scene: FlatScene) -> None:
    if scene.kind.has("p"):
        st.number_input(
            "Power p", LEAST_POWER, MOST_POWER, key=page.key("p"), step=0.5, format="%g"
        )


def _count_padding(page: SlidingPage, scene: FlatScene) -> None:
    if scene.kind.has("countpad") and POOL_KINDS[scene.kind.name].takes_divisor:
        st.toggle(
            "Count padding cells",
            key=page.key("countpad"),
            help="count_include_pad: whether padding cells count in the divisor.",
        )


def _draw_channels(page: SlidingPage, scene: FlatScene) -> None:
    draw_side_by_side(page, scene, CHANNELS)
    if scene.kind.has("groups"):
        draw_offered(page, scene, OF_CHANNELS)


def _channels_in(page: SlidingPage, scene: FlatScene) -> None:
    st.number_input("Channels in", *channel_bounds(scene, "cin"), key=page.key("cin"))


def _channels_out(page: SlidingPage, scene: FlatScene) -> None:
    if scene.kind.has("cout"):
        st.number_input("Channels out", *channel_bounds(scene, "cout"), key=page.key("cout"))
    else:
        st.markdown(f"Channels out: {scene.channels}, always as many as go in.")


def _groups(page: SlidingPage, scene: FlatScene) -> None:
    groups = legal_groups(scene.conv.in_channels, scene.conv.out_channels)
    st.segmented_control("Groups", groups, required=True, key=page.key("groups"))


def _bias(page: SlidingPage, _scene: FlatScene) -> None:
    meaning = "One number for each output channel, added to every sum."
    st.toggle("Bias", key=page.key("bias"), help=meaning)


def _predict(page: SlidingPage, scene: FlatScene) -> None:
    if not scene.adds_copies:
        predict_toggle(page)


FIRST = MappingProxyType(
    {
        "example": _example,
        "op": _layer,
        "rank": _rank,
        "way": _way,
    }
)
SIZES = MappingProxyType(
    {
        "size": _size,
        "kernel": _kernel,
        "stride": _stride,
        "opad": _output_padding,
        "dilation": _dilation,
        "padding": _padding,
    }
)
MORE = MappingProxyType(
    {
        "mode": _mode,
        "fill": _fill,
        "flip": _flip,
        "ceil": _ceil,
        "p": _power,
        "countpad": _count_padding,
    }
)
CHANNELS = MappingProxyType({"cin": _channels_in, "cout": _channels_out})
OF_CHANNELS = MappingProxyType({"groups": _groups, "bias": _bias})
LAST = MappingProxyType({"predict": _predict})
LIVE = MappingProxyType({"example": _example, "predict": _predict})
LIVE_SHAPE = MappingProxyType({"example": _example})
