"""The Networks page's controls: which network, its input, the chosen layer's settings."""

from __future__ import annotations

from types import MappingProxyType

import streamlit as st

from app.page.box import SAY
from app.page.page import Page
from app.page.plain import show_error
from app.page.workbench import draw_folded, draw_offered
from app.pictures.own_file import own_file
from app.screens.networks.state import (
    MOST_OF_DIGITS,
    NetworksPage,
    add_layer,
    convolutions_of_digits,
    mend,
    open_file,
    second_way_of,
    take_photograph,
    undo,
)
from kernels.networks.known import KNOWN_NETWORKS, NOT_THERE, known_network
from kernels.networks.layers import Activation, layer_kind
from lessons.views.networks import MOST_BATCH, MOST_SEED, TYPED, NetworksView
from lessons.views.networks_adding import (
    NEW,
    ON_THE_WAY,
    join_of,
    places,
    spelt,
    way_sentence,
)
from lessons.views.networks_compare import PAIRS
from lessons.views.networks_editing import SETTINGS, SWITCHES
from lessons.views.networks_maps import TITLES, WEIGHT_TITLES
from lessons.views.networks_questions import QUESTIONS
from lessons.views.networks_words import by
from lessons.views.pictures import UPLOADED

_NAMES = {row.id: row.title for row in KNOWN_NETWORKS}


def draw_build_controls(page: NetworksPage, view: NetworksView) -> None:
    """The network, the chosen layer's settings, new layers, the way back."""
    draw_offered(page, view, FIRST)
    _draw_chosen(page, view)
    _draw_adding(page, view)
    if page.controls is None:
        draw_folded(page, "questions", "Questions that come up", lambda: _draw_questions(page))
    draw_folded(page, "paste", "Paste code, or open a file", lambda: _draw_code(page))


def draw_choice_controls(page: NetworksPage, view: NetworksView) -> None:
    """The network and its input alone."""
    draw_offered(page, view, {"net": _net, "input": _input})
    render_about(view)


def draw_maps_controls(page: NetworksPage, view: NetworksView) -> None:
    """The network, the picture that goes through it, the weights."""
    draw_offered(page, view, MAPS)
    if page.controls is None:
        draw_folded(page, "own", "Your own photograph", lambda: _draw_photograph(page))


def draw_compare_controls(page: NetworksPage, view: NetworksView) -> None:
    """Two networks, or one of the ready pairs."""
    draw_offered(page, view, {"net": _net, "other": _other})
    st.caption("Worth comparing:")
    for name, pair in PAIRS.items():
        st.button(
            pair.title,
            key=page.key(f"pair_{name}"),
            on_click=page.callback(_compare, name),
            type="tertiary",
        )


def _draw_questions(page: NetworksPage) -> None:
    for name, question in QUESTIONS.items():
        st.button(
            question.title,
            key=page.key(f"question_{name}"),
            on_click=page.callback(_answer, name),
            type="tertiary",
        )
        if page.view() == question.view():
            st.caption(question.says())


def _answer(page: NetworksPage, name: str) -> None:
    question = QUESTIONS[name]
    page.change(**question.settings(), history=())
    if page.view().look != "build":  # where it was asked the answer stands below the question
        page.change(**{SAY: (question.says(),)})


def _compare(page: NetworksPage, name: str) -> None:
    page.change(**PAIRS[name].settings)


def render_about(view: NetworksView) -> None:
    """Where the network is from, and what to look for in it."""
    known = known_network(view.net)
    if view.layers:
        if not view.is_own:
            st.caption(f"Made from {known.title}.")
        return
    st.caption(f"{known.look_for}  \nSource: {known.source}.")


def _net(page: NetworksPage, view: NetworksView) -> None:
    st.selectbox(
        "Network",
        list(_NAMES),
        format_func=_NAMES.get,
        key=page.key("net"),
        placeholder=view.title,
        help=NOT_THERE,
    )


def _input(page: NetworksPage, _view: NetworksView) -> None:
    _text(page, "input", "Input: channels × height × width")


def _digits(page: NetworksPage, view: NetworksView) -> None:
    """How many kernels each of the two convolutions has, where the network is the digit network."""
    if convolutions_of_digits(view) is None:
        return
    for name, label in (
        ("n1", "Kernels n1 of the first convolution"),
        ("n2", "and n2 of the second"),
    ):
        st.slider(label, 1, MOST_OF_DIGITS, key=page.key(name))


def _batch(page: NetworksPage, _view: NetworksView) -> None:
    meaning = "Inputs at once; only memory depends on it"
    st.number_input("Batch", 1, MOST_BATCH, key=page.key("batch"), help=meaning)


def _text(page: Page[NetworksView], name: str, label: str) -> None:
    st.text_input(label, key=page.key(name))
    if fault := page.fault(name):
        show_error(fault)


def _draw_chosen(page: NetworksPage, view: NetworksView) -> None:
    node = next((node for node in view.network.nodes if node.name == view.at), None)
    if node is None:
        render_about(view)
        return
    st.markdown(f"**{view.at}** · {layer_kind(node.layer)}")
    names = [name for name, row in SETTINGS.items() if isinstance(node.layer, row.layers)]
    columns = st.columns(2) if len(names) > 1 else [st.container()]
    for number, name in enumerate(names):
        with columns[number % len(columns)]:
            _text(page, f"set_{name}", SETTINGS[name].label)
    for name, (label, layers) in SWITCHES.items():
        if isinstance(node.layer, layers):
            st.toggle(label, key=page.key(f"set_{name}"))


def _draw_adding(page: NetworksPage, view: NetworksView) -> None:
    kind = page.remembered("new")
    joins = join_of(kind) is not None
    behind = f"Add after {view.at}" if view.at else "Add at the end"
    st.selectbox(
        "Add" if joins else behind,
        list(NEW),
        format_func=lambda name: NEW[name][0],
        key=page.key("new"),
    )
    if joins:
        _draw_second_way(page, view, kind)
    with st.container(horizontal=True):
        st.button("Add", key=page.key("add"), on_click=page.callback(add_layer))
        st.button(
            "Undo",
            key=page.key("undo"),
            on_click=page.callback(undo),
            disabled=not page.remembered("history"),
        )


def _draw_second_way(page: NetworksPage, view: NetworksView, kind: str) -> None:
    """Where a skip or branch starts, what is on it, where it joins again, and what that makes."""
    way = second_way_of(page, view)
    if way is None:
        st.caption("No layer fits yet: a way needs one to lead around.")
        return
    shapes = places(view)
    names = list(shapes)
    behind = names[names.index(way.start) + 1 :]

    def words(name: str) -> str:
        return f"{name} · {by(shapes[name])}"

    st.selectbox("Starts behind", names[:-1], format_func=words, key=page.key("start"))
    st.selectbox(
        "Goes through",
        list(ON_THE_WAY),
        format_func=lambda name: ON_THE_WAY[name][0],
        key=page.key("through"),
    )
    st.selectbox("Comes back behind", behind, format_func=words, key=page.key("end"))
    st.caption(way_sentence(view, kind, way))


def draw_mends(page: NetworksPage, view: NetworksView) -> None:
    """What does not fit, and the nearest settings that do."""
    if not view.checked.fault:
        return
    show_error(view.checked.fault)
    with page.styled("wrapped", horizontal=True):
        for number, offer in enumerate(view.checked.mends[:4]):
            st.button(
                offer.title, key=page.key(f"mend_{number}"), on_click=page.callback(mend, number)
            )


def _draw_code(page: NetworksPage) -> None:
    meaning = "A Module, a Sequential or a list of layers; it is read, never run"
    st.text_area("PyTorch or Keras code", key=page.key("pasted"), height=160, help=meaning)
    if fault := page.fault("pasted"):
        show_error(fault)
    st.file_uploader(
        "A network saved here",
        type="json",
        key=page.key("file"),
        max_upload_size=1,
        on_change=page.callback(open_file),
    )
    if fault := page.remembered("file_fault"):
        show_error(fault)


def _other(page: NetworksPage, _view: NetworksView) -> None:
    st.selectbox(
        "Beside", list(_NAMES), format_func=_NAMES.get, key=page.key("other"),
        placeholder="a block of layers",
    )  # fmt: skip


def _picture(page: NetworksPage, _view: NetworksView) -> None:
    file = own_file()
    titles = TITLES if file is None else {UPLOADED: file.name, **TITLES}
    st.selectbox("Picture", list(titles), format_func=titles.get, key=page.key("picture"))


def _draw_photograph(page: NetworksPage) -> None:
    st.file_uploader(
        "A picture file",
        key=page.key("photo"),
        on_change=page.callback(take_photograph),
        help="PNG, JPEG, WebP, GIF, BMP, PGM or PPM, at most 20 MB. It is shrunk to the network's "
        "input, kept in memory for this visit only, and never part of a link.",
    )
    if fault := page.remembered("photo_fault"):
        show_error(fault)


def _numbers(page: NetworksPage, view: NetworksView) -> None:
    if view.picture != TYPED:
        return
    meaning = "Rows of numbers, typed or pasted; an empty line begins another channel"
    st.text_area("My numbers", key=page.key("numbers"), height=150, help=meaning)
    if fault := page.fault("numbers"):
        show_error(fault)


def _activation(page: NetworksPage, view: NetworksView) -> None:
    if not any(isinstance(node.layer, Activation) for node in view.network.nodes):
        return
    st.segmented_control(
        "Activation", ["relu", "sigmoid", "tanh"], format_func=spelt, key=page.key("activation"),
    )  # fmt: skip


def _weights(page: NetworksPage, _view: NetworksView) -> None:
    st.segmented_control(
        "Weights", list(WEIGHT_TITLES), format_func=WEIGHT_TITLES.get, required=True,
        key=page.key("weights"),
    )  # fmt: skip


def _seed(page: NetworksPage, _view: NetworksView) -> None:
    meaning = "The weights are random; another number draws others"
    st.number_input("Seed of the weights", 0, MOST_SEED, key=page.key("seed"), help=meaning)


FIRST = MappingProxyType({"net": _net, "digits": _digits, "input": _input, "batch": _batch})
MAPS = MappingProxyType(
    {
        "net": _net,
        "picture": _picture,
        "numbers": _numbers,
        "weights": _weights,
        "seed": _seed,
        "activation": _activation,
    }
)

LIVE = MappingProxyType({"net": _net})
"""What can be changed while it is presented."""
