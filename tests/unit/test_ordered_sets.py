"""Nothing that a user reads is in the order of a set of texts, which differs from process to process (PYTHONHASHSEED;
Python, "Command line and environment", read 2026-11-29)."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.distribution import ROOT

FOLDERS = ("components", "falaj", "policy_pack")
ALLOWED = {
    "falaj/sandbox/clouds/outputs.py": "the keys of a mapping that is compared as one",
    "falaj/sandbox/clouds/provider.py": "the keys of a mapping that is compared as one",
    "falaj/sandbox/recovery.py": "what it finds is sorted",
    "policy_pack/guardrails/readers/expressions.py": "candidates, of which all are tried",
}
"""File -> why the order of its sets is seen nowhere."""


def _is_of_keys(node: ast.expr) -> bool:
    """Returns whether an expression is a difference, an intersection or a union of the keys of mappings."""
    is_operation = isinstance(node, ast.BinOp) and isinstance(node.op, ast.Sub | ast.BitAnd | ast.BitOr | ast.BitXor)
    sides = (node.left, node.right) if is_operation and isinstance(node, ast.BinOp) else ()
    return any(
        isinstance(side, ast.Call) and isinstance(side.func, ast.Attribute) and side.func.attr == "keys"
        for side in sides
    )


def loops_over_sets(text: str) -> Iterator[int]:
    """Yields the lines of loops over such expressions as they are."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.For | ast.comprehension) and _is_of_keys(node.iter):
            yield node.iter.lineno


def _files() -> Iterator[Path]:
    for folder in FOLDERS:
        yield from sorted((ROOT / folder).rglob("*.py"))


def test_loops_over_keys_are_in_order() -> None:
    found = {file.relative_to(ROOT).as_posix(): list(loops_over_sets(file.read_text("utf-8"))) for file in _files()}
    assert {name: lines for name, lines in found.items() if lines and name not in ALLOWED} == {}
    assert [name for name in ALLOWED if not found[name]] == []


def test_a_loop_is_found() -> None:
    assert list(loops_over_sets("for a in b.keys() - c:\n    pass\nd = [e for e in f.keys() & g.keys()]\n")) == [1, 3]
    assert list(loops_over_sets("for a in sorted(b.keys() - c):\n    pass\n")) == []
