"""A drawing of our own that stands in the page, and so has the page's face and colours."""

import streamlit as st


def show_svg(svg: str, styles: str, *, key: str, room: str = "") -> None:
    """Show an SVG of ours inside a <div> of these CSS classes.

    room : CSS of the place that is kept for it until it is drawn

    `st.html` takes SVG away, and text of an image would have the system's face. Nothing from
    outside may stand in the drawing unescaped, and no blank line: Markdown would begin anew there.
    """
    with st.container(key=key):
        if room:
            st.html(f"<style>.st-key-{key}{{{room}}}</style>")
        st.markdown(f'<div class="{styles}">{svg}</div>', unsafe_allow_html=True)
