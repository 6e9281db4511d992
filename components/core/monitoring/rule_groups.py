"""`spec.groups` of the PrometheusRule of a cluster. Pure."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from falaj.components.core.monitoring.alerts import ALERTS, Alert
from falaj.components.core.monitoring.gpu_series import gpu_series
from falaj.components.core.monitoring.tenant_series import TENANT_SERIES, cold_start_limits, tenant_budgets


def groups(
    gpu_aed_per_hour: Decimal, budgets: Mapping[str, Decimal], cold_starts: Mapping[tuple[str, str], int]
) -> list[dict[str, Any]]:
    """Returns recording rules, then alerts. A group is evaluated in order, so a series is recorded before its use.

    `gpu_aed_per_hour`: price of a GPU. `budgets`: namespace -> AED per month. `cold_starts`: namespace and Deployment
    -> seconds.
    """
    recorded = {**gpu_series(gpu_aed_per_hour), **TENANT_SERIES}
    monthly = tenant_budgets(budgets)
    rules = [
        *({"record": name, "expr": expression} for name, expression in recorded.items()),
        *monthly.rules(),
        *cold_start_limits(cold_starts),
    ]
    return [
        {"name": "falaj-series", "interval": "60s", "rules": rules},
        {"name": "falaj-alerts", "rules": [*(_rule(alert) for alert in ALERTS), *monthly.alerts()]},
    ]


def _rule(alert: Alert) -> dict[str, Any]:
    return {
        "alert": alert.name,
        "expr": alert.expression,
        "for": alert.held_for,
        "labels": {"severity": alert.severity.value},
        "annotations": {"summary": alert.summary},
    }
