"""Numbers as the stage writes them: tabular figures, a true minus, ≈ where one was rounded."""

from __future__ import annotations

import math


def written(value: float, digits: int = 4) -> str:
    """Write a number with so many significant digits; whole numbers stay whole.

    >>> written(-327.6, 3), written(-327.6), written(0.1 + 0.2), written(-0.0)
    ('≈−328', '−327.6', '0.3', '0')
    >>> written(1e-5), written(float("-inf"))
    ('1e−5', '−∞')
    """
    if not math.isfinite(value):
        return "·" if math.isnan(value) else f"{'−' if value < 0 else ''}∞"
    size = abs(value)
    if value == int(value) and size < 1e7:
        text = str(int(value))
    elif size >= 1e7 or size < 1e-4:
        mantissa, power = f"{value:.{digits - 2}e}".split("e")
        text = f"{float(mantissa):g}e{int(power)}"
    else:
        text = f"{float(f'{value:.{digits}g}'):.12f}".rstrip("0").rstrip(".")
    rounded = abs(float(text) - value) > 6e-8 * size
    return ("≈" if rounded else "") + text.replace("-", "−")


def signed(value: float, digits: int = 4) -> str:
    """Write a number that is added to what stands before it.

    >>> signed(-2.0), signed(0.5)
    ('− 2', '+ 0.5')
    """
    return f"{'−' if value < 0 else '+'} {written(abs(value), digits)}"
