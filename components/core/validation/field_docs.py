"""Documentation of fields: the docstrings under them, read from the source on demand.

Reading them when the classes are created would add a tenth to the start time of every program that imports them.
"""

import ast
import inspect
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, get_args

from pydantic import BaseModel

from falaj.components.core.validation.args import Spec


def field_docs(declared: type) -> dict[str, str]:
    """Returns the documentation of each field of a class by name, including inherited fields."""
    docs: dict[str, str] = {}
    for cls in reversed(declared.__mro__):
        if cls.__module__ in sys.modules and cls is not object:
            docs |= _docs_of_module(cls.__module__).get(cls.__qualname__, {})
    return docs


def described(schema: dict[str, Any], declared: type[BaseModel]) -> dict[str, Any]:
    """Returns the JSON Schema of a model with the documentation of all fields added as descriptions."""
    for spec in {declared, *_nested(declared)}:
        target = schema if spec is declared else schema.get("$defs", {}).get(spec.__name__, {})
        for name, text in field_docs(spec).items():
            if name in target.get("properties", {}):
                target["properties"][name].setdefault("description", text)
    return schema


def _nested(annotation: Any, visited: frozenset[Any] = frozenset()) -> Iterator[type[Spec]]:
    """Yields all specs in an annotation, and in the fields of these specs."""
    if isinstance(annotation, type) and issubclass(annotation, Spec):
        if annotation in visited:
            return
        yield annotation
        for field in annotation.model_fields.values():
            yield from _nested(field.annotation, visited | {annotation})
    for type_argument in get_args(annotation):
        yield from _nested(type_argument, visited)


@cache
def _docs_of_module(module: str) -> Mapping[str, Mapping[str, str]]:
    """Returns class -> field -> documentation; empty for a module without source."""
    try:
        tree = ast.parse(inspect.getsource(sys.modules[module]))
    except (OSError, TypeError):
        return {}
    return {node.name: dict(_docs_of_class(node)) for node in tree.body if isinstance(node, ast.ClassDef)}


def _docs_of_class(node: ast.ClassDef) -> Iterator[tuple[str, str]]:
    for field, text in zip(node.body, node.body[1:], strict=False):
        match field, text:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(doc))):
                yield name, inspect.cleandoc(doc)
            case _:
                pass
