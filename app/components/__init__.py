"""The custom components and what they share: palette, text joiner, payload encoder."""
