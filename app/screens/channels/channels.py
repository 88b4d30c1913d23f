"""Channels: how planes become maps, what the weights count, and what it costs to do otherwise."""

from app.page.workbench import show
from app.screens.channels.screen import SCREEN
from app.screens.channels.state import PAGE

show(SCREEN, PAGE)
