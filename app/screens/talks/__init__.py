"""The Talks page."""
