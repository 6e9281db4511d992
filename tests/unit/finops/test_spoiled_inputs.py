"""Random and damaged files and options are refused with one sentence, or give plausible figures.

`tests/exhaustive` tries more of them.
"""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.thorough import many
from tests.unit.finops.spoiled_inputs import (
    JUNK,
    READERS,
    check_is_right_or_refused,
    inputs,
    spoiled,
)
from tests.unit.finops.spoiled_options import OPTIONS, check_option


@settings(max_examples=many(200), deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(file=inputs())
def test_a_file_is_read_right_or_refused(file: tuple[str, bytes]) -> None:
    check_is_right_or_refused(*file)


@settings(max_examples=many(200), deadline=None, derandomize=True)
@given(st.sampled_from(OPTIONS), JUNK)
def test_an_option_is_read_right_or_refused(name: str, junk: str) -> None:
    check_option(name, junk.strip('"'))


@pytest.mark.parametrize("name", READERS)
def test_what_is_not_spoiled_is_read(name: str) -> None:
    reader = READERS[name]
    assert not check_is_right_or_refused(name, reader.text(reader.content).encode())


@pytest.mark.parametrize("name", [name for name in READERS if not READERS[name].table])
def test_deep_nesting_is_refused(name: str) -> None:
    assert check_is_right_or_refused(name, b"[" * 20_000)


STORED = ("sites", "uae", "vaults", "datasets", "stored_gb")


@pytest.mark.parametrize(
    ("name", "path", "raw"),
    [
        *(("usage", STORED, amount) for amount in ("1e30", "1e400", "1e999999", "0x" + "f" * 5000)),
        ("usage", ("sites", "uae", "pools", "gpu", "nodes"), "1e308"),
        ("usage", ("as_of",), "2026-13-45"),
        ("ceilings", ("aed_per_month",), "1e30"),
        ("ceilings", ("aed_per_month",), "2026-13-45"),
        ("plan", ("steps", 0, "newState", "inputs", "location"), "[" * 5_000 + "]" * 5_000),
        ("plan", ("steps", 0, "newState", "inputs", "location"), "[" * 100_000 + "]" * 100_000),
    ],
)
def test_what_is_no_such_value_is_refused(name: str, path: tuple[str | int, ...], raw: str) -> None:
    assert check_is_right_or_refused(name, spoiled(name, path, raw))


def test_an_impossible_date_is_named_with_its_field() -> None:
    assert check_is_right_or_refused("usage", b"as_of: 2026-13-45").endswith(
        "as_of: input should be a valid date or "
        "datetime, month value is outside expected range of 1-12, not '2026-13-45'"
    )


def test_values_that_a_reader_itself_bounds_are_refused() -> None:
    assert "replay would last" in check_is_right_or_refused("trace", spoiled("trace", (0, "TIMESTAMP"), "2022-01-01"))
    assert "tokens" in check_is_right_or_refused("trace", spoiled("trace", (2, "GeneratedTokens"), "1" + "0" * 400))
    assert check_option("--spread", "sNaN").startswith("--spread: 'sNaN' is not a number: ")
    assert check_option("schedule", "9" * 5000) == ""  # it is no schedule, so the pool always runs
    assert check_is_right_or_refused("plan", spoiled("plan", ("steps", 0, "op"), '"\\ud800"'))


def test_the_bounds_of_depth_and_of_numbers() -> None:
    location = ("steps", 0, "newState", "inputs", "location")
    assert "nested more than 100" in check_is_right_or_refused("plan", spoiled("plan", location, "[" * 300 + "]" * 300))
    requests = ("windows", 0, "requests")
    assert check_is_right_or_refused("measurements in JSON", spoiled("measurements in JSON", requests, "9" * 400))
    assert "decimal places" in check_is_right_or_refused("usage", spoiled("usage", STORED, '"1e-999999"'))
    assert check_option("--spread", "1e999999999").startswith("--spread: 1e999999999 is not from")


def test_an_alias_that_repeats_a_large_value_is_shortened() -> None:
    levels = "".join(f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 10)}]\n" for n in range(1, 9))
    assert check_is_right_or_refused("usage", f"l0: &l0 [1]\n{levels}hours: *l8".encode())


@pytest.mark.parametrize("name", ["--rate", "--invoice", "--rate of showback", "--invoice of showback"])
@pytest.mark.parametrize("text", ["1e30", "1e999999", "1e-999999"])
def test_a_rate_that_no_currency_has_is_refused(name: str, text: str) -> None:
    assert check_option(name, text)
