"""A screen with the same pages drawn in two places each, for tests: a lesson, as small as can be.

Started by `AppTest` and by `streamlit run`. Every place has its own view and its own controls.
"""

import sys
from pathlib import Path

# Streamlit puts this file's folder on the path, not the root.
if (root := str(Path(__file__).resolve().parents[1])) not in sys.path:
    sys.path.insert(0, root)

import streamlit as st

from app.page.address import arriving
from app.page.browser import end_run, start_run
from app.page.frame import render_frame
from app.page.workbench import draw
from app.screens.pooling.screen import SCREEN as POOLING_SCREEN
from app.screens.pooling.state import PAGE as POOLING
from app.screens.sliding_window.screen import SCREEN as SLIDING_SCREEN
from app.screens.sliding_window.state import PAGE as SLIDING

st.set_page_config(layout="wide")
start_run()
arriving("lesson")
render_frame("A lesson", "The same page, twice.", present=False)
textbook, _ = SLIDING.settle({})
pooled, _ = POOLING.settle({"kinds": "max"})
draw(SLIDING_SCREEN, SLIDING.at("one", textbook, controls=("stride", "step", "x_text")))
draw(SLIDING_SCREEN, SLIDING.at("two", textbook, controls=("kernel", "padding"), predict="1"))
draw(POOLING_SCREEN, POOLING.at("one", pooled, controls=("kinds",)))
draw(POOLING_SCREEN, POOLING.at("two", pooled))
end_run()
