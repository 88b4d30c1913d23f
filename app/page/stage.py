"""The stage of a layer: its payload from the kernels, and the one sentence on unused cells."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from app.components.formulas import heard
from app.components.stage import stage
from app.components.stage.payload import LayerOutput, SettingOffer, StagePayload
from app.page.browser import commits_taken
from app.page.volume import volume_parts
from kernels import Axis, ConvSpec, ConvTransposeSpec, PoolSpec, Scene
from kernels.errors import ShapeError
from kernels.layers.axis_words import AXES
from kernels.layers.links import Links, links_of
from kernels.layers.pool_kinds import POOL_KINDS
from kernels.layers.using import Offer, offers_using_all
from kernels.ops.pool_windows import window_divisors
from kernels.reading.notation import LARGEST_NUMBER
from kernels.scene.axes import NAMES
from kernels.scene.planes import as_planes
from kernels.scene.scene import as_stored, maps_first
from lessons.views.steppers import Stepper

Layer = ConvSpec | ConvTransposeSpec | PoolSpec

ONE_ROW = links_of(Axis(input=1, kernel=1))
"""The rows of a layer that has one axis."""


def render_stage(
    scene: Scene,
    *,
    key: str,
    present: bool = False,
    predict: bool = False,
    also: Sequence[str] = (),
    tall: int | None = None,
    editable: bool = True,
    formulas: bool = True,
    revealed: bool = False,
    steppers: Sequence[Stepper] = (),
) -> None:
    """Draw a scene on the stage; the page takes its commits in under the key.

    also : more kinds of pooling of the same windows, side by side with the scene's own
    tall : pixels that it is high; None fills the screen from where it starts, as presenting does
    editable : whether a cell's number can be changed
    formulas : whether the layer's formulas stand above it
    revealed : whether the whole output shows from the first, as in a solution
    steppers : the layer's numbers that can be changed on it
    """
    payload = stage_payload(
        scene,
        present=present,
        predict=predict,
        also=also,
        tall=tall,
        editable=editable,
        formulas=formulas,
        revealed=revealed,
        steppers=steppers,
    )
    stage(payload, commits=commits_taken(key), key=key)


def stage_payload(
    scene: Scene,
    *,
    present: bool = False,
    predict: bool = False,
    also: Sequence[str] = (),
    tall: int | None = None,
    editable: bool = True,
    formulas: bool = True,
    revealed: bool = False,
    steppers: Sequence[Stepper] = (),
) -> StagePayload:
    """Everything the stage draws of a scene, computed by the kernels.

    predict: hide each result until it is asked for. also, tall, editable, formulas,
    revealed, steppers: as in `render_stage`.
    """
    layer = scene.layer
    kernels = scene.shown_kernels()
    poolings = [scene.pooled_by(kind) for kind in also]
    return layer_payload(
        layer,
        scene.input_array(),
        scene.output(),
        weight=None if kernels is None else as_stored(layer, kernels),
        links=scene.links,
        landings=landings_of(scene),
        bias=scene.bias_array(),
        others=[(pooling.layer, pooling.output()) for pooling in poolings],
        flip=scene.shows_turned,
        formulas=heard(scene.formulas) if formulas else (),
        steppers=tuple(steppers),
        offers=setting_offers(layer, scene.input_size, steppers),
        step=scene.step,
        editable=editable,
        present=present,
        predict=predict and not scene.adds_copies,  # a copy has no one result
        revealed=revealed,
        planes=scene.planes,
        tall=tall,
    )


def layer_payload(
    layer: Layer,
    x: np.ndarray,
    output: np.ndarray,
    *,
    weight: np.ndarray | None = None,
    bias: np.ndarray | None = None,
    links: Sequence[Links] = (),
    others: Sequence[tuple[PoolSpec, np.ndarray]] = (),
    **shown: Any,
) -> StagePayload:
    """The stage of any layer of one or two axes, or of a convolution of three, with its numbers.

    >>> layer = ConvTransposeSpec(1, 1, (2,), stride=2, bias=False)
    >>> payload = layer_payload(layer, np.ones((1, 2)), np.ones((1, 4)), weight=np.ones((1, 1, 2)))
    >>> payload.links[1].reads, payload.input.shape, payload.kernel.shape
    ((((0, 0),), ((1, 0),), ((0, 1),), ((1, 1),)), (1, 1, 2), (1, 1, 1, 2))

    x, output : (C, H, W) and (M, H_out, W_out), or (C, L) and (M, L_out) for a layer of one axis,
        or (C, T, H, W) and (M, T_out, H_out, W_out) for a video
    weight : as the layer's `weight_shape` says; none for a pooling
    links : what each output cell reads along each axis, where that is not as the layer's axes say
    others : more poolings of the same windows, each with its output
    shown : the other fields of StagePayload

    Raises ShapeError for another layer of three axes.
    """
    axes = layer.axes(x.shape[1:])
    made = ((layer, output), *others)
    unused = question = ""
    if not isinstance(layer, ConvTransposeSpec):
        unused = unused_sentence(*axes, why=not shown.get("present"))
        question = unused_question(*axes)
    if layer.rank < 3:
        shown |= {"channels": _channels_read(layer, len(output)), "input": as_planes(x, layer.rank)}
    elif isinstance(layer, ConvSpec):
        shown |= volume_parts(layer, x, output)
    else:
        raise ShapeError(f"of three axes the stage draws a convolution, but this is {layer!r}.")
    return StagePayload(
        layers=tuple(_output(one, axes, as_planes(numbers, one.rank)) for one, numbers in made),
        links=_two_axes(links or _links(layer, axes)),
        padding_value=_padding_value(layer),
        kernel=None if weight is None else _kernel(layer, weight),
        bias=None if bias is None else tuple(np.asarray(bias, float).tolist()),
        unused=unused,
        question=question,
        attempts=_attempts(axes),
        line=layer.rank == 1,
        limit=LARGEST_NUMBER,
        **shown,
    )


def unused_sentence(*axes: Axis, why: bool = True) -> str:
    """Name the rows and columns of the padded input that no window reads; empty if none.

    >>> unused_sentence(Axis(4, 3, 2, 1, 1), Axis(4, 3, 2, 1, 1))
    'The last row and the last column of the padded input are never used: one more step of 2 \
would not fit.'
    >>> print(unused_sentence(Axis(6, 3, 3, 0, 1), Axis(5, 1, 2)))
    The last row of the padded input is never used: one more step of 3 would not fit. \
Columns 1, 3 of the padded input are never used: the window's taps, in steps of 2, pass over them.
    >>> print(unused_sentence(*[Axis(6, 3, 2)] * 3).partition(":")[0])
    The last frame, the last row and the last column of the padded input are never used
    >>> unused_sentence(Axis(4, 3, 2), why=False)
    'The last cell of the padded input is never used.'

    why : whether it says why, too
    """
    left: dict[str, list[tuple[int, str, int]]] = {}
    for axis, name in zip(axes, _cells(axes), strict=True):
        last = axis.padded - axis.leftover
        ends = [cell for cell in axis.unused if cell >= last]
        between = [cell for cell in axis.unused if cell < last]
        if ends:
            reason = "dropped" if axis.last_window_dropped else "left over"
            words = f"the last {len(ends)} {name}s" if len(ends) > 1 else f"the last {name}"
            left.setdefault(reason, []).append((len(ends), words, axis.stride))
        if between:
            words = f"{name}{'s' if len(between) > 1 else ''} {', '.join(map(str, between))}"
            left.setdefault("between", []).append((len(between), words, axis.stride))
    return " ".join(_unused_words(reason, parts, why) for reason, parts in left.items())


def unused_question(*axes: Axis) -> str:
    """What could be asked about the rows and columns that no window reads.

    >>> unused_question(Axis(4, 3, 2, 1, 1), Axis(5, 3, 2, 1, 1)), unused_question(Axis(3, 3))
    ('What would use this row?', '')
    >>> unused_question(Axis(4, 3, 2, 1, 1), Axis(4, 3, 2, 1, 1))
    'What would use them?'
    """
    named = zip(axes, _cells(axes), strict=True)
    left = [(len(axis.unused), name) for axis, name in named if axis.unused]
    match left:
        case []:
            return ""
        case [(1, name)]:
            return f"What would use this {name}?"
        case [(_, name)]:
            return f"What would use these {name}s?"
        case _:
            return "What would use them?"


def _cells(axes: Sequence[Axis]) -> tuple[str, ...]:
    """What the cells along each axis are called: rows and columns, but for a signal just cells."""
    if len(axes) == 1:
        return ("cell",)
    return tuple(AXES[name].cells for name in NAMES[len(axes)])


@lru_cache(maxsize=1024)
def _offers(
    layer: ConvSpec | PoolSpec,
    input_size: tuple[int, ...],
    ranges: tuple[tuple[str, tuple[range, ...]], ...],
) -> tuple[Offer, ...]:
    """Cached, because it tries out every setting and a class looks at the same few layers."""
    return offers_using_all(layer, input_size, dict(ranges))


def setting_offers(
    layer: Layer, input_size: Sequence[int], steppers: Sequence[Stepper]
) -> tuple[SettingOffer, ...]:
    """The nearest settings that would leave no row or column unused, of those that can be stepped.

    >>> from lessons.views.sliding_window import open_sliding
    >>> from lessons.views.steppers import layer_steppers
    >>> scene, _ = open_sliding({"example": "unused-row"})
    >>> offers = setting_offers(scene.layer, scene.input_size, layer_steppers(scene))
    >>> [offer.text for offer in offers]
    ['stride 1', 'stride 3', 'kernel 2', 'kernel 4']

    None for a layer whose copies leave nothing over, nor for one over frames.
    """
    if isinstance(layer, ConvTransposeSpec) or layer.rank > 2:
        return ()
    titles = {stepper.name: stepper.title for stepper in steppers}
    ranges = tuple(
        (stepper.name, tuple(range(span.least, span.most + 1) for span in stepper.spans))
        for stepper in sorted(steppers, key=lambda stepper: stepper.name != "stride")
        if stepper.name in ("kernel", "stride", "padding", "dilation")
    )
    offers = _offers(layer, tuple(input_size), ranges)
    words = ("height", "width")[-layer.rank :]
    return tuple(
        SettingOffer(
            offer.name,
            offer.axis,
            offer.value,
            " ".join(
                [titles[offer.name]]
                + ([] if offer.axis is None else [words[offer.axis]])
                + [str(offer.value)]
            ),
        )
        for offer in offers
    )


_REASONS = {
    "left over": "one more step of {} would not fit.",
    "dropped": "the window that would reach them starts in the padding and is dropped.",
    "between": "the window's taps, in steps of {}, pass over them.",
}


def _unused_words(reason: str, parts: Sequence[tuple[int, str, int]], why: bool) -> str:
    """One sentence on what is left for one reason: how many cells, their words, the stride."""
    *others, last = (words for _, words, _ in parts)
    named = f"{', '.join(others)} and {last}" if others else last
    verb = "is" if sum(count for count, _, _ in parts) == 1 else "are"
    strides = " × ".join(dict.fromkeys(str(stride) for _, _, stride in parts))
    said = _REASONS[reason].format(strides)
    found = f"{named[0].upper()}{named[1:]} of the padded input {verb} never used"
    return f"{found}: {said}" if why else f"{found}."


def _links(layer: Layer, axes: Sequence[Any]) -> tuple[Links, ...]:
    mode = layer.padding_mode if isinstance(layer, ConvSpec) else "zeros"
    return tuple(links_of(axis, mode) for axis in axes)


def _two_axes(tables: Sequence[Links]) -> tuple[Links, Links]:
    """The tables of rows and columns; the frames that are read decide which planes are drawn."""
    rows, columns = (ONE_ROW, *tables)[-2:]
    return rows, columns


def landings_of(scene: Scene) -> tuple[tuple[tuple[int | None, ...], ...], ...]:
    """Along rows and columns, where each input cell's copy of the kernel is added to the output.

    >>> layer = ConvTransposeSpec(1, 1, (2,), stride=2, bias=False)
    >>> landings_of(Scene(layer, [[1, 2]], [[[1, 1]]], way="copies"))
    (((0,),), ((0, 1), (2, 3)))

    Empty where no copies are added.
    """
    return tuple(links.landings for links in _two_axes(scene.links)) if scene.adds_copies else ()


def _attempts(axes: Sequence[Any]) -> tuple[tuple[int, ...], ...]:
    """Along rows and columns, the cells of the window that does not fit; empty if there is none."""
    found = tuple(axis.attempt if isinstance(axis, Axis) else () for axis in axes)
    return ((), *found)[-2:]


def _channels_read(layer: Layer, maps: int) -> tuple[tuple[int, ...], ...]:
    """For each output map the input channels that it reads."""
    return tuple(tuple(layer.channels_read(channel)) for channel in range(maps))


def _padding_value(layer: Layer) -> float | None:
    match layer:
        case ConvSpec():
            return layer.padding_value
        case ConvTransposeSpec():
            return 0.0  # the zeros that are put in
        case PoolSpec():
            # What padding is taken for differs from pooling to pooling, so it holds no number.
            return None
        case _:
            raise ShapeError(f"the stage cannot draw {layer!r}.")


def _kernel(layer: Layer, weight: np.ndarray) -> np.ndarray:
    """The weights with the output map first, as they are drawn."""
    kernels = maps_first(layer, weight)
    slices = as_planes(kernels, layer.rank)
    return slices.reshape(len(kernels), -1, *slices.shape[1:])


def _output(layer: Layer, axes: Sequence[Any], output: np.ndarray) -> LayerOutput:
    if not isinstance(layer, PoolSpec):
        return LayerOutput(layer.kind, output)
    kind, divisors = POOL_KINDS[layer.kind], None
    if kind.takes_divisor:
        counted = window_divisors(axes, layer.count_include_pad, layer.divisor_override)
        divisors = tuple(int(n) for n in counted.ravel())
    return LayerOutput(
        kind.name,
        output,
        divisors,
        count_pad=kind.takes_divisor and layer.count_include_pad,
        norm=layer.norm_type,
        title=kind.title,
        word=kind.word,
        sign=kind.sign,
        ties=kind.marks_cells,
        absent=kind.absent_text,
    )
