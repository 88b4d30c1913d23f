"""What a layer computes: convolutions, poolings, their gradients and traces."""
