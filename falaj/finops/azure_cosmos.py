"""Charges of Cosmos DB: the throughput that databases and containers state. Without it they are charged by use, as
their storage is."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from falaj.finops.free import by_use, without_model
from falaj.finops.lines import Charge, Range
from falaj.finops.meters import MeterFunction
from falaj.finops.plan import Planned
from falaj.finops.pricing_context import PricingContext
from falaj.finops.properties import get_list, get_number, get_path, get_str, unknown_at
from falaj.finops.sized_types import is_on, is_stated

_ACCOUNT = "azure-native:cosmosdb:DatabaseAccount"
_PARTS = (
    "SqlResourceSqlDatabase", "SqlResourceSqlContainer", "MongoDBResourceMongoDBDatabase",
    "MongoDBResourceMongoDBCollection", "GremlinResourceGremlinDatabase", "GremlinResourceGremlinGraph",
    "CassandraResourceCassandraKeyspace", "CassandraResourceCassandraTable", "TableResourceTable",
)  # fmt: skip

_UNIT = 100
"""Request units a second in one unit of the price list."""

_ZONES = Decimal("1.25")
"""Factor of the price in a region with zone redundancy. It is waived for throughput that scales, and where several
regions write (MicrosoftDocs/reliability-docs 1ccbdab6 articles/reliability/reliability-cosmos-db-nosql.md, "Cost of
enabling zone redundancy", read 2026-12-01)."""

_LEAST_OF_MOST = Decimal("0.1")
"""Share of its maximum that throughput which scales costs at least (Azure Cosmos DB, "Frequently asked questions about
autoscale provisioned throughput", read 2026-12-01)."""


def _throughput(context: PricingContext, item: Planned) -> Iterable[Charge]:
    """Yields the throughput in each region of the account (infracost/infracost 95ba4f49, internal/providers/terraform/
    azure/cosmosdb_cassandra_keyspace.go, read 2026-12-01)."""
    scales = is_stated(item.props, "options.autoscaleSettings")
    path = "options.autoscaleSettings.maxThroughput" if scales else "options.throughput"
    if not is_stated(item.props, path) and not scales:
        yield by_use(item.type)
        return
    if unknown := unknown_at(item.props, path):
        yield without_model(item.type, f"{unknown[0]} is known only after the update")
        return
    accounts = _accounts(context, item)
    factors = [_regions(account, scales) for account in accounts]
    is_multi = any(is_on(account.props, "enableMultipleWriteLocations") for account in accounts)
    units = get_number(get_path(item.props, *path.split(".")), 0) / _UNIT
    if not factors or not all(factors) or not units or (scales and is_multi):
        yield without_model(item.type, "its throughput, or the regions of its account, are not in the plan")
        return
    most = units * max(factors) * context.hours
    sku = "100-ru-autoscale" if scales else "100-ru-multi" if is_multi else "100-ru"
    yield Charge("cosmos-db", sku, Range(most * (_LEAST_OF_MOST if scales else 1), most, most))


def _accounts(context: PricingContext, item: Planned) -> Sequence[Planned]:
    """Returns the account of a database in the plan; all accounts of the plan where its name is not known yet."""
    name = get_str(item.props, "accountName")
    found = context.plan.named_by(item, "accountName", _ACCOUNT, "accountName", name)
    return found if found or name else list(context.plan.of_type(_ACCOUNT))


def _regions(account: Planned, scales: bool) -> Decimal:
    """Returns the regions of an account, those with zone redundancy at their factor; none if they are not known."""
    if unknown_at(account.props, "locations", "enableMultipleWriteLocations"):
        return Decimal(0)
    locations = get_list(account.props, "locations")
    zones = sum(is_stated(location, "isZoneRedundant") for location in locations)
    is_waived = scales or is_on(account.props, "enableMultipleWriteLocations")
    return Decimal(len(locations)) if is_waived else len(locations) - zones + zones * _ZONES


METERS: Mapping[str, MeterFunction] = {f"azure-native:cosmosdb:{part}": _throughput for part in _PARTS}
