"""The expressions of the pack are compiled when they are used, and all can be."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import guardrails
import pytest
from guardrails.engine.lazy_regex import LazyRegex, lazy_regex

from .expressions import MODULES, expressions_in

PACK = Path(str(guardrails.__file__)).parent
FUNCTIONS = (ast.FunctionDef, ast.Lambda)


def test_every_expression_can_be_compiled() -> None:
    found = [item for module in MODULES for item in expressions_in(tuple(vars(module).values()))]
    assert len(found) > 1000
    for item in found:
        re.compile(item.pattern)


def compiled_at_import(node: ast.AST) -> Iterator[int]:
    """Yields the lines in which a module compiles an expression when it is imported."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Call) and ast.unparse(child.func) == "re.compile":
            yield child.lineno
        if not isinstance(child, FUNCTIONS):
            yield from compiled_at_import(child)


def test_no_module_compiles_an_expression_when_it_is_imported() -> None:
    found = [
        f"{file.relative_to(PACK)}:{line}: write lazy_regex for re.compile"
        for file in PACK.rglob("*.py")
        for line in compiled_at_import(ast.parse(file.read_text(encoding="utf-8")))
    ]
    assert found == []


def test_an_expression_is_compiled_once_it_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: list[str] = []
    compile_now = re.compile

    def record(pattern: str, flags: int = 0) -> re.Pattern[str]:
        compiled.append(pattern)
        return compile_now(pattern, flags)

    monkeypatch.setattr(re, "compile", record)
    word = lazy_regex(r"(?P<first>a)b+", re.IGNORECASE)
    assert (word.pattern, compiled) == (r"(?P<first>a)b+", [])
    assert word.fullmatch("ABB")
    assert not word.fullmatch("abc")
    assert (word.sub("-", "xabx"), word.split("1ab2"), word.findall("abAB")) == ("x-x", ["1", "a", "2"], ["a", "A"])
    assert word.flags & re.IGNORECASE
    assert (word.groups, dict(word.groupindex)) == (1, {"first": 1})
    assert compiled == [r"(?P<first>a)b+"]


def test_it_has_the_parts_of_an_expression_only() -> None:
    with pytest.raises(AttributeError, match="scanner"):
        LazyRegex("a", 0).scanner  # noqa: B018
