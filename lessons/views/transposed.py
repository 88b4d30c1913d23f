"""What is said of a transposed convolution: whose way back it is, and what output padding is for."""

from __future__ import annotations

from kernels.errors import ShapeError
from kernels.layers.geometry import output_size
from kernels.layers.transposed import TransposedAxis


def shared_size_sentence(*axes: TransposedAxis) -> str:
    """Say why it is called transposed, and which sizes output padding tells apart.

    >>> print(shared_size_sentence(*[TransposedAxis(3, 3, 2, 1, 1)] * 2))
    Transposed: its matrix is that of the convolution from 5 to 3, turned over. That convolution \
makes 3 of 6 as well: output padding 0 leads back to 5, 1 to 6.
    >>> print(shared_size_sentence(TransposedAxis(2, 3)))
    Transposed: its matrix is that of the convolution from 4 to 2, turned over.

    The sizes are those along the first axis on which a stride leaves some apart.
    """
    axis = next((axis for axis in axes if axis.stride > 1), axes[0])
    alike = _sizes_alike(axis)
    if axis.output not in alike:
        return "Transposed: its matrix is that of a convolution, turned over."
    said = (
        f"Transposed: its matrix is that of the convolution from {axis.output} to {axis.input}, "
        "turned over."
    )
    others = [size for size in alike if size != axis.output]
    if not others:
        return said
    least = axis.output - axis.output_padding
    each = ", ".join(
        f"{size - least} {'leads back ' if size == alike[0] else ''}to {size}" for size in alike
    )
    words = ", ".join(map(str, others))
    return f"{said} That convolution makes {axis.input} of {words} as well: output padding {each}."


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
