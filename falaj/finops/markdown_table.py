"""Tables in GitHub-flavoured Markdown."""

from collections.abc import Iterable, Sequence


def table(head: Sequence[str], rows: Iterable[Sequence[str]], words: int = 1) -> list[str]:
    """The lines of a table, whose cells are already escaped. The first `words` columns are text, the others figures."""
    rule = ("---" if column < words else "---:" for column in range(len(head)))
    return [f"| {' | '.join(cells)} |" for cells in (head, tuple(rule), *rows)]
