"""What the remote is handed: nothing, as it hears everything from the window that presents."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class RemotePayload:
    """No settings."""
