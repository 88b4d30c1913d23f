"""Pictures from outside and from the shelf: read safely, drawn, kept and encoded."""
