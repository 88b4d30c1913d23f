"""Serve Slide & Sum with one uvicorn process: `python -m app.server`.

HOST (127.0.0.1) and PORT (8501) come from the environment. `app.server:app` is the ASGI
application for a server of your own. One process only: sessions, uploads and pictures live in
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

from app.static_gzip import StaticGzip

MEGABYTE = 1024 * 1024
# What every visitor's first run would otherwise wait for.
HEAVY_IMPORTS = ("numpy", "scipy.fft", "PIL.Image", "kernels")


@asynccontextmanager
async def warm(_app):
    """Import the heavy modules before the first visitor comes, and leave them to no collection."""
    # Streamlit switches uvicorn's line per request back on.
    logging.getLogger("uvicorn.access").setLevel(logging.WARNING)
    for name in HEAVY_IMPORTS:
        importlib.import_module(name)
    gc.collect()
    gc.freeze()
    yield


app = st.App(
    Path(__file__).with_name("main.py"),
    middleware=[Middleware(StaticGzip)],
    lifespan=warm,
)


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
