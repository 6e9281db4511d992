"""Which example programs use which components."""

import ast
from collections.abc import Iterator
from pathlib import Path

FOLDER = Path("examples", "components")
"""The folder of the example programs, one folder each, from the top of the checkout."""


def examples_by_component(root: Path) -> dict[str, list[str]]:
    """Returns the names of the examples that create each component, `aws.Vault`; none without a checkout at `root`."""
    examples: dict[str, list[str]] = {}
    for program in sorted((root / FOLDER).glob("*/__main__.py")):
        for name in sorted(set(_calls(ast.parse(program.read_text(encoding="utf-8"))))):
            examples.setdefault(name, []).append(program.parent.name)
    return examples


def _calls(tree: ast.Module) -> Iterator[str]:
    """Yields what the program calls of its packages, as it writes it."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Name(id=package), attr=name)):
                yield f"{package}.{name}"
            case _:
                pass
