"""Charges of warehouses on AWS: nodes of Redshift, and Redshift Serverless as far as a limit stops its queries."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from falaj.facts.prices import missing
from falaj.finops.free import without_model
from falaj.finops.lines import ZERO, Charge, Range, fixed
from falaj.finops.meters import MeterFunction
from falaj.finops.plan import Planned
from falaj.finops.pricing_context import PricingContext
from falaj.finops.properties import get_number, get_path, get_str, unknown_at

_WORKGROUP = "aws:redshiftserverless/workgroup:Workgroup"


def _redshift(context: PricingContext, item: Planned) -> Iterable[Charge]:
    node = get_str(item.props, "nodeType")
    nodes = get_number(get_path(item.props, "numberOfNodes"), 1)
    if unknown := unknown_at(item.props, "nodeType", "numberOfNodes"):
        reason = f"{unknown[0]} is known only after the update"
        yield Charge("redshift", "nodes", fixed(1), price=missing("hour", reason))
    else:
        yield Charge("redshift", node, fixed(nodes * context.hours))


def _workgroup(context: PricingContext, item: Planned) -> Iterable[Charge]:
    """Yields the processing units of a workgroup, which cost something while queries run. How long they run is not
    known: the most that a limit allows is expected, and without such a limit the most is the capacity all month."""
    hours = [most for most in (_most_hours(context, limit, item) for limit in context.plan.of_type(_LIMIT)) if most]
    if hours:
        yield Charge("redshift-serverless", "rpu", Range(ZERO, min(hours), min(hours)))
    else:
        yield without_model(item.type, "no usage limit of the plan with breachAction deactivate bounds its queries")


_LIMIT = "aws:redshiftserverless/usageLimit:UsageLimit"
_PERIODS = {"daily": Decimal(365) / 12, "weekly": Decimal(365) / 84, "monthly": Decimal(1)}
"""Period of a limit -> how many a month has; monthly if none is stated, and `log` is the action then (pulumi-aws
7.51.1, UsageLimit)."""


def _most_hours(context: PricingContext, limit: Planned, workgroup: Planned) -> Decimal:
    """Returns the hours of processing units a month after which a limit stops the queries of a workgroup."""
    linked = list(context.plan.sources(limit, "resourceArn"))
    is_only = len(list(context.plan.of_type(_WORKGROUP))) == 1
    is_own = any(found is workgroup for found in linked) or (not linked and is_only)
    if not is_own or unknown_at(limit.props, "usageType", "period", "amount", "breachAction"):
        return ZERO
    stops = get_str(limit.props, "breachAction") == "deactivate"
    is_compute = get_str(limit.props, "usageType") == "serverless-compute"
    periods = _PERIODS.get(get_str(limit.props, "period", default="monthly"), ZERO)
    return get_number(get_path(limit.props, "amount"), 0) * periods if stops and is_compute else ZERO


METERS: Mapping[str, MeterFunction] = {
    "aws:redshift/cluster:Cluster": _redshift,
    _WORKGROUP: _workgroup,
}
