"""A shelf of kernels, each as what it makes of the picture: point at one to see it large, press it
to use it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from app.components.commits import ignore
from app.components.messages import leave_message
from app.components.payload import encode
from app.components.registration import registered
from app.components.shelf.payload import Kernel, KernelPayload, ShelfPayload, packed_pictures

__all__ = ["Kernel", "packed_pictures", "shelf"]

# Each part stands after the parts that it imports.
PARTS = (
    "../shared/line.mjs",
    "../shared/commits.mjs",
    "../shared/mount.mjs",
    "../shared/theme.mjs",
    "../shared/messages.mjs",
    "../shared/nodes.mjs",
    "../shared/roving.mjs",
    "attention.mjs",
    "choice.mjs",
    "glimpses.mjs",
    "items.mjs",
    "shelf.mjs",
)

_component = registered(Path(__file__).parent, PARTS)


def shelf(
    kernels: Sequence[Kernel],
    chosen: str,
    pictures: bytes,
    *,
    preview: str,
    key: str,
    commits: Mapping[str, Any],
) -> None:
    """Show the kernels side by side, the chosen one marked.

    Parameters
    ----------
    kernels : in their order; their ids differ
    chosen : the id of the one that is used; empty if none of them is
    pictures : theirs, as `packed_pictures` has packed them for this key
    preview : names the message that is left on the page (`shared/messages.mjs`) for whoever shows
        it large while somebody points at a kernel: ``{ id, title, bitmap }``, null after that
    key : names the component on its page
    commits : what `app.page.browser.commits_taken` says; the page takes in, when it runs, "kernel",
        the id of the kernel that was pressed
    """
    payload = ShelfPayload(
        key=key,
        preview=preview,
        kernels=[KernelPayload(kernel.id, kernel.title, kernel.about) for kernel in kernels],
        chosen=chosen,
        commits=commits,
    )
    _component(data=encode(payload), key=key, on_commits_change=ignore)
    leave_message(pictures, key=f"{key}_pictures")
