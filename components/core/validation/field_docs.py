"""Documentation of fields: the docstring under each, read from the source when somebody asks.

Reading it as the classes are made would cost every program that imports the components a tenth of its start.
"""

import ast
import inspect
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, get_args

from falaj.components.core.validation.args import Spec


def field_docs(declared: type) -> dict[str, str]:
    """Documentation of each field of a class by its name, inherited ones included."""
    docs: dict[str, str] = {}
    for cls in reversed(declared.__mro__):
        if cls.__module__ in sys.modules and cls is not object:
            docs |= _docs_of_module(cls.__module__).get(cls.__qualname__, {})
    return docs


def described(schema: dict[str, Any], declared: type[Spec]) -> dict[str, Any]:
    """The JSON Schema of a spec, with the documentation of every field in it."""
    for spec in {declared, *_nested(declared)}:
        target = schema if spec is declared else schema.get("$defs", {}).get(spec.__name__, {})
        for name, text in field_docs(spec).items():
            if name in target.get("properties", {}):
                target["properties"][name].setdefault("description", text)
    return schema


def _nested(annotation: Any, seen: frozenset[Any] = frozenset()) -> Iterator[type[Spec]]:
    """Every spec in an annotation or in the fields of a spec."""
    if isinstance(annotation, type) and issubclass(annotation, Spec):
        if annotation in seen:
            return
        yield annotation
        for field in annotation.model_fields.values():
            yield from _nested(field.annotation, seen | {annotation})
    for part in get_args(annotation):
        yield from _nested(part, seen)


@cache
def _docs_of_module(module: str) -> Mapping[str, Mapping[str, str]]:
    """Class -> field -> documentation; nothing for a module without source."""
    try:
        tree = ast.parse(inspect.getsource(sys.modules[module]))
    except (OSError, TypeError):
        return {}
    return {node.name: dict(_docs_of_class(node)) for node in tree.body if isinstance(node, ast.ClassDef)}


def _docs_of_class(node: ast.ClassDef) -> Iterator[tuple[str, str]]:
    for field, text in zip(node.body, node.body[1:], strict=False):
        match field, text:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(words))):
                yield name, inspect.cleandoc(words)
            case _:
                pass
