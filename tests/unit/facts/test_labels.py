"""Falaj's labels and annotations are defined once, in falaj/facts/labels.py."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from falaj.facts import labels

ROOT = Path(__file__).parents[3]
KEY = re.compile(r"falaj/[a-z][a-z-]*")
DECLARED = {name: key for name, key in vars(labels).items() if name.isupper()}


def literals(path: Path) -> Iterator[str]:
    """Yields where a file has falaj/ keys as literals, f-strings included; docstrings and messages do not match."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and KEY.fullmatch(node.value):
            yield f"{path.relative_to(ROOT)}:{node.lineno}: {node.value}"


@pytest.mark.parametrize("folder", ["components", "falaj", "pipelines"])
def test_no_other_file_has_a_key_as_a_literal(folder: str) -> None:
    """The guardrails' files are not checked here."""
    files = [path for path in (ROOT / folder).rglob("*.py") if path != Path(labels.__file__)]
    assert files
    assert [location for path in files for location in literals(path)] == []


def test_keys_are_distinct_valid_and_match_their_constant_names() -> None:
    assert len(set(DECLARED.values())) == len(DECLARED)
    for name, key in DECLARED.items():
        assert KEY.fullmatch(key), key
        assert name.endswith(("_LABEL", "_ANNOTATION")), name
        assert name.rpartition("_")[0] == key.removeprefix("falaj/").replace("-", "_").upper()


def test_every_key_is_used() -> None:
    used = {
        node.id
        for folder in ("components", "falaj")
        for path in (ROOT / folder).rglob("*.py")
        if path != Path(labels.__file__)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Name)
    }
    assert set(DECLARED) <= used
