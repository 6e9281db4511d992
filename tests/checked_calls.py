"""Checks the types of arguments at run time, because tests seldom follow every argument to where it has an effect.

Whether an argument fits its annotation is compared as far as `isinstance` can say. A call costs a microsecond more.
Folders of tests ask for it in their `conftest.py`.
"""

import dataclasses
import functools
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from enum import Enum
from inspect import signature
from types import FunctionType, ModuleType, NoneType, UnionType
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin

from pydantic import BaseModel

from tests.declared_types import PACKAGES, STANDS_FOR, annotations

Kinds = tuple[type, ...]

STAND_INS = ("_pytest", "unittest.mock")
"""Modules of what tests give in place of a value, such as `pytest.approx`."""


_checks = {"on": False}


@contextmanager
def checking() -> Iterator[None]:
    """Checks calls within the context; outside, they are what they were."""
    _checks["on"] = True
    try:
        yield
    finally:
        _checks["on"] = False


def are_checked() -> bool:
    """Whether calls are checked now."""
    return _checks["on"]


class Rule(NamedTuple):
    """What an argument must be an instance of."""

    position: int
    name: str
    kinds: Kinds


def loaded_modules() -> list[ModuleType]:
    """Returns the modules of the packages that are loaded."""
    beginnings = tuple(f"{package}." for package in PACKAGES.values())
    return [module for name, module in list(sys.modules.items()) if name.startswith(beginnings)]


def check_calls(modules: Iterable[ModuleType]) -> None:
    """Replaces the functions and constructors of modules, wherever they are imported, by ones that check arguments."""
    replaced: dict[FunctionType, FunctionType] = {}
    for module in modules:
        for item in list(vars(module).values()):
            if getattr(item, "__module__", None) != module.__name__ or hasattr(item, "__wrapped__"):
                continue
            if isinstance(item, FunctionType) and (rules := _rules(item)):
                replaced[item] = _checked(item, rules)
            elif isinstance(item, type) and not issubclass(item, BaseModel | Enum):
                _check_methods(item)
    for module in list(sys.modules.values()):
        for name, item in list(getattr(module, "__dict__", {}).items()):
            if isinstance(item, FunctionType) and item in replaced:
                setattr(module, name, replaced[item])


def _check_methods(item: type) -> None:
    for name, method in list(vars(item).items()):
        function = method.__func__ if isinstance(method, classmethod | staticmethod) else method
        if (
            not isinstance(function, FunctionType)
            or hasattr(function, "__wrapped__")
            or (name.startswith("__") and name != "__init__")
        ):
            continue
        own = item if name == "__init__" and dataclasses.is_dataclass(item) else function
        if rules := _rules(function, own):
            checked = _checked(function, rules)
            setattr(item, name, type(method)(checked) if method is not function else checked)


def _rules(function: FunctionType, declaring: Any = None) -> tuple[Rule, ...]:
    declared = annotations(declaring or function)
    found = [
        Rule(position, name, kinds)
        for position, (name, parameter) in enumerate(signature(function).parameters.items())
        if parameter.kind is parameter.POSITIONAL_OR_KEYWORD and (kinds := kinds_of(declared.get(name, Any)))
    ] + [
        Rule(sys.maxsize, name, kinds)
        for name, parameter in signature(function).parameters.items()
        if parameter.kind is parameter.KEYWORD_ONLY and (kinds := kinds_of(declared.get(name, Any)))
    ]
    return tuple(found)


def kinds_of(declared: Any) -> Kinds:
    """Returns the classes of one of which a value must be an instance; empty if that cannot be said."""
    origin, arguments = get_origin(declared), get_args(declared)
    if origin in (Union, UnionType):
        kinds = [kinds_of(each) for each in arguments]
        return sum(kinds, ()) if all(kinds) else ()
    if origin is Annotated:
        return kinds_of(arguments[0])
    if origin is Literal:
        return tuple({type(each) for each in arguments})
    if declared is None:
        return (NoneType,)
    if declared is float:
        return (int, float)
    kind = origin or declared
    return STANDS_FOR.get(kind, (kind,)) if isinstance(kind, type) and _is_checkable(kind) else ()


def _is_checkable(kind: type) -> bool:
    try:
        isinstance(None, kind)
    except TypeError:  # a protocol, or the type of a dictionary with certain keys
        return False
    return kind is not object


def _checked(function: FunctionType, rules: tuple[Rule, ...]) -> Any:
    by_name = {rule.name: rule.kinds for rule in rules}
    last = max((rule.position for rule in rules if rule.position < sys.maxsize), default=-1)
    kinds_at = {rule.position: rule.kinds for rule in rules}
    by_position = tuple(kinds_at.get(position, (object,)) for position in range(last + 1))

    accepted: set[Kinds] = set()  # to look up the classes of all arguments is faster than to compare each

    def refuse(value: object, kinds: Kinds) -> None:
        if not type(value).__module__.startswith(STAND_INS):
            raise TypeError(f"{function.__module__}.{function.__qualname__}: {value!r} is not {kinds}")

    @functools.wraps(function)
    def call(*args: Any, **kwargs: Any) -> Any:
        if _checks["on"]:
            if (types := tuple(map(type, args))) not in accepted:
                for value, kinds in zip(args, by_position, strict=False):
                    if not isinstance(value, kinds):
                        refuse(value, kinds)
                accepted.add(types)
            for name, value in kwargs.items():
                if name in by_name and not isinstance(value, by_name[name]):
                    refuse(value, by_name[name])
        return function(*args, **kwargs)

    return call
