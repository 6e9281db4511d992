"""Tables in GitHub-flavoured Markdown."""

from collections.abc import Iterable, Sequence


def table(header: Sequence[str], rows: Iterable[Sequence[str]], words: int) -> list[str]:
    """Returns the lines of a table with escaped cells. The first `words` columns are text, the others figures."""
    alignments = ("---" if column < words else "---:" for column in range(len(header)))
    return [f"| {' | '.join(cells)} |" for cells in (header, tuple(alignments), *rows)]
