"""The app's pages and nothing else; started by `make run` or `streamlit run app/main.py`."""

import sys
from pathlib import Path

# Streamlit puts this file's folder on the path, not the root that holds app, lessons and kernels.
ROOT = str(Path(__file__).resolve().parents[1])
if ROOT not in sys.path:
    sys.path.insert(0, ROOT)

import streamlit as st  # noqa: E402
from streamlit.navigation.page import StreamlitPage  # noqa: E402

import app  # noqa: E402, F401 - sets NumPy's threads; no module before this has imported NumPy
from app.page.browser import end_run, start_run  # noqa: E402
from app.page.frame import render_presenter, take_presenter  # noqa: E402


def screen(name: str, title: str, *, default: bool = False) -> StreamlitPage:
    """A page of the app; Streamlit takes its address from the file's name."""
    return st.Page(f"screens/{name}/{name}.py", title=title, default=default)


start_run()
take_presenter()
page = st.navigation(
    {
        "": [
            screen("sliding_window", "Sliding window", default=True),
            screen("picture", "Picture"),
            screen("pooling", "Pooling"),
            screen("channels", "Channels"),
            screen("quiz", "Quiz"),
        ],
        # What shows the answers stands apart from what students use.
        "For teachers": [screen("make_a_set", "Make a set")],
    },
    position="top",
)
# With a menu item of our own, Streamlit's menu is there and offers light, dark or the system's.
ABOUT = "**Slide & Sum**: convolution arithmetic you can see, touch and be quizzed on."
st.set_page_config(
    page_title=f"{page.title} · Slide & Sum", layout="wide", menu_items={"About": ABOUT}
)
page.run()
render_presenter()
end_run()
