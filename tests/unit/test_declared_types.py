"""Defaults and tables hold what their declarations state, in all modules of the finances, components and guardrails.

The type checker reads the declarations; these tests read the values, which a mistake in a table of rows can change.
"""

from collections.abc import Callable, Mapping
from typing import Annotated, Any, Literal, Optional

import pytest
from pydantic import Field

from falaj.components.core.validation.args import ResolvedLater
from tests.declared_types import Declared, conforms, constants, defaults, modules


@pytest.fixture(scope="module")
def default_values() -> list[Declared]:
    return [each for module in modules() for each in defaults(module)]


@pytest.fixture(scope="module")
def constant_values() -> list[Declared]:
    return [each for module in modules() for each in constants(module)]


def other(found: list[Declared]) -> list[Declared]:
    return [each for each in found if not conforms(each.declared_type, each.value)]


def test_every_default_has_the_declared_type(default_values: list[Declared]) -> None:
    assert len(default_values) > 1000
    assert other(default_values) == []


def test_what_may_be_absent_is_absent_by_default(default_values: list[Declared]) -> None:
    """An empty text, list or zero in place of `None` would be taken for a value that somebody gave."""
    optional = [each for each in default_values if each.declared_type is not Any and conforms(each.declared_type, None)]
    assert len(optional) > 300
    assert [each for each in optional if each.value is not None] == []


def test_every_table_has_values_of_the_declared_types(constant_values: list[Declared]) -> None:
    assert len(constant_values) > 10_000
    assert other(constant_values) == []


def test_every_constant_has_a_value(constant_values: list[Declared]) -> None:
    assert [each.where for each in constant_values if ":" not in each.where and each.value is None] == []


@pytest.mark.parametrize(
    ("declared_type", "fits", "does_not"),
    [
        (str, "a", None),
        (int, 1, True),
        (float, 1, "1"),
        (bool, True, None),
        (None, None, ""),
        (Optional[str], None, 1),  # noqa: UP045 (the form of older annotations)
        (str | None, "a", 1),
        (Literal["a", "b"], "a", "c"),
        (Annotated[int, Field(ge=1)], 1, None),
        (Annotated[Any, ResolvedLater(int)], 1, "1"),
        (tuple[str, ...], ("a", "b"), ("a", None)),
        (tuple[str, int], ("a", 1), ("a",)),
        (list[int], [1], [None]),
        (frozenset[str], frozenset("a"), frozenset([1])),
        (Mapping[str, int], {"a": 1}, {"a": None}),
        (dict[str, int], {"a": 1}, {1: 1}),
        (Callable[[int], int], abs, None),
        (type[int], int, 1),
    ],
)
def test_types_are_compared(declared_type: Any, fits: Any, does_not: Any) -> None:
    assert conforms(declared_type, fits)
    assert not conforms(declared_type, does_not)
