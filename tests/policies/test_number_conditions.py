"""Numbers of properties: as floats, as text, and as integers of a text of JSON that no float holds."""

import math

import pytest
from guardrails.engine.number_conditions import at_least, at_most, number_of


@pytest.mark.parametrize(
    ("value", "number"),
    [(3, 3.0), ("3", 3.0), (True, None), ("many", None), (None, None), (10**400, math.inf), (-(10**400), -math.inf)],
)
def test_a_number_is_read_however_large_it_is(value: object, number: float | None) -> None:
    assert number_of(value) == number  # type: ignore[arg-type]


def test_a_number_that_no_float_holds_is_compared() -> None:
    assert at_least(30).test(10**400)
    assert not at_most(30).test(10**400)
