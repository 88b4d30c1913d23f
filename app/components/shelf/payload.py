"""What the shelf is handed: its names, and in a message of their own the pictures."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.components.payload import packed_bytes

Bytes = tuple[int, int]
"""Where a file begins after the header, and how many bytes it has."""


@dataclass(frozen=True)
class Kernel:
    """One kernel on the shelf.

    Parameters
    ----------
    id : names it, on the shelf and in what is sent when it is chosen
    title : the words below its picture
    about : its full name
    file : what it makes of the picture, PNG or JPEG
    seen : what is shown small in place of that; empty: the same
    """

    id: str
    title: str
    about: str
    file: bytes
    seen: bytes = b""


@dataclass(frozen=True)
class KernelPayload:
    """A kernel's words; see `Kernel`."""

    id: str
    title: str
    about: str


@dataclass(frozen=True)
class ShelfPayload:
    """The shelf without its pictures.

    Parameters
    ----------
    key : names the shelf, and the message with its pictures
    preview : names the message that the shelf leaves while somebody points at a kernel
    kernels : in their order
    chosen : the id of the one that is used; empty if none of them is
    commits : what `app.page.browser.commits_taken` says
    """

    key: str
    preview: str
    kernels: Sequence[KernelPayload]
    chosen: str
    commits: Mapping[str, Any]


@dataclass(frozen=True)
class PicturesPayload:
    """The pictures of the kernels in their order, one file after another.

    Parameters
    ----------
    name : of this message
    id : names the pictures: the same ones are not decoded and drawn again
    files, seen : where they are; see `Kernel`
    """

    name: str
    id: str
    files: Sequence[Bytes]
    seen: Sequence[Bytes]


def packed_pictures(kernels: Sequence[Kernel], key: str) -> bytes:
    """All pictures of the shelf with this key as one message."""
    parts, files, seen, at = [], [], [], 0
    for kernel in kernels:
        for file, places in ((kernel.file, files), (kernel.seen, seen)):
            places.append((at, len(file)))
            parts.append(file)
            at += len(file)
    data = b"".join(parts)
    id = f"{zlib.crc32(data):08x}{len(data):x}"
    return packed_bytes(PicturesPayload(f"{key} pictures", id, files, seen), data)
