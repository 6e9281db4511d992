"""The consoles of the commands: lines are folded in terminals only."""

from typing import Any

from rich.console import Console, ConsoleDimensions
from rich.rule import Rule

_UNFOLDED = ConsoleDimensions(1_000_000, 25)
_RULE_WIDTH = 80


class Output(Console):
    """A console that folds no line unless it writes to a terminal: who reads a pipe or a file needs whole names and
    figures.
    """

    @property
    def size(self) -> ConsoleDimensions:
        """Columns and lines."""
        return super().size if self.file.isatty() else _UNFOLDED

    @size.setter
    def size(self, new_size: tuple[int, int]) -> None:
        self.width, self.height = new_size

    def rule(self, *args: Any, **options: Any) -> None:
        """Prints a title within a line, as wide as the terminal."""
        self.print(Rule(*args, **options), width=None if self.file.isatty() else _RULE_WIDTH)
