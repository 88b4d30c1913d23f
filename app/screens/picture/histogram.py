"""How often each value occurs, before and after."""

from __future__ import annotations

import plotly.graph_objects as go
import streamlit as st

from app.components.palette import ROLES
from app.page.page import Page
from app.pictures.cached import value_histograms
from app.screens.picture.loupe import result_settings
from app.screens.picture.source import PictureShown
from kernels.pictures.display import number


def draw_histogram(page: Page[PictureShown], shown: PictureShown) -> None:
    """Draw the histograms of original and result, one above the other, each with its own axis."""
    view = shown.view
    before, after = value_histograms(shown.content, result_settings(view), shown.picture, view)
    for title, role, histogram in (("Original", "input", before), ("Result", "output", after)):
        low, high = histogram.edges[0], histogram.edges[-1]
        figure = go.Figure(
            go.Bar(
                x=(histogram.edges[:-1] + histogram.edges[1:]) / 2,
                y=histogram.counts,
                width=histogram.edges[1:] - histogram.edges[:-1],
                marker={"color": ROLES[role].light, "line": {"width": 0}},
                hovertemplate="value %{x:g}: %{y:,} pixels<extra></extra>",
            )
        )
        figure.update_layout(
            height=190,
            margin={"l": 0, "r": 0, "t": 28, "b": 0},
            title={"text": f"{title}: how many pixels have which value", "font": {"size": 14}},
            bargap=0,
            xaxis={"range": [float(low), float(high)], "title": None},
            yaxis={"title": None, "rangemode": "tozero"},
            showlegend=False,
        )
        if low < 0 < high:
            figure.add_vline(x=0, line={"width": 1, "dash": "dot"})
        st.plotly_chart(
            figure,
            key=page.key(f"histogram_{role}"),
            config={"displayModeBar": False},
            alt=f"Histogram of the {title.lower()}: {histogram.counts.sum():,} values from "
            f"{number(float(low))} to {number(float(high))}",
        )
