"""What a layer is: its settings, where its windows stand, its sizes, its formulas and its cost."""
