"""Sizes along the one axis of a signal, and along the three of a volume."""

from __future__ import annotations

from lessons.quiz.quantities.sizes import size_quantity

ROWS = (
    size_quantity("length", 0, "length"),
    size_quantity("volume_frames", 0, "frames"),
    size_quantity("volume_height", 1, "height"),
    size_quantity("volume_width", 2, "width"),
)
