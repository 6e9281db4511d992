"""Measurements from CSV, JSON, samples and Prometheus, and input that is rejected."""

import csv
import io
import json
import random
from datetime import timedelta
from typing import Any

import pytest

from falaj.finops.errors import BadInput
from falaj.finops.experiment.reading import read
from falaj.finops.experiment.rules import parse
from falaj.finops.experiment.samples import NO_USER, aggregate
from falaj.finops.experiment.verdict import Decision, judge
from tests.unit.finops.measurements import FIRST, row, rows


def as_csv(result: list[dict[str, Any]]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(result[0]))
    writer.writeheader()
    writer.writerows(result)
    return text.getvalue()


def refusal(text: str, rules: dict[str, Any] | None = None) -> str:
    with pytest.raises(BadInput) as refused:
        read(text, "file", None if rules is None else parse(rules, "rules"))
    assert "\n" not in str(refused.value)
    return str(refused.value)


def test_csv_and_json_say_the_same() -> None:
    result = rows(30)
    assert read(as_csv(result), "file") == read(json.dumps(result), "file")


def test_machines_by_price_are_a_cost() -> None:
    bare = [{key: value for key, value in item.items() if key != "cost_usd"} for item in rows(20)]
    rules = parse({"machines": {"a": 2, "b": 1}, "usd_per_hour": {"a": 0.5, "b": "0.25"}}, "rules")
    _, windows = read(json.dumps(bare), "file", rules)
    assert {entry.usd for entry in windows["a"]} == {1.0}
    _, windows = read(json.dumps([one | {"machine_hours": 4} for one in bare]), "file", rules)
    assert {element.usd for element in windows["b"]} == {1.0}


def test_single_requests_are_put_in_windows() -> None:
    chance = random.Random(3)  # noqa: S311
    result = [
        {
            "variant": side,
            "time": (FIRST + timedelta(seconds=second)).isoformat(),
            "latency_s": chance.expovariate(4),
            "error": "false",
            "tokens": 100,
            "quality": 0.9,
        }
        for second in range(0, 3600 * 168, 60)
        for side in "ab"
    ]
    rules = parse({"machines": {"a": 2, "b": 1}, "usd_per_hour": {"a": 1, "b": 1}}, "rules")
    _, windows = read(as_csv(result), "file", rules)
    assert [item.requests for item in windows["a"]] == [60] * 168
    assert windows["a"][0].buckets[-1][1] == 60
    verdict = judge(*read(as_csv(result), "file", rules))
    p95 = verdict.guards[0]
    assert p95.a == pytest.approx(0.749, rel=0.15)  # of an exponential with mean 0.25: ln 20 / 4
    assert verdict.a.value == pytest.approx(1000 * 2 / 60)


def test_a_window_costs_what_its_requests_and_its_priced_machines_cost() -> None:
    """Machines without a price cost nothing, and no user alone pays for a machine."""
    requests = [
        {"variant": side, "time": (FIRST + timedelta(minutes=minute)).isoformat(), "latency_s": 1, "cost_usd": 0.5}
        for minute in (0, 30)
        for side in "ab"
    ]
    rules = parse({"machines": {"a": 3, "b": 3}, "usd_per_hour": {"a": 2}}, "rules")
    windows = aggregate([("row", {**each, "user": "u-1"}) for each in requests], rules)
    assert {(window.variant, window.user): window.usd for window in windows} == {
        **{("a", NO_USER): 6.0, ("b", NO_USER): 0.0},
        **{("a", "u-1"): 1.0, ("b", "u-1"): 1.0},
    }


def prometheus(**broken: Any) -> str:
    """Returns counters of 180 hours; the request counter of b restarts in between."""
    series: list[dict[str, Any]] = []
    start = FIRST.timestamp()
    for side, machines in (("a", "4"), ("b", "2")):
        counters = {
            "requests_total": 3600, "errors_total": 4, "generated_tokens_total": 90_000, "quality_score_sum": 90,
            "quality_score_count": 100}  # fmt: skip
        for name, step in counters.items():
            values = [[start + 3600 * hour, str(step * hour)] for hour in range(181)]
            if side == "b" and name == "requests_total":
                values = [[at, str(step * (hour if hour < 10 else hour - 9))] for hour, (at, _) in enumerate(values)]
            series.append({"metric": {"__name__": name, "variant": side}, "values": values})
        for le, share in (("0.5", 0.9), ("1", 0.99), ("+Inf", 1.0)):
            values = [[start + 3600 * hour, str(3600 * share * hour)] for hour in range(181)]
            metric = {"__name__": "request_duration_seconds_bucket", "variant": side, "le": le}
            series.append({"metric": metric, "values": values})
        gauge = [[start + 3600 * hour, machines] for hour in range(181)]
        series.append({"metric": {"__name__": "machines", "variant": side}, "values": gauge})
    return json.dumps({"status": "success", "data": {"resultType": "matrix", "result": series} | broken})


def test_counters_of_prometheus_are_differences_and_may_start_anew() -> None:
    rules = parse({"usd_per_hour": {"a": 0.5, "b": 0.5}}, "rules")
    _, windows = read(prometheus(), "file", rules)
    assert [len(windows[side]) for side in "ab"] == [180, 180]
    assert {item.requests for item in (*windows["a"], *windows["b"])} == {3600}
    assert windows["a"][0].buckets == ((0.5, 3240.0), (1.0, 3564.0), (float("inf"), 3600.0))
    assert {entry.usd for entry in windows["a"]} == {2.0}
    assert {(entry.quality_n, entry.quality_sum) for entry in windows["a"]} == {(100, 90)}
    assert judge(rules, windows).choice is Decision.PROMOTE


def test_invalid_queries_are_rejected() -> None:
    assert "must be a matrix" in refusal(prometheus(resultType="vector"))
    assert "the query failed" in refusal('{"status": "error", "error": "no such series", "data": {}}')
    assert "is not a series" in refusal('{"data": {"result": [4]}}')
    bad = {"metric": {"__name__": "requests_total", "variant": "a"}, "values": [[1, "-4"], [2, "5"]]}
    assert "negative" in refusal(json.dumps({"data": {"result": [bad]}}))


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"requests": -1}, "requests: -1 is negative"),
        ({"requests": "many"}, "requests: 'many' is not a number"),
        ({"requests": ""}, "has no requests"),
        ({"errors": 4000}, "has 4000 errors of 3600 requests"),
        ({"end": "2026-09-30T00:00:00Z"}, "which is not after its start"),
        ({"end": "2099-01-01T00:00:00Z"}, "is in the future"),
        ({"start": "yesterday"}, "'yesterday' is not a time"),
        ({"le_0.5": 9}, "has a latency histogram that decreases"),
        ({"le_fast": 9}, "'le_fast' is not a histogram bound"),
        ({"quality_mean": None}, "has quality_n without quality_mean"),
        ({"latency": 4}, "unknown column 'latency'; there are: variant"),
        ({"variant": ""}, "has no variant"),
    ],
)
def test_invalid_rows_are_rejected(changed: dict[str, Any], sentence: str) -> None:
    result = rows(20)
    result[5] = row("b", 2) | changed
    refused = refusal(json.dumps(result))
    assert refused.startswith("file: windows[5]")
    assert sentence in refused


def test_a_number_that_json_does_not_have_is_rejected() -> None:
    assert refusal(json.dumps([row("b", 2) | {"cost_usd": float("nan")}])).startswith(
        "file: not JSON: NaN is not a number"
    )


def test_too_little_is_said_to_be_too_little() -> None:
    few = [row(side, hour, requests=10, errors=0) for hour in range(20) for side in "ab"]
    assert "has 200 requests, but at least 1000 are needed" in refusal(json.dumps(few))
    assert "no window of variant 'b'" in refusal(json.dumps([row("a", hour) for hour in range(20)]))
    other = [item | {"variant": "gpu"} for item in rows(20)]
    assert "has no window of variant 'a'; there are: gpu" in refusal(json.dumps(other))
    assert "has two windows at" in refusal(json.dumps([*rows(20), row("a", 3)]))
    free = [entry | {"cost_usd": 0} for entry in rows(20)]
    assert "variant 'a' costs nothing" in refusal(json.dumps(free))


def test_invalid_files_and_rules_are_rejected() -> None:
    assert refusal("") == "file: is empty"
    assert "not JSON" in refusal("{")
    assert "has neither windows nor" in refusal("{}")
    assert "must be a list of objects" in refusal('{"windows": [4]}')
    assert "a different number of fields" in refusal("variant,start\na,b,c\n")
    assert "is the baseline itself" in refusal("{}", {"candidate": "a"})
    assert "unknown metric 'speed'" in refusal("{}", {"metrics": {"speed": "x"}})
    assert "guards.p95: unknown field; did you mean: " in refusal("{}", {"guards": {"p95": 1}})


def test_a_time_that_utc_does_not_have_is_refused() -> None:
    for start in ("0001-01-01T00:00:00+04:00", "9999-12-31T23:00:00-05:00", "1999-12-31T23:00:00Z"):
        first, *others = rows(200)
        assert f"{start!r} is not a time such as" in refusal(as_csv([first | {"start": start}, *others]))


def test_windows_of_other_variants_are_refused() -> None:
    """A name with a typing error would leave out its requests."""
    first, *others = rows(200)
    assert "has windows of other variants than a and b: c;" in refusal(as_csv([first | {"variant": "c"}, *others]))


def test_requests_of_far_times_and_amounts_beyond_any_are_refused() -> None:
    head = "variant,time,latency_s,cost_usd\na,2026-10-01T00:00:00Z,0.1,1\n"
    with pytest.raises(BadInput, match=r"time: \d+,\d+ windows of 60 minutes .* at most 200,000 are evaluated"):
        read(f"{head}a,2000-01-01T00:00:00Z,0.1,1\n", "m.csv")
    with pytest.raises(BadInput, match=r"m\.csv: line 3: cost_usd: 1e\+308 is more than 1e\+15"):
        read(f"{head}a,2026-10-01T00:00:00Z,0.1,1e308\n", "m.csv")
