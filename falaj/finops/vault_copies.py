"""Data that leaves a site, also what a plan copies between the vaults of two clouds: each charges where it leaves."""

from collections.abc import Iterable

from falaj.facts.clouds import Cloud
from falaj.finops.lines import Charge, Compliance
from falaj.finops.meters import USAGE, usage_range
from falaj.finops.plan import Plan, Planned
from falaj.finops.pricing_context import PricingContext, cloud_of

_COPIES = ("falaj:replication:Replication", "falaj:kubernetes:Replicator")
"""Components that copy vaults between sites."""
_ACCESS = "falaj:azure:ReplicaAccess"
"""The component that grants the copying jobs access to containers: a custom role where they write."""
_GRANT = "azure-native:authorization:RoleAssignment"
_WRITER = "azure-native:authorization:RoleDefinition"


def traffic(context: PricingContext, cluster: Planned) -> Iterable[Charge]:
    """Yields the data transfer out of a site, once per cluster. The account's free tier is not deducted."""
    yield Charge("transfer", "internet-out", usage_range(context.quantity(cluster, "internet_out_gb")), USAGE)
    yield Charge("transfer", "cross-zone", usage_range(context.quantity(cluster, "cross_zone_gb")), USAGE)
    # Copies: nothing where the site only receives.
    if cloud_of(cluster) in _senders(context.plan):
        copied_gb = usage_range(context.quantity(cluster, "copied_out_gb"))
        yield Charge("transfer", "to-other-cloud", copied_gb, USAGE, Compliance.COPIES)


def _senders(plan: Plan) -> frozenset[str]:
    """Returns the clouds that send: both if the plan does not say which way its data goes."""
    if not any(plan.of_type(*_COPIES)):
        return frozenset()
    grants = [item for item in plan.of_type(_GRANT) if _parent(plan, item) == _ACCESS]
    writes = [any(source.type == _WRITER for source in plan.sources(item, "roleDefinitionId")) for item in grants]
    sends = {Cloud.AWS: any(writes), Cloud.AZURE: not all(writes)}
    return frozenset(cloud.value for cloud in sends if sends[cloud] or not writes)


def _parent(plan: Plan, item: Planned) -> str:
    parent = plan.by_urn.get(item.parent or "")
    return parent.type if parent is not None else ""
