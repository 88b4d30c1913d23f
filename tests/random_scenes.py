"""Scenes drawn at random through the flat form, as links would ask for them."""

import numpy as np

from kernels.scene.flat import FlatScene
from kernels.scene.settle import settle


def random_flat(seed: int) -> dict[str, str]:
    """A flat dict of settings that are sensible one by one; together some have to be moved."""
    draw = np.random.default_rng(seed)

    def pair(low, high):
        return "x".join(str(n) for n in draw.integers(low, high, 2))

    def sometimes(chance, *choices):
        return str(draw.choice(choices)) if draw.random() < chance else None

    uneven = "x".join(f"{b}.{a}" for b, a in draw.integers(0, 4, (2, 2)))
    words = ("same", "full", "valid", "same_upper", "same_lower", uneven, uneven)
    channels = int(draw.integers(1, 5))
    flat = {
        "op": str(draw.choice(["conv", "conv", "max", "avg"])),
        "size": pair(1, 10),
        "cin": str(channels),
        "cout": str(draw.integers(1, 5)),
        "kernel": pair(1, 5),
        "stride": sometimes(0.5, "1x1", "2x2") or pair(1, 5),
        "padding": sometimes(0.5, *words) or pair(0, 3),
        "mode": str(
            draw.choice(["zeros", "zeros", "constant", "reflect", "replicate", "circular"])
        ),
        "fill": str(draw.choice(["0", "-1", "2.5"])),
        "dilation": sometimes(0.6, "1x1") or pair(1, 4),
        "groups": str(draw.integers(1, channels + 1)),
        "bias": str(draw.integers(0, 2)),
        "ceil": str(draw.integers(0, 2)),
        "countpad": str(draw.integers(0, 2)),
        "flip": str(draw.integers(0, 2)),
        "step": str(draw.integers(0, 50)),
        "x": f"random:{seed}",
        "w": f"random:{seed + 1}",
        "b": f"random:{seed + 2}",
    }
    if draw.random() < 0.3:
        flat["x"] = "1 -2.5 3_4 5 0.125_7 8 9"
        flat["w"] = "1 0 -1_2 0 -2"
        flat["b"] = "0.5 -3"
    return flat


def random_scene(seed: int) -> FlatScene:
    return settle(random_flat(seed))[0]
