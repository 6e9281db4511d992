"""Compares values with the types that their declarations state, so that tests can do so for whole packages."""

import builtins
import dataclasses
import importlib
import inspect
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from types import FunctionType, ModuleType, NoneType, UnionType
from typing import Annotated, Any, ClassVar, Final, Literal, NamedTuple, Union, get_args, get_origin

from guardrails.engine.lazy_regex import CompiledRegex
from pydantic import BaseModel

from falaj.components.core.validation.args import ResolvedLater

STANDS_FOR: dict[type, tuple[type, ...]] = {re.Pattern: (re.Pattern, CompiledRegex)}
"""Class -> the classes of which a value may be in its place."""
ROOT = Path(__file__).parents[1]
PACKAGES = {
    "falaj/finops": "falaj.finops",
    "components/core": "falaj.components.core",
    "policy_pack/guardrails": "guardrails",
}
"""Folder -> name by which its modules are imported."""


class Declared(NamedTuple):
    """A value, the type that its declaration states, and where that is."""

    where: str
    declared_type: Any
    value: Any


def modules() -> list[ModuleType]:
    """Returns all modules of the packages that importing does not run."""
    names = [
        ".".join([package, *path.relative_to(ROOT / folder).with_suffix("").parts]).removesuffix(".__init__")
        for folder, package in PACKAGES.items()
        for path in sorted((ROOT / folder).rglob("*.py"))
        if path.name != "__main__.py"
    ]
    return [importlib.import_module(name) for name in names]


def conforms(declared_type: Any, value: Any) -> bool:
    """Whether a value has a type; what is inside tuples, mappings, lists and sets counts. True if it cannot be said."""
    origin, arguments = get_origin(declared_type), get_args(declared_type)
    if origin in (Union, UnionType):
        return any(conforms(each, value) for each in arguments)
    if origin is Annotated:
        later = next((each.value_type for each in arguments[1:] if isinstance(each, ResolvedLater)), arguments[0])
        return conforms(later, value)
    if origin is Literal:
        return value in arguments
    if origin in (ClassVar, Final):
        return conforms(arguments[0], value)
    return _is_instance(origin or declared_type, value) and _contents_conform(origin, arguments, value)


def _is_instance(kind: Any, value: Any) -> bool:
    if kind is None:
        return value is None
    if kind is Callable:
        return callable(value)
    if kind in (int, float):
        return isinstance(value, (int, kind)) and not isinstance(value, bool)
    try:
        return isinstance(value, STANDS_FOR.get(kind, kind)) if isinstance(kind, type) else True
    except TypeError:  # a protocol that is not checked at run time
        return True


def _contents_conform(origin: Any, arguments: tuple[Any, ...], value: Any) -> bool:
    if isinstance(value, Mapping) and len(arguments) == 2:
        return all(conforms(arguments[0], key) and conforms(arguments[1], each) for key, each in value.items())
    if origin is tuple and arguments[1:] != (...,):
        return len(value) == len(arguments) and all(map(conforms, arguments, value))
    if isinstance(value, tuple | list | set | frozenset) and arguments:
        return all(conforms(arguments[0], each) for each in value)
    return True


class _Names(dict[str, Any]):
    """Names of annotations: those of a module, and `Any` for what only the type checker imports."""

    def __init__(self, module: ModuleType) -> None:
        super().__init__(vars(builtins) | vars(module))

    def __missing__(self, name: str) -> Any:
        return Any


@cache
def annotations(declaring: Any) -> dict[str, Any]:
    """Returns name -> type as declared by a module, a class (and those it inherits from) or a function."""
    found: dict[str, Any] = {}
    for each in reversed(declaring.__mro__) if isinstance(declaring, type) else (declaring,):
        module = each if isinstance(each, ModuleType) else sys.modules[each.__module__]
        for name, declared in inspect.get_annotations(each).items():
            found[name] = _evaluated(declared, module) if isinstance(declared, str) else declared
    return found


def _evaluated(declared: str, module: ModuleType) -> Any:
    try:
        return eval(declared, {}, _Names(module))  # noqa: S307 - an annotation of our own
    except AttributeError:  # of a module that only the type checker imports
        return Any


def defaults(module: ModuleType) -> Iterator[Declared]:
    """Yields the defaults of the fields and parameters that a module declares."""
    for name, item in list(vars(module).items()):
        if getattr(item, "__module__", None) != module.__name__:
            continue
        where = f"{module.__name__}.{name}"
        if isinstance(item, FunctionType):
            yield from _of_parameters(where, item)
        elif isinstance(item, type):
            yield from _of_fields(where, item)
            for method in list(vars(item).values()):
                function = getattr(method, "__func__", method)
                if isinstance(function, FunctionType) and function.__module__ == module.__name__:
                    yield from _of_parameters(f"{where}.{function.__name__}", function)


def _of_parameters(where: str, function: FunctionType) -> Iterator[Declared]:
    for name, parameter in inspect.signature(function).parameters.items():
        if parameter.default is not parameter.empty and not function.__name__.startswith("__"):
            yield Declared(f"{where}({name})", annotations(function).get(name, Any), parameter.default)


def _of_fields(where: str, item: type) -> Iterator[Declared]:
    found: dict[str, Any] = {}
    if dataclasses.is_dataclass(item):
        found = {each.name: each.default for each in dataclasses.fields(item)}
    elif issubclass(item, BaseModel):
        found = {name: each.default for name, each in item.model_fields.items() if _has_default(each)}
    for name, default in found.items():
        if default is not dataclasses.MISSING:
            yield Declared(f"{where}.{name}", annotations(item).get(name, Any), default)


def _has_default(field: Any) -> bool:
    return not field.is_required() and field.default_factory is None


def constants(module: ModuleType) -> Iterator[Declared]:
    """Yields the constants of a module, and the fields of all objects in them."""
    seen: set[int] = set()
    for name, value in list(vars(module).items()):
        if not name.startswith("__"):
            where = f"{module.__name__}.{name}"
            yield Declared(where, annotations(module).get(name, Any), value)
            yield from _inside(where, value, seen)


def _inside(where: str, value: Any, seen: set[int]) -> Iterator[Declared]:
    if id(value) in seen or isinstance(value, type | ModuleType | FunctionType | str | NoneType):
        return
    seen.add(id(value))
    names = _field_names(value)
    for name in names:
        yield Declared(f"{where}: {type(value).__name__}.{name}", annotations(type(value))[name], getattr(value, name))
    if isinstance(value, Mapping):
        inner = [*value.keys(), *value.values()]
    elif isinstance(value, tuple | list | set | frozenset):
        inner = list(value)
    else:
        inner = [getattr(value, name) for name in names]
    for each in inner:
        yield from _inside(where, each, seen)


def _field_names(value: Any) -> list[str]:
    """Returns the fields of one of our dataclasses or named tuples."""
    if not type(value).__module__.startswith(tuple(PACKAGES.values())):
        return []
    if dataclasses.is_dataclass(value):
        return [each.name for each in dataclasses.fields(value) if hasattr(value, each.name)]
    return list(getattr(value, "_fields", ()))
