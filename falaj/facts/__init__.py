"""Facts about the UAE: pure data with typed loaders. Imports no other package of the project."""
