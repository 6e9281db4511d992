"""A cloud of components that create nothing: what a new cloud must bring, and no more."""
