"""The table of defaults is complete and current, and its figures can be derived again."""

from __future__ import annotations

import pytest

from tests.project import defaults
from tests.project.default_figures import Row, current, keys, platform_of, row, today
from tests.project.default_rows import DEFAULTS, Default
from tests.project.default_tables import filled

ROWS = {each.key: each for each in defaults.read()}
BY_NAME = {default.name: default for default in DEFAULTS}

SAMPLE = (
    ("capacity of training pools", "on-demand", "gavel", "as is"),
    ("machines of training pools", "g5.12xlarge, g6.12xlarge, g6e.12xlarge", "philly", "as is"),
    ("space of a tenant in GPUs", "16", "philly", "as is"),
    ("checkpoint interval, seconds", "300", "gavel", "as is"),
    ("replicas kept of `assistant`, at night / by day", "2 / 2", "conversation", "as is"),
)
"""Rows that are simulated again: each with its default, about ten seconds of one core together."""


@pytest.mark.parametrize("default", DEFAULTS, ids=lambda default: default.name)
def test_a_default_has_its_rows_with_the_value_of_today(default: Default) -> None:
    own = [each for each in ROWS.values() if each.default == default.name]
    assert {(each.alternative, each.month, each.case) for each in own} == set(keys(default))
    assert {(each.value, each.where) for each in own} == {(current(default), default.where)}


def test_no_row_is_of_another_default() -> None:
    assert {each.default for each in ROWS.values()} == set(BY_NAME)


@pytest.mark.parametrize("key", SAMPLE, ids=lambda key: f"{key[0]}: {key[1]}")
def test_figures_can_be_derived_again(key: tuple[str, str, str, str]) -> None:
    name, alternative, month, case = key
    stated = ROWS[key]
    assert row(BY_NAME[name], alternative, month, case, stated.date) == stated


def test_the_page_has_the_figures_of_the_file() -> None:
    page = defaults.PAGE.read_text(encoding="utf-8")
    assert filled(page, defaults.read()) == page


def test_every_alternative_is_another_platform() -> None:
    same = [
        (default.name, alternative)
        for default in DEFAULTS
        for alternative in default.alternatives
        if platform_of(default, alternative) == today()
    ]
    assert same == []


def test_an_alternative_that_the_check_refuses_is_an_error() -> None:
    refused = Default("x", "jobs", "x", [], {"many": {("sites", "awsuae", "pools", "gpuspot", "min"): 99}})
    with pytest.raises(ValueError, match="x: many is refused"):
        platform_of(refused, "many")


def test_a_page_without_a_table_is_an_error() -> None:
    with pytest.raises(ValueError, match="no <!-- begin jobs -->"):
        filled("no tables", [Row(**vars(each)) for each in ROWS.values()])
