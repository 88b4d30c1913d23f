"""The Picture page's padding in its boxes: a form, and how many pixels the forms with boxes add."""

from __future__ import annotations

from collections.abc import Mapping

from kernels.reading.link_text import padding_ends

PER_SIDE, EACH_END = "per side", "each end"
PADDINGS = ("none", "same", "full", PER_SIDE, EACH_END)
ENDS = ("top", "bottom", "left", "right")
PADDING_KEYS = ("padding", "padding_0", "padding_1", *(f"padding_{end}" for end in ENDS))


def boxes_of_padding(padding: str, form: str | None) -> dict[str, object]:
    """What the boxes show for a padding, where `form` was chosen before.

    >>> boxes_of_padding("same_upper", None)
    {'padding': 'same'}
    >>> boxes_of_padding("0.1x2", PER_SIDE)["padding"], boxes_of_padding("1x1", EACH_END)["padding"]
    ('each end', 'each end')
    >>> boxes_of_padding("0x0", None)["padding"], boxes_of_padding("0x0", PER_SIDE)["padding"]
    ('none', 'per side')
    """
    ends = padding_ends(padding)
    if ends is None:
        return {"padding": "same" if padding.startswith("same") else padding}
    rows, columns = ends
    even = rows[0] == rows[1] and columns[0] == columns[1]
    if not even or form == EACH_END:
        form = EACH_END
    else:
        form = PER_SIDE if form == PER_SIDE or any((*rows, *columns)) else "none"
    numbers = {f"padding_{end}": n for end, n in zip(ENDS, (*rows, *columns), strict=True)}
    return {"padding": form, "padding_0": rows[0], "padding_1": columns[0], **numbers}


def padding_of_boxes(boxes: Mapping[str, object]) -> str:
    """The padding that the boxes say; a form whose boxes are not there yet pads by 1.

    >>> padding_of_boxes({"padding": "none"}), padding_of_boxes({"padding": PER_SIDE})
    ('0x0', '1x1')
    >>> shown = boxes_of_padding("0.1x2.2", None)
    >>> padding_of_boxes(shown), padding_of_boxes(shown | {"padding_top": 3})
    ('0.1x2.2', '3.1x2.2')
    """
    form = str(boxes["padding"])
    if form == PER_SIDE:
        return f"{boxes.get('padding_0', 1)}x{boxes.get('padding_1', 1)}"
    if form == EACH_END:
        top, bottom, left, right = (boxes.get(f"padding_{end}", 1) for end in ENDS)
        return f"{top}.{bottom}x{left}.{right}"
    return "0x0" if form == "none" else form
