"""The consoles of the commands: lines are folded in terminals only."""

from typing import Any

from rich.console import Console, ConsoleOptions
from rich.rule import Rule

_UNFOLDED = 1_000_000
_RULE_WIDTH = 80


class Output(Console):
    """A console that folds no line unless it writes to a terminal: who reads a pipe or a file needs whole names and
    figures.
    """

    @property
    def options(self) -> ConsoleOptions:
        """What is printed, and into how many columns."""
        options = super().options
        if not self.file.isatty():
            options.max_width = _UNFOLDED
        return options

    def rule(self, *args: Any, **options: Any) -> None:
        """Prints a title within a line, as wide as the terminal."""
        self.print(Rule(*args, **options), width=None if self.file.isatty() else _RULE_WIDTH)
