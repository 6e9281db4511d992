"""Charges of Managed Instances of Azure SQL and of pools of them, in the tiers General Purpose and Business Critical on
Gen5. The premium series and zone redundancy have no price here. Backups are charged by use."""

import re
from collections.abc import Iterable, Mapping

from falaj.finops.free import without_model
from falaj.finops.lines import ZERO, Charge, fixed
from falaj.finops.meters import MeterFunction
from falaj.finops.plan import Planned
from falaj.finops.pricing_context import PricingContext
from falaj.finops.properties import get_count, get_number, get_path, get_str, unknown_at
from falaj.finops.sized_types import is_on, is_stated

_SERVICE = "sql-managed-instance"
_SIZE = r"(gp|bc)_gen5"

_INCLUDED_GB = 32
"""GB of each instance that cost nothing, in a pool too (MicrosoftDocs/sql-docs 520d8f0e azure-sql/managed-instance/
instance-pools-overview.md; infracost 95ba4f49, internal/resources/azure/mssql_managed_instance.go; read 2026-12-02)."""

_INCLUDED_IOPS = 3
"""Operations a second that each GB of the newer General Purpose includes; each further one costs as much as a GB
divided by this number (MicrosoftDocs/sql-docs 764e2386 azure-sql/includes/sql-managed-instance/
azure-sql-managed-instance-next-gen-general-purpose-upgrade.md, read 2026-12-02)."""

_DECIDING = ("sku.name", "sku.capacity", "vCores", "licenseType", "zoneRedundant")


def _instance(context: PricingContext, item: Planned) -> Iterable[Charge]:
    """Yields vCores, licence and storage; of one in a pool, whose vCores are charged there, only the storage."""
    tier, reason = _tier(item, *_DECIDING, "storageSizeInGB", "storageIOps")
    size = get_count(get_path(item.props, "storageSizeInGB"), -1)
    if not reason and size is None:
        reason = "the size of its storage is not in the plan"
    if reason or size is None:
        yield without_model(item.type, reason)
        return
    if not is_stated(item.props, "instancePoolId"):
        yield from _compute(context, item, tier)
    further = max(ZERO, get_number(get_path(item.props, "storageIOps"), 0) - size * _INCLUDED_IOPS) / _INCLUDED_IOPS
    yield Charge(_SERVICE, f"{tier}-storage", fixed(max(ZERO, size - _INCLUDED_GB) + further))


def _pool(context: PricingContext, item: Planned) -> Iterable[Charge]:
    """Yields the vCores of a pool, which are charged regardless of the instances in it (instance-pools-overview.md)."""
    tier, reason = _tier(item, *_DECIDING)
    if reason:
        yield without_model(item.type, reason)
    else:
        yield from _compute(context, item, tier)


def _tier(item: Planned, *deciding: str) -> tuple[str, str]:
    """Returns the tier, and why it has no price, if so."""
    if unknown := unknown_at(item.props, *deciding):
        return "", f"{unknown[0]} is known only after the update"
    name = get_str(item.props, "sku", "name").lower()
    if is_on(item.props, "zoneRedundant"):
        return "", "zone redundancy of an instance has no price"
    match = re.fullmatch(_SIZE, name)
    return (match[1], "") if match else ("", f"the size {name or '(not stated)'} has no price")


def _compute(context: PricingContext, item: Planned, tier: str) -> Iterable[Charge]:
    """Yields the vCores, at the price of those of a database, and the licence unless the customer brings it (infracost
    95ba4f49, internal/providers/terraform/azure/testdata/mssql_managed_instance_test, read 2026-12-02)."""
    cores = get_number(get_path(item.props, "vCores") or get_path(item.props, "sku", "capacity"), 0)
    if not cores:
        yield without_model(item.type, "the number of its vCores is not in the plan")
        return
    hours = fixed(cores * context.hours)
    yield Charge(_SERVICE, f"{tier}_gen5-vcore", hours)
    if get_str(item.props, "licenseType") != "BasePrice":
        yield Charge(_SERVICE, f"{tier}-license", hours)


METERS: Mapping[str, MeterFunction] = {
    "azure-native:sql:ManagedInstance": _instance,
    "azure-native:sql:InstancePool": _pool,
}
