"""The Networks page's screen: build, draw, see what a unit sees, the maps, compare two."""

from __future__ import annotations

from functools import partial

import streamlit as st

from app.components.layer_table import layer_table
from app.components.layer_table.payload import LayerTablePayload
from app.components.network_drawing import network_drawing
from app.components.network_drawing.payload import DrawingPayload, Sheet
from app.components.unit_field import unit_field
from app.components.unit_field.payload import UnitFieldPayload
from app.drawings.files import png
from app.drawings.svg import on_paper, plain_colours
from app.page.browser import commits_taken
from app.page.code import render_snippets
from app.page.facts_table import draw_facts
from app.page.looks import Fold, Look
from app.page.plain import show_notes
from app.page.workbench import Screen, draw_folded
from app.screens.networks.compare import draw_compare, draw_shares
from app.screens.networks.controls import (
    LIVE,
    draw_build_controls,
    draw_choice_controls,
    draw_compare_controls,
    draw_maps_controls,
    draw_mends,
)
from app.screens.networks.maps import draw_maps
from app.screens.networks.state import DRAWING, FIELD, TABLE, NetworksPage
from kernels.networks.notation import written
from kernels.scene.snippets.written import Snippet
from lessons.views.networks import NetworksView
from lessons.views.networks_code import listings
from lessons.views.networks_drawing import HALL, PAGE, PHONE, Drawing, drawing
from lessons.views.networks_file import written_file
from lessons.views.networks_svg import network_svg
from lessons.views.networks_table import (
    HEADS,
    as_csv,
    as_markdown,
    heaviest_sentence,
    lines,
    network_sentence,
    total_line,
)
from lessons.views.networks_units import MOST_NODES, MOST_ROWS, units
from lessons.views.networks_words import given_shape, layer_facts, sizes_view
from lessons.views.sizes_facts import stage_link


def _draw_build(page: NetworksPage, view: NetworksView, present: bool) -> None:
    draw_mends(page, view)
    _draw_table(page, view, present)
    if not present:
        _draw_chosen(page, view)


def _draw_table(page: NetworksPage, view: NetworksView, present: bool = False) -> None:
    layer_table(
        LayerTablePayload(
            network_sentence(view), HEADS, lines(view), total_line(view), present=present
        ),
        commits=commits_taken(page.key(TABLE)),
        key=page.key(TABLE),
    )


def _draw_chosen(page: NetworksPage, view: NetworksView) -> None:
    """The chosen layer's numbers with their formulas, and where else it can be seen."""
    row = view.row(view.at)
    if row is None:
        return
    st.markdown(f"**{view.at}** in numbers")
    draw_facts((fact.name, fact.value, fact.why) for fact in layer_facts(view, row))
    shown = sizes_view(row.layer, given_shape(view, row))
    if shown is None:
        return
    with st.container(horizontal=True):
        st.button(
            "See it in Sizes",
            key=page.key("to_sizes"),
            on_click=page.callback(_go, "sizes", shown.link()),
        )
        if (link := stage_link(shown)) is not None:
            st.button(
                "See it on the stage",
                key=page.key("to_stage"),
                on_click=page.callback(_go, "sliding_window", link),
            )


def _go(page: NetworksPage, screen: str, link: dict[str, str]) -> None:
    page.go_to(screen, link)


def _said(drawn: Drawing, present: bool) -> str:
    """What stands below a drawing: how to read it, and what can be pressed."""
    said = (
        "Heights and widths are to scale; the thickness grows with the square root of the channel "
        "count."
    )
    if drawn.terse:
        said += " 28² is 28 × 28; below it stand the channels."
    if any(body.role == "block" for body in drawn.bodies) and not present:
        said += " Press a block to unfold it."
    return said


def _draw_drawing(page: NetworksPage, view: NetworksView, present: bool) -> None:
    draw_mends(page, view)
    title = f"{view.title}, drawn to scale"
    shown = [drawing(view, paper) for paper in ((HALL,) if present else (PAGE, PHONE))]
    sheets = [Sheet(network_svg(each, title), each.width, _said(each, present)) for each in shown]
    network_drawing(
        DrawingPayload(tuple(sheets), view.at, present),
        commits=commits_taken(page.key(DRAWING)),
        key=page.key(DRAWING),
    )
    if present:
        return
    st.caption(f"{heaviest_sentence(view, 'parameters')} {heaviest_sentence(view, 'macs')}")
    # Plotly's script takes most of a second to start: it must not hold up the drawing.
    draw_folded(page, "bars", "Bars: every layer's share of them", partial(draw_shares, page, view))
    if page.controls is not None:
        return  # nothing is saved from a lesson
    # As a file it stands in programs that know no variables.
    file = partial(plain_colours, network_svg(drawing(view), title))
    with st.container(horizontal=True):
        for kind, mime, make in (
            ("SVG", "image/svg+xml", file),
            ("PNG", "image/png", lambda: png(on_paper(file()))),
        ):
            st.download_button(
                f"Save the drawing ({kind})",
                make,
                f"{view.net}.{kind.lower()}",
                mime,
                key=page.key(kind.lower()),
                on_click="ignore",
            )


def _draw_unit(page: NetworksPage, view: NetworksView, present: bool) -> None:
    found = units(view)
    if found is None:
        show_notes(["This network has no map on which a unit could look at the input."])
        return
    nodes = bool(found.stops[-1].reads)
    unit_field(
        UnitFieldPayload(found.stops, found.unit, found.sentence, nodes, present),
        commits=commits_taken(page.key(FIELD)),
        key=page.key(FIELD),
    )
    if not nodes and not present:
        st.caption(
            f"Networks of up to {MOST_ROWS - 1} sliding layers on an input up to {MOST_NODES} "
            "wide are drawn as nodes and lines."
        )


def _draw_code(page: NetworksPage, view: NetworksView) -> None:
    """The network as code, as a table and as a file, to take along."""
    st.download_button(
        "Save the network as a file",
        partial(written_file, view),
        "network.json" if view.is_own else f"{view.net}.json",
        "application/json",
        key=page.key("save"),
        on_click="ignore",
        help="For a network that is too long for a link. “Paste code, or open a file” "
        "opens it again.",
    )
    render_snippets(
        page,
        [
            *listings(view.network),
            Snippet("Markdown", as_markdown(view)),
            Snippet("CSV", as_csv(view)),
            Snippet("Short form", written(view.network)),
        ],
        "A network from Slide & Sum",
    )


_TAKE = Fold("code", "Take it along: code, table, file", _draw_code)

SCREEN: Screen[NetworksView] = Screen(
    "Networks",
    {
        "build": Look(
            "Layers",
            "Every layer with its shape, its parameters, its work. Press one to change it.",
            _draw_build,
            draw_build_controls,
            folded=(_TAKE,),
            live=LIVE,
        ),
        "draw": Look(
            "Drawing",
            "The feature maps to scale, from the input to the output.",
            _draw_drawing,
            draw_choice_controls,
            folded=(_TAKE,),
            live=LIVE,
        ),
        "unit": Look(
            "What a unit sees",
            "Point at a map: what a unit there depends on lights up, back to the input.",
            _draw_unit,
            draw_choice_controls,
            live=LIVE,
        ),
        "maps": Look(
            "Feature maps",
            "A picture goes through the network, layer by layer.",
            draw_maps,
            draw_maps_controls,
        ),
        "compare": Look(
            "Compare two",
            "Two networks side by side: where do the parameters sit, where the work?",
            draw_compare,
            draw_compare_controls,
        ),
    },
    look=lambda view: view.look,
    long_link="Save the network as a file instead, under “Take it along”.",
)
