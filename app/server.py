"""Serve Slide & Sum with one uvicorn process: `python -m app.server`.

HOST (127.0.0.1) and PORT (8501) come from the environment, and FRAME_ANCESTORS (nobody else), the
sites that may show the app in a frame. `app.server:app` is the ASGI application for a server of
your own. One process only: sessions, uploads and pictures live in
its memory; to use more cores, put several such processes behind a proxy with sticky sessions.
"""

import gc
import importlib
import logging
import os
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st
import uvicorn
from starlette.middleware import Middleware
from streamlit import config

from app.page.requests import lose_no_request
from app.web.answer_headers import (
    NOBODY_ELSE,
    AnswerHeaders,
    content_security_policy,
    frame_ancestors,
)
from app.web.closed_paths import ClosedPaths
from app.web.page_shell import PageShell, script_hashes, shell
from app.web.script_fault import show_fault
from app.web.static_gzip import StaticGzip
from app.web.upload_room import UploadRoom

MEGABYTE = 1024 * 1024
# What the first visitor would otherwise wait for; Streamlit imports pandas in its first run.
HEAVY_IMPORTS = ("numpy", "pandas", "scipy.fft", "PIL.Image", "kernels", "lessons.quiz")


@asynccontextmanager
async def warm(_app):
    """Import the heavy modules before the first visitor comes, and leave them to no collection."""
    # Streamlit switches uvicorn's line per request back on.
    logging.getLogger("uvicorn.access").setLevel(logging.WARNING)
    for name in HEAVY_IMPORTS:
        importlib.import_module(name)
    shell(bare=True)  # with the opening, whose numbers the kernels compute
    gc.collect()
    gc.freeze()
    yield


lose_no_request()  # also for the first session, whose messages come before its first run
ancestors = frame_ancestors(os.environ.get("FRAME_ANCESTORS", ""))
policy = content_security_policy(script_hashes(), ancestors)
app = st.App(
    Path(__file__).with_name("main.py"),
    middleware=[
        Middleware(AnswerHeaders, policy=policy),  # the first, so that no answer passes it by
        Middleware(ClosedPaths),
        Middleware(UploadRoom),
        Middleware(StaticGzip),
        Middleware(PageShell),
    ],
    lifespan=warm,
    on_script_error=show_fault,
)
if ancestors not in (NOBODY_ELSE, "'none'"):
    # In another site's frame a browser sends back this cookie, without which no file can be
    # uploaded, only if it is marked so.
    config.set_option("server.xsrfCookieSameSite", "none")


def serve() -> None:
    """Serve until stopped."""
    uvicorn.run(
        app,
        host=os.environ.get("HOST", "127.0.0.1"),
        port=int(os.environ.get("PORT", "8501")),
        ws="websockets-sansio",
        ws_per_message_deflate=False,  # 3-8 kB a message: not worth the time
        ws_ping_interval=30,
        ws_ping_timeout=30,
        ws_max_size=20 * MEGABYTE,
        access_log=False,
        # A page left open must not keep the server from stopping.
        timeout_graceful_shutdown=2,
    )


if __name__ == "__main__":
    serve()
