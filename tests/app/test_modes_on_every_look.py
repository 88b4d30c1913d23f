"""Each layer of the sliding window page, along one axis to three, can be looked at in every way."""

import pytest
from streamlit.testing.v1 import AppTest

from lessons.views.sliding_looks import LOOKS

MODES = {
    "copies": {"example": "transposed"},
    "zeros": {"example": "output-padding", "way": "zeros"},
    "signal": {"example": "causal"},
    "transposed signal": {"rank": "1", "op": "transposed", "size": "4", "stride": "2"},
    "video": {"example": "video-channels", "cout": "2"},
    "pooled signal": {"rank": "1", "op": "max", "size": "6", "kernel": "2"},
}


@pytest.mark.parametrize("mode", MODES)
def test_every_look_shows_every_mode(mode):
    for look in LOOKS:
        at = AppTest.from_file("../../app/main.py", default_timeout=120)
        for key, value in {**MODES[mode], "look": look}.items():
            at.query_params[key] = value
        at.run()
        assert not at.exception, (look, at.exception)
