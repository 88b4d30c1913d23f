"""The loupe: its pinned place, and the numbers of NumPy's that its JavaScript is tested against."""

import base64
import json
import re
import zlib
from itertools import product
from pathlib import Path

import numpy as np
import pytest

from app.components.assets import component_text, joined
from app.components.loupe import COURIER_PARTS, PARTS
from kernels import Axis, ConvSpec, conv2d
from kernels.layers.geometry import window_near

LOUPE = Path(__file__).parents[2] / "app" / "components" / "loupe"
# Read by tests/js/loupe.test.mjs.
FIXTURE = Path(__file__).parents[1] / "js" / "loupe" / "numpy.json"

PHOTO = np.random.default_rng(8).integers(0, 256, (3, 11, 9), dtype=np.uint8)
NUMPY_MODE = {"reflect": "reflect", "replicate": "edge", "circular": "wrap"}
AXES = [
    Axis(*numbers)
    for numbers in [
        # input, kernel, stride, before, after, dilation
        (9, 3, 1, 0, 0, 1),
        (9, 3, 1, 1, 1, 1),
        (9, 3, 1, 2, 2, 1),  # full
        (9, 2, 1, 0, 0, 1),
        (9, 4, 1, 1, 2, 1),
        (9, 3, 2, 0, 0, 1),
        (10, 3, 2, 1, 1, 1),
        (10, 2, 2, 0, 0, 1),
        (10, 4, 3, 2, 1, 1),
        (12, 1, 4, 0, 0, 1),
        (11, 3, 1, 2, 2, 2),
        (7, 7, 1, 3, 3, 1),
        (5, 5, 1, 0, 0, 1),
    ]
]


def nearest_window(place: int, axis: Axis) -> int:
    """The first of the windows whose middle is nearest to a place, by looking at all of them."""
    middles = np.array(axis.origins) + (axis.effective_kernel - 1) / 2
    return int(np.argmin(abs(middles - place)))


def padded_positions(size: int, before: int, after: int, mode: str) -> list[int]:
    positions = np.arange(size)
    if mode in NUMPY_MODE:
        return np.pad(positions, (before, after), mode=NUMPY_MODE[mode]).tolist()
    return np.pad(positions, (before, after), constant_values=-1).tolist()


def numpys() -> dict:
    """What NumPy says of padding, of windows and of one layer."""
    layer = {"stride": (2, 1), "padding": ((2, 1), (1, 2)), "padding_mode": "reflect"}
    taps = np.random.default_rng(3).integers(-5, 6, (4, 3))
    answer = conv2d(PHOTO[:, None].astype(float), taps[None, None] / 4, **layer)[:, 0] + 10
    axes = ConvSpec(1, 1, taps.shape, bias=False, **layer).axes(PHOTO.shape[1:])
    return {
        "padding": [
            {"size": n, "before": b, "mode": mode, "shows": padded_positions(n, b, a, mode)}
            for n, (b, a), mode in product(
                (1, 2, 5), ((0, 0), (1, 2), (7, 9)), (*NUMPY_MODE, "zeros", "constant")
            )
        ],
        "windows": [
            {
                "axis": described(axis),
                "places": [*range(-3, axis.input + 3)],
                "indices": [nearest_window(p, axis) for p in range(-3, axis.input + 3)],
                "starts": list(axis.origins),
            }
            for axis in AXES
        ],
        "layer": {
            "pixels": PHOTO.tolist(),
            "axes": [described(axis) for axis in axes],
            "mode": "reflect",
            "taps": taps.tolist(),
            "divisor": 4,
            "offset": 10,
            "answer": answer.tolist(),
        },
    }


def described(axis: Axis) -> dict[str, int]:
    return {
        "size": axis.input,
        "before": axis.before,
        "taps": axis.kernel,
        "dilation": axis.dilation,
        "reach": axis.effective_kernel,
        "stride": axis.stride,
        "outputs": axis.output,
    }


def test_the_numbers_that_javascript_is_tested_against_are_numpys():
    # After a change here: FIXTURE.write_text(json.dumps(numpys()) + "\n").
    assert json.loads(FIXTURE.read_text()) == json.loads(json.dumps(numpys()))


@pytest.mark.parametrize("axis", AXES, ids=str)
def test_a_place_has_the_nearest_window_and_the_first_of_two(axis):
    places = range(-3, axis.input + 3)
    assert [window_near(axis, p) for p in places] == [nearest_window(p, axis) for p in places]


def test_every_part_is_joined_and_small_enough_to_be_sent_with_every_change():
    own = {part for part in (*PARTS, *COURIER_PARTS) if "/" not in part}
    assert own == {path.name for path in LOUPE.glob("*.mjs")}
    text = component_text(LOUPE, PARTS)
    assert len(text.js.encode()) < 20_000
    assert len(text.css.encode()) < 12_000
    packed = re.search(r"text = '(.+)'", text.js).group(1)
    source = zlib.decompress(base64.b85decode(packed), -zlib.MAX_WBITS).decode()
    assert source == joined(LOUPE, PARTS) + "//# sourceURL=loupe.mjs\n"
