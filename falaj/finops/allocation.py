"""Cost allocation: own cost by tags, shared cost by a stated key, idle cost, and the cost of compliance controls."""

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
    """One tenant's month in USD without tax. `idle` is the part of `own` in which machines do nothing."""

    own: Decimal
    shared: Decimal
    idle: Decimal

    @property
    def total(self) -> Decimal:
        """Cost of the tenant."""
        return self.own + self.shared


def allocate(estimate: Estimate) -> dict[str, TenantShare]:
    """The expected cost by tenant; shared cost is allocated by the key of the usage file.

    The shares add up to the total. Raises `BadInput` for weights that omit a tenant or name an unknown one.
    """
    own: dict[str, Decimal] = defaultdict(Decimal)
    idle: dict[str, Decimal] = defaultdict(Decimal)
    for line in estimate.lines:
        own[line.owner.tenant] += line.usd.expected
        idle[line.owner.tenant] += line.idle_usd
    common, common_idle = own.pop("", ZERO), idle.pop("", ZERO)
    tenants = sorted(set(own) | set(estimate.usage.tenants))
    if not tenants or estimate.usage.shared.by == "none":
        alone = {name: TenantShare(own[name], ZERO, idle[name]) for name in tenants}
        return {NOBODY: TenantShare(ZERO, common, common_idle), **alone}
    shares = parts(estimate.usage.shared, tenants, own)
    return {name: TenantShare(own[name], common * shares[name], idle[name]) for name in tenants}


def parts(
    key: SharedCost, names: Sequence[str], own: Mapping[str, Decimal], members: str = "tenants"
) -> dict[str, Decimal]:
    """Name -> its part of the shared cost by a key other than `none`; the parts add up to one. Raises `BadInput`."""
    if key.by == "weights":
        if set(key.weights) != set(names):
            raise BadInput("shared.weights", f"must name exactly the {members} {', '.join(names)}")
        result = {name: key.weights[name] for name in names}
    elif key.by == "direct" and sum(own.values(), ZERO) > 0:
        result = {name: own.get(name, ZERO) for name in names}
    else:
        result = dict.fromkeys(names, Decimal(1))
    whole = sum(result.values(), ZERO)
    return {name: part / whole for name, part in result.items()}


def compliance(estimate: Estimate) -> dict[tuple[str, str], dict[Compliance, Decimal]]:
    """(Site, tenant) -> what each kind of compliance adds to the expected month, in USD without tax."""
    result: dict[tuple[str, str], dict[Compliance, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for line in estimate.lines:
        if line.charge.compliance is not None:
            result[line.owner.site, line.owner.tenant][line.charge.compliance] += line.compliance_usd
    return {whose: dict(kinds) for whose, kinds in sorted(result.items())}
