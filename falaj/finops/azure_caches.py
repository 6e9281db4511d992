"""Charges of caches and search services on Azure: nodes of Azure Cache for Redis and of Azure Managed Redis, and units
of AI Search."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from falaj.finops.free import without_model
from falaj.finops.lines import Charge, fixed
from falaj.finops.meters import MeterFunction
from falaj.finops.plan import Planned
from falaj.finops.pricing_context import PricingContext
from falaj.finops.properties import get_number, get_path, get_str, unknown_at

_PAIR = 2
"""Nodes of a cache with a replica. The price list has the price of one node, except of the tier Basic, which has one
(infracost/infracost 95ba4f49, internal/providers/terraform/azure/redis_cache.go and internal/resources/azure/
managed_redis.go, read 2026-12-01)."""


def _redis(context: PricingContext, item: Planned) -> Iterable[Charge]:
    """Yields the nodes of a cache: of each shard of the tier Premium the primary and its replicas."""
    if unknown := unknown_at(item.props, "sku.name", "sku.family", "sku.capacity", "shardCount", *_REPLICAS):
        yield without_model(item.type, f"{unknown[0]} is known only after the update")
        return
    tier, size = get_str(item.props, "sku", "name").lower(), get_path(item.props, "sku", "capacity")
    if size is None:
        yield without_model(item.type, "its size is not in the plan")
        return
    nodes = Decimal(1 if tier == "basic" else _PAIR)
    if tier == "premium":
        replicas = max(get_number(get_path(item.props, key), 1) for key in _REPLICAS)
        nodes = (1 + replicas) * max(Decimal(1), get_number(get_path(item.props, "shardCount"), 1))
    family = "p" if tier == "premium" else "c"
    yield Charge("redis", f"{tier}-{family}{int(get_number(size, 0))}", fixed(nodes * context.hours))


_REPLICAS = ("replicasPerMaster", "replicasPerPrimary")


def _managed(context: PricingContext, item: Planned) -> Iterable[Charge]:
    """Yields the nodes of a managed cache, which has two unless it states that it is not highly available."""
    if unknown := unknown_at(item.props, "sku.name", "highAvailability"):
        yield without_model(item.type, f"{unknown[0]} is known only after the update")
    elif name := get_str(item.props, "sku", "name"):
        nodes = 1 if get_str(item.props, "highAvailability") == "Disabled" else _PAIR
        yield Charge("managed-redis", name.lower(), fixed(nodes * context.hours))
    else:
        yield without_model(item.type, "its size is not in the plan")


def _search(context: PricingContext, item: Planned) -> Iterable[Charge]:
    """Yields the search units of a service: the product of its replicas and partitions (Azure AI Search, "Estimate and
    manage capacity of a search service", read 2026-12-01; the unit and its price: infracost 95ba4f49,
    internal/providers/ terraform/azure/search_service.go). Semantic ranking and skills are charged by use."""
    tier = get_str(item.props, "sku", "name").lower()
    if unknown := unknown_at(item.props, "sku.name", "replicaCount", "partitionCount", "computeType"):
        yield without_model(item.type, f"{unknown[0]} is known only after the update")
    elif not tier:
        yield without_model(item.type, "its tier is not in the plan")
    elif tier != "free":
        units = [
            max(Decimal(1), get_number(get_path(item.props, key), 1)) for key in ("replicaCount", "partitionCount")
        ]
        confidential = "-confidential" if get_str(item.props, "computeType").lower() == "confidential" else ""
        yield Charge("ai-search", tier + confidential, fixed(units[0] * units[1] * context.hours))


METERS: Mapping[str, MeterFunction] = {
    "azure-native:redis:Redis": _redis,
    "azure-native:redisenterprise:RedisEnterprise": _managed,
    "azure-native:search:Service": _search,
}
