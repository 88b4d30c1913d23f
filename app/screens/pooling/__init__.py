"""The pooling page and its looks."""
