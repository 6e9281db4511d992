"""Constraints of fields, and the arguments that the build of a stack constructs, read from its source."""

import ast
import importlib
import inspect
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Annotated, Any, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from falaj.components.core.validation.args import ResolvedLater, Spec
from falaj.components.core.validation.set_once import SetOnce
from tests.unit.settings.stacks import ROOT

BUILDERS = (
    "components/build/*.py",
    "components/aws/site/*.py",
    "components/azure/site/*.py",
    "components/kubernetes/site/*.py",
)
"""Files that construct components from settings, or from a site's arguments."""


@dataclass(frozen=True)
class Constructed:
    """A class of arguments, one of its fields, and the expression that its value comes from."""

    cls: type[Spec]
    field: str
    value: ast.expr

    @property
    def source(self) -> str | None:
        """Name of the attribute that is passed on; None for any other expression."""
        value = self.value.body if isinstance(self.value, ast.IfExp) else self.value
        return value.attr if isinstance(value, ast.Attribute) else None


@cache
def constructed() -> list[Constructed]:
    """Every argument of every class `...Args` that the build constructs. `**dict(spec)` passes on the fields of a
    specification under their names."""
    result: list[Constructed] = []
    for path in sorted(path for pattern in BUILDERS for path in ROOT.glob(pattern)):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        names = dict(_imported(tree, path))
        for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
            cls = _resolved(call.func, names)
            if isinstance(cls, type) and issubclass(cls, Spec) and cls.__name__.endswith("Args"):
                result += [Constructed(cls, word.arg, word.value) for word in call.keywords if word.arg]
    return result


def _imported(tree: ast.Module, path: Path) -> Iterator[tuple[str, Any]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("falaj.components"):
            module = importlib.import_module(node.module)
            for alias in node.names:
                if not hasattr(module, alias.name):
                    importlib.import_module(f"{node.module}.{alias.name}")
                yield alias.asname or alias.name, getattr(module, alias.name)
    own = importlib.import_module("falaj." + ".".join(path.relative_to(ROOT).with_suffix("").parts))
    yield from ((name, value) for name, value in vars(own).items() if inspect.isclass(value))


def _resolved(function: ast.expr, names: Mapping[str, Any]) -> Any:
    if isinstance(function, ast.Name):
        return names.get(function.id)
    if isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name):
        return getattr(names.get(function.value.id), function.attr, None)
    return None


def constraints(field: FieldInfo) -> frozenset[str]:
    """Everything that the declaration of a field requires of a known value, beyond its plain type."""
    return (
        frozenset(_constraints(field.annotation))
        | {part for item in field.metadata for part in _constraint(item) if not isinstance(item, ResolvedLater)}
        | {part for item in field.metadata if isinstance(item, ResolvedLater) for part in _constraints(item.value_type)}
    )


def _constraints(annotation: Any) -> Iterator[str]:
    if get_origin(annotation) is Annotated:
        plain, *metadata = get_args(annotation)
        for item in metadata:
            yield from _constraints(item.value_type) if isinstance(item, ResolvedLater) else _constraint(item)
        yield from _constraints(plain)
    elif isinstance(annotation, type) and issubclass(annotation, Enum | BaseModel):
        yield annotation.__name__
    else:
        for item in get_args(annotation):
            yield from _constraints(item)


def _constraint(metadata: object) -> Iterator[str]:
    if isinstance(metadata, FieldInfo):
        for item in metadata.metadata:
            yield from _constraint(item)
    elif not isinstance(metadata, ResolvedLater | SetOnce):
        yield repr(metadata)


def accepts_outputs(field: FieldInfo) -> bool:
    """Returns whether a field accepts Outputs, which are not validated."""
    return any(isinstance(item, ResolvedLater) for item in field.metadata) or "ResolvedLater" in repr(field.annotation)
