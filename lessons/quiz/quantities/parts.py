"""Where branches of a network meet, and what its last layer gives."""

from __future__ import annotations

from kernels.layers.formula import Formula
from kernels.networks.layers import parameter_counts
from kernels.networks.shapes import output_shape
from lessons.quiz.mistakes.reckoning import Reckoning, Worked, own_slip
from lessons.quiz.quantities.quantity import Quantity, counted_by, with_numbers, written_out
from lessons.quiz.quantities.terms import bracketed, number_term, sign
from lessons.quiz.question import Field, Number, Option, Question, Setup, Value
from lessons.quiz.shapes import shapes
from lessons.quiz.wording import counted, times

JOIN_SLIPS = (
    own_slip(
        "joined-like-added",
        "maps joined as if they were added",
        "Concatenating puts the channels of one map behind those of the other: add their numbers.",
        "parts",
    ),
    own_slip(
        "joined-in-height",
        "maps put one below the other",
        "Channels are put behind one another; height and width stay.",
        "parts",
    ),
    own_slip(
        "channels-multiplied-in-join",
        "channels multiplied",
        "Nothing is combined: the channels of both maps stand side by side.",
        "parts",
    ),
    own_slip(
        "crop-of-both-sides",
        "both sides' crop given",
        "That is cut off in all: each side loses half of it.",
        "parts",
    ),
    own_slip(
        "crop-as-size",
        "the size that is left given",
        "What is cut off is asked for: the difference of the sizes, half of it on each side.",
        "parts",
    ),
)

SHORTCUT_SLIPS = (
    own_slip(
        "shortcut-always-plain",
        "shortcut taken as it is",
        "Only maps of the same shape can be added: compare channels, height and width.",
        "parts",
    ),
    own_slip(
        "shortcut-always-projected",
        "projection where none is needed",
        "Where the shapes agree already the input can be added as it is, without any weight.",
        "parts",
    ),
    own_slip(
        "shortcut-stride-forgotten",
        "stride left out of the shortcut",
        "The shortcut has to shrink the map as the block does: give it the block's stride.",
        "parts",
    ),
    own_slip(
        "shortcut-channels-forgotten",
        "channels of the shortcut left as they are",
        "The shortcut needs as many kernels as the block has channels at its end.",
        "parts",
    ),
)

HEAD_SLIPS = (
    own_slip(
        "one-output-for-all",
        "one output for all classes",
        "Each class has an output of its own, which says how sure the network is of it.",
        "parts",
    ),
    own_slip(
        "box-left-out",
        "bounding box left out",
        "A bounding box has numbers of its own, beside those of the classes.",
        "parts",
    ),
    own_slip(
        "box-by-place-only",
        "bounding box without its size",
        "A bounding box has a place and a size: two numbers for each.",
        "parts",
    ),
    own_slip(
        "box-for-each-class",
        "a bounding box for every class",
        "There is one bounding box, whatever class it holds: count its numbers once.",
        "parts",
    ),
    own_slip(
        "confidence-left-out",
        "confidences left out",
        "Beside its four numbers each bounding box says how sure it is: five in all.",
        "parts",
    ),
    own_slip(
        "classes-for-each-box",
        "classes counted for every bounding box",
        "The classes are told once for each cell of the grid, not once for each bounding box.",
        "parts",
    ),
    own_slip(
        "one-box-counted",
        "only one bounding box counted",
        "Every cell of the grid has all of its bounding boxes: multiply by how many.",
        "parts",
    ),
    own_slip(
        "grid-side-once",
        "one row of the grid counted",
        "The grid has rows and columns: multiply by both.",
        "parts",
    ),
)


def _joined_formulas(question: Question, field: Field) -> tuple[Formula, ...]:
    above, beside = shapes(question.setup)[field.layer][0], question.setup.beside[0]
    terms = (
        number_term("channels", "C_a", above, "channels of the one map"),
        sign("+"),
        number_term("channels", "C_b", beside, "channels of the other"),
    )
    return (Formula("channels", "Channels", terms, above + beside),)


def _joined_working(question: Question, field: Field, before: int | None) -> Reckoning:
    above, beside = shapes(question.setup)[field.layer][0], question.setup.beside[0]
    wrong: dict[str, Worked] = {
        "joined-like-added": (max(above, beside), str(max(above, beside))),
        "joined-in-height": (max(above, beside), str(max(above, beside))),
        "channels-multiplied-in-join": (above * beside, f"{above} × {beside}"),
    }
    return Reckoning((above + beside, f"{above} + {beside}"), wrong)


def _joined_height(question: Question, field: Field, before: int | None) -> Reckoning:
    height = shapes(question.setup)[field.layer][1]
    return Reckoning((height, str(height)), {"joined-in-height": (2 * height, f"2 × {height}")})


def _crop(setup: Setup, field: Field) -> int:
    return (setup.beside[1] - shapes(setup)[field.layer][1]) // 2


def _crop_formulas(question: Question, field: Field) -> tuple[Formula, ...]:
    setup = question.setup
    terms = (
        *bracketed(
            number_term("input", "H_a", setup.beside[1], "height of the larger map"),
            sign("−"),
            number_term("output", "H_b", shapes(setup)[field.layer][1], "height of the other"),
        ),
        sign(" / "),
        number_term("padding", "2", 2, "two sides"),
    )
    return (Formula("crop", "Cut off on each side", terms, _crop(setup, field)),)


def _crop_working(question: Question, field: Field, before: int | None) -> Reckoning:
    large, small = question.setup.beside[1], shapes(question.setup)[field.layer][1]
    wrong: dict[str, Worked] = {
        "crop-of-both-sides": (large - small, f"{large} − {small}"),
        "crop-as-size": (small, str(small)),
    }
    return Reckoning((_crop(question.setup, field), f"({large} − {small}) / 2"), wrong)


def _same_height(question: Question, field: Field) -> str:
    return "Channels are put behind one another: height and width stay as they are."


def _fitting(setup: Setup) -> list[Option]:
    """The options whose output has the shape of the block's, the one with fewest weights first."""
    before, after = setup.input_shape, shapes(setup)[-1]
    fits = [
        option
        for option in setup.options
        if after
        == (output_shape(option.id, option.layer, [("x", before)]) if option.layer else before)
    ]
    return sorted(fits, key=lambda one: sum(parameter_counts(one.layer)) if one.layer else 0)


def _shortcut_working(question: Question, field: Field, before: int | None) -> Reckoning:
    setup = question.setup
    right, after = _fitting(setup)[0], shapes(setup)[-1]
    wrong: dict[str, Worked] = {}
    for option in setup.options:
        if option is right:
            continue
        if option.layer is None:
            slip = "shortcut-always-plain"
        elif right.layer is None and set(option.layer.stride) == {1}:
            slip = "shortcut-always-projected"
        elif option.layer.out_channels != after[0]:
            slip = "shortcut-channels-forgotten"
        elif right.layer is not None and set(option.layer.stride) == {1}:
            slip = "shortcut-stride-forgotten"
        else:
            continue
        wrong[slip] = (option.id, "")
    return Reckoning((right.id, ""), wrong)


def _shortcut_numbers(question: Question, field: Field) -> str:
    before, after = question.setup.input_shape, shapes(question.setup)[-1]
    return f"Into the block goes a map of {_shape(before)}; out of it comes one of {_shape(after)}."


def _shape(shape: tuple[int, ...]) -> str:
    return f"{times(*shape[1:])} with {counted(shape[0], 'channel')}"


def _shortcut_worked(question: Question, field: Field, value: Value) -> str:
    label = next(one.label for one in question.setup.options if one.id == value)
    return f"{_shortcut_numbers(question, field)} So the shortcut is {label}."


def _head_working(question: Question, field: Field, before: int | None) -> Reckoning:
    classes, boxes, each = question.setup.head
    if not boxes:
        return Reckoning((classes, str(classes)), {"one-output-for-all": (1, "1")})
    right = (boxes * each + classes, _sum(boxes, each, classes))
    wrong: dict[str, Worked] = {"box-left-out": (classes, str(classes))}
    if each == 4:
        wrong |= {
            "box-by-place-only": (2 + classes, _sum(boxes, 2, classes)),
            "box-for-each-class": (classes * (1 + each), f"{classes} × {each} + {classes}"),
            "one-output-for-all": (1 + each, f"1 + {each}"),
        }
    else:
        wrong |= {
            "confidence-left-out": (boxes * 4 + classes, _sum(boxes, 4, classes)),
            "classes-for-each-box": (boxes * (each + classes), f"{boxes} × ({each} + {classes})"),
            "one-box-counted": (each + classes, _sum(1, each, classes)),
        }
    return Reckoning(right, wrong)


def _sum(boxes: int, each: int, classes: int) -> str:
    return f"{boxes} × {each} + {classes}" if boxes > 1 else f"{each} + {classes}"


def _head_formulas(question: Question, field: Field) -> tuple[Formula, ...]:
    classes, boxes, each = question.setup.head
    terms = [number_term("output", "n", classes, "one for each class")]
    if boxes:
        says = "numbers of a bounding box"
        before = [number_term("kernel", "b", each, says), sign("+")]
        if boxes > 1:
            before = [number_term("channels", "B", boxes, "bounding boxes"), sign("·"), *before]
        terms = [*before, *terms]
    result = boxes * each + classes
    return (Formula("outputs", "Outputs", tuple(terms), result),)


def _head_numbers(question: Question, field: Field) -> str:
    if question.setup.head[1]:
        return with_numbers(_head_formulas(question, field))
    return "A softmax gives each class a probability."


def _head_worked(question: Question, field: Field, value: Value) -> str:
    if question.setup.head[1]:
        return written_out(_head_formulas(question, field))
    return f"an output for each class: {value}"


def _grid_formulas(question: Question, field: Field) -> tuple[Formula, ...]:
    each, rows, columns = shapes(question.setup)[-1]
    terms = (
        number_term("input", "S", rows, "rows of the grid"),
        sign("·"),
        number_term("input", "S", columns, "columns of the grid"),
        sign("·"),
        number_term("output", "n", each, "numbers of one cell"),
    )
    return (Formula("outputs", "Outputs", terms, rows * columns * each),)


def _grid_working(question: Question, field: Field, before: int | None) -> Reckoning:
    cell = _head_working(question, field, None)
    side = shapes(question.setup)[-1][1]

    def on_grid(worked: Worked) -> Worked:
        value, line = worked
        assert isinstance(value, int)
        inner = line if "+" not in line else f"({line})"
        return side * side * value, f"{side} × {side} × {inner}"

    wrong = {id: on_grid(worked) for id, worked in cell.wrong.items()}
    (each, line) = cell.right
    assert isinstance(each, int)
    wrong["grid-side-once"] = (side * each, f"{side} × ({line})")
    return Reckoning(on_grid(cell.right), wrong)


def _outputs(setup: Setup, field: Field) -> Number:
    return shapes(setup)[field.layer + 1][0]


def _grid(setup: Setup, field: Field) -> Number:
    each, rows, columns = shapes(setup)[-1]
    return each * rows * columns


ROWS = (
    Quantity(
        "joined_channels",
        solve=lambda setup, field: shapes(setup)[field.layer + 1][0],
        working=_joined_working,
        **counted_by(_joined_formulas, "The channels of both stand behind one another: {}"),
        slips=JOIN_SLIPS,
    ),
    Quantity(
        "joined_height",
        solve=lambda setup, field: shapes(setup)[field.layer + 1][1],
        working=_joined_height,
        rule=_same_height,
        numbers=lambda question, field: (
            f"Both maps have {counted(shapes(question.setup)[field.layer][1], 'row')}."
        ),
        worked=lambda question, field, value: f"{_same_height(question, field)} So {value}.",
        slides=False,
    ),
    Quantity(
        "crop",
        solve=_crop,
        working=_crop_working,
        **counted_by(_crop_formulas, "Half of the difference goes on each side: {}"),
        slides=False,
    ),
    Quantity(
        "shortcut",
        solve=lambda setup, field: _fitting(setup)[0].id,
        working=_shortcut_working,
        rule=lambda question, field: (
            "Work out the shape at the end of the block: the shortcut must end with the same."
        ),
        numbers=_shortcut_numbers,
        worked=_shortcut_worked,
        slips=SHORTCUT_SLIPS,
    ),
    Quantity(
        "head_outputs",
        solve=_outputs,
        working=_head_working,
        **{
            **counted_by(_head_formulas, "Count what the network has to tell: {}"),
            "numbers": _head_numbers,
        },
        worked=_head_worked,
        slides=False,
        slips=HEAD_SLIPS,
    ),
    Quantity(
        "head_grid",
        solve=_grid,
        working=_grid_working,
        **counted_by(_grid_formulas, "Each cell of the grid tells the same: {}"),
        slides=False,
    ),
)
