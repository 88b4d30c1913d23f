"""Every classic mistake as one changed step of a working; `table` gathers them."""
