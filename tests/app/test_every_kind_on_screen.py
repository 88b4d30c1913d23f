"""What a screen says about a pooling or a padding mode comes from its row in the kernels."""

import re
from pathlib import Path

import pytest

from app.components.payload import encode
from app.page.stage import stage_payload
from app.screens.picture.controls import MODE_NAMES
from app.screens.pooling.controls import KIND_NAMES, SIGNS
from app.screens.sliding_window.controls import LAYERS, MODES, RARE_LAYERS
from kernels.layers.padding_modes import PADDING_MODES
from kernels.layers.pool_kinds import POOL_KINDS
from kernels.scene.settle import settle

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("kind", POOL_KINDS.values(), ids=POOL_KINDS)
def test_the_stage_is_told_what_a_kind_is_called_and_how_it_counts(kind):
    scene, _ = settle({"op": kind.name, "padding": "1x1", "p": "3"})
    (layer,) = encode(stage_payload(scene))["layers"]
    assert layer["kind"] == kind.name
    assert (layer["title"], layer["word"]) == (kind.title, kind.word)
    assert (layer["sign"], layer["absent"]) == (kind.sign, kind.absent_text)
    assert (layer["divisors"] is not None) == layer["count_pad"] == kind.takes_divisor
    assert layer["norm"] == (3 if kind.takes_norm else None)


@pytest.mark.parametrize("kind", POOL_KINDS)
def test_the_stage_can_work_out_the_window_on_show(kind):
    where = "app/components/stage/windows.mjs"
    source = (ROOT / where).read_text(encoding="utf-8")
    table = source.partition("export const KINDS = {")[2].partition("\n};")[0]
    assert re.search(rf"^  {kind}: \{{", table, re.MULTILINE), (
        f"write a row {kind} into KINDS in {where}"
    )


def test_every_kind_has_its_choice():
    titles = {name: kind.title for name, kind in POOL_KINDS.items()}
    assert titles == KIND_NAMES
    weighing = {"conv": "Convolution", "transposed": "Transposed"}
    assert {**weighing, **titles} == {**LAYERS, **RARE_LAYERS}
    assert SIGNS == "▲ marks the largest number, ▼ the smallest, ◆ the middle ones"


def test_every_padding_mode_has_its_choice():
    assert {name: mode.title for name, mode in PADDING_MODES.items()} == MODES
    assert list(MODE_NAMES) == [
        name for name, mode in PADDING_MODES.items() if not mode.takes_value
    ]
