"""What is said of a transposed convolution: whose way back it is, and why output padding."""

from __future__ import annotations

from kernels.errors import ShapeError
from kernels.layers.geometry import output_size
from kernels.layers.transposed import TransposedAxis


def shared_size_sentence(*axes: TransposedAxis) -> str:
    """Say why it is called transposed, and which sizes output padding tells apart.

    >>> print(shared_size_sentence(*[TransposedAxis(3, 3, 2, 1, 1)] * 2))
    “Transposed”: its matrix is that of the convolution from 5 to 3, transposed. That convolution \
makes 3 of 6, too: output padding 0 leads back to 5, 1 to 6.
    >>> print(shared_size_sentence(TransposedAxis(2, 3)))
    “Transposed”: its matrix is that of the convolution from 4 to 2, transposed.

    The sizes are those along the first axis on which a stride leaves some apart.
    """
    axis = next((axis for axis in axes if axis.stride > 1), axes[0])
    alike = _sizes_alike(axis)
    if axis.output not in alike:
        return "“Transposed”: its matrix is that of a convolution, transposed."
    said = (
        f"“Transposed”: its matrix is that of the convolution from {axis.output} to {axis.input}, "
        "transposed."
    )
    others = [size for size in alike if size != axis.output]
    if not others:
        return said
    least = axis.output - axis.output_padding
    first, *rest = (f"{size - least} leads back to {size}" for size in alike)
    each = ", ".join([first, *(text.replace("leads back ", "") for text in rest)])
    words = " and ".join(map(str, others))
    return f"{said} That convolution makes {axis.input} of {words}, too: output padding {each}."


def _sizes_alike(axis: TransposedAxis) -> list[int]:
    """Input sizes of which a convolution with the same settings makes this axis's input size."""
    least = axis.output - axis.output_padding
    found = []
    for size in range(max(least, 1), least + axis.stride):
        try:
            made = output_size(
                (size,), (axis.kernel,), axis.stride, ((axis.before, axis.after),), axis.dilation
            )
        except ShapeError:
            continue
        if made == (axis.input,):
            found.append(size)
    return found
