"""The Dockerfile's own steps, carried out in a fresh environment: no image is built here.

COPY copies, RUN runs, CMD serves and HEALTHCHECK asks, all in a temporary folder in place of the
image's. Only `useradd` is replaced by a program that writes down how it was called, and pip, except
in `make check-long`, by one that takes the pinned packages from the tests' own environment.
"""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from fnmatch import fnmatch
from pathlib import Path

import pytest

from tests.serving import ROOT, free_port, plain_environment, running, wait_until_healthy


def instructions(text: str) -> list[tuple[str, str]]:
    """The instructions of a Dockerfile: (name, arguments), lines joined, comments dropped.

    >>> instructions("FROM a\\n# no\\nRUN b \\\\\\n    c")
    [('FROM', 'a'), ('RUN', 'b c')]
    """
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    joined = re.sub(r"\\\n\s*", "", "\n".join(lines))
    return [tuple(line.split(maxsplit=1)) for line in joined.splitlines()]


STEPS = instructions((ROOT / "Dockerfile").read_text(encoding="utf-8"))


def all_of(name: str) -> list[str]:
    return [arguments for step, arguments in STEPS if step == name]


def only(name: str) -> str:
    (arguments,) = all_of(name)
    return arguments


def declared_environment() -> dict[str, str]:
    return dict(pair.split("=", 1) for line in all_of("ENV") for pair in shlex.split(line))


class Image:
    """A folder that stands for the image: the working directory, an environment, a PATH.

    own_pip : whether the environment has pip itself, or only what stands in for it
    """

    def __init__(self, folder: Path, own_pip: bool) -> None:
        self.work = folder / "work"
        self.programs = folder / "programs"
        self.calls = folder / "useradd.txt"
        self.work.mkdir()
        self.programs.mkdir()
        useradd = self.programs / "useradd"
        useradd.write_text(f'#!/bin/sh\necho "$@" >>{shlex.quote(str(self.calls))}\n')
        useradd.chmod(0o755)
        venv = folder / "venv"
        options = [] if own_pip else ["--without-pip"]
        subprocess.run([sys.executable, "-m", "venv", *options, str(venv)], check=True)
        if not own_pip:
            (packages,) = venv.glob("lib/python*/site-packages")
            call = [sys.executable, str(ROOT / "tests" / "linked_packages.py"), str(packages)]
            (packages / "pip.py").write_text(
                f"import subprocess, sys\nsys.exit(subprocess.call({call} + sys.argv[1:]))\n"
            )
        outside = plain_environment()
        path = f"{self.programs}:{venv / 'bin'}:{os.environ['PATH']}"
        # With pip's cache the same wheels are not fetched twice, and modules are compiled when they
        # are first imported; nothing else differs.
        mine = {"PATH": path, "HOME": str(folder), "PIP_NO_CACHE_DIR": "0", "PIP_NO_COMPILE": "1"}
        home = os.environ.get("HOME", "")
        mine["PIP_CACHE_DIR"] = os.environ.get("PIP_CACHE_DIR", f"{home}/.cache/pip")
        config = Path(home) / ".config" / "pip" / "pip.conf"
        if config.exists() and "PIP_CONFIG_FILE" not in os.environ:
            mine["PIP_CONFIG_FILE"] = str(config)
        self.env = outside | declared_environment() | mine | {"PORT": str(free_port())}

    def copy(self, arguments: str) -> None:
        *sources, target = shlex.split(arguments)
        for source in sources:
            origin = ROOT / source
            if origin.is_dir():
                skip = shutil.ignore_patterns("__pycache__")
                shutil.copytree(origin, self.work / target, ignore=skip, dirs_exist_ok=True)
            else:
                shutil.copy(origin, self.work / target)

    def run(self, command: str) -> None:
        result = subprocess.run(
            command, shell=True, cwd=self.work, env=self.env, capture_output=True, text=True
        )
        assert result.returncode == 0, f"{command}\n{result.stdout}{result.stderr}"


def built(folder: Path, own_pip: bool) -> Image:
    image = Image(folder, own_pip)
    for step, arguments in STEPS:
        if step == "COPY":
            image.copy(arguments)
        elif step == "RUN":
            image.run(arguments)
    return image


@pytest.fixture(scope="module")
def image(tmp_path_factory) -> Image:
    return built(tmp_path_factory.mktemp("image"), own_pip=False)


def test_only_known_instructions_are_used():
    known = ["FROM", "ENV", "WORKDIR", "COPY", "RUN", "USER", "EXPOSE", "HEALTHCHECK", "CMD"]
    assert {step for step, _ in STEPS} <= set(known)


def test_the_python_is_new_enough():
    major, minor = re.fullmatch(r"python:(\d+)\.(\d+)-slim", only("FROM")).groups()
    assert (int(major), int(minor)) >= (3, 11)


def test_it_listens_on_every_address_at_the_declared_port():
    declared = declared_environment()
    assert declared["HOST"] == "0.0.0.0"
    assert declared["PORT"] == only("EXPOSE")


def test_what_is_copied_is_not_ignored():
    lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").split()
    for arguments in all_of("COPY"):
        for source in shlex.split(arguments)[:-1]:
            ignored = False
            for line in lines:
                if fnmatch(source, line.removeprefix("!")):
                    ignored = not line.startswith("!")
            assert not ignored, source


def test_it_runs_as_a_normal_user(image):
    user = only("USER")
    assert user not in ("root", "0")
    assert image.calls.read_text().split()[-1] == user
    names = [step for step, _ in STEPS]
    assert names.index("USER") > max(i for i, name in enumerate(names) if name in ("RUN", "COPY"))


def is_seen(image: Image) -> None:
    visit = (
        "from streamlit.testing.v1 import AppTest; "
        "run = AppTest.from_file('app/main.py').run(timeout=120); "
        "print([error.message for error in run.exception])"
    )
    result = subprocess.run(
        ["python", "-c", visit], cwd=image.work, env=image.env, capture_output=True, text=True
    )
    assert result.stdout.strip() == "[]", result.stdout + result.stderr


def test_a_visitor_gets_the_first_page(image):
    is_seen(image)


@pytest.mark.long
def test_a_visitor_gets_the_first_page_of_what_pip_itself_installs(tmp_path):
    is_seen(built(tmp_path, own_pip=True))


def test_it_serves_and_is_healthy(image, tmp_path):
    options, _, health = only("HEALTHCHECK").partition("CMD ")
    assert "--interval" in options
    before = sorted(image.work.rglob("*"))
    log = tmp_path / "server.log"
    ask = {"args": json.loads(health), "cwd": image.work, "env": image.env}
    assert subprocess.run(**ask, capture_output=True).returncode != 0  # nobody there yet
    with running(json.loads(only("CMD")), cwd=image.work, env=image.env, log=log) as process:
        port = image.env["PORT"]
        wait_until_healthy(f"http://127.0.0.1:{port}/_stcore/health", process)
        # Every address of the loopback range reaches a server that listens on all interfaces.
        elsewhere = "127.0.0.2" if sys.platform == "linux" else "127.0.0.1"
        wait_until_healthy(f"http://{elsewhere}:{port}/", process)
        result = subprocess.run(**ask, capture_output=True, text=True)
        assert result.returncode == 0, result.stderr
    assert sorted(image.work.rglob("*")) == before  # nothing written: the tree may be read-only
