"""Kueue's queues as the simulation sees them, from a stack's settings."""

from collections.abc import Mapping
from typing import Any

from falaj.components.core.tenancy.queueing_args import QueueingArgs
from falaj.components.core.tenancy.spend_quota import PricedFlavor, TenantBudget
from falaj.components.settings.arguments import DeclaredCluster
from falaj.components.settings.queue_arguments import queueing_args, queues
from falaj.components.settings.run_arguments import has_deadlines
from falaj.components.settings.stack import Settings
from falaj.simulation.platform_model import QueueModel


def queue_models(cluster: DeclaredCluster, settings: Settings) -> list[QueueModel]:
    """Returns the queues of a cluster, with the quotas that its deployment computes."""
    if not (by_tenant := queues(cluster.name, settings.tenants)):
        return []
    deadlines = has_deadlines(cluster.name, cluster.shared, settings.tenants)
    args = queueing_args(cluster, by_tenant, float(settings.currency.aed_per_usd), deadlines)
    return [queue_model(cluster.name, tenant, args) for tenant in by_tenant]


def queue_model(site: str, tenant: str, args: QueueingArgs) -> QueueModel:
    """Returns a tenant's queue on a site, with the quotas that a deployment with these arguments computes."""
    keys = {flavor.name: f"{site}/{flavor.pool}" for flavor in args.flavors}
    units, queue = args.units[tenant], args.tenants[tenant]
    return QueueModel(
        site=site,
        tenant=tenant,
        units={keys[name]: float(amount) for name, amount in units.items()},
        borrow={keys[name]: float(amount) for name, amount in args.borrowing(tenant).items()},
        budget=_budget(args.controlled[tenant], keys) if tenant in args.controlled else None,
        weight=float(queue.aed_per_month),
    )


def _budget(row: Mapping[str, Any], keys: Mapping[str, str]) -> TenantBudget:
    """Returns the budget of a row of the controller's configuration, with the keys of pools as names of flavors."""
    fields = PricedFlavor.__dataclass_fields__.keys() - {"name"}
    flavors = [
        PricedFlavor(name=keys[flavor["name"]], **{field: flavor[field] for field in fields})
        for flavor in row["flavors"]
    ]
    return TenantBudget(row["aed_per_month"], row["hours_per_month"], row["stops"], flavors, row["room"])
