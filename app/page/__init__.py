"""What every page is made of: its state, its address, its frame and the parts that pages share."""
