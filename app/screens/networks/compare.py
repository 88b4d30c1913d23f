"""Two networks side by side, and where the parameters and the work of each sit."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from app.components.palette import ROLES
from app.page.facts_table import draw_facts
from app.screens.networks.state import NetworksPage
from lessons.views.networks import NetworksView
from lessons.views.networks_compare import compared, pair_of, ratio_sentence, share_bars, titles


def draw_compare(page: NetworksPage, view: NetworksView, present: bool) -> None:
    """Draw both networks' figures, and bars for their layers."""
    pair = pair_of(view)
    if pair:
        st.markdown(pair.says)
    draw_facts(compared(view), ("Figure", *titles(view)))
    if sentence := ratio_sentence(view):
        st.caption(sentence)
    if present:
        return
    for number, (column, (title, names, parameters, macs)) in enumerate(
        zip(st.columns(2), share_bars(view), strict=True)
    ):
        with column:
            _bars(page, f"bars_{number}", title, names, parameters, macs)


def draw_shares(page: NetworksPage, view: NetworksView) -> None:
    """Where this network's parameters and multiply-adds sit."""
    title, names, parameters, macs = next(share_bars(view))
    if page.controls is not None and len(names) < 2:
        return  # in a lesson, whose view is not folded away, a bar of 100 % says nothing
    # Beside a lesson's words the bars have to fit below the drawing.
    _bars(page, "shares", title, names, parameters, macs, 280 if page.controls is None else 190)


def _bars(
    page: NetworksPage,
    key: str,
    title: str,
    names: Sequence[str],
    parameters: Sequence[int],
    macs: Sequence[int],
    height: int = 280,
) -> None:
    # Plotly is large: it is loaded for the looks that draw with it alone.
    import plotly.graph_objects as go

    dark = st.context.theme.type == "dark"
    figure = go.Figure()
    for name, role, counts in (("Parameters", "kernel", parameters), ("MACs", "output", macs)):
        total = sum(counts) or 1
        figure.add_bar(
            x=list(range(len(names))),
            y=[count / total for count in counts],
            name=name,
            marker={"color": ROLES[role].dark if dark else ROLES[role].light, "line": {"width": 0}},
            customdata=[[one, f"{count:,}"] for one, count in zip(names, counts, strict=True)],
            hovertemplate="%{customdata[0]}: %{customdata[1]} (%{y:.1%})<extra>"
            + name
            + "</extra>",
        )
    few = len(names) <= 24
    figure.update_layout(
        title={
            "text": f"{title}: share of each layer",
            "font": {"size": 15},
            "y": 0.97,
            "yanchor": "top",
        },
        height=height,
        margin={"l": 0, "r": 8, "t": 64, "b": 0},
        barmode="group",
        bargap=0.25,
        legend={"orientation": "h", "x": 0, "xanchor": "left", "y": 1.02, "yanchor": "bottom"},
        xaxis={
            "tickvals": list(range(len(names))) if few else [],
            "ticktext": list(names) if few else [],
            "tickangle": -45,
        },
        yaxis={"tickformat": ".0%", "rangemode": "tozero"},
    )
    st.plotly_chart(
        figure,
        key=page.key(key),
        config={"displayModeBar": False, "scrollZoom": False},
        alt=f"{title}: each layer's share of the parameters and of the multiply-adds.",
    )
