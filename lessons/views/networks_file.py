"""A network as a small file, for one that is too long for a link."""

from __future__ import annotations

import json
from typing import Any

from kernels.networks.notation import read_network, written
from kernels.reading.link_text import quoted
from kernels.reading.notation import NotationError
from lessons.views.networks import READY, NetworksView

FORMAT, VERSION = "slide-and-sum network", 1
MOST_BYTES = 1_000_000
"""Of a file that is read; the longest ready network takes a twentieth."""


def written_file(view: NetworksView) -> str:
    """The network as JSON: its input, and its layers in the notation.

    >>> from lessons.views.networks import settle_networks
    >>> print(written_file(settle_networks({"layers": "8x6x6;c8k3p1;relu"})[0]))
    {
      "format": "slide-and-sum network",
      "version": 1,
      "title": "Your own network",
      "from": "lenet_5",
      "input": [8, 6, 6],
      "layers": [
        "c8k3p1",
        "relu"
      ]
    }
    """
    _, *layers = written(view.network).split(";")
    content = {
        "format": FORMAT,
        "version": VERSION,
        "title": view.title,
        "from": view.net,
        "input": "input",
        "layers": layers,
    }
    text = json.dumps(content, indent=2, ensure_ascii=False)
    return text.replace('"input": "input"', f'"input": {list(view.network.input_shape)}')


def read_file(data: bytes) -> dict[str, str]:
    """The settings of the network in a file.

    >>> read_file(b'{"format": "slide-and-sum network", "input": [8, 6, 6], "layers": ["relu"]}')
    {'layers': '8x6x6;relu'}
    >>> read_file(b'{"layers": ["relu"]}')
    Traceback (most recent call last):
    kernels.reading.faults.NotationError: This JSON file was not saved here: it does not say \
"format": "slide-and-sum network".

    Raises NotationError with one sentence for anything but a network that was saved here.
    """
    if len(data) > MOST_BYTES:
        raise NotationError(
            f"The file has {len(data):,} bytes; a network's has at most {MOST_BYTES:,}."
        )
    content = _object(data)
    version = content.get("version", VERSION)
    if version != VERSION:
        raise NotationError(
            f"The file has version {quoted(str(version))} of its format; only {VERSION} is read "
            "here."
        )
    shape, layers = _list_of(int, content.get("input")), _list_of(str, content.get("layers"))
    if not shape:
        raise NotationError('The file says no input; it needs for example "input": [3, 224, 224].')
    if not layers:
        raise NotationError('The file lists no layers; it needs for example "layers": ["c6k5"].')
    for layer in layers:
        if ";" in layer or "\n" in layer or not layer.strip():
            raise NotationError(f"{quoted(layer, 40)} is not one layer; write each by itself.")
    text = ";".join(["x".join(map(str, shape)), *layers])
    settings = {"layers": written(read_network(text))}
    made_from = content.get("from")
    if isinstance(made_from, str) and made_from in READY:
        settings["net"] = made_from
    return settings


def _object(data: bytes) -> dict[str, Any]:
    try:
        content = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise NotationError(
            "This is not a JSON file; choose one that was saved here by “Save the network as a "
            "file”."
        ) from None
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise NotationError(
            f'This JSON file was not saved here: it does not say "format": "{FORMAT}".'
        )
    return content


def _list_of(kind: type, value: Any) -> list[Any]:
    """The list, if it holds nothing else; otherwise an empty one."""
    alike = isinstance(value, list) and all(type(one) is kind for one in value)
    return value if alike else []
