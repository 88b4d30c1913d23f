"""Stacks and graphs of layers: shapes, costs, receptive fields, and ready networks to check by."""
