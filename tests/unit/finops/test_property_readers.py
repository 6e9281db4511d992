"""Readers of properties that may be unknown, missing or of another type, quantities, and messages of errors."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from falaj.finops.errors import BadInput, shown
from falaj.finops.plan import UNKNOWN
from falaj.finops.properties import (
    get_dict,
    get_gib,
    get_list,
    get_number,
    get_path,
    get_str,
    get_str_list,
    unknown_at,
    whole_gib,
)
from falaj.finops.work.quantities import MOST, quantity

PROPS: dict[str, Any] = {
    "spec": {"rows": [{"key": "a"}, {"key": ""}, {"key": 7}], "names": ["x", "", 1, "y"], "later": UNKNOWN, "no": None},
    "size": 5,
}


@pytest.mark.parametrize(
    ("steps", "value"),
    [
        ((), PROPS),
        (("size",), 5),
        (("spec", "rows", 0, "key"), "a"),
        (("spec", "rows", 2, "key"), 7),
        (("spec", "rows", 3), None),
        (("spec", "rows", "key"), None),
        (("spec", "missing", "deeper"), None),
        (("size", "deeper"), None),
        (("spec", "later"), None),
        (("spec", "no"), None),
    ],
)
def test_a_path_leads_to_a_value_or_to_none(steps: tuple[str | int, ...], value: object) -> None:
    assert get_path(PROPS, *steps) == value


@pytest.mark.parametrize(
    ("read", "steps", "value"),
    [
        (get_str, ("spec", "rows", 0, "key"), "a"),
        (get_str, ("spec", "rows", 1, "key"), ""),
        (get_str, ("size",), ""),
        (get_str_list, ("spec", "names"), ["x", "y"]),
        (get_str_list, ("size",), []),
        (get_list, ("spec", "names"), ["x", "", 1, "y"]),
        (get_list, ("spec",), []),
        (get_dict, ("spec", "rows", 0), {"key": "a"}),
        (get_dict, ("spec", "names"), {}),
        (get_dict, ("spec", "later"), {}),
    ],
)
def test_a_reader_returns_its_type_or_an_empty_value(
    read: Callable[..., object], steps: tuple[str | int, ...], value: object
) -> None:
    assert read(PROPS, *steps) == value


def test_a_text_has_a_default() -> None:
    assert get_str(PROPS, "spec", "rows", 0, "key", default="b") == "a"
    assert get_str(PROPS, "spec", "rows", 1, "key", default="b") == get_str(PROPS, "size", default="b") == "b"


@pytest.mark.parametrize(
    ("paths", "unknown"),
    [
        (("spec.later",), ("spec.later",)),
        (("spec.later.deeper.still", "spec.later"), ("spec.later",)),
        (("spec.list.key",), ("spec.list",)),
        (("spec.names", "spec.missing.deeper", "size.deeper"), ()),
        (("all.of.it", "spec.later"), ("all", "spec.later")),
    ],
)
def test_the_shortest_unknown_part_of_a_path_is_returned_once(paths: tuple[str, ...], unknown: tuple[str, ...]) -> None:
    value = {"spec": {**PROPS["spec"], "list": [1, UNKNOWN]}, "size": 5, "all": UNKNOWN}
    assert unknown_at(value, *paths) == unknown


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (0, 0), (3, 3), (2.5, Decimal("2.5")), ("4", 4), ("1e2", 100), (10**9, 10**9),
        (10**9 + 1, 7), (-1, 7), ("-0.1", 7), (True, 7), (None, 7), ("", 7), ("four", 7), ("NaN", 7), ("Infinity", 7),
        ([4], 7),
    ],
)  # fmt: skip
def test_a_number_is_finite_and_not_negative(value: object, number: Decimal) -> None:
    assert get_number(value, 7) == number


@pytest.mark.parametrize(
    ("value", "gib"),
    [
        (200, 200),
        ("200", 200),
        ("200Gi", 200),
        ("1Ti", 1024),
        ("1G", 1),
        ("1025Mi", 2),
        ("disk", 7),
        ("", 7),
        (None, 7),
    ],
)
def test_sizes_of_disks_are_gib(value: object, gib: int) -> None:
    assert get_gib(value, 7) == gib


@pytest.mark.parametrize(("value", "gib"), [("1Gi", 1), (2**30, 1), (2**30 + 1, 2), ("0", 0), ("disk", 0)])
def test_quantities_of_bytes_are_rounded_up(value: object, gib: int) -> None:
    assert whole_gib(value) == gib


@pytest.mark.parametrize(
    ("text", "value"),
    [
        # Kubernetes API reference, Quantity: decimal and binary suffixes, and exponents.
        ("1n", "1e-9"), ("1u", "1e-6"), ("500m", "0.5"), ("1k", "1e3"), ("1M", "1e6"), ("1G", "1e9"), ("1T", "1e12"),
        ("1P", "1e15"), ("1E", "1e18"), ("1Ki", 2**10), ("1Mi", 2**20), ("1Gi", 2**30), ("1Ti", 2**40),
        ("1Pi", 2**50), ("0.5Ei", 2**59), ("1e3", 1000), ("1E3", 1000), ("1e-3", "0.001"), ("1E+2", 100),
        ("1.5", "1.5"), (".5", "0.5"), ("2.", 2), (" 3 ", 3), (4, 4), (0.25, "0.25"),
        ("2E", "1e18"), ("1e999", "1e18"), (10**30, "1e18"),
        ("1K", 0), ("1ki", 0), ("1 Gi", 0), ("-1", 0), ("Gi", 0), ("", 0), (True, 0), (None, 0), ("1e1234", 0),
    ],
)  # fmt: skip
def test_quantities_are_those_of_kubernetes(text: object, value: str | int) -> None:
    assert quantity(text) == Decimal(value) <= MOST


@pytest.mark.parametrize(
    ("location", "sentence", "message"),
    [
        ("plan.json", "is empty", "plan.json: is empty"),
        ("", "is empty", "is empty"),
        ("a\nb", "of two\nlines", "a b: of two lines"),
        ("", "x" * 2500, "x" * 2500),
        ("", "x" * 2501, "x" * 2500 + " ..."),
    ],
)
def test_an_error_is_one_sentence_with_its_location(location: str, sentence: str, message: str) -> None:
    error = BadInput(location, sentence)
    assert (str(error), error.location) == (message, location)


def test_a_value_in_a_message_is_shortened() -> None:
    assert shown("pool") == "'pool'"
    assert (len(shown("x" * 118)), len(shown("x" * 1000)), "..." in shown("x" * 1000)) == (120, 120, True)
    assert shown({"a": 1}) == "{'a': 1}"
    assert shown(10**5000) == "a number of thousands of digits"
