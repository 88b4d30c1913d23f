"""A convolution over the frames of a video as the stage draws it: frame by frame, side by side."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.components.stage.payload import Volume
from kernels import ConvSpec
from kernels.scene.planes import Planes


def volume_parts(layer: ConvSpec, x: np.ndarray, output: np.ndarray) -> dict[str, Any]:
    """Those fields of a StagePayload that a layer of three axes has of its own.

    >>> layer = ConvSpec(1, 1, (2, 3, 3))
    >>> parts = volume_parts(layer, np.ones((1, 4, 5, 5)), np.ones((1, 3, 3, 3)))
    >>> parts["channels"], parts["input"].shape, parts["volume"].kernel
    (((0, 1), (1, 2), (2, 3)), (4, 5, 5), (1, 2, 3, 3))

    x, output : (C, T, H, W) and (K, T_out, H_out, W_out)
    """
    planes = Planes(layer, x.shape[1:])
    volume = Volume(
        inputs=planes.inputs,
        slices=planes.slices,
        outputs=planes.outputs,
        sources=planes.sources,
        padding=planes.padding,
        input=x.shape,
        padded=tuple(axis.padded for axis in layer.axes(x.shape[1:])),
        kernel=layer.weight_shape[1:],
        output=output.shape,
    )
    return {"input": planes.padded(x), "channels": planes.reads, "volume": volume}
