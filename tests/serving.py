"""Start the app as `make run` does and find a browser for it: for tests and benchmarks alike."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from random import SystemRandom

ROOT = Path(__file__).resolve().parents[1]
# Seconds after which a state is not waited for any longer. Only a fault takes so long, however
# slow and busy the machine is.
PATIENCE = 60
BROWSERS = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)
BROWSER_ARGUMENTS = [
    # Root has no sandbox; in containers /dev/shm is small.
    *(["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []),
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--use-fake-device-for-media-stream",  # a camera
    "--use-fake-ui-for-media-stream",  # and somebody who lets it be used
]
# A page of a test is left before what it runs could be worth compiling a second time: a fifth of
# the work of opening it. Benchmarks do without.
TEST_BROWSER_ARGUMENTS = [
    *BROWSER_ARGUMENTS,
    "--js-flags=--invocation-count-for-maglev=20000 --invocation-count-for-turbofan=60000",
]
# Streamlit has run the page's script and is connected, and its page is seen (app/web/first_frame).
IDLE = (
    'html:not(.first-frame, .switching) [data-testid="stApp"][data-test-script-state="notRunning"]'
    '[data-test-connection-state="CONNECTED"]'
)


# Below the ports from which systems serve outgoing connections, which come and go at any moment.
PORTS = range(20_000, 32_000)


class NoBrowser(RuntimeError):
    """There is no Chromium to drive."""


def find_chromium() -> str:
    """The path of Chromium: $CHROMIUM, else the system's. Raises NoBrowser."""
    named = os.environ.get("CHROMIUM")
    found = next(filter(None, map(shutil.which, [named] if named else BROWSERS)), None)
    if found:
        return found
    raise NoBrowser(
        f"CHROMIUM={named} is no program"
        if named
        else f"no Chromium: `make test` installs one, or set CHROMIUM (tried {', '.join(BROWSERS)})"
    )


def free_port() -> int:
    """A port that nobody listens on just now, and that no outgoing connection is given."""
    for port in SystemRandom().sample(PORTS, 100):
        with socket.socket() as listener, suppress(OSError):
            listener.bind(("127.0.0.1", port))
            return port
    raise RuntimeError(f"100 ports of {PORTS} are all taken")


def wait_until_healthy(url: str, process: subprocess.Popen, seconds: float = 2 * PATIENCE) -> None:
    """Return once `url` answers 200; raise when the process ends first or the time is up."""
    deadline = time.monotonic() + seconds
    while process.poll() is None and time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(url, timeout=PATIENCE / 2):
                return
        except OSError:  # URLError is one: not listening yet, or not answering yet
            time.sleep(0.1)
    raise RuntimeError(f"{url} did not answer; exit code so far: {process.poll()}")


def plain_environment() -> dict[str, str]:
    """The environment without what would change Python's or Streamlit's ways."""
    changing = ("PYTHON", "VIRTUAL_ENV", "STREAMLIT", "OPENBLAS_NUM_THREADS", "HOST", "PORT")
    return {name: v for name, v in os.environ.items() if not name.startswith(changing)}


@contextmanager
def running(command: list[str], *, cwd: Path, env: dict[str, str], log: Path) -> Iterator:
    """Run a server for the length of a `with` block, its output in `log`."""
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, cwd=cwd, env=env, stdout=output, stderr=subprocess.STDOUT
        )
        try:
            yield process
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


class Server:
    """The running app: where it is, its process, and what it has said so far."""

    def __init__(self, url: str, log: Path, process: subprocess.Popen) -> None:
        self.url = url
        self.log = log
        self.process = process

    def said(self) -> str:
        return self.log.read_text(errors="replace")


@contextmanager
def app_server(log: Path, port: int | None = None) -> Iterator[Server]:
    """The app, served by `python -m app.server` on a port of its own for a `with` block.

    port : the one to listen on, where a server before it was listening
    """
    port = port or free_port()
    url = f"http://127.0.0.1:{port}"
    env = os.environ | {"HOST": "127.0.0.1", "PORT": str(port), "OPENBLAS_NUM_THREADS": "1"}
    with running([sys.executable, "-m", "app.server"], cwd=ROOT, env=env, log=log) as process:
        server = Server(url, log, process)
        try:
            wait_until_healthy(f"{url}/_stcore/health", process)
        except RuntimeError as error:
            raise RuntimeError(f"{error}\n{server.said()}") from None
        yield server
        if process.poll() is not None:
            raise RuntimeError(f"the server ended by itself ({process.poll()}):\n{server.said()}")
