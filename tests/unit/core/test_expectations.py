"""What is said of a value of another type than the declared one."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from ipaddress import IPv4Address
from typing import Annotated, Any

import pytest
from pydantic import BaseModel, Field, TypeAdapter, ValidationError

from falaj.components.core.validation.declarations import ValueLimits
from falaj.components.core.validation.expectations import KINDS, expectation


class _Part(BaseModel):
    size: int = 1


MAPPING, LIST = "a mapping, `name: value`", "a list"
CASES: list[tuple[Any, Any, str, str]] = [
    (bool, "perhaps", "true or false", "write true or false"),
    (dict[str, int], 3, MAPPING, f"write {MAPPING}"),
    (Mapping[str, int], 3, MAPPING, f"write {MAPPING}"),
    (IPv4Address, "10.20.0", "an IPv4 address such as 10.20.0.4", "write an IPv4 address such as 10.20.0.4"),
    (Sequence[str], 3, LIST, "write a list, [3]"),
    (Sequence[str], "a", LIST, "write a list, [a]"),
    (list[str], "a" * 60, LIST, f"write a list, [{'a' * 60}]"),
    (list[str], "a" * 61, LIST, "write a list"),
    (tuple[str, ...], 1.5, LIST, "write a list, [1.5]"),
    (tuple[str, ...], None, LIST, "write a list"),
    (_Part, 3, "a mapping of its fields, `name: value`", "write a mapping of its fields, `name: value`"),
    (str, 3, "text", "write it in quotes"),
    (str, None, "text", "write text"),
    (int, "many", "a whole number", "write a whole number"),
    (int, 1.5, "a whole number", "write a whole number"),
    (float, "many", "a number", "write a number"),
    (Decimal, "many", "a number", "write a number"),
]


def said(declared: Any, given: Any, limits: ValueLimits | None = None) -> tuple[str, str, str]:
    """Returns the type of the error, what is allowed, and the fix."""
    with pytest.raises(ValidationError) as failed:
        TypeAdapter(declared).validate_python(given)
    [detail] = failed.value.errors()
    return (detail["type"], *expectation(detail, limits or ValueLimits()))


@pytest.mark.parametrize(("declared", "given", "allowed", "fix"), CASES)
def test_a_value_of_another_type_is_described_by_the_declared_one(
    declared: Any, given: Any, allowed: str, fix: str
) -> None:
    assert said(declared, given)[1:] == (allowed, fix)


def test_every_description_is_of_an_error_that_occurs() -> None:
    types = {said(declared, given)[0] for declared, given, *_ in CASES}
    assert [kind for kind in KINDS if not any(each.startswith(kind) for each in types)] == []


@pytest.mark.parametrize(
    ("bounds", "given", "allowed", "fix"),
    [
        ({"ge": 2, "le": 8}, 9, "2 to 8", "choose a number from 2 to 8"),
        ({"ge": 2}, 1, "2 or more", "choose a number that is 2 or more"),
        ({"gt": 2}, 2, "more than 2", "choose a number that is more than 2"),
        ({"le": 8}, 9, "at most 8", "choose a number that is at most 8"),
        ({"lt": 0.00001}, 1, "less than 0.00001", "choose a number that is less than 0.00001"),
        ({"gt": 0, "lt": 1}, 1, "more than 0 and less than 1", "choose a number that is more than 0 and less than 1"),
    ],
)
def test_bounds_are_stated_with_the_fix(bounds: dict[str, Any], given: float, allowed: str, fix: str) -> None:
    assert said(Annotated[float, Field(**bounds)], given, ValueLimits(**bounds))[1:] == (allowed, fix)


@pytest.mark.parametrize(
    ("declared", "bounds", "given", "allowed", "fix"),
    [
        (list[str], {"min_length": 2, "max_length": 3}, ["a"], "2 to 3 items", "add 1 item"),
        (list[str], {"max_length": 1}, ["a", "b", "c"], "at most 1 item", "remove 2 of the 3"),
        (list[str], {"min_length": 1}, [], "1 item or more", "add 1 item"),
        (str, {"min_length": 2}, "a", "2 characters or more", "write 2 characters or more"),
        (str, {"min_length": 1, "max_length": 3}, "abcd", "1 to 3 characters", "shorten it by 1 character"),
    ],
)
def test_lengths_are_stated_with_the_fix(
    declared: Any, bounds: dict[str, Any], given: Any, allowed: str, fix: str
) -> None:
    assert said(Annotated[declared, Field(**bounds)], given, ValueLimits(**bounds))[1:] == (allowed, fix)
