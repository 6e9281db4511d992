"""The expressions in the modules of the pack."""

from collections.abc import Iterator, Mapping

from guardrails.engine.lazy_regex import CompiledRegex
from guardrails.readers.expressions import Expression

from tests.declared_types import modules

MODULES = [module for module in modules() if module.__name__.startswith("guardrails.")]


def expressions_in(value: object) -> Iterator[CompiledRegex]:
    """Yields the expressions in a value of a module, those of its tables included."""
    if isinstance(value, CompiledRegex):
        yield value
    elif isinstance(value, Expression):
        yield from expressions_in(value._regex)
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from (*expressions_in(key), *expressions_in(item))
    elif isinstance(value, tuple | list | set | frozenset):
        for item in value:
            yield from expressions_in(item)
