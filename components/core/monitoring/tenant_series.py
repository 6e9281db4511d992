"""Recording rules about tenants: cost, budget, and how long pods take to start. Pure."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from falaj.components.core.charts.scraping import KUBE_STATE_METRICS, OPENCOST, RECORDED
from falaj.components.core.tenancy.budget_rules import MonthlyBudgets

GIB = 2**30

_ALLOCATIONS: Mapping[str, tuple[str, str, int]] = {
    "cpu": ("container_cpu_allocation", "node_cpu_hourly_cost", 1),
    "memory": ("container_memory_allocation_bytes", "node_ram_hourly_cost", GIB),
    "gpu": ("container_gpu_allocation", "node_gpu_hourly_cost", 1),
}
"""Resource -> OpenCost's metric of what containers have, its metric of the hourly price on a node, and how many of the
former's unit are one of the latter's (opencost, pkg/costmodel/metrics.go)."""

NAMESPACE_COST = "falaj:namespace_cost:aed_per_hour"
POD_START = "falaj:pod_start:seconds"
COLD_START_LIMIT = "falaj:cold_start_limit:seconds"

OBSERVED_SECONDS = 7200
"""For how many seconds after its creation the start of a pod is reported."""

_READY = (
    f"min by (namespace, pod) (min_over_time(kube_pod_status_ready_time{{{KUBE_STATE_METRICS}}}[{OBSERVED_SECONDS}s]))"
)
"""When a pod became ready at first. The metric disappears while a pod is not ready, and tells a later time after."""
_CREATED = f"max by (namespace, pod) (kube_pod_created{{{KUBE_STATE_METRICS}}})"


def _cost() -> str:
    terms = (
        f"label_replace(max by (namespace, pod, container, node) ({held}{{{OPENCOST}}}) / {units}"
        f' * on (node) group_left () max by (node) ({price}{{{OPENCOST}}}), "resource", "{resource}", "", "")'
        for resource, (held, price, units) in _ALLOCATIONS.items()
    )
    return f"sum by (namespace) ({' or '.join(terms)})"


TENANT_SERIES: Mapping[str, str] = {
    NAMESPACE_COST: _cost(),
    POD_START: (
        f"(({_READY} or {_CREATED} * 0 + time()) - {_CREATED})"
        f" and on (namespace, pod) time() - {_CREATED} < {OBSERVED_SECONDS}"
    ),
}
"""Name -> PromQL expression: the cost of a namespace, and seconds from the creation of a pod until it was ready, or
until now."""


def tenant_budgets(aed_per_month: Mapping[str, Decimal]) -> MonthlyBudgets:
    """Returns the budgets of tenants' namespaces for everything that runs there. Keys are namespaces."""
    measured = f"(count({NAMESPACE_COST}{{{RECORDED}}}) > 0)"
    return MonthlyBudgets(
        "tenant", "FalajTenantBudgetReached", "Everything in", NAMESPACE_COST, measured, aed_per_month
    )


TENANT_BUDGET = tenant_budgets({}).budget
"""Series with the budget of each tenant's namespace in AED per month."""


def cold_start_limits(cold_starts: Mapping[tuple[str, str], int]) -> Iterator[dict[str, Any]]:
    """Yields recording rules with the limits that an alert compares with. Namespace and Deployment -> seconds."""
    for (namespace, deployment), seconds in cold_starts.items():
        labels = {"namespace": namespace, "deployment": deployment}
        yield {"record": COLD_START_LIMIT, "expr": f"vector({seconds})", "labels": labels}
