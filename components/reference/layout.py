"""Lays out nested expressions of a program: on one line where they fit, otherwise one item a line."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH = 100
"""Width of a line in characters."""


@dataclass(frozen=True)
class Group:
    """A call, a list or a mapping: what stands before, its items with what precedes each, and what stands after."""

    start: str
    items: Sequence[tuple[str, "Node"]]
    end: str
    pad: str = ""
    """What separates the items from start and end on one line."""


Node = str | Group


def lay_out(prefix: str, node: Node, indent: int = 4, depth: int = 0) -> str:
    """Returns an expression after a prefix; `indent`: spaces of a level, `depth`: level of the first line."""
    line = " " * (indent * depth) + prefix + one_line(node)
    if isinstance(node, str) or len(line) <= WIDTH or not node.items:
        return line
    inner = (lay_out(before, item, indent, depth + 1) for before, item in node.items)
    first = " " * (indent * depth) + prefix + node.start
    return "\n".join((first, *(f"{item}," for item in inner), " " * (indent * depth) + node.end))


def one_line(node: Node) -> str:
    """Returns an expression on one line."""
    if isinstance(node, str):
        return node
    items = ", ".join(before + one_line(item) for before, item in node.items)
    return f"{node.start}{node.pad}{items}{node.pad}{node.end}" if items else node.start + node.end
