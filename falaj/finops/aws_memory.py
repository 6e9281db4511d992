"""Charges of data in memory on AWS: MemoryDB, serverless caches of ElastiCache, and DAX. Snapshots and data written to
MemoryDB are charged by use and have no estimate."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from falaj.finops.free import by_use, without_model
from falaj.finops.lines import ZERO, Charge, Range, fixed
from falaj.finops.meters import MeterFunction
from falaj.finops.plan import Planned
from falaj.finops.pricing_context import PricingContext
from falaj.finops.properties import get_dict, get_list, get_number, get_path, get_str, unknown_at
from falaj.finops.sized_types import decided_by


@decided_by("nodeType", "numShards", "numReplicasPerShard")
def _memory_db(context: PricingContext, item: Planned) -> Iterable[Charge]:
    """Yields the nodes of a cluster: of each shard the primary and its replicas, of which one is the default
    (pulumi-aws 7.51.1, memorydb.Cluster). Those of Valkey cost less than the price for Redis, which counts for both
    (c3x 5c227c21, resources/aws/aws_memorydb_cluster.toml, read 2026-12-02)."""
    name = get_str(item.props, "nodeType")
    if not name:
        yield without_model(item.type, "its node type is not in the plan")
        return
    shards = max(Decimal(1), get_number(get_path(item.props, "numShards"), 1))
    each = 1 + get_number(get_path(item.props, "numReplicasPerShard"), 1)
    yield Charge("memorydb", name, fixed(shards * each * context.hours))


_ENGINES = ("redis", "valkey", "memcached")
_DATA, _REQUESTS = ("cacheUsageLimits", "dataStorage"), ("cacheUsageLimits", "ecpuPerSeconds")
_LEAST_GB = {"valkey": Decimal("0.1")}
"""Data that a cache pays for at least, one GB of engines that are not listed (AWS, ElastiCache pricing, as known)."""


@decided_by("engine", ".".join(_REQUESTS), *(f"{'.'.join(_DATA)}.{key}" for key in ("maximum", "minimum", "unit")))
def _serverless(context: PricingContext, item: Planned) -> Iterable[Charge]:
    """Yields the data and the requests (ECPU) of a serverless cache. How much it uses is not known: the most that its
    limits allow is expected, and without a limit of data it has no price. Requests without a limit are charged by
    use alone."""
    engine, data = get_str(item.props, "engine"), get_dict(item.props, *_DATA)
    most = get_number(data.get("maximum"), 0)
    if engine not in _ENGINES or not most or get_str(data, "unit", default="GB") != "GB":
        yield without_model(item.type, "no limit of its data bounds what it costs")
        return
    least = max(_LEAST_GB.get(engine, Decimal(1)), get_number(data.get("minimum"), 0))
    gb = Range(min(least, most), most, most)
    yield Charge("elasticache-serverless", f"{engine}-data", gb.times(context.hours))
    yield from _requests(context, item, engine)


_MILLIONS_AN_HOUR = Decimal(3600) / 1_000_000


def _requests(context: PricingContext, item: Planned, engine: str) -> Iterable[Charge]:
    limits = get_list(item.props, *_REQUESTS)
    least, most = (max((get_number(get_path(each, key), 0) for each in limits), default=ZERO) for key in _BOUNDS)
    if any(unknown_at(each, *_BOUNDS) for each in limits):
        yield without_model(item.type, "the limit of its requests is known only after the update")
    elif most:
        a_second = Range(min(least, most), most, most)
        yield Charge("elasticache-serverless", f"{engine}-ecpu", a_second.times(context.hours * _MILLIONS_AN_HOUR))
    else:
        yield by_use(item.type)


_BOUNDS = ("minimum", "maximum")


@decided_by("nodeType", "replicationFactor")
def _dax(context: PricingContext, item: Planned) -> Iterable[Charge]:
    """Yields the nodes of a cluster of DAX."""
    name, nodes = get_str(item.props, "nodeType"), get_number(get_path(item.props, "replicationFactor"), 0)
    if name and nodes:
        yield Charge("dax", name, fixed(nodes * context.hours))
    else:
        yield without_model(item.type, "the type or the number of its nodes is not in the plan")


METERS: Mapping[str, MeterFunction] = {
    "aws:memorydb/cluster:Cluster": _memory_db,
    "aws:elasticache/serverlessCache:ServerlessCache": _serverless,
    "aws:dax/cluster:Cluster": _dax,
}
