"""Charges of logs on AWS: log groups, and flow logs that are delivered to buckets."""

from collections.abc import Iterable
from decimal import Decimal

from falaj.finops.lines import ZERO, Charge, Compliance, Range
from falaj.finops.meters import USAGE, usage_range
from falaj.finops.plan import Planned
from falaj.finops.pricing_context import PricingContext
from falaj.finops.properties import get_number, get_path, get_str
from falaj.finops.usage import CONTROL_PLANE_LOGS_GB, CONTROL_PLANE_LOGS_GB_PER_NODE, stated_site_usage

_DAYS_PER_MONTH = 30
_LIFECYCLE = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration"
_COMPRESSED = Decimal("0.15")
"""Stored part of ingested logs: CloudWatch bills stored bytes compressed, and AWS's own calculator counts 15 % (AWS
Pricing Calculator, CloudWatch, "Storage compression factor"; read 2026-11-27)."""


def log_group(context: PricingContext, item: Planned) -> Iterable[Charge]:
    """Yields what is ingested, and what is stored for the retention period: uncompressed at most."""
    ingested_gb = _ingested_gb(context, item)
    retained_gb = ingested_gb.times(get_number(get_path(item.props, "retentionInDays"), 365) / _DAYS_PER_MONTH)
    yield Charge("logs", "ingested", ingested_gb, USAGE, Compliance.LOGS)
    yield Charge(
        "logs",
        "stored",
        Range(ZERO, retained_gb.expected * _COMPRESSED, retained_gb.max),
        USAGE,
        Compliance.LOGS,
        note="in steady state, with the retention period filled, compressed to 15 % (AWS Pricing Calculator)",
    )


def _ingested_gb(context: PricingContext, item: Planned) -> Range:
    if context.has_flow_logs(item):
        return usage_range(context.quantity(item, "flow_logs_gb"))
    name = get_str(item.props, "name")
    if name.startswith("/aws/eks/") and name.endswith("/cluster"):  # EKS User Guide, control plane logs
        return _control_plane_logs_gb(context, item)
    return usage_range(context.quantity(item, "logs_gb"))


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


def _control_plane_logs_gb(context: PricingContext, item: Planned) -> Range:
    """Returns what a cluster's control plane logs per month: of the usage file, else by the number of its machines, at
    maximum of the most machines. Requires that the site's pools have been priced.
    """
    site = context.site(item)
    if (stated := stated_site_usage(context.usage, site, "control_plane_logs_gb")) is not None:
        return usage_range(stated)
    hours = context.machine_hours[site]
    machines, most = (round(each / context.hours) for each in (hours.expected, hours.max))
    amount = _of_machines(machines)
    context.assumed[f"{site or 'everywhere'}.control_plane_logs_gb"] = f"{amount} ({machines} machines)"
    return Range(ZERO, amount, _of_machines(most))


def _of_machines(number: int) -> Decimal:
    return CONTROL_PLANE_LOGS_GB + number * CONTROL_PLANE_LOGS_GB_PER_NODE
