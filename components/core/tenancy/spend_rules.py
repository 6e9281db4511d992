"""Prometheus rules that record what queued work costs, at the price of each machine and capacity type. Pure.

OpenCost says of each node its machine type and whether it is spot (`kubecost_node_is_spot`, opencost
pkg/costmodel/metrics.go). It has one price of a GPU for each capacity type, so prices of machines come from here.
A pod is charged its largest share of a node's CPUs, memory or GPUs.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from falaj.components.core.charts.scraping import KUBE_STATE_METRICS, OPENCOST, RECORDED
from falaj.components.core.tenancy.budget_rules import MonthlyBudgets
from falaj.components.core.validation.enums import Capacity
from falaj.facts.machines import find

COST, MEASURED = "falaj:queued_work:aed_per_hour", "falaj:spend:measured"
MACHINE, NODE, SHARE = "falaj:machine:aed_per_hour", "falaj:node:aed_per_hour", "falaj:pod_share:ratio"

INTERVAL_SECONDS = 60
"""Interval of the rules. The controller counts samples, so it must not change alone."""

SERVICES = "ReplicaSet|StatefulSet|DaemonSet"
"""Owners of pods that serve. Other pods in tenants' namespaces are work that was queued."""

RESOURCES = 'resource=~"cpu|memory|nvidia_com_gpu"'
"""Resources with a share, as kube-state-metrics names them."""

_IS_SPOT = f"kubecost_node_is_spot{{{OPENCOST}}}"

LATE_MINUTES = 30
"""Minutes without a successful run of the controller after which the alert fires."""


def spend_groups(
    region: str | None,
    machines: Sequence[str],
    has_own_machines: bool,
    aed_per_usd: Fraction,
    budgets: Mapping[str, Decimal],
    controller: str,
) -> list[dict[str, Any]]:
    """Returns `spec.groups` of a PrometheusRule.

    `machines` are the machine types in the pools of queued work. Own machines are prepaid and have no price. `budgets`:
    namespace of a tenant -> AED per month of its queue. `controller` is the namespace of the CronJob.
    """
    prices = list(_prices(region, machines, aed_per_usd))
    tenants = "|".join(budgets)
    measured = f"{MEASURED}{{{RECORDED}}}"
    monthly = MonthlyBudgets("queue", "FalajQueueBudgetReached", "Queued work in", COST, measured, budgets)
    recorded = {
        NODE: _node_price(prices, has_own_machines),
        SHARE: _share(tenants),
        COST: _cost(),
        MEASURED: _measured(),
    }
    return [
        {
            "name": "falaj-queue-budgets",
            "interval": f"{INTERVAL_SECONDS}s",
            "rules": [
                *({"record": MACHINE, "expr": f"vector({price})", "labels": labels} for labels, price in prices),
                *({"record": name, "expr": expression} for name, expression in recorded.items()),
                *monthly.rules(),
                *monthly.alerts(),
                late_alert(
                    "FalajQueueBudgetsLate",
                    controller,
                    "The quotas of queues do not follow what tenants spend: the jobs of queue-budgets fail, or "
                    "Prometheus does not record prices",
                ),
            ],
        }
    ]


def _prices(
    region: str | None, machines: Sequence[str], aed_per_usd: Fraction
) -> Iterator[tuple[Mapping[str, str], Decimal]]:
    """Yields the labels and the price of each machine and capacity type. An unknown spot price is the on-demand one."""
    for name in sorted(set(machines)):
        machine = find(region, name) if region else None
        on_demand = machine.on_demand.usd_hour if machine else None
        if machine is None or on_demand is None:
            continue
        spot = machine.spot.usd_hour
        for capacity, usd in ((Capacity.ON_DEMAND, on_demand), (Capacity.SPOT, on_demand if spot is None else spot)):
            labels = {"instance_type": name, "capacity": capacity.value}
            yield labels, round(Decimal(float(Fraction(usd) * aed_per_usd)), 4)


def _node_price(prices: Sequence[tuple[Mapping[str, str], Decimal]], has_own_machines: bool) -> str:
    """Returns the price of each node. In a cloud, a machine type without a price costs as much as the most expensive
    one; own machines cost nothing."""
    spot = f"max by (node, instance_type) ({_IS_SPOT})"
    dearest = Decimal(0) if has_own_machines else max((price for _, price in prices), default=Decimal(0))
    known = (
        f"({spot} == 1) * on (instance_type) group_left () {_price('spot')}"
        f" or (1 - ({spot} == 0)) * on (instance_type) group_left () {_price('on-demand')}"
    )
    return f"{known} or {spot} * 0 + {dearest}"


def _price(capacity: str) -> str:
    return f'{MACHINE}{{capacity="{capacity}",{RECORDED}}}'


def _share(tenants: str) -> str:
    """Returns each pod's shares of its node.

    A pod needs what its containers and sidecars request together, or its largest init container if that is more
    (kubernetes.io, Sidecar Containers, "Resource sharing within containers"). kube-state-metrics v2.20.0 reports
    sidecars as init containers with `restart_policy` Always (docs/metrics/workload/pod-metrics.md; read 2026-11-27).
    """
    each, of_pod = "namespace, pod, container, node, resource", "namespace, pod, node, resource"
    of_tenants = f'namespace=~"{tenants}", node!="", {RESOURCES}, {KUBE_STATE_METRICS}'
    main = f"max by ({each}) (kube_pod_container_resource_requests{{{of_tenants}}})"
    init = f"max by ({each}) (kube_pod_init_container_resource_requests{{{of_tenants}}})"
    sidecar = f'kube_pod_init_container_info{{restart_policy="Always",{KUBE_STATE_METRICS}}}'
    together = f"sum by ({of_pod}) ({main} or {init} and on (namespace, pod, container) {sidecar})"
    # The label keeps both of a pod until the larger one is taken.
    largest = f'label_replace(max by ({of_pod}) ({init}), "during", "init", "", "")'
    allocatable = f"max by (node, resource) (kube_node_status_allocatable{{{RESOURCES}, {KUBE_STATE_METRICS}}}) > 0"
    return f"max by ({of_pod}) ({together} or {largest}) / on (node, resource) group_left () ({allocatable})"


def _work() -> str:
    """Returns the largest share of each pod that was queued and occupies a node."""
    occupied = f'kube_pod_status_phase{{phase=~"Pending|Running",{KUBE_STATE_METRICS}}} == 1'
    queued = f'kube_pod_owner{{owner_kind!~"{SERVICES}",{KUBE_STATE_METRICS}}}'
    return (
        f"max by (namespace, pod, node) ({SHARE}{{{RECORDED}}})"
        f" * on (namespace, pod) group_left () max by (namespace, pod) ({occupied})"
        f" * on (namespace, pod) group_left () max by (namespace, pod) ({queued})"
    )


def _cost() -> str:
    return f"sum by (namespace) ({_work()} * on (node) group_left () max by (node) ({NODE}{{{RECORDED}}}))"


def _measured() -> str:
    """Returns what exists if both exporters were scraped and every node with queued work has a price: otherwise work
    would seem to cost nothing."""
    scraped = f"(count({_IS_SPOT}) > 0) and (count(kube_pod_info{{{KUBE_STATE_METRICS}}}) > 0)"
    return f"{scraped} unless on () ({_work()} unless on (node) {NODE}{{{RECORDED}}})"


def late_alert(alert: str, namespace: str, summary: str) -> dict[str, Any]:
    """Returns the alert on a controller whose CronJob in a namespace of its own has not succeeded for
    `LATE_MINUTES`."""
    last = f'max(kube_cronjob_status_last_successful_time{{namespace="{namespace}",{KUBE_STATE_METRICS}}})'
    return {
        "alert": alert,
        "expr": f"time() - {last} > {LATE_MINUTES * 60}",
        "for": "5m",
        "labels": {"severity": "critical"},
        "annotations": {"summary": summary},
    }
