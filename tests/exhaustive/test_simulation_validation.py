"""The simulation still says what it said when it was compared with real Kueue, scheduler and Karpenter."""

import json

import pytest

from tests.lab.validation.comparison import Compared, compared, simulations
from tests.lab.validation.records import saved
from tests.lab.validation.scenario import jobs
from tests.lab.validation.tables import FIGURES, PAGE, page, written

LARGEST_DIFFERENCE = {"node-hours": 0.05, "cost, AED": 0.05, "wait p95, s": 0.05}
"""Of all runs that count together: the goal."""


@pytest.fixture(scope="module")
def rows() -> dict[str, Compared]:
    """Figures of all runs that count."""
    records = [record for record in saved() if record.counts]
    draws = {record.seed: simulations(record, jobs(record.seed)) for record in records}
    return {row.name: row for row in compared(records, draws)}


@pytest.mark.parametrize("name", LARGEST_DIFFERENCE)
def test_the_simulation_is_within_the_tolerance(rows: dict[str, Compared], name: str) -> None:
    assert abs(rows[name].difference) <= LARGEST_DIFFERENCE[name], rows[name]


def test_the_page_has_the_figures_of_the_file() -> None:
    figures = json.loads(FIGURES.read_text())
    by_seed = {row["seed"]: written(row["figures"]) for row in figures["seeds"]}
    assert page(PAGE.read_text(), saved(), written(figures["all"]), by_seed) == PAGE.read_text()
    assert [record.seed for record in saved()] == [*by_seed]


def test_the_figures_of_the_file_are_those_of_the_model(rows: dict[str, Compared]) -> None:
    """`python -m tests.lab.validation` renews them after a change of the model."""
    assert [*rows.values()] == written(json.loads(FIGURES.read_text())["all"])
