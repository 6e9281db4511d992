"""Verdicts of experiments, by kind of measurement."""

import json
import math
from typing import Any

import pytest

from falaj.finops.experiment.breakeven import CostLine, crossing
from falaj.finops.experiment.document import document
from falaj.finops.experiment.guards import GuardState
from falaj.finops.experiment.latency import combined_histogram, quantile
from falaj.finops.experiment.reading import read
from falaj.finops.experiment.verdict import Decision, ExperimentResult, judge
from tests.unit.finops.measurements import row, rows

WEEK, FORTNIGHT = 168, 336


def verdict(windows: list[dict[str, Any]], **rules: Any) -> ExperimentResult:
    return judge(*read(json.dumps({"windows": windows, "rules": rules}), "file"))


def states(result: ExperimentResult) -> dict[str, GuardState]:
    return {guard.name: guard.state for guard in result.guards}


def test_a_cheaper_candidate_is_promoted() -> None:
    result = verdict(rows(FORTNIGHT, 2, cost=0.8))
    assert result.choice is Decision.PROMOTE
    assert result.sentence.startswith("Promote b: it saves between ")
    assert set(states(result).values()) == {GuardState.HELD}
    value, least, most = result.saving
    assert least < 0.2 < most
    assert value == pytest.approx(0.2, abs=0.02)
    assert result.b.low < result.b.once_low < result.b.value < result.b.once_high < result.b.high


def test_a_cost_is_the_sum_of_costs_by_the_sum_of_requests() -> None:
    windows = [row("a", hour) for hour in range(WEEK)] + [row("b", hour, cost_usd=0.5) for hour in range(WEEK)]
    windows[0] |= {"requests": 0, "errors": 0, "cost_usd": 1.0, "tokens": 0}
    windows[0] |= dict.fromkeys(("le_0.25", "le_0.5", "le_1", "le_inf"), 0)
    result = verdict(windows)
    assert result.a.value == pytest.approx(1000 * WEEK / ((WEEK - 1) * 3600))
    assert result.b.value == pytest.approx(1000 * 0.5 / 3600)
    assert verdict(windows, per="tokens").b.value == pytest.approx(1e6 * 0.5 / 360_000)


@pytest.mark.parametrize(
    ("worse", "guard"),
    [({"late": 0.09}, "p95"), ({"errors": 8.0}, "errors"), ({"quality": -0.05}, "quality")],
)
def test_what_gets_worse_keeps_the_baseline_however_much_it_saves(worse: dict[str, float], guard: str) -> None:
    result = verdict(rows(FORTNIGHT, 2, cost=0.5, **worse))
    assert result.choice is Decision.KEEP
    assert result.sentence == f"Keep a: b is worse than allowed in {guard}."
    assert [name for name, state in states(result).items() if state is not GuardState.HELD] == [guard]


def test_equal_variants_are_measured_on_and_then_kept() -> None:
    result = verdict(rows(WEEK))
    assert result.choice is Decision.GO_ON
    assert result.sentence == f"Go on measuring for about 7 days: {result.sentence.partition(': ')[2]}"
    assert result.days_more == 7
    assert verdict(rows(WEEK), planned_days=7).sentence.startswith("Keep a: after the 7 days of the plan")


def test_a_more_expensive_candidate_is_rejected_because_of_its_cost() -> None:
    assert verdict(rows(WEEK, cost=1.4)).sentence.startswith("Keep a: b costs between ")


def test_a_saving_below_the_minimum_does_not_count() -> None:
    result = verdict(rows(WEEK, cost=0.8), least_saving=0.5)
    assert result.choice is Decision.KEEP
    assert result.sentence.endswith("which is less than required.")


def test_a_variant_that_is_expensive_on_some_days_is_not_judged_by_its_hours() -> None:
    """b costs 0.7 on four days and 1.1 on three: 168 hours would say that it is cheaper, seven days do not."""
    windows = rows(WEEK)
    for index, item in enumerate(windows):
        if item["variant"] == "b":
            item["cost_usd"] *= 1.1 if index // 48 % 2 else 0.7
    result = verdict(windows)
    assert result.choice is Decision.GO_ON
    assert result.change.days == 7
    assert result.change.low < 0 < result.change.high


def test_a_sure_saving_waits_for_an_open_guard() -> None:
    result = verdict(rows(WEEK, cost=0.6), guards={"error_margin": 0.0001})
    assert (result.choice, states(result)["errors"]) == (Decision.GO_ON, GuardState.OPEN)
    assert "the saving is certain" in result.sentence


def test_no_error_at_all_is_no_proof_of_none() -> None:
    windows = [row(side, hour, errors=0, requests=60, **{"le_inf": 60, "le_1": 60, "le_0.5": 60, "le_0.25": 60})
               for hour in range(WEEK) for side in "ab"]  # fmt: skip
    guard = {item.name: item for item in verdict(windows).guards}["errors"]
    assert guard.worse.high > 3 / (60 * WEEK)  # the rule of three


def test_a_limit_of_the_rules_goes_before_the_baseline() -> None:
    late = rows(WEEK, cost=0.5, late=0.09)
    assert states(verdict(late, guards={"p95_limit_s": 0.95}))["p95"] is GuardState.BROKEN
    inside = [item | {"le_5": item["requests"], "le_inf": item["requests"]} for item in late]
    assert states(verdict(inside, guards={"p95_limit_s": 4}))["p95"] is GuardState.HELD


def test_quantiles_serve_where_there_is_no_histogram() -> None:
    windows = [
        {key: value for key, value in entry.items() if not key.startswith("le_")} for entry in rows(WEEK, cost=0.7)
    ]
    for index, item in enumerate(windows):
        item["p95_s"] = 0.4 + index % 3 * 0.01
    assert states(verdict(windows))["p95"] is GuardState.HELD
    assert states(verdict(windows, guards={"p95_limit_s": 0.3}))["p95"] is GuardState.BROKEN


def test_where_the_lines_cross() -> None:
    cpu, gpu = CostLine(0.0, 2.0), CostLine(8.0, 0.5)
    assert crossing(cpu, gpu) == pytest.approx(8 / 1.5)
    assert cpu.at(8 / 1.5) == pytest.approx(gpu.at(8 / 1.5))
    assert crossing(CostLine(1.0, 1.0), CostLine(2.0, 2.0)) is None


def test_the_break_even_rate_is_found_again_in_noise() -> None:
    windows = rows(168)
    for window in windows:
        rate = window["requests"] / 3600
        base = 2.0 * rate if window["variant"] == "a" else 1.2 + 0.8 * rate
        window["cost_usd"] *= base / (0.4 + 0.0002 * window["requests"])
    span = verdict(windows).break_even
    assert span is not None
    assert span.low is not None
    assert span.high is not None
    assert span.low < 1.0 < span.high
    assert span.rate == pytest.approx(1.0, rel=0.1)
    assert span.cheaper_above
    assert verdict([row(side, hour) for hour in range(WEEK) for side in "ab"]).break_even is None


def test_a_histogram_gives_the_quantile_that_prometheus_gives() -> None:
    assert quantile([(0.5, 50), (1.0, 100)], 0.75) == pytest.approx(0.75)
    assert quantile([(0.5, 50), (math.inf, 100)], 0.95) == 0.5
    assert quantile([], 0.5) is None
    _, windows = read(json.dumps(rows(WEEK)), "file")
    total = sum(item.requests for item in windows["a"])
    assert combined_histogram(windows["a"])[-1] == (math.inf, total)


def test_the_document_is_json_and_names_its_methods() -> None:
    result = json.loads(json.dumps(document(verdict(rows(FORTNIGHT, 2, cost=0.8))), allow_nan=False))
    assert (result["choice"], result["unit"], result["randomised"]) == ("promote", "1,000 requests", "request")
    assert set(result["cost"]) == {"a", "b"}
    for cost in result["cost"].values():
        assert set(cost) == {"value", "low", "high", "once", "days"}
        assert cost["low"] <= cost["value"] <= cost["high"]
    assert result["saving"]["low"] < result["saving"]["value"] < result["saving"]["high"]
    assert "`day_correlation` of the rules" in result["methods"]["cost"]
    assert "delta method" in result["methods"]["cost"]


def test_the_interval_of_a_week_is_finite_for_every_alpha() -> None:
    change = verdict(rows(WEEK), alpha=0.001).change
    assert -1 < change.low < 0 < change.high < 1
