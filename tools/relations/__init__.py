"""Training and testing of the pair model on labelled sentences."""
