"""The folder of the pack's data files: examples, controls, and lists of resource types."""

from pathlib import Path

DATA = Path(__file__).parents[1] / "data"
