"""Text and tables in Markdown."""

import inspect
import re
from collections.abc import Iterable, Sequence

CODE = re.compile(r"(`[^`]*`)")


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Returns a table; a `|` in a cell is escaped, also inside code, and a line break becomes a space."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(_cell(cell) for cell in line)} |" for line in lines)


def prose(text: str) -> str:
    """Returns a docstring as paragraphs, each on one line; what looks like HTML outside code is escaped."""
    paragraphs = re.split(r"\n\s*\n", inspect.cleandoc(text))
    return "\n\n".join(escaped(" ".join(paragraph.split())) for paragraph in paragraphs)


def first_sentence(text: str) -> str:
    """Returns the first paragraph of a docstring, which is one sentence."""
    return prose(text).partition("\n\n")[0]


def escaped(text: str) -> str:
    """Returns a text whose `<`, outside code, does not begin an HTML element."""
    return "".join(part if part.startswith("`") else part.replace("<", "&lt;") for part in CODE.split(text))


def anchor(heading: str) -> str:
    """Returns the anchor of a heading, as code hosts make it."""
    return re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")


def kebab(name: str) -> str:
    """Returns the name of a class in the spelling of a page's file: `NodePool` is `node-pool`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", name).lower()


def _cell(text: str) -> str:
    return re.sub(r"(?<!\\)\|", r"\\|", " ".join(text.split()))
