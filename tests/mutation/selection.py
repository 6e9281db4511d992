"""Selects the tests that may notice a change of a line, the likeliest first."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.mutation.mutant import DECLARATIONS

MAX_SECONDS = 20.0
"""CPU seconds of the tests of one mutant: those that are left out are its slowest and least likely ones."""
SURVIVOR_SECONDS = 120.0
"""CPU seconds of the tests of a mutant that has survived those."""

_WORD = re.compile(r"[a-z]+")


@dataclass(frozen=True)
class Coverage:
    """Which tests ran which lines, and for how long."""

    contexts: Callable[[Path], dict[int, set[str]]]
    """File -> line -> node IDs of the test functions that ran it."""
    seconds: dict[str, float]
    """Node ID of a test function -> CPU seconds of all its cases."""


def select(root: Path, file: str, line: int, coverage: Coverage, most_seconds: float = MAX_SECONDS) -> tuple[str, ...]:
    """Returns node IDs: tests that ran the line, its function, its file, then the modules that import the file, as many
    as take up to `most_seconds` of CPU time.

    A line outside functions runs when its module is loaded, in no test: whoever reads what it defines may notice, in
    its own file or where it is imported, and before them the tests of declarations. Tests whose file's name shares
    words with the changed file come first.
    """
    contexts = coverage.contexts(root / file)
    first, last = _function_span(root / file, line)
    near = _union(contexts, first, last)
    ranks = [contexts.get(line, set[str]()), near]
    is_loaded_only = not first <= line <= last
    if is_loaded_only:
        declarations = tuple(each for start, some in DECLARATIONS.items() if file.startswith(start) for each in some)
        ranks.insert(0, {name for name in coverage.seconds if name.startswith(declarations)})
    if is_loaded_only or not near:
        ranks += [_union(contexts), *_of_importers(root, file, coverage)]
    ordered: dict[str, None] = {}
    for rank in ranks:
        ordered.update(
            dict.fromkeys(sorted(rank, key=lambda name: (-_shared_words(name, file), coverage.seconds[name])))
        )
    return _affordable(ordered, coverage.seconds, most_seconds)


def _affordable(names: dict[str, None], seconds: dict[str, float], most: float) -> tuple[str, ...]:
    spent, chosen = 0.0, []
    for name in names:
        if not chosen or spent + seconds[name] <= most:
            chosen.append(name)
            spent += seconds[name]
    return tuple(chosen)


def _union(contexts: dict[int, set[str]], first: int = 0, last: int | None = None) -> set[str]:
    lines = [names for line, names in contexts.items() if first <= line and (last is None or line <= last)]
    return set[str]().union(*lines)


def _function_span(path: Path, line: int) -> tuple[int, int]:
    """Returns the lines of the body of the innermost function around a line; none, (1, 0), if there is none."""
    around = [
        node
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef) and node.lineno <= line <= (node.end_lineno or node.lineno)
    ]
    if not around:
        return 1, 0
    innermost = max(around, key=lambda node: node.lineno)
    return innermost.body[0].lineno, innermost.end_lineno or line


def _of_importers(root: Path, file: str, coverage: Coverage) -> list[set[str]]:
    """Returns the tests of the modules that import the file, and of those that import these, until some are found."""
    imports = _imports(root, Path(file).parts[:2])
    reached, seen, found = {file}, {file}, list[set[str]]()
    while reached and not any(found):
        reached = {
            importer for importer, names in imports.items() if names & {_module(each) for each in reached}
        } - seen
        seen |= reached
        found.append(set[str]().union(*(_union(coverage.contexts(root / importer)) for importer in reached)))
    return found


@cache
def _imports(root: Path, folder: tuple[str, ...]) -> dict[str, set[str]]:
    """Returns the files of a folder -> the modules and names that each imports."""
    files = sorted(root.joinpath(*folder).rglob("*.py"))
    return {str(path.relative_to(root)): _imported(path, path.relative_to(root).parts) for path in files}


def _imported(path: Path, parts: tuple[str, ...]) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom):
            package = list(parts[: len(parts) - node.level]) if node.level else []
            module = ".".join([*package, *([node.module] if node.module else [])])
            names |= {module, *(f"{module}.{name.name}" for name in node.names)}
        elif isinstance(node, ast.Import):
            names |= {name.name for name in node.names}
    return names


def _module(file: str) -> str:
    """Returns the name by which the other files of its folder import a file."""
    name = ".".join(Path(file).with_suffix("").parts).removesuffix(".__init__")
    return f"falaj.{name}" if name.startswith("components.") else name


def _shared_words(test: str, file: str) -> int:
    """Returns how many words of the changed file's path the name of the test's file has."""
    return len(set(_WORD.findall(Path(test.partition("::")[0]).stem)) & set(_WORD.findall(file)))
