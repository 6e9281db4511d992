"""The consoles of the commands: lines are folded in terminals only, and identifiers and figures nowhere."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rich.cells import cell_len
from rich.console import Console, ConsoleDimensions, ConsoleOptions, RenderResult
from rich.measure import Measurement
from rich.rule import Rule
from rich.segment import Segment
from rich.text import Text

from falaj.facts.markup import visible

if TYPE_CHECKING:
    from rich.table import Table

_UNFOLDED = ConsoleDimensions(1_000_000, 25)
_RULE_WIDTH = 80
_RULE_ENDS = 4
_PROSE_WIDTH = 20


@dataclass(frozen=True)
class _Wide:
    """A table that is as wide as it needs to be, even if the terminal is narrower."""

    table: "Table"
    needed: int

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield from console.render(self.table, options.update(width=max(options.max_width, self.needed)))


def marked(text: str, style: str, rest: str) -> Text:
    """Returns a text with a style, and the rest of its line without."""
    return Text.assemble((text, style), rest)


class Output(Console):
    """A console that folds no line unless it writes to a terminal: who reads a pipe or a file needs whole names and
    figures. It reads no markup and no names of emoji (`:key:`) in texts, as names and tags of others are among them,
    and shows control characters.
    """

    def __init__(self, *, markup: bool = False, emoji: bool = False, **options: Any) -> None:
        super().__init__(markup=markup, emoji=emoji, **options)

    def _render_buffer(self, buffer: Iterable[Segment]) -> str:
        """Returns what is written: the one place that every text passes (Rich 15, `Console._render_buffer`)."""
        return super()._render_buffer(
            part if part.control else Segment(visible(part.text), part.style) for part in buffer
        )

    @property
    def size(self) -> ConsoleDimensions:
        """Columns and lines."""
        return super().size if self.file.isatty() else _UNFOLDED

    @size.setter
    def size(self, new_size: tuple[int, int]) -> None:
        self.width, self.height = new_size

    def print_table(self, table: "Table", prose: str = "") -> None:
        """Prints a table of which a terminal folds the column `prose` only: names and figures are whole, and a row that
        is wider than the terminal goes on in its next line.
        """
        folded = 0
        for column in table.columns:
            column.no_wrap = column.header != prose
            if not column.no_wrap:
                widest = max(cell_len(str(cell)) for cell in (column.header, *column.cells))
                folded = max(0, widest - _PROSE_WIDTH)
        whole = Measurement.get(self, self.options.update(width=_UNFOLDED.width), table).maximum
        self.print(_Wide(table, whole - folded), crop=False, highlight=False)

    def rule(self, *args: Any, **options: Any) -> None:
        """Prints a title within a line, as wide as the terminal; elsewhere the title is whole."""
        rule = Rule(*args, **options)
        title = rule.title.plain if isinstance(rule.title, Text) else rule.title
        self.print(rule, width=None if self.file.isatty() else max(_RULE_WIDTH, cell_len(title) + _RULE_ENDS))
