"""Training of the transformer that judges pairs: network, training, export."""
