"""Falaj: data on UAE cloud regions (`facts`), the emulated clouds (`sandbox`) and the command line (`cli`)."""

__version__ = "0.2.0"
