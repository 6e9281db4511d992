"""The rules of a cluster, evaluated by Prometheus' own promtool: alerts that fire and that do not, and figures."""

from __future__ import annotations

import json
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from falaj.components.core.monitoring.rule_groups import groups
from tests.monitoring.alert_cases import CASES, COSTS, NODE, Case
from tests.monitoring.series import Series, allocation, gpu_activity, gpu_pod, merged, prices, unheld_gpu
from tests.monitoring.tools import complaints

GROUPS = groups(Decimal(10), {"tenant-a": Decimal(7300)}, {("tenant-a", "chat"): 300})

RUNS = merged(
    NODE,
    gpu_pod("tenant-a", "run-0", "n1", 2),
    gpu_pod("tenant-b", "part-0", "n2", 1, "nvidia_com_mig_1g_10gb"),
    gpu_activity("tenant-a", "run-0", 0.5),
    gpu_activity("tenant-a", "run-0", 0.25, gpu=1),
    unheld_gpu("n1", 2),
)
SPENT = merged(
    COSTS,
    prices("n2", 0.2, 0.02, 0),
    allocation("tenant-a", "run-0", "n1", 20, 100, 1),
    allocation("tenant-a", "web-0", "n2", 1, 2, 0),
    allocation("tenant-b", "web-0", "n2", 1, 2, 0),
)
FIGURES: tuple[tuple[Series, str, dict[str, float]], ...] = (
    (RUNS, "sum(falaj:gpus_there:count)", {"{}": 4}),
    (RUNS, "sum by (namespace) (falaj:gpus_held:count)", {'{namespace="tenant-a"}': 2, '{namespace="tenant-b"}': 1}),
    (RUNS, "falaj:gpus_held:sum * 7", {"{}": 15}),
    (RUNS, "falaj:gpus_free:aed_per_hour * 7", {"{}": 130}),
    (RUNS, "falaj:gpu_busy:ratio + 0", {'{namespace="tenant-a",node="n1",pod="run-0"}': 0.375}),
    (RUNS, "falaj:gpus_idle:aed_per_hour", {}),
    (SPENT, "falaj:namespace_cost:aed_per_hour + 0", {'{namespace="tenant-a"}': 13.24, '{namespace="tenant-b"}': 0.24}),
    ({"up": "1x720"}, "falaj:gpus_there:count + 0", {"{}": 0}),
    ({"up": "1x720"}, "falaj:namespace_cost:aed_per_hour", {}),
)
"""Series, a query, and its result."""


def deciding(alert: str) -> list[dict[str, Any]]:
    """Returns the groups with the rules of an alert, and those that these name, themselves or by others: promtool
    evaluates every rule of a file in every minute of every case, which took nine times as long."""
    every = [rule for group in GROUPS for rule in group["rules"]]
    chosen = [rule for rule in every if rule.get("alert") == alert]
    for rule in chosen:
        text = json.dumps(rule)
        chosen += [of for of in every if "record" in of and of["record"] in text and of not in chosen]
    return [{**group, "rules": [rule for rule in group["rules"] if rule in chosen]} for group in GROUPS]


@pytest.fixture(scope="session")
def rules(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The rules of a cluster as a file of Prometheus."""
    file = tmp_path_factory.mktemp("rules") / "rules.yml"
    file.write_text(json.dumps({"groups": GROUPS}))
    return file


def test_prometheus_loads_the_rules_without_a_remark(promtool: Path, rules: Path) -> None:
    assert complaints(promtool, "check", "rules", "--lint=all", "--lint-fatal", rules) == ""


def test_alerts_fire_when_they_should_and_only_then(promtool: Path, tmp_path: Path) -> None:
    files = []
    for alert in sorted({case.alert for case in CASES}):
        rules = tmp_path / f"rules of {alert}.yml"
        rules.write_text(json.dumps({"groups": deciding(alert)}))
        tests = [_of_case(case) for case in CASES if case.alert == alert]
        files.append(_written(tmp_path / f"tests of {alert}.yml", rules, tests))
    assert complaints(promtool, "test", "rules", *files) == ""


def test_recorded_figures_are_right(promtool: Path, rules: Path, tmp_path: Path) -> None:
    figures = [_test(series, {"promql_expr_test": [_query(query, result)]}) for series, query, result in FIGURES]
    assert _tested(promtool, rules, tmp_path, figures) == ""


def test_promtool_refuses_what_is_wrong(promtool: Path, rules: Path, tmp_path: Path) -> None:
    quiet = next(case for case in CASES if not case.fires)
    wrong = Case(quiet.alert, "", quiet.series, quiet.minutes, (({"severity": "warning"}, "?"),))
    assert "FAILED" in _tested(promtool, rules, tmp_path, [_of_case(wrong)])
    rules_file = tmp_path / "bad.yml"
    rules_file.write_text(json.dumps({"groups": [{"name": "a", "rules": [{"record": "b", "expr": "sum("}]}]}))
    assert "parse error" in complaints(promtool, "check", "rules", rules_file)


def test_every_alert_has_cases_of_both_kinds() -> None:
    kinds = Counter((case.alert, bool(case.fires)) for case in CASES)
    alerts = {rule["alert"] for group in GROUPS for rule in group["rules"] if "alert" in rule}
    assert set(kinds) == {(alert, fires) for alert in alerts for fires in (True, False)}


def _tested(promtool: Path, rules: Path, folder: Path, tests: list[dict[str, Any]]) -> str:
    return complaints(promtool, "test", "rules", _written(folder / "tests.yml", rules, tests))


def _written(file: Path, rules: Path, tests: list[dict[str, Any]]) -> Path:
    """Writes tests of a file of rules."""
    content = {
        "rule_files": [str(rules)],
        "evaluation_interval": "1m",
        # Otherwise promtool evaluates groups in random order, and the figure in a summary may be a minute old.
        "group_eval_order": [group["name"] for group in GROUPS],
        "fuzzy_compare": True,
        "tests": tests,
    }
    file.write_text(json.dumps(content))
    return file


def _test(series: Series, expected: dict[str, Any], name: str = "") -> dict[str, Any]:
    inputs = [{"series": key, "values": values} for key, values in series.items()]
    return {"name": name, "interval": "1m", "input_series": inputs, **expected}


def _of_case(case: Case) -> dict[str, Any]:
    alerts = [{"exp_labels": labels, "exp_annotations": {"summary": summary}} for labels, summary in case.fires]
    expected = {"eval_time": f"{case.minutes}m", "alertname": case.alert, "exp_alerts": alerts}
    return _test(case.series, {"alert_rule_test": [expected]}, f"{case.alert}: {case.what}")


def _query(query: str, result: dict[str, float]) -> dict[str, Any]:
    samples = [{"labels": labels, "value": value} for labels, value in result.items()]
    return {"expr": query, "eval_time": "10m", "exp_samples": samples}
