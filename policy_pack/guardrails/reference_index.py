"""Creates the table of all guardrails at the top of the reference."""

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from .engine.enforcement import Enforcement
from .engine.rows import Guardrail

HERE = Path(__file__).parent
_SOURCES = "../policy_pack/guardrails"
"""Path of this folder from the folder of the reference."""


def heading(rule: Guardrail) -> str:
    """Returns the heading of a rule's section."""
    return f"{rule.id} {rule.what}"


def index(rules: Iterable[Guardrail], settings: Enforcement) -> Iterator[str]:
    """Yields the lines of the table: one row a rule, linked to its section and to the file that defines it."""
    files = source_files()
    yield "| id | title | severity | default level | source |\n| --- | --- | --- | --- | --- |"
    for rule in rules:
        link = f"[{rule.id}](#{_anchor(heading(rule))})"
        source = f"[{files[rule.what]}]({_SOURCES}/{files[rule.what]})"
        title = rule.what.replace("|", "\\|")
        yield f"| {link} | {title} | {rule.severity.value} | {settings.level('', rule).value} | {source} |"


def source_files() -> Mapping[str, str]:
    """Returns the file, relative to this folder, in which each string constant of the concerns' modules occurs.

    The title of a rule is such a constant, and no two files share one, so it leads to the file that defines the rule.
    """
    return {
        node.value: file.relative_to(HERE).as_posix()
        for file in sorted(HERE.glob("*/**/*.py"))
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def _anchor(text: str) -> str:
    """Returns the anchor that code hosts derive from a heading."""
    return re.sub(r"[^\w -]", "", text.lower()).replace(" ", "-")
