"""Talks: ready ones and one's own, to be ordered, sent and presented."""

from app.screens.talks.screen import show_talks

show_talks()
