"""How layers are computed at full speed: several ways to the same numbers, and which to take."""
