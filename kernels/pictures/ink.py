"""Whether letters on a pixel have to be light to be read."""

from __future__ import annotations

import numpy as np

EVEN_LUMINANCE = 0.179
"""The relative luminance at which black and white letters have the same contrast (WCAG 2)."""

_WEIGHTS = np.array([0.2126, 0.7152, 0.0722])


def is_dark(pixels: np.ndarray) -> np.ndarray:
    """Whether each pixel is so dark that letters on it must be light.

    >>> is_dark(np.array([[[0, 117, 118, 255]]]))
    array([[ True,  True, False, False]])

    pixels : (1, H, W) grey or (3, H, W) red, green, blue; 0 black, 255 white
    """
    share = np.broadcast_to(pixels / 255, (3, *pixels.shape[1:]))
    linear = np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)
    return np.tensordot(_WEIGHTS, linear, axes=1) < EVEN_LUMINANCE
