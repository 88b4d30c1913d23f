"""Which settings would leave nothing of the padded input unused, by trying out all of them."""

from dataclasses import replace
from itertools import product

import pytest

from kernels import Axis, ConvSpec, PoolSpec
from kernels.errors import ShapeError
from kernels.layers.using import Offer, offers_using_all

RANGES = {
    "stride": range(1, 6),
    "kernel": range(1, 5),
    "padding": range(3),
    "dilation": range(1, 4),
}
FIELDS = {"kernel": "kernel_size"}
EACH = {name: (values, values) for name, values in RANGES.items()}


def left_unused(layer, size: int) -> set[int]:
    """Cells of the padded first axis that no window covers, walked cell by cell."""
    axis = layer.axes((size, size))[0]
    read = set()
    start = 0
    while start + layer.dilation[0] * (layer.kernel_size[0] - 1) < axis.padded:
        read |= {start + tap * layer.dilation[0] for tap in range(layer.kernel_size[0])}
        start += layer.stride[0]
    return set(range(axis.padded)) - read


def with_setting(layer, offer: Offer):
    value = offer.value
    return replace(layer, **{FIELDS.get(offer.name, offer.name): (value, value)})


def settings_that_do(layer, size: int, name: str) -> list[int]:
    """Every value of one setting with which nothing is left."""
    found = []
    for value in RANGES[name]:
        try:
            changed = with_setting(layer, Offer(name, None, value))
            changed.axes((size, size))
        except ShapeError:
            continue
        if not left_unused(changed, size):
            found.append(value)
    return found


def small_layers():
    for size, kernel, stride, padding, dilation in product(
        range(1, 8), range(1, 5), range(1, 5), range(3), range(1, 3)
    ):
        now = {"kernel": kernel, "stride": stride, "padding": padding, "dilation": dilation}
        made = {"stride": stride, "padding": padding, "dilation": dilation}
        layers = [ConvSpec(1, 1, (kernel, kernel), **made)]
        if padding <= kernel // 2:
            layers.append(PoolSpec(kernel, **made))
        for layer in layers:
            try:
                layer.axes((size, size))
            except ShapeError:
                continue
            yield layer, size, now


def test_the_nearest_settings_are_offered_and_only_those_that_do():
    tried = offered = 0
    for layer, size, now in small_layers():
        offers = offers_using_all(layer, (size, size), EACH)
        tried += 1
        if not left_unused(layer, size):
            assert offers == ()
            continue
        for name in RANGES:
            doing = settings_that_do(layer, size, name)
            least = min((abs(value - now[name]) for value in doing), default=None)
            wanted = [value for value in doing if abs(value - now[name]) == least]
            assert [o.value for o in offers if o.name == name] == wanted, (layer, size, name)
            offered += len(wanted)
        assert {offer.axis for offer in offers} <= {None}
    assert tried > 700 and offered > 400


def test_padding_is_never_offered_where_none_can_do():
    layer = ConvSpec(1, 1, (3, 3), stride=2, padding=1)
    assert settings_that_do(layer, 4, "padding") == []
    assert "padding" not in {offer.name for offer in offers_using_all(layer, (4, 4), EACH)}


def test_an_axis_that_leaves_nothing_is_not_changed():
    layer = ConvSpec(1, 1, (3, 3), stride=2)
    assert {offer.axis for offer in offers_using_all(layer, (5, 4), EACH)} == {1}
    assert {offer.axis for offer in offers_using_all(layer, (4, 5), EACH)} == {0}


def test_where_no_number_does_for_both_axes_each_is_offered_its_own():
    layer = ConvSpec(1, 1, (2, 3), stride=(3, 4))
    strides = {"stride": (range(2, 6), range(2, 6))}
    both = offers_using_all(layer, (6, 9), strides)
    assert {offer.axis for offer in both} <= {0, 1, None}
    for offer in both:
        pair = [offer.value if offer.axis in (None, n) else layer.stride[n] for n in range(2)]
        axes = replace(layer, stride=tuple(pair)).axes((6, 9))
        numbers = range(2) if offer.axis is None else [offer.axis]
        assert not any(axes[n].unused for n in numbers)


@pytest.mark.parametrize("size", range(1, 9))
def test_an_attempt_is_the_window_after_the_last_and_reaches_over_the_edge(size):
    for kernel, stride, padding, dilation in product(
        range(1, 4), range(1, 5), range(2), range(1, 3)
    ):
        axis = Axis(size, kernel, stride, padding, padding, dilation)
        if axis.room < 0:
            continue
        if axis.room % stride:
            last = axis.taps(axis.output - 1)
            assert axis.attempt == tuple(cell + stride for cell in last)
            assert axis.attempt[-1] >= axis.padded
        else:
            assert axis.attempt == ()
        assert replace(axis, ceil_mode=True).attempt == ()
