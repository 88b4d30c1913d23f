"""The picture page and its looks."""
