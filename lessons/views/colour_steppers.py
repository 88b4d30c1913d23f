"""The numbers that go up and down by one where square kernels look at three planes."""

from __future__ import annotations

from lessons.views.channels import (
    MAX_KERNEL,
    MAX_MAPS,
    MAX_PATCH,
    MIN_KERNEL,
    MIN_PATCH,
    ChannelsView,
)
from lessons.views.steppers import Span, Stepper


def colour_steppers(view: ChannelsView) -> tuple[Stepper, ...]:
    """The kernel's side, how many kernels there are, and the patch of the photograph.

    >>> from lessons.views.channels import settle_channels
    >>> from lessons.views.pictures import BLANK_PICTURES
    >>> view, _ = settle_channels({"kernel": "5"}, BLANK_PICTURES)
    >>> [(stepper.name, stepper.values) for stepper in colour_steppers(view)]
    [('kernel', (5,)), ('maps', (2,)), ('patch', (5,))]
    """
    conv = view.scene.conv
    most = min(MAX_KERNEL, *view.scene.input_size)
    steppers = [
        Stepper(
            "kernel", "kernel", "k", (conv.kernel_size[0],),
            (Span(min(MIN_KERNEL, most), most, "A kernel of one cell has its own look: 1×1."),),
            {"k": None, "k_h": None, "k_w": None},
        ),
        Stepper(
            "maps", "kernels", "C_out", (conv.out_channels,),
            (Span(1, MAX_MAPS, "Without a kernel there is no output."),), {"C_out": None},
        ),
    ]  # fmt: skip
    if not view.own_input:
        span = Span(MIN_PATCH, MAX_PATCH, "A smaller patch would show next to nothing.")
        handles = {"H": None, "W": None}
        steppers.append(
            Stepper("patch", "patch", "H", (view.patch,), (span,), handles, in_sight=False)
        )
    return tuple(steppers)
