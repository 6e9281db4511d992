"""Where the pack's data files lie: examples, controls, and lists of resource types."""

from pathlib import Path

DATA = Path(__file__).parents[1] / "data"
