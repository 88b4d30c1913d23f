"""The sliding window page."""
