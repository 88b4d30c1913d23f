"""A layer with its numbers: one truth for a whole screen, its text form, examples and code."""
