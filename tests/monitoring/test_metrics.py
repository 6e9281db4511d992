"""Every metric that a rule or a panel reads is recorded by a rule, or exported according to its exporter's source."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from falaj.components.core.charts.scraping import KUBE_STATE_METRICS, OPENCOST, RECORDED
from falaj.components.core.monitoring.panels import ROWS
from falaj.components.core.monitoring.rule_groups import groups
from falaj.components.core.tenancy.spend_rules import spend_groups
from falaj.components.kubernetes.queues.run_deadlines import LATE
from falaj.facts.releases import default_release
from tests.monitoring.promql import matchers, metrics

BUDGETS = {"tenant-a": Decimal(7300)}


def rule_groups() -> list[dict[str, Any]]:
    """Returns all rules. Each test makes its own, so that the mutation tool knows which tests run their lines."""
    return [
        *groups(Decimal(10), BUDGETS, {("tenant-a", "chat"): 300}),
        *spend_groups("me-central-1", ["g5.12xlarge"], False, Fraction("3.6725"), BUDGETS, "falaj-queue-budgets"),
        {"name": "falaj-run-deadlines", "rules": [LATE]},
    ]


def all_rules() -> Iterator[dict[str, Any]]:
    """Yields the rules of all groups."""
    return (rule for group in rule_groups() for rule in group["rules"])


def recorded() -> set[str]:
    """Returns the series that rules record."""
    return {rule["record"] for rule in all_rules() if "record" in rule}


with (Path(__file__).parent / "metrics.csv").open(newline="") as file:
    EXPORTED = {row["metric"]: row for row in csv.DictReader(file)}

TARGET_LABELS = {"namespace", "pod", "job", "exported_namespace"}
"""Labels that Prometheus adds to the series of a pod."""


def _expressions() -> Iterator[str]:
    yield from (rule["expr"] for rule in all_rules())
    yield from (expression for row in ROWS.values() for panel in row for expression in panel.queries.values())


def read_metrics() -> set[str]:
    """Returns the metrics that rules and panels read."""
    return {name for expression in _expressions() for name in metrics(expression)}


def test_metrics_are_found_in_promql() -> None:
    expression = (
        'sum by (a, b) (rate(one_total{x="by (z)",y=~"q"}[5m])) / on (a) group_left (c) max(vllm:two) > 0.05'
        ' and three_bytes / 1073741824 unless label_replace(four, "a", "$1", "b", "(.+)") or vector(0) * 1e3'
    )
    assert metrics(expression) == {"one_total", "vllm:two", "three_bytes", "four"}
    assert matchers(expression) == {"one_total": {"x", "y"}}


def test_every_metric_is_recorded_or_exported_and_no_row_is_stale() -> None:
    assert set(EXPORTED) == read_metrics() - recorded()


def test_series_are_selected_by_labels_that_they_have() -> None:
    own = recorded()
    for expression in _expressions():
        for name, labels in matchers(expression).items():
            if name not in own:
                assert labels <= {*EXPORTED[name]["labels"].split(), *TARGET_LABELS}, name


JOBS = {"kube-state-metrics": 'job="kube-state-metrics"', "OpenCost": 'job="opencost"'}
"""Exporter -> the job of its series: the labels and Services of their charts (prometheus-community/helm-charts,
charts/kube-state-metrics; opencost-helm-chart 2.5.29; both read 2026-11-27)."""


def test_exporters_have_the_jobs_of_their_charts() -> None:
    assert {"kube-state-metrics": KUBE_STATE_METRICS, "OpenCost": OPENCOST} == JOBS
    assert RECORDED == 'job=""'


MATCHER = re.compile(r'\w+(?:=~|!~|!=|=)"(?:[^"\\]|\\.)*"')
"""One label matcher (Prometheus, "Querying basics", read 2026-11-29)."""


def test_selectors_are_lists_of_matchers() -> None:
    for expression in _expressions():
        without = re.sub(r"\{\s*\}", "", re.sub(rf"({MATCHER.pattern})(\s*,\s*)?", "", expression))
        assert not set("{}=") & set(re.sub(r"==|!=|>=|<=", "", without)), expression
        assert expression.count("(") == expression.count(")"), expression


@pytest.mark.parametrize("metric", sorted(name for name, row in EXPORTED.items() if row["exporter"] in JOBS))
def test_rules_select_these_exporters_by_their_job(metric: str) -> None:
    """Pods of tenants may expose metrics of the same name."""
    job = JOBS[EXPORTED[metric]["exporter"]]
    for rule in all_rules():
        for selector in re.findall(rf"\b{metric}\b(\{{[^}}]*\}})?", rule["expr"]):
            assert job in selector, rule["expr"]


def test_a_series_is_recorded_before_a_rule_reads_it() -> None:
    """Except by `last_over_time`, which reads what the evaluation before has recorded."""
    known, own = set[str](), recorded()
    for rule in all_rules():
        read_now = re.sub(r"last_over_time\([^)]*\)", "", rule["expr"])
        assert metrics(read_now) & own <= known, rule
        known |= {rule["record"]} if "record" in rule else set()


@pytest.mark.parametrize("metric", sorted(name for name, row in EXPORTED.items() if row["release"]))
def test_exporters_were_read_in_the_versions_that_are_installed(metric: str) -> None:
    """If this fails after an upgrade, look the metric up in the new version, and change its row."""
    row = EXPORTED[metric]
    assert row["version"] == default_release(row["release"]).version
    assert row["source"]
    assert row["date"]


def test_every_alert_has_a_section_in_the_documentation() -> None:
    page = (Path(__file__).parents[2] / "docs" / "monitoring.md").read_text()
    sections = [line.removeprefix("### ") for line in page.splitlines() if line.startswith("### Falaj")]
    alerts = (rule["alert"] for rule in all_rules() if "alert" in rule)
    assert sections == list(dict.fromkeys(alerts))
