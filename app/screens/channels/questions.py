"""What is to be predicted on the Channels page before the results are shown."""

from __future__ import annotations

from app.page.layer_counts import plural
from app.screens.channels.mixing import mix_sentence
from lessons.views.channels import ChannelsView


def question_of(view: ChannelsView) -> str:
    """The question of a look, with every number that is needed for it."""
    layer = view.layer
    height, width = layer.kernel_size
    biases = "with biases" if layer.bias else "without biases"
    out = f"{layer.out_channels:,} {plural('channel', layer.out_channels)} out"
    given = f"{layer.in_channels:,} {plural('channel', layer.in_channels)} in, {out}, "
    given += f"{height} × {width} kernels, {biases}"
    picture = f"on {view.size[0]:,} × {view.size[1]:,}"
    match view.look:
        case "weights":
            groups = f", {layer.groups} groups" if layer.groups > 1 else ""
            return f"{given}{groups}. How many weights, and how many parameters?"
        case "separable":
            return (
                f"{given}, {picture}. How many parameters and multiply-adds, one way and the other?"
            )
        case "dense":
            nodes = ", ".join(f"{n:,}" for n in view.dense)
            return (
                f"A picture of {view.size[0]:,} × {view.size[1]:,} with {layer.in_channels} "
                f"{plural('channel', layer.in_channels)}. How many weights do fully connected "
                f"layers of {nodes} nodes have, and how many a convolution: {out}, "
                f"{height} × {width} kernels?"
            )
        case "mix":
            rows = enumerate(view.mix)
            lines = "; ".join(f"feature map {n} = {mix_sentence(row)}" for n, row in rows)
            return f"What does it look like? {lines[0].upper()}{lines[1:]}."
        case look:
            raise ValueError(f"nothing is predicted of {look!r}")
