"""Cost allocation: direct cost by tags, shared cost by a sharing key, idle cost, and the cost of
compliance controls.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from falaj.finops.errors import BadInput
from falaj.finops.estimate import Estimate
from falaj.finops.lines import ZERO, Compliance
from falaj.finops.usage_model import SharedCost

NOBODY = "(shared)"
"""Owner of cost that is not allocated to a tenant."""


@dataclass(frozen=True)
class TenantShare:
    """One tenant's month in USD without tax. `idle` is the part of `own` that is paid for idle machines."""

    own: Decimal
    shared: Decimal
    idle: Decimal

    @property
    def total(self) -> Decimal:
        """Total cost of the tenant."""
        return self.own + self.shared


def allocate(estimate: Estimate) -> dict[str, TenantShare]:
    """Returns the expected cost by tenant, with shared cost allocated by the key of the usage file.

    The tenants add up to the total. Raises `BadInput` for weights that omit a tenant or name an unknown one.
    """
    own: dict[str, Decimal] = defaultdict(Decimal)
    idle: dict[str, Decimal] = defaultdict(Decimal)
    for line in estimate.lines:
        own[line.owner.tenant] += line.usd.expected
        idle[line.owner.tenant] += line.idle_usd
    shared, shared_idle = own.pop("", ZERO), idle.pop("", ZERO)
    tenants = sorted(set(own) | set(estimate.usage.tenants))
    if not tenants or estimate.usage.shared.by == "none":
        unshared = {name: TenantShare(own[name], ZERO, idle[name]) for name in tenants}
        return {NOBODY: TenantShare(ZERO, shared, shared_idle), **unshared}
    shares = sharing_ratios(estimate.usage.shared, tenants, own)
    return {name: TenantShare(own[name], shared * shares[name], idle[name]) for name in tenants}


def sharing_ratios(
    key: SharedCost, names: Sequence[str], own: Mapping[str, Decimal], members: str = "tenants"
) -> dict[str, Decimal]:
    """Returns the share of each name in the shared cost, for a key other than `none`; the shares add up to one. Raises
    `BadInput`.
    """
    if key.by == "weights":
        if set(key.weights) != set(names):
            raise BadInput("shared.weights", f"must name exactly the {members} {', '.join(names)}")
        result = {name: key.weights[name] for name in names}
    elif key.by == "direct" and sum(own.values(), ZERO) > 0:
        result = {name: own.get(name, ZERO) for name in names}
    else:
        result = dict.fromkeys(names, Decimal(1))
    total = sum(result.values(), ZERO)
    return {name: value / total for name, value in result.items()}


def compliance(estimate: Estimate) -> dict[tuple[str, str], dict[Compliance, Decimal]]:
    """Returns, by (site, tenant), the expected monthly cost of each kind of compliance control in USD without tax."""
    result: dict[tuple[str, str], dict[Compliance, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for line in estimate.lines:
        if line.charge.compliance is not None:
            result[line.owner.site, line.owner.tenant][line.charge.compliance] += line.compliance_usd
    return {site_and_tenant: dict(kinds) for site_and_tenant, kinds in sorted(result.items())}
