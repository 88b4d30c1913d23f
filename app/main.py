"""The app's pages and nothing else; started by `make run` or `streamlit run app/main.py`."""

import sys
from pathlib import Path

# Streamlit puts this file's folder on the path, not the root that holds app, lessons and kernels.
ROOT = str(Path(__file__).resolve().parents[1])
if ROOT not in sys.path:
    sys.path.insert(0, ROOT)

import streamlit as st  # noqa: E402

import app  # noqa: E402, F401 - sets NumPy's threads; no module before this has imported NumPy
from app.panels.frame import render_presenter  # noqa: E402
from app.session.browser import end_run, start_run  # noqa: E402

start_run()
page = st.navigation(
    {
        "": [
            st.Page("screens/sliding_window.py", title="Sliding window", default=True),
            st.Page("screens/picture.py", title="Picture"),
            st.Page("screens/pooling.py", title="Pooling"),
            st.Page("screens/channels.py", title="Channels"),
            st.Page("screens/quiz.py", title="Quiz"),
        ],
        # What shows the answers stands apart from what students use.
        "For teachers": [st.Page("screens/make_a_set.py", title="Make a set")],
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
