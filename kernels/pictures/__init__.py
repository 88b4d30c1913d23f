"""Photographs as arrays: filtered, moved, measured and brought to a range that can be shown."""
