"""What the Share button is handed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class SharePayload:
    """What the page is called, and what its link brings along.

    title : of the page, for those who receive the link
    travels : one sentence or two, said once the link is copied
    long_link : what to do instead where the link is too long to be passed on everywhere
    """

    title: str
    travels: str
    long_link: str = ""
