"""YAML and times of input files: what would be lost or read wrongly in silence is refused."""

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from falaj.finops.errors import BadInput
from falaj.finops.experiment import trace
from falaj.finops.input_files import parse_yaml
from falaj.finops.rightsize.exports import opencost
from falaj.finops.rightsize.points import time_of
from falaj.finops.showback import rate_file
from falaj.finops.times import in_utc


@pytest.mark.parametrize("text", ["a: 1\na: 2\n", "x: {a: 1, b: 2, a: 3}\n", '"a": 1\na: 1\n'])
def test_a_key_that_is_there_twice_is_refused(text: str) -> None:
    """YAML 1.2.2, 3.2.1.1: the keys of a mapping are unique. The last one counted before."""
    with pytest.raises(BadInput, match=r"file: not YAML: line \d, column \d+: 'a' is a duplicate key"):
        parse_yaml(text, "file")


def test_merged_keys_may_be_overridden() -> None:
    assert parse_yaml("base: &base {a: 1, b: 2}\nown: {<<: *base, a: 3}\n", "file")["own"] == {"a": 3, "b": 2}


@pytest.mark.parametrize("text", ["0001-01-01T00:00:00+04:00", "9999-12-31T23:00:00-05:00", "1999-12-31T23:59:59Z"])
def test_times_outside_of_this_century_are_refused(text: str) -> None:
    with pytest.raises(BadInput, match="is not a time such as 2026-11-24T10:00:00Z, in the years 2000 to 2099"):
        time_of(text, "file")
    with pytest.raises(ValueError, match=r"date value out of range|is not a time"):
        in_utc(datetime.fromisoformat(text))


def test_an_allocation_of_less_than_a_second_is_refused() -> None:
    allocation = {"start": "2026-11-01T00:00:00Z", "minutes": 1e-300, "cpuCost": 1}
    with pytest.raises(BadInput, match="minutes: 1e-300 is less than a second"):
        opencost(json.dumps({"data": [{"pod": allocation}]}), "file")


@pytest.mark.parametrize(
    ("read", "header"),
    [(trace.load, "TIMESTAMP,ContextTokens,GeneratedTokens"), (rate_file.read, "date,aed_per_usd")],
    ids=["trace", "rates"],
)
def test_a_table_that_is_no_csv_is_refused_in_one_sentence(
    read: Callable[[Path], object], header: str, tmp_path: Path
) -> None:
    """The limit is csv's own; the commands ended with a traceback before."""
    file = tmp_path / "table.csv"
    file.write_text(f"{header}\n{'x' * 140_000},1,1\n", encoding="utf-8")
    with pytest.raises(BadInput, match=r"table\.csv: not CSV") as refused:
        read(file)
    assert "\n" not in str(refused.value)
