"""The channels page and its looks."""
