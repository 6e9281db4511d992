"""Charges of logs on Azure: Log Analytics workspaces and flow logs."""

from collections.abc import Iterable
from decimal import Decimal

from falaj.finops.lines import ZERO, Charge, Compliance
from falaj.finops.meters import USAGE, usage_range
from falaj.finops.plan import Planned
from falaj.finops.pricing_context import PricingContext
from falaj.finops.properties import get_number, get_path

_DAYS_PER_MONTH = Decimal(365) / 12
_FREE_RETENTION_DAYS = 31
"""Days of retention that are included in the ingestion price of a Log Analytics workspace (Azure
Monitor, cost-logs).
"""


def workspace(context: PricingContext, item: Planned) -> Iterable[Charge]:
    """Yields what a Log Analytics workspace ingests, and what it retains longer than the included days."""
    ingested_gb = context.quantity(item, "logs_gb")
    charged_months = (
        max(ZERO, get_number(get_path(item.props, "retentionInDays"), 30) - _FREE_RETENTION_DAYS) / _DAYS_PER_MONTH
    )
    yield Charge("log-analytics", "ingested", usage_range(ingested_gb), USAGE, Compliance.LOGS)
    retained = usage_range(ingested_gb * charged_months)
    yield Charge(
        "log-analytics",
        "retained",
        retained,
        USAGE,
        Compliance.LOGS,
        note="in steady state, with the retention period filled",
    )


def flow_log(context: PricingContext, item: Planned) -> Iterable[Charge]:
    """Yields the collection of flow logs."""
    yield Charge(
        "network-watcher", "flow-logs", usage_range(context.quantity(item, "flow_logs_gb")), USAGE, Compliance.LOGS
    )
