"""Trace replays: a queue whose results can be computed by hand, and input that is rejected."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from falaj.cli.common import EXIT_FAILED, EXIT_INVALID, EXIT_OK, CommandError
from falaj.cli.experiment import app
from falaj.finops.errors import BadInput
from falaj.finops.experiment import assumptions, trace
from falaj.finops.experiment.assumptions import Autoscaler, VariantAssumptions
from falaj.finops.experiment.forecast import document, forecast_variants
from falaj.finops.experiment.replay import replay
from falaj.finops.experiment.trace import Request
from tests.thorough import many
from tests.unit.finops.measurements import rows


def assumed(**changed: Any) -> VariantAssumptions:
    """One second for 100 input tokens and another for 10 output tokens, one request at a time, USD 3.60 an hour: 0.1
    cent a second.
    """
    return VariantAssumptions.model_validate(
        {
            "usd_per_hour": "3.6",
            "prefill_tokens_per_second": 100,
            "decode_tokens_per_second": 10,
            "slots": 1,
            "most": 1,
            "kind": "assumed",
            "source": "made up",
        }
        | changed
    )


def every(seconds: float, number: int) -> list[Request]:
    return [Request(seconds * index, 100, 10) for index in range(number)]


def test_a_queue_of_one_by_hand() -> None:
    result = replay(every(1, 3), assumed(), Autoscaler())
    assert (result.p50_s, result.waited_s) == (3.0, 1.0)  # they take 2, 3 and 4 seconds
    assert (result.usd, result.usd_per_1000) == pytest.approx((0.006, 2.0))
    assert result.usd_per_million_tokens == pytest.approx(200)
    assert result.busy == 1.0
    assert result.replicas == ((0.0, 1),)


def test_slots_work_at_once() -> None:
    assert replay(every(0, 4), assumed(slots=4), Autoscaler()).p99_s == 2.0


def test_replicas_follow_the_load_and_their_start_is_paid() -> None:
    burst = [*every(0.1, 200), Request(2000, 100, 10)]
    result = replay(burst, assumed(slots=2, most=10, start_seconds=30), Autoscaler())
    assert result.most_replicas == 10
    assert result.replicas[1] == (15.0, 10)
    assert result.replicas[-1][1] == 1
    assert result.replicas[-1][0] >= 15 + 300
    seconds = sum(
        number * (after - at)
        for (at, number), (after, _) in zip(result.replicas, [*result.replicas[1:], (2002.0, 1)], strict=True)
    )
    assert result.replica_hours * 3600 == pytest.approx(seconds)


def test_a_service_at_zero_wakes_up() -> None:
    result = replay(every(1000, 3), assumed(least=0, start_seconds=60), Autoscaler())
    assert result.p50_s > 60
    assert min(number for _, number in result.replicas) == 0
    assert result.replica_hours * 3600 < 3 * 450


@settings(max_examples=many(40), deadline=None)
@given(
    gaps=st.lists(st.floats(0, 30), min_size=1, max_size=60),
    slots=st.integers(1, 4),
    least=st.integers(0, 2),
    most=st.integers(2, 6),
)
def test_everything_is_answered_within_the_bounds(gaps: list[float], slots: int, least: int, most: int) -> None:
    at, requests = 0.0, []
    for gap in gaps:
        at += gap
        requests.append(Request(at, 100, 10))
    one = assumed(slots=slots, least=least, most=most)
    result = replay(requests, one, Autoscaler())
    assert result.p50_s >= 2.0 - 1e-9
    assert result.busy <= 1 + 1e-9
    assert result.busy * result.replica_hours * 3600 * slots == pytest.approx(2.0 * len(requests))
    assert result.most_replicas >= least


PAIR = {
    "variants": {
        "cpu": {"usd_per_hour": 1, "prefill_tokens_per_second": 100, "decode_tokens_per_second": 10, "slots": 1,
                "most": 20, "kind": "measured", "source": "bench"},
        "gpu": {"usd_per_hour": 4, "prefill_tokens_per_second": 1000, "decode_tokens_per_second": 100, "slots": 1,
                "most": 4, "kind": "assumed", "source": "guess"},
    },
    "autoscaler": {"target": 1},
}  # fmt: skip


def pair(**changed: Any) -> assumptions.Assumptions:
    return assumptions.parse(json.dumps(PAIR | changed), "assume")


def test_break_even_at_steady_rates_by_hand() -> None:
    """A cpu takes 2 s and costs a dollar an hour, a gpu takes 0.2 s and costs four: five cpus cost more than one
    gpu, from 2/s on. A second gpu, from 5/s on, costs as much as eight cpus; eleven are needed by then.

    A second gpu, from 5/s on, costs as much as eight cpus; eleven are needed by then.
    """
    result = forecast_variants(every(1, 50), pair()).cheaper["gpu"]
    assert (result.first, result.always, result.limit) == pytest.approx((2.0, 2.0, 10.0))


def test_the_rate_of_a_trace_within_a_second_is_its_number_of_requests() -> None:
    assert forecast_variants(every(0.05, 10), pair()).rate == 10.0
    assert forecast_variants(every(1, 11), pair()).rate == pytest.approx(1.1)


def test_break_even_with_bursts_is_not_that_of_steady_rates() -> None:
    bursts = [Request(600.0 * group, 100, 10) for group in range(10) for _ in range(40)]
    result = forecast_variants(bursts, pair(), search=True)
    assert result.bursts["gpu"] is not None
    assert result.bursts["gpu"] < 1.0


@pytest.mark.parametrize("seconds", [1, 4])
def test_break_even_of_a_trace_is_where_the_replayed_costs_cross(seconds: float) -> None:
    """A trace that is slowed down, and one that is sped up: the last of four halvings leaves 2.2 % to either side."""
    steady = every(seconds, 200)
    rate = forecast_variants(steady, pair(), search=True).bursts["gpu"]
    assert rate is not None

    def is_dearer(factor: float) -> bool:
        scaled = [Request(request.at / factor, request.context, request.generated) for request in steady]
        cpu, gpu = (replay(scaled, pair().variants[name], pair().autoscaler).usd for name in ("cpu", "gpu"))
        return gpu > cpu

    found = rate * steady[-1].at / len(steady)
    assert [is_dearer(found * share) for share in (0.975, 1.025)] == [True, False]


def test_the_cheapest_variant_within_the_limit_is_chosen() -> None:
    slow = forecast_variants(every(10, 50), pair())
    assert slow.sentence.startswith("Try cpu: USD 2.7")
    assert slow.sentence.endswith("(speed measured); gpu would cost 299% more.")
    fast = forecast_variants(every(10, 50), pair(p95_limit_s=1))
    assert fast.sentence.endswith("(speed assumed); cpu would cost 75% less and is too slow: p95 2 s.")
    none = forecast_variants(every(10, 50), pair(p95_limit_s=0.1))
    assert (none.best, none.sentence) == (None, "No variant answers 95 % of the requests within 0.1 s.")
    json.dumps(document(slow, Decimal("3.6725")), allow_nan=False)


TRACE = """TIMESTAMP,ContextTokens,GeneratedTokens
2023-11-16 18:17:03.9799600,4808,10
2023-11-16 18:17:05.9799600,3180,8
"""


def test_a_trace_in_the_form_of_azure() -> None:
    assert trace.read(TRACE, "t") == (Request(0.0, 4808, 10), Request(2.0, 3180, 8))
    assert trace.read(TRACE, "t", faster=4)[1].at == 0.5


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "t: is not a trace"),
        ("a,b\n1,2\n", "t: is not a trace"),
        (TRACE.replace("3180", "-4"), "t: line 3: '-4' is not a number of tokens"),
        (TRACE.replace("2023-11-16 18:17:05", "soon"), "t: line 3: 'soon.9799600' is not a time"),
        (TRACE.replace("18:17:05", "18:17:01"), "is not in chronological order"),
        (TRACE.replace(",8", ""), "t: line 3: has too few fields"),
        ("".join(TRACE.splitlines(True)[:2]), "t: has 1 requests"),
    ],
)
def test_an_invalid_trace_is_rejected(text: str, sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence):
        trace.read(text, "t")


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"usd_per_hour": -1}, "variants.cpu.usd_per_hour"),
        ({"kind": "hoped"}, "variants.cpu.kind"),
        ({"least": 30}, "variants.cpu.least: 30 is more than most, 20"),
        ({"slot": 3}, "variants.cpu.slot: unknown field; did you mean: slots"),
    ],
)
def test_invalid_assumptions_are_rejected(changed: dict[str, Any], sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence):
        pair(variants={"cpu": PAIR["variants"]["cpu"] | changed})


def test_the_commands(tmp_path: Path) -> None:
    file, assume, measured = (tmp_path / name for name in ("trace.csv", "assume.yaml", "measured.json"))
    file.write_text(TRACE)
    assume.write_text(json.dumps(PAIR))
    measured.write_text(json.dumps(rows(336, 2, cost=0.8)))
    run = CliRunner().invoke
    shown = run(
        app, ["replay", str(file), "--assume", str(assume), "--rate", "4@2026-11-01", "--confirm-rate", "--break-even"]
    )
    assert shown.exit_code == EXIT_OK, shown.output
    assert "measured for cpu" in shown.output
    result = json.loads(run(app, ["replay", str(file), "--assume", str(assume), "--json"]).output)
    assert set(result["variants"]) == {"cpu", "gpu"}
    assume.write_text(json.dumps(PAIR | {"p95_limit_s": 0.01}))
    assert run(app, ["replay", str(file), "--assume", str(assume)]).exit_code == EXIT_FAILED
    shown = run(app, ["verdict", str(measured)])
    assert shown.output.startswith("Promote b")
    long = [item | {"variant": item["variant"] * 60} for item in rows(168)]
    names = {"baseline": "a" * 60, "candidate": "b" * 60}
    measured.write_text(json.dumps({"windows": long, "rules": names}))
    assert f"{'a' * 60}  {'b' * 60}" in run(app, ["verdict", str(measured)]).output
    measured.write_text(json.dumps(rows(336, 2, cost=0.8)))
    assert json.loads(run(app, ["verdict", str(measured), "--json"]).output)["choice"] == "promote"
    for wrong in (["verdict", "nowhere.csv"], ["replay", str(measured), "--assume", str(assume)]):
        refused = run(app, wrong).exception
        assert isinstance(refused, CommandError)
        assert refused.status == EXIT_INVALID


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"autoscaler": {"interval_seconds": 2147483648}}, "autoscaler.interval_seconds: input should be less than or"),
        ({"p95_limit_s": 99999999}, "p95_limit_s: input should be less than or equal to 86400"),
    ],
)
def test_assumptions_that_no_replay_has_are_refused(changed: dict[str, object], sentence: str) -> None:
    with pytest.raises(BadInput) as refused:
        assumptions.parse(json.dumps(PAIR | changed), "assume")
    assert sentence in str(refused.value)


def test_a_replay_without_an_end_is_refused() -> None:
    """600 requests of 50 tokens at a token in 30 years."""
    with pytest.raises(BadInput, match="600 requests have no response 100,039 intervals"):
        replay(every(1, 600), assumed(decode_tokens_per_second="1e-9"), Autoscaler())


def test_the_highest_number_of_the_stabilisation_window_counts() -> None:
    """Bursts of falling size within the window keep the replicas of the highest one."""
    busy = [Request(item.at + at, 100, 10) for at in (0, 100, 200) for item in every(0.01, 300 - at)]
    result = replay(busy, assumed(most=50), Autoscaler(down_after_seconds=Decimal(3600)))
    assert [number for _, number in result.replicas] == sorted(number for _, number in result.replicas)
