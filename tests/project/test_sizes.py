"""Size limits: a file has less than 300 lines, a function at most 50."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = ("falaj", "components", "policy_pack", "tests", "examples")
FILE, FUNCTION = 299, 50
"""Maximum number of lines of each (CONTRIBUTING.md)."""


def too_long(text: str) -> Iterator[str]:
    """Yields what exceeds its limit, with its length. A function begins below its decorators."""
    if (lines := text.count("\n")) > FILE:
        yield f"{lines} lines"
    if len(text.splitlines()) <= FUNCTION:
        return
    for name in _long(ast.parse(text).body):
        if isinstance(name, ast.FunctionDef | ast.AsyncFunctionDef):
            yield f"{name.name}: {_lines(name)} lines"


def _long(statements: list[ast.stmt]) -> Iterator[ast.stmt]:
    """Yields the statements with more lines than a function may have, and those inside them."""
    for statement in statements:
        if _lines(statement) > FUNCTION:
            yield statement
            yield from _long([name for name in ast.iter_child_nodes(statement) if isinstance(name, ast.stmt)])


def _lines(statement: ast.stmt) -> int:
    return (statement.end_lineno or statement.lineno) - statement.lineno + 1


@pytest.mark.parametrize("room", ROOMS)
def test_no_file_and_no_function_is_too_long(room: str) -> None:
    files = list((ROOT / room).rglob("*.py"))
    assert files
    assert {str(file.relative_to(ROOT)): long for file in files if (long := list(too_long(file.read_text())))} == {}


def test_what_is_too_long_is_found() -> None:
    body = "    x = 1\n" * FUNCTION
    assert list(too_long(f"def f():\n{body}")) == [f"f: {FUNCTION + 1} lines"]
    assert list(too_long(f"class C:\n    def f():\n{body.replace('  ', '    ')}")) == [f"f: {FUNCTION + 1} lines"]
    assert list(too_long("x = 1\n" * (FILE + 1))) == [f"{FILE + 1} lines"]
    assert list(too_long("x = 1\n" * FILE)) == []
