"""What is said of a kernel below its numbers."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

from kernels.catalogue.kernel_tools import describe_kernel
from lessons.views.kernel_choice import KernelChoice


@lru_cache(maxsize=64)
def kernel_badges(kernel: KernelChoice) -> list[dict[str, object]]:
    """Sum, symmetry and separability of a kernel, each as a line for the editor.

    A factor is shown only while it is short enough to be read.
    """
    facts = describe_kernel(kernel.numbers, kernel.divisor, kernel.offset)
    lines: list[dict[str, object]] = [
        {"title": f"Sum {_short(facts.total)}", "text": facts.brightness},
        {"title": "Mirror", "text": f"{facts.symmetry} {facts.flip}"},
    ]
    if facts.rank == 0:
        return lines
    separable = {"title": "Separable" if facts.factors else "Not separable", "text": facts.cost}
    if facts.factors and max(kernel.size) <= _SHORT:
        column, row = facts.factors
        separable |= {"column": [_short(n) for n in column], "row": [_short(n) for n in row]}
    return [*lines, separable]


_SHORT = 9


def _short(value: Fraction) -> str:
    text = str(value) if value.denominator <= 100 else f"{float(value):.4g}"
    return text.replace("-", "−")
