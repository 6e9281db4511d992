"""What queued work costs, and what it has cost since the first of the month, evaluated by Prometheus' own promtool."""

from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from falaj.components.core.tenancy.spend_rules import COST, MEASURED, spend_groups
from tests.monitoring.series import Series, constant, gpu_node, merged
from tests.monitoring.tools import complaints

GROUPS = spend_groups(
    "me-central-1",
    ["g5.12xlarge", "m7g.4xlarge"],
    False,
    Fraction("3.6725"),
    {"tenant-a": Decimal(80), "tenant-b": Decimal(10000)},
    "falaj-queue-budgets",
)
PRICES = {
    (rule["labels"]["instance_type"], rule["labels"]["capacity"]): float(rule["expr"][len("vector(") : -1])
    for rule in GROUPS[0]["rules"]
    if rule.get("record") == "falaj:machine:aed_per_hour"
}
SPOT, ON_DEMAND = (PRICES["g5.12xlarge", capacity] for capacity in ("spot", "on-demand"))


def node(name: str, instance_type: str, spot: int, minutes: str = constant(1)) -> Series:
    """A node of four GPUs and 48 vCPUs. OpenCost reports whether it is spot, kube-state-metrics what it has."""
    values = "".join(minutes.replace("1x", f"{spot}x"))
    cpus = f'kube_node_status_allocatable{{node="{name}",resource="cpu",unit="core",job='
    return merged(
        gpu_node(name, 4),
        {f'{cpus}"{job}"}}': constant(48) for job in ("kube-state-metrics", "opencost")},
        {f'kubecost_node_is_spot{{node="{name}",instance_type="{instance_type}",job="opencost"}}': values},
    )


def pod(
    namespace: str, name: str, node: str, gpus: int, cpus: int, owner: str = "Job", minutes: str = constant(1)
) -> Series:
    """A running pod, as both exporters report it."""
    of_pod = f'namespace="{namespace}",pod="{name}"'
    jobs, of_state = ("kube-state-metrics", "opencost"), f'{of_pod},job="kube-state-metrics"'
    return {
        **{
            f'kube_pod_container_resource_requests{{{of_pod},container="main",node="{node}",'
            f'resource="{resource}",job="{job}"}}': constant(amount)
            for job in jobs
            for resource, amount in (("nvidia_com_gpu", gpus), ("cpu", cpus))
            if amount
        },
        f'kube_pod_owner{{{of_state},owner_kind="{owner}"}}': constant(1),
        f'kube_pod_status_phase{{{of_state},phase="Running"}}': minutes,
        f'kube_pod_info{{{of_state},node="{node}"}}': constant(1),
    }


def init(name: str, container: str, gpus: int, restart_policy: str = "Always") -> Series:
    """An init container of a pod on n1, or a sidecar."""
    labels = f'namespace="tenant-a",pod="{name}",container="{container}",job="kube-state-metrics"'
    return {
        f'kube_pod_init_container_resource_requests{{{labels},node="n1",resource="nvidia_com_gpu"}}': constant(gpus),
        f'kube_pod_init_container_info{{{labels},restart_policy="{restart_policy}"}}': constant(1),
    }


N1 = node("n1", "g5.12xlarge", 1)
HALF = merged(node("n1", "g5.12xlarge", 1), pod("tenant-a", "run-0", "n1", 2, 4))
"""Two of four GPUs on spot."""

COSTS: tuple[tuple[str, Series, dict[str, float]], ...] = (
    ("two of four GPUs on spot", HALF, {"tenant-a": SPOT / 2}),
    (
        "the largest share: half of the vCPUs and a quarter of the GPUs, on demand",
        merged(node("n1", "g5.12xlarge", 0), pod("tenant-a", "run-0", "n1", 1, 24)),
        {"tenant-a": ON_DEMAND / 2},
    ),
    (
        "a pod that OpenCost has not seen yet",
        {name: values for name, values in HALF.items() if "resource_requests" not in name or "opencost" not in name},
        {"tenant-a": SPOT / 2},
    ),
    (
        "each tenant on its own machine",
        merged(HALF, node("n2", "m7g.4xlarge", 1), pod("tenant-b", "run-0", "n2", 0, 48)),
        {"tenant-a": SPOT / 2, "tenant-b": PRICES["m7g.4xlarge", "spot"]},
    ),
    (
        "an unknown machine type costs as much as the most expensive one",
        merged(node("n1", "p9.48xlarge", 1), pod("tenant-a", "run-0", "n1", 4, 4)),
        {"tenant-a": max(PRICES.values())},
    ),
    (
        "a service is not queued",
        merged(node("n1", "g5.12xlarge", 1), pod("tenant-a", "web", "n1", 4, 4, "ReplicaSet")),
        {},
    ),
    (
        "GPUs of a sidecar only",
        merged(N1, pod("tenant-a", "run-0", "n1", 0, 4), init("run-0", "proxy", 4)),
        {"tenant-a": SPOT},
    ),
    (
        "GPUs of two sidecars beside the container's",
        merged(N1, pod("tenant-a", "run-0", "n1", 1, 4), init("run-0", "proxy", 1), init("run-0", "logs", 1)),
        {"tenant-a": SPOT * 3 / 4},
    ),
    (
        "the largest init container, as the container has less",
        merged(
            N1,
            pod("tenant-a", "run-0", "n1", 1, 4),
            init("run-0", "first", 2, restart_policy=""),
            init("run-0", "second", 1, restart_policy=""),
        ),
        {"tenant-a": SPOT / 2},
    ),
    (
        "the container, which has more than an init container",
        merged(N1, pod("tenant-a", "run-0", "n1", 2, 4), init("run-0", "first", 1, restart_policy="")),
        {"tenant-a": SPOT / 2},
    ),
    ("another namespace", merged(node("n1", "g5.12xlarge", 1), pod("kube-system", "x", "n1", 4, 4)), {}),
    (
        "a pod that has ended",
        merged(node("n1", "g5.12xlarge", 1), pod("tenant-a", "run-0", "n1", 4, 4, minutes=constant(0))),
        {},
    ),
)


def test_each_pod_costs_its_largest_share_of_its_node(promtool: Path, tmp_path: Path) -> None:
    tests = [_figure(series, f"round({COST}, 0.001)", 10, cost, what) for what, series, cost in COSTS]
    assert _tested(promtool, tmp_path, tests) == ""


SPEND = "round(falaj:queue_spend:aed_of_month, 0.001)"
RUN = merged(node("n1", "g5.12xlarge", 1), pod("tenant-a", "run-0", "n1", 4, 4))


def test_the_spend_of_a_month_adds_up_also_over_hours_without_metrics(promtool: Path, tmp_path: Path) -> None:
    lost = merged(node("n1", "g5.12xlarge", 1, "1x120 _x180 1x420"), pod("tenant-a", "run-0", "n1", 4, 4))
    ended = merged(node("n1", "g5.12xlarge", 1), pod("tenant-a", "run-0", "n1", 4, 4, minutes="1x59 0x600"))
    tests = [
        _figure(RUN, SPEND, 600, {"tenant-a": 10 * SPOT}, "ten hours"),
        _figure(lost, SPEND, 600, {"tenant-a": 10 * SPOT}, "ten hours, three of them without OpenCost"),
        _figure(ended, SPEND, 600, {"tenant-a": 59 / 60 * SPOT}, "the work ended after an hour"),
    ]
    assert _tested(promtool, tmp_path, tests) == ""


def test_a_month_begins_at_midnight_in_dubai(promtool: Path, tmp_path: Path) -> None:
    """Which is 20:00 UTC of the day before."""
    begin = "2026-11-30T15:00:00Z"
    tests = [
        {**_figure(RUN, SPEND, minutes, {"tenant-a": hours * SPOT}, ""), "start_timestamp": begin}
        for minutes, hours in ((299, 4 + 59 / 60), (300, 0), (420, 2))
    ]
    assert _tested(promtool, tmp_path, tests) == ""


def test_a_tenant_is_told_at_each_share_of_its_budget(promtool: Path, tmp_path: Path) -> None:
    cases: tuple[tuple[int, int | None, str, str], ...] = (
        (5, None, "", ""),
        (6, 50, "info", "57"),
        (9, 80, "warning", "86"),
        (11, 100, "warning", "105"),
    )
    alerts: list[dict[str, Any]] = []
    for hours, percent, severity, value in cases:
        labels = {"severity": severity, "percent": str(percent), "namespace": "tenant-a"}
        summary = f"Queued work in tenant-a has cost {value} % of its budget of the month"
        fired = [{"exp_labels": labels, "exp_annotations": {"summary": summary}}] if percent else []
        alerts.append({"eval_time": f"{hours}h", "alertname": "FalajQueueBudgetReached", "exp_alerts": fired})
    assert _tested(promtool, tmp_path, [_test(RUN, {"alert_rule_test": alerts}, "")]) == ""


FORGED: tuple[tuple[str, str], ...] = (
    ('falaj:machine:aed_per_hour{capacity="spot",instance_type="g5.12xlarge"', "0"),
    ('falaj:machine:aed_per_hour{capacity="on-demand",instance_type="g5.12xlarge"', "0"),
    ('falaj:node:aed_per_hour{node="n1",instance_type="g5.12xlarge"', "0"),
    ('falaj:pod_share:ratio{node="n1",resource="nvidia_com_gpu"', "-1000"),
    ("falaj:queued_work:aed_per_hour{", "-1000"),
    ("falaj:queue_spend:aed_of_month{", "-1000"),
    ("falaj:queue_spend:until_seconds{", "0"),
    ('kubecost_node_is_spot{node="n1",instance_type="m7g.4xlarge"', "0"),
    ('kube_node_status_allocatable{node="n1",resource="nvidia_com_gpu"', "4000"),
    ('kube_pod_owner{owner_kind="Job"', "-1000"),
    ('kube_pod_status_phase{phase="Running"', "-1000"),
)
"""Series that a tenant's pod exposes, and their values. Prometheus adds the labels of its pod."""


def test_a_tenants_pod_cannot_change_what_work_costs(promtool: Path, tmp_path: Path) -> None:
    """Its series have a job: that of annotated pods, or of its PodMonitor."""
    tests = list[dict[str, Any]]()
    for series, value in FORGED:
        for job in ("annotated-pods", "tenant-a/evil"):
            name = f'{series.rstrip("{")}{"," if "=" in series else "{"}namespace="tenant-a",pod="run-0",job="{job}"}}'
            seen = merged(RUN, {name: f"{value}x720"})
            tests.append(_figure(seen, f'round({COST}{{job=""}}, 0.001)', 10, {"tenant-a": SPOT}, name))
            spent = 'round(falaj:queue_spend:aed_of_month{job=""}, 0.001)'
            tests.append(_figure(seen, spent, 120, {"tenant-a": 2 * SPOT}, name))
    assert _tested(promtool, tmp_path, tests) == ""


def test_spend_is_measured_only_if_every_node_with_queued_work_has_a_price(promtool: Path, tmp_path: Path) -> None:
    without_price = {name: values for name, values in gpu_node("n2", 4).items()}
    cases: tuple[tuple[str, Series, bool], ...] = (
        ("a price", RUN, True),
        ("a node without a price", merged(RUN, without_price, pod("tenant-b", "run-0", "n2", 4, 0)), False),
        ("a service there", merged(RUN, without_price, pod("tenant-b", "web", "n2", 4, 0, "ReplicaSet")), True),
        (
            "only forged prices",
            {name.replace("opencost", "tenant-a/evil"): values for name, values in RUN.items()},
            False,
        ),
    )
    tests = [
        _test(
            series,
            {
                "promql_expr_test": [
                    {
                        "expr": f"count({MEASURED})",
                        "eval_time": "10m",
                        "exp_samples": [{"labels": "{}", "value": 1}] if is_measured else [],
                    }
                ]
            },
            what,
        )
        for what, series, is_measured in cases
    ]
    assert _tested(promtool, tmp_path, tests) == ""


def test_a_controller_that_does_not_succeed_is_told(promtool: Path, tmp_path: Path) -> None:
    of_job = 'namespace="falaj-queue-budgets",cronjob="queue-budgets",job="kube-state-metrics"'
    last = f"kube_cronjob_status_last_successful_time{{{of_job}}}"
    [summary] = [
        rule["annotations"]["summary"] for rule in GROUPS[0]["rules"] if rule.get("alert", "").endswith("Late")
    ]
    alert = {"exp_labels": {"severity": "critical"}, "exp_annotations": {"summary": summary}}
    tests = [
        _test({last: values}, {"alert_rule_test": [expected]}, values)
        for values, fired in (("0x60", [alert]), ("0+60x60", []))
        for expected in [{"eval_time": "36m", "alertname": "FalajQueueBudgetsLate", "exp_alerts": fired}]
    ]
    assert _tested(promtool, tmp_path, tests) == ""


def test_prometheus_loads_the_rules_without_a_remark(promtool: Path, tmp_path: Path) -> None:
    assert complaints(promtool, "check", "rules", "--lint=all", "--lint-fatal", _rules(tmp_path)) == ""


def _figure(series: Series, query: str, minutes: int, result: dict[str, float], what: str) -> dict[str, Any]:
    samples = [
        {"labels": f'{{namespace="{namespace}"}}', "value": round(value, 3)} for namespace, value in result.items()
    ]
    expected = {"expr": query, "eval_time": f"{minutes}m", "exp_samples": samples}
    return _test(series, {"promql_expr_test": [expected]}, what)


def _test(series: Series, expected: dict[str, Any], what: str) -> dict[str, Any]:
    inputs = [{"series": key, "values": values} for key, values in series.items()]
    return {"name": what, "interval": "1m", "input_series": inputs, **expected}


def _rules(folder: Path) -> Path:
    file = folder / "rules.yml"
    file.write_text(json.dumps({"groups": GROUPS}))
    return file


def _tested(promtool: Path, folder: Path, tests: list[dict[str, Any]]) -> str:
    file = folder / "tests.yml"
    content = {"rule_files": [str(_rules(folder))], "evaluation_interval": "1m", "fuzzy_compare": True, "tests": tests}
    file.write_text(json.dumps(content))
    return complaints(promtool, "test", "rules", file)
