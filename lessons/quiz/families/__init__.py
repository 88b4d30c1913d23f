"""One file a family: what it draws, in levels. The answers are not here: `kernels` gives them."""
