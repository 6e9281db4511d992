"""Charges of logs on AWS: log groups, and flow logs that are delivered to buckets."""

from collections.abc import Iterable

from falaj.finops.lines import Charge, Compliance
from falaj.finops.meters import USAGE, usage_range
from falaj.finops.plan import Planned
from falaj.finops.pricing_context import PricingContext
from falaj.finops.properties import get_number, get_path

_DAYS_PER_MONTH = 30
_LIFECYCLE = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration"


def log_group(context: PricingContext, item: Planned) -> Iterable[Charge]:
    """Yields what is ingested, and what is stored for the retention period."""
    key = "flow_logs_gb" if context.has_flow_logs(item) else "logs_gb"
    ingested_gb = context.quantity(item, key)
    retention_months = get_number(get_path(item.props, "retentionInDays"), 365) / _DAYS_PER_MONTH
    yield Charge("logs", "ingested", usage_range(ingested_gb), USAGE, Compliance.LOGS)
    yield Charge(
        "logs",
        "stored",
        usage_range(ingested_gb * retention_months),
        USAGE,
        Compliance.LOGS,
        note="in steady state, with the retention period filled",
    )


def flow_log_bucket(context: PricingContext, item: Planned) -> Iterable[Charge]:
    """Yields the delivery of flow logs, which is billed before compression, and their storage until they expire."""
    delivered_gb = context.quantity(item, "flow_logs_gb")
    lifecycle = next(iter(context.siblings(item, _LIFECYCLE)), item)
    days = get_number(get_path(lifecycle.props, "rules", 0, "expiration", "days"), 365)
    yield Charge("logs", "delivered-to-s3", usage_range(delivered_gb), USAGE, Compliance.LOGS)
    yield Charge(
        "s3",
        "standard",
        usage_range(delivered_gb * days / _DAYS_PER_MONTH),
        USAGE,
        Compliance.LOGS,
        note="in steady state, with the retention period filled and without compression",
    )
