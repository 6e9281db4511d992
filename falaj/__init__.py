"""Falaj: what is true in the UAE (`facts`), the emulated clouds (`sandbox`), the command (`cli`)."""

__version__ = "0.1.0"
