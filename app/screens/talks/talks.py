"""Talks: ready ones and one's own, to be ordered, sent and presented."""

from app.page.address import presenting
from app.screens.talks.screen import show_talks

show_talks(present=presenting())
