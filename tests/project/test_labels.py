"""Falaj's labels and annotations are defined once, in falaj/facts/labels.py."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from falaj.facts import labels

TOP = Path(__file__).parents[2]
KEY = re.compile(r"falaj/[a-z][a-z-]*")
DECLARED = {name: key for name, key in vars(labels).items() if name.isupper()}


def literals(path: Path) -> Iterator[str]:
    """Returns the label keys in the string literals of a file, including f-strings; docstrings and messages are
    longer.
    """
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and KEY.fullmatch(node.value):
            yield f"{path.relative_to(TOP)}:{node.lineno}: {node.value}"


@pytest.mark.parametrize("folder", ["components", "falaj", "policy_pack"])
def test_no_key_is_written_out_elsewhere(folder: str) -> None:
    files = [path for path in (TOP / folder).rglob("*.py") if path != Path(labels.__file__)]
    assert files
    assert [item for path in files for item in literals(path)] == []


def test_keys_are_distinct_valid_and_say_what_they_are() -> None:
    assert len(set(DECLARED.values())) == len(DECLARED)
    for name, key in DECLARED.items():
        assert KEY.fullmatch(key), key
        assert name.endswith(("_LABEL", "_ANNOTATION")), name
        assert name.rpartition("_")[0] == key.removeprefix("falaj/").replace("-", "_").upper()


def test_every_key_is_used() -> None:
    used = {
        node.id
        for folder in ("components", "falaj")
        for path in (TOP / folder).rglob("*.py")
        if path != Path(labels.__file__)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Name)
    }
    assert set(DECLARED) <= used
