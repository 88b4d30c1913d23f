"""The Sizes page's screen: one layer to scale, the solver, the layer stacked on itself."""

from __future__ import annotations

import streamlit as st

from app.components.answers import answers as draw_answers
from app.components.answers.payload import AnswersPayload
from app.components.formulas import heard
from app.components.scale import scale
from app.components.scale.payload import ScalePayload
from app.components.shrinking import shrinking
from app.components.shrinking.payload import ShrinkingPayload
from app.page.browser import commits_taken
from app.page.code import render_snippets
from app.page.facts_table import draw_facts
from app.page.looks import Fold, Look
from app.page.page import Page
from app.page.workbench import Screen
from app.screens.sizes.controls import (
    LIVE,
    draw_controls,
    draw_solver_controls,
    draw_stack_controls,
    draw_ways_on,
)
from app.screens.sizes.state import ANSWERS
from kernels import ConvTransposeSpec
from kernels.layers.solver import MOST_KERNEL, MOST_STRIDE, Setting
from kernels.scene.snippets.sized import sized_snippets
from lessons.views.sizes import SizesView
from lessons.views.sizes_drawing import extents
from lessons.views.sizes_facts import (
    all_conventions,
    answers,
    facts,
    loaded,
    size_formulas,
    stack_lines,
    stacked,
)

LEFT_OUT = ("Memory", "Receptive field")
"""Facts that a class can do without, for whose lines large type has no room."""


def _draw_layer(page: Page[SizesView], view: SizesView, present: bool) -> None:
    *_, columns = found = extents(view)
    transposed = isinstance(view.layer, ConvTransposeSpec)
    output = view.layer.output_size(view.size)
    ends = (f"Input {_by(view.size)}", f"Output {_by(output)}")
    words = f"{ends[0]} becomes {ends[1][0].lower()}{ends[1][1:]}, drawn to scale."
    scale(
        ScalePayload(
            transposed=transposed,
            rows=found[-2] if view.rank > 1 else None,
            columns=columns,
            depth=found[0] if view.rank > 2 else None,
            titles=ends[::-1] if transposed else ends,
            formulas=heard(size_formulas(view)),
            words=words,
            present=present,
        ),
        key=page.key("scale"),
    )
    _draw_facts(view, present)
    if not present:
        draw_ways_on(page, view)


def _draw_facts(view: SizesView, present: bool) -> None:
    """Each number with how it comes about, as a table that screen readers know as one."""
    shown = [fact for fact in facts(view) if not (present and fact.name in LEFT_OUT)]
    draw_facts((fact.name, fact.value, fact.why) for fact in shown)


def _draw_conventions(_page: Page[SizesView], view: SizesView) -> None:
    draw_facts(all_conventions(view))
    st.caption("Four ways to write it, one layer, one result.")


def _draw_code(page: Page[SizesView], view: SizesView) -> None:
    render_snippets(page, sized_snippets(view.layer, view.size, view.cin))


def _draw_solver(page: Page[SizesView], view: SizesView, present: bool) -> None:
    found = answers(view)
    transposed = isinstance(view.layer, ConvTransposeSpec)
    flat = view.to_flat()
    chosen = next((n for n, s in enumerate(found) if _is_loaded(s, flat)), -1)
    layer = "transposed convolution" if transposed else "layer"
    draw_answers(
        AnswersPayload(
            caption=f"Every {layer} that turns {view.size[0]:,} into {view.want:,}",
            heads=("kernel", "stride", "padding", "output padding" if transposed else "left over"),
            rows=tuple(_row(setting, transposed) for setting in found),
            marked=tuple(setting.common for setting in found),
            chosen=chosen,
            act="Load",
            empty=f"No kernel up to {MOST_KERNEL}, {_dilated(view)}, with a stride up to "
            f"{MOST_STRIDE} turns {view.size[0]:,} into {view.want:,}.",
            present=present,
        ),
        commits=commits_taken(page.key(ANSWERS)),
        key=page.key(ANSWERS),
    )
    if found:
        st.caption(
            f"Kernels up to {MOST_KERNEL}, strides up to {MOST_STRIDE}, {_dilated(view)}. Those "
            "that well-known networks use stand first, in full colour."
        )


def _dilated(view: SizesView) -> str:
    dilation = view.layer.dilation[0]
    return "undilated" if dilation == 1 else f"dilation {dilation}"


def _row(setting: Setting, transposed: bool) -> tuple[str, ...]:
    even = setting.before == setting.after
    padding = f"{setting.before}" if even else f"{setting.before} before, {setting.after} after"
    last = setting.output_padding if transposed else setting.leftover
    return str(setting.kernel), str(setting.stride), padding, str(last)


def _is_loaded(setting: Setting, flat: dict[str, str]) -> bool:
    asked = loaded(setting)
    if flat["op"] != "transposed":
        asked.pop("opad")
    return all(flat[key] == value for key, value in asked.items())


def _draw_stack(page: Page[SizesView], view: SizesView, present: bool) -> None:
    sizes, ends = stacked(view)
    labels = tuple(_by(size) if len(set(size)) > 1 else f"{size[0]:,}" for size in sizes)
    shrinking(
        ShrinkingPayload(
            sizes=tuple((size[-2], size[-1]) if len(size) > 1 else (1, size[0]) for size in sizes),
            labels=labels,
            ends=ends,
            words=f"Sizes from layer to layer: {', '.join(labels)}.",
            present=present,
        ),
        key=page.key("stack"),
    )
    if not present:
        draw_facts(stack_lines(view))


def _by(size: tuple[int, ...]) -> str:
    return " × ".join(f"{n:,}" for n in size)


SCREEN: Screen[SizesView] = Screen(
    "Sizes",
    {
        "layer": Look(
            "One layer",
            "Type the sizes of a real layer: what comes out, and why.",
            _draw_layer,
            draw_controls,
            folded=(
                Fold("conventions", "Four ways to write it", _draw_conventions),
                Fold("code", "Code of this layer", _draw_code),
            ),
            live=LIVE,
        ),
        "solver": Look(
            "Which setting?",
            "From one size to another: every kernel, stride and padding that does it.",
            _draw_solver,
            draw_solver_controls,
        ),
        "shrink": Look(
            "Stacked",
            "The same layer again and again: how fast the picture shrinks.",
            _draw_stack,
            draw_stack_controls,
        ),
    },
    look=lambda view: view.look,
)
