"""The Networks page's controls, and the flat settings that they stand for.

Every change of the network keeps the settings of the one before, so that it can be undone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import streamlit as st

from app.page.box import SAY, Box, Settings, choice
from app.page.page import Page
from app.pictures.own_file import keep_file, own_file
from app.pictures.uploads import PictureError
from kernels.errors import ShapeError
from kernels.layers.spec import ConvSpec
from kernels.networks.editing import copy, follow, move, remove
from kernels.networks.known import known_network
from kernels.networks.layers import Activation
from kernels.networks.network import Network
from kernels.networks.notation import written
from kernels.networks.torch_text import read_torch
from kernels.reading.link_text import quoted, whole_numbers
from kernels.reading.notation import NotationError
from kernels.reading.sizes import plain_sizes
from lessons.views.networks import (
    DEFAULTS,
    READY,
    TYPED,
    NetworksView,
    blocks_of,
    open_networks,
    read_typed,
    settle_networks,
)
from lessons.views.networks_adding import SecondWay, added, second_way
from lessons.views.networks_editing import (
    MOST,
    SETTINGS,
    SWITCHES,
    changed,
    with_setting,
)
from lessons.views.networks_file import read_file
from lessons.views.networks_maps import input_for_typed
from lessons.views.networks_pad import packed
from lessons.views.pictures import UPLOADED

TABLE, DRAWING, FIELD, PAD = "table", "drawing", "field", "pad"
MOST_UNDONE = 30
DIGITS = ("digits", "digits_no_bias")
"""The ready networks whose kernels sliders count."""
MOST_OF_DIGITS = 64
NetworksPage = Page[NetworksView]
_NO_ENDS = {"start": "", "end": ""}
"""A second way whose ends follow the chosen layer."""
_NO_PHOTOGRAPH = (
    "A link never carries an uploaded photograph: here is the seven. Upload the photograph again "
    "to see it."
)
_NO_CHOICE = {"at": "", "open": "", "unit": "", **_NO_ENDS}
"""Nothing chosen or unfolded, as in another network."""


def edited(network: Network, view: NetworksView, settings: Settings, **more: str) -> dict[str, Any]:
    """The settings for another network, with the one before to go back to."""
    history = (*settings["history"], {"net": view.net, "layers": view.layers})[-MOST_UNDONE:]
    return {"layers": written(network), "unit": "", **more, "history": history}


def undo(page: NetworksPage) -> None:
    """Go back to the network before the last change."""
    *before, last = page.remembered("history")
    page.change(**last, history=tuple(before))


def mend(page: NetworksPage, number: int) -> None:
    """Take one of the nearest settings that fit."""
    view = page.view()
    mends = view.checked.mends
    if number < len(mends):
        page.change(**edited(mends[number].network, view, {"history": page.remembered("history")}))


def take_typed_size(page: NetworksPage) -> None:
    """Give the network an input of the typed numbers' shape."""
    view = page.view()
    network = replace(view.network, input_shape=input_for_typed(view))
    page.change(**edited(follow(network), view, {"history": page.remembered("history")}))


def second_way_of(page: NetworksPage, view: NetworksView) -> SecondWay | None:
    """The skip or branch that the controls ask for."""
    return second_way(view, *(page.remembered(name) for name in ("start", "end", "through")))


def add_layer(page: NetworksPage) -> None:
    """Put a new layer behind the chosen one, or at the end; or lay a second way."""
    view = page.view()
    try:
        network, name = added(view, page.remembered("new"), second_way_of(page, view))
    except ShapeError as error:
        page.change(**{SAY: error.faults})
        return
    history = {"history": page.remembered("history")}
    page.change(**edited(network, view, history, at=name, **_NO_ENDS))


def open_file(page: NetworksPage) -> None:
    """Show the network of an opened file, or say why not; what was shown before then stays."""
    page.change(file_fault="")
    file = st.session_state[page.key("file")]
    if file is None:
        return
    try:
        settings = read_file(file.getvalue())
    except NotationError as error:
        page.change(file_fault=str(error))
        return
    history = edited(page.view().network, page.view(), {"history": page.remembered("history")})
    page.change(**_NO_CHOICE, **settings, history=history["history"])


def _set_input(values: Mapping[str, Any], view: NetworksView, settings: Settings) -> Settings:
    count = len(view.network.input_shape)
    text = plain_sizes(values["input"]) or ""
    shape = whole_numbers(text, count) if text.count("x") + 1 == count else None
    if shape is None or not all(1 <= n <= MOST for n in shape):
        example = "x".join(["3", *["224"] * (count - 1)])
        raise NotationError(
            f"The input {quoted(values['input'])} cannot be read: write its channels, then its "
            f"sizes, such as {example}."
        )
    return edited(replace(view.network, input_shape=shape), view, settings)


def _ready(values: Mapping[str, Any], _view: NetworksView, _settings: Settings) -> Settings:
    if values["net"] is None:
        return {}
    return {"net": values["net"], "layers": "", **_NO_CHOICE, "history": ()}


def _read_code(values: Mapping[str, Any], view: NetworksView, settings: Settings) -> Settings:
    if not values["pasted"].strip():
        return {}
    network, sentences = read_torch(values["pasted"], view.network.input_shape)
    return {**edited(network, view, settings, **_NO_CHOICE), SAY: sentences}


def _read_numbers(values: Mapping[str, Any], _view: NetworksView, _settings: Settings) -> Settings:
    if values["numbers"].strip():
        read_typed(values["numbers"])
    return {"numbers": values["numbers"].strip(), "picture": TYPED}


def _activation_of(view: NetworksView) -> str | None:
    """The one kind that all the network's activations are, not counting a softmax at the end."""
    names = {node.layer.name for node in view.network.nodes if _can_bend(node.layer)}
    return names.pop() if len(names) == 1 else None


def _can_bend(layer: Any) -> bool:
    return isinstance(layer, Activation) and layer.name != "softmax"


def _read_activation(values: Mapping[str, Any], view: NetworksView, settings: Settings) -> Settings:
    if values["activation"] is None:
        return {}
    nodes = tuple(
        replace(node, layer=Activation(values["activation"])) if _can_bend(node.layer) else node
        for node in view.network.nodes
    )
    return edited(replace(view.network, nodes=nodes), view, settings)


def _setting(name: str) -> Box[NetworksView]:
    """The box of one setting of the chosen layer."""
    row = SETTINGS.get(name)
    layers = row.layers if row else SWITCHES[name][1]
    key = f"set_{name}"

    def layer_of(view: NetworksView) -> Any:
        node = next((node for node in view.network.nodes if node.name == view.at), None)
        return node.layer if node and isinstance(node.layer, layers) else None

    def show(view: NetworksView, _settings: Settings) -> dict[str, Any]:
        layer = layer_of(view)
        if row is None:
            return {key: bool(layer and getattr(layer, name))}
        return {key: row.text(layer) if layer else ""}

    def read(values: Mapping[str, Any], view: NetworksView, settings: Settings) -> Settings:
        layer = layer_of(view)
        if layer is None:
            return {}
        text = str(int(values[key])) if row is None else values[key]
        other = with_setting(layer, name, text)
        if other == layer:
            return {}
        return edited(changed(view.network, view.at, other), view, settings)

    return Box(key, show, read)


def convolutions_of_digits(view: NetworksView) -> tuple[int, int] | None:
    """How many kernels the digit network's two convolutions have; None for another network."""
    if view.net not in DIGITS:
        return None
    counts = [n.layer.out_channels for n in view.network.nodes if isinstance(n.layer, ConvSpec)]
    return (counts[0], counts[1]) if len(counts) == 2 else None


def _read_digits(values: Mapping[str, Any], view: NetworksView, settings: Settings) -> Settings:
    build = known_network(view.net).build
    network = build(first=int(values["n1"]), second=int(values["n2"]))
    return edited(network, view, settings)


def _show_digits(view: NetworksView, _settings: Settings) -> dict[str, Any]:
    first, second = convolutions_of_digits(view) or (1, 1)
    return {"n1": first, "n2": second}


def _choose(name: Any, view: NetworksView, _settings: Settings) -> Settings:
    """Choose a layer, or none; a chosen block unfolds."""
    if not any(node.name == name for node in view.network.nodes):
        folds = any(block.title == name for block in blocks_of(view.network))
        return _fold(name, view, _settings) if folds else {"at": "", "unit": ""}
    return {"at": "" if name == view.at else str(name), "unit": "", **_NO_ENDS}


def _fold(title: Any, view: NetworksView, _settings: Settings) -> Settings:
    titles = [name for name in view.unfolded if name != title]
    if title not in view.unfolded:
        titles.append(str(title))
    inside = next((block.names for block in blocks_of(view.network) if block.title == title), ())
    folded = title in view.unfolded or view.at in inside
    return {
        "open": ",".join(name for name in titles if not (folded and name == title)),
        **({"at": "", "unit": ""} if folded and view.at in inside else {}),
    }


_ACTS: Mapping[str, Callable[[Network, str], Network]] = {
    "up": lambda network, name: move(network, name, -1),
    "down": lambda network, name: move(network, name, 1),
    "copy": copy,
    "remove": remove,
}


def _act(value: Any, view: NetworksView, settings: Settings) -> Settings:
    name, layer = value
    if name not in _ACTS or not any(node.name == layer for node in view.network.nodes):
        return {}
    try:
        network = _ACTS[name](view.network, layer)
    except ShapeError as error:
        return {SAY: error.faults}
    more = {"at": ""} if name == "remove" else {}
    return edited(network, view, settings, **more)


def _look_at_unit(value: Any, view: NetworksView, _settings: Settings) -> Settings:
    name, row, column = value
    if not any(node.name == name for node in view.network.nodes):
        return {}
    return {"at": str(name), "unit": f"{int(row)}x{int(column)}"}


def _show_end(name: str) -> Callable[[NetworksView, Settings], dict[str, Any]]:
    def show(view: NetworksView, settings: Settings) -> dict[str, Any]:
        way = second_way(view, settings["start"], settings["end"], settings["through"])
        return {name: getattr(way, name) if way else None}

    return show


def _remembered(name: str) -> Box[NetworksView]:
    """A control whose value the page keeps beside the network."""
    return Box(
        name,
        lambda _view, settings: {name: settings[name]},
        lambda values, _view, _settings: {name: values[name]} if values[name] else {},
    )


def take_photograph(page: NetworksPage) -> None:
    """Take over an uploaded photograph, or say why not; what was shown before then stays."""
    page.change(photo_fault="")
    file = st.session_state[page.key("photo")]
    if file is None:
        return
    try:
        keep_file(file.name, file.getvalue())
    except PictureError as error:
        page.change(photo_fault=f"{file.name}: {error}")
        return
    page.change(picture=UPLOADED)


def _settle_here(flat: Mapping[str, Any]) -> tuple[NetworksView, tuple[str, ...]]:
    """The view of these settings, on a ready picture where this session has no photograph."""
    if flat.get("picture") != UPLOADED or own_file() is not None:
        return settle_networks(flat)
    view, notes = settle_networks({**flat, "picture": DEFAULTS["picture"]})
    return view, (_NO_PHOTOGRAPH, *notes)


def _open_here(link: Mapping[str, str]) -> tuple[NetworksView, tuple[str, ...]]:
    view, notes = open_networks(link)
    if view.picture != UPLOADED or own_file() is not None:
        return view, notes
    return replace(view, picture=DEFAULTS["picture"]), (_NO_PHOTOGRAPH, *notes)


PAGE: NetworksPage = Page(
    "networks",
    open=_open_here,
    settle=_settle_here,
    flat=NetworksView.to_flat,
    link=NetworksView.link,
    boxes=(
        Box("net", lambda view, _settings: {"net": None if view.layers else view.net}, _ready),
        Box(
            "input",
            lambda view, _settings: {"input": "x".join(map(str, view.network.input_shape))},
            _set_input,
        ),
        Box("pasted", lambda _view, _settings: {"pasted": ""}, _read_code),
        Box("digits", _show_digits, _read_digits, keys=("n1", "n2")),
        *(_setting(name) for name in (*SETTINGS, *SWITCHES)),
        *(_remembered(name) for name in ("new", "through")),
        *(replace(_remembered(name), show=_show_end(name)) for name in _NO_ENDS),
        Box(
            "other",
            lambda view, _settings: {"other": view.other if view.other in READY else None},
            lambda values, _view, _settings: {"other": values["other"]} if values["other"] else {},
        ),
        Box("numbers", lambda view, _settings: {"numbers": view.numbers}, _read_numbers),
        Box(
            "activation",
            lambda view, _settings: {"activation": _activation_of(view)},
            _read_activation,
        ),
        *(choice(name) for name in ("look", "picture", "weights")),
        *(choice(name, int) for name in ("batch", "seed")),
    ),
    still=lambda view: replace(view, look="", at="", unit=None, unfolded=()),
    memory={
        "history": (),
        "file_fault": "",
        "photo_fault": "",
        "new": "conv",
        "through": "nothing",
        **_NO_ENDS,
    },
    commits={
        TABLE: {"choose": _choose, "fold": _fold, "act": _act},
        DRAWING: {"choose": _choose},
        FIELD: {"unit": _look_at_unit},
        PAD: {"draw": lambda value, _view, _settings: {"drawn": packed(str(value))}},
    },
)
