"""Draws mutants of the files named, with mutmut's operators: `python -m tests.mutation.draw ROOT SAMPLE SEED FILE...`.

Runs in the environment of the tools; prints the mutants as JSON. A line is drawn from all lines of code with a mutant,
each as likely as the others, and then one of its mutants: otherwise long tables of texts would be most of the sample.
mutmut's own runner is not used: it changes undecorated functions only, so neither tables nor properties.
"""

from __future__ import annotations

import json
import random
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import libcst as cst  # type: ignore[import-not-found]
from libcst.metadata import MetadataWrapper, PositionProvider  # type: ignore[import-not-found]
from mutmut.mutation.mutators import mutation_operators  # type: ignore[import-not-found]

NOT_CHANGED = (cst.Annotation, cst.Decorator, cst.Import, cst.ImportFrom)
"""Annotations, which nothing reads at run time, and what only stops the import of the module."""

NAMES_FOR_TYPES = {"cast", "TypeVar"}
"""Functions whose first argument only the type checker reads."""

TYPE_NAME = re.compile(r"_?[A-Z]([a-z]\w*)?")
"""The name of an alias that annotations use, or of a type variable (PEP 8: CapWords)."""


Mutant = tuple[Any, Any]
"""A node of the syntax tree, and what replaces it."""


def mutants_by_line(module: cst.Module) -> dict[int, list[Mutant]]:
    """Returns line -> what can be replaced there, and by what."""
    positions = MetadataWrapper(module, unsafe_skip_copy=True).resolve(PositionProvider)
    found: dict[int, list[Mutant]] = {}
    for node in _nodes(module):
        for kind, operator in mutation_operators:
            if isinstance(node, kind) and node in positions:
                line = positions[node].start.line
                found.setdefault(line, []).extend(
                    (node, other) for other in operator(node) if _kept(other) == _kept(node)
                )
    return {line: mutants for line, mutants in found.items() if mutants}


def _nodes(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """Yields a node and those below it whose change a test could notice, other than words for people."""
    if isinstance(node, NOT_CHANGED) or _is_text(node):
        return
    children = [child for child in node.children if not _is_kept(child, node)]
    if isinstance(node, cst.Call) and isinstance(node.func, cst.Name) and node.func.value in NAMES_FOR_TYPES:
        children = node.args[1:]
    elif _is_type_alias(node):
        children = [node.value] if not isinstance(node.value, cst.Subscript) or _is_annotated(node.value) else []
    else:
        yield node
    for child in children:
        yield from _nodes(child)


def _kept(node: cst.CSTNode) -> list[str]:
    """Returns the arguments of a call that no test could miss."""
    arguments = node.args if isinstance(node, cst.Call) else ()
    return [cst.Module([]).code_for_node(each.value) for each in arguments if _is_kept(each, node)]


def _is_kept(node: cst.CSTNode, call: cst.CSTNode) -> bool:
    """Whether it is an argument without which the call does the same: `encoding`, since files are UTF-8 without it too
    wherever tests run, and `strict=True` of `zip`, which only refuses lengths that a mistake makes unequal."""
    keyword = node.keyword.value if isinstance(node, cst.Arg) and node.keyword is not None else ""
    of_zip = isinstance(call, cst.Call) and isinstance(call.func, cst.Name) and call.func.value == "zip"
    is_true = isinstance(node, cst.Arg) and isinstance(node.value, cst.Name) and node.value.value == "True"
    return keyword == "encoding" or (keyword == "strict" and of_zip and is_true)


def _is_text(node: cst.CSTNode) -> bool:
    """Whether it is a sentence or a docstring: text with a space between its words."""
    return isinstance(node, cst.SimpleString | cst.ConcatenatedString) and " " in str(node.evaluated_value).strip()


def _is_annotated(node: cst.Subscript) -> bool:
    """Whether it is `Annotated[...]`, whose constraints are read at run time."""
    return isinstance(node.value, cst.Name) and node.value.value == "Annotated"


def _is_type_alias(node: cst.CSTNode) -> bool:
    names = [target.target for target in node.targets] if isinstance(node, cst.Assign) else []
    return any(isinstance(name, cst.Name) and TYPE_NAME.fullmatch(name.value) for name in names)


def draw(root: Path, files: list[str], sample: int, seed: int) -> list[dict[str, Any]]:
    """Returns mutants of `sample` different lines, each with the content of its file after the change."""
    choice = random.Random(seed)  # noqa: S311 (a sample that can be drawn again)
    codes = {file: (root / file).read_text() for file in files}
    lines = [(file, line) for file in files for line in range(1, codes[file].count("\n") + 1)]
    choice.shuffle(lines)
    modules: dict[str, tuple[cst.Module, dict[int, list[Mutant]]]] = {}
    drawn: list[dict[str, Any]] = []
    for file, line in lines:
        if len(drawn) == sample:
            break
        if file not in modules:
            module = cst.parse_module(codes[file])
            modules[file] = module, mutants_by_line(module)
        module, mutants = modules[file]
        if line in mutants:
            before, after = choice.choice(mutants[line])
            content = module.deep_replace(before, after).code
            shown = {"before": module.code_for_node(before), "after": module.code_for_node(after)}
            drawn.append({"file": file, "line": line, **shown, "content": content})
    return drawn


if __name__ == "__main__":
    folder, size, number, *paths = sys.argv[1:]
    print(json.dumps(draw(Path(folder), paths, int(size), int(number))))
