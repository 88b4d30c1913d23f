"""The app's pages and nothing else; started by `make run` or `streamlit run app/main.py`."""

import sys
from collections.abc import Mapping
from pathlib import Path

# Streamlit puts this file's folder on the path, not the root that holds app, lessons and kernels.
ROOT = str(Path(__file__).resolve().parents[1])
if ROOT not in sys.path:
    sys.path.insert(0, ROOT)

import streamlit as st  # noqa: E402
from streamlit.navigation.page import StreamlitPage  # noqa: E402

import app  # noqa: E402 - sets NumPy's threads; no module before this has imported NumPy
import app.page.requests  # noqa: E402, F401 - no message of a browser is lost
from app.page.browser import end_run, start_run  # noqa: E402
from app.page.frame import render_presenter, take_presenter  # noqa: E402
from app.page.own_talk import keep_talk  # noqa: E402
from app.page.styled import styled  # noqa: E402
from app.screens import FIRST, FOR_TEACHERS, TITLES  # noqa: E402


def screens(titles: Mapping[str, str]) -> list[StreamlitPage]:
    """Pages of the app; Streamlit takes the address of each from its file's name."""
    return [
        st.Page(f"screens/{name}/{name}.py", title=title, default=name == FIRST)
        for name, title in titles.items()
    ]


start_run()
take_presenter()
page = st.navigation(
    {"": screens(TITLES), "For teachers": screens(FOR_TEACHERS)},
    position="top",
)
MARK = str(Path(__file__).parent / "assets" / "mark.svg")
# With a menu item of our own, Streamlit's menu is there and offers light, dark or the system's.
ABOUT = (
    "**Slide & Sum**: convolution arithmetic you can see, touch and be quizzed on.\n\n"
    "[Play the opening](./?opening=1)"
)
st.set_page_config(
    page_title=f"{page.title} · Slide & Sum",
    page_icon=MARK,
    layout="wide",
    menu_items={"About": ABOUT},
)
st.logo(MARK)
# These draw nothing. They stand before the page, where their place, and with it their state, is the
# same on every page.
unseen = styled("unseen", "app-")
page.run()
with unseen:
    keep_talk(page.url_path or FIRST)
    render_presenter()
end_run()
