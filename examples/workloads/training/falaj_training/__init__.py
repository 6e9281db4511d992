"""A small training program that survives the loss of its machines."""
