"""Charges of caches and search domains on AWS: nodes of ElastiCache, and nodes and volumes of OpenSearch."""

from collections.abc import Iterable, Mapping
from decimal import ROUND_CEILING, Decimal
from typing import Any

from falaj.facts.prices import missing
from falaj.finops.aws_scaling import least_capacity
from falaj.finops.free import without_model
from falaj.finops.lines import ZERO, Charge, fixed
from falaj.finops.meters import MeterFunction
from falaj.finops.plan import Planned
from falaj.finops.pricing_context import PricingContext
from falaj.finops.properties import get_dict, get_list, get_number, get_path, get_str, unknown_at
from falaj.finops.sized_types import is_on

_GROUP = "aws:elasticache/replicationGroup:ReplicationGroup"


def _replication_group(context: PricingContext, item: Planned) -> Iterable[Charge]:
    """Yields the nodes of a replication group: of each node group the primary and its replicas, as pulumi-aws 7.51.1
    describes the properties."""
    sizes = ("nodeType", "engine", "numCacheClusters", "numNodeGroups", "replicasPerNodeGroup", "durability",
             "nodeGroupConfigurations")  # fmt: skip
    if unknown := unknown_at(item.props, *sizes):
        yield without_model(item.type, f"{unknown[0]} is known only after the update")
    elif get_str(item.props, "durability") == "sync":
        yield without_model(item.type, "synchronous durability has no price")
    else:
        yield _nodes(context, get_str(item.props, "engine"), get_str(item.props, "nodeType"), _count(context, item))


def _count(context: PricingContext, item: Planned) -> Decimal:
    """Returns the most nodes that the properties state, or that scaling keeps."""
    props = item.props
    kept_groups, kept_replicas = (
        least_capacity(context, item, "elasticache", dimension) for dimension in ("NodeGroups", "Replicas")
    )
    replicas = max(kept_replicas, get_number(get_path(props, "replicasPerNodeGroup"), 0))
    groups = max(kept_groups, get_number(get_path(props, "numNodeGroups"), 1))
    configured = [get_number(get_path(each, "replicaCount"), replicas)
                  for each in get_list(props, "nodeGroupConfigurations")]  # fmt: skip
    each = max((replicas, *configured))
    of_groups = max(groups, Decimal(len(configured))) * (1 + each)
    return max(of_groups, get_number(get_path(props, "numCacheClusters"), 1))


def _nodes(context: PricingContext, engine: str, name: str, count: Decimal) -> Charge:
    """Returns the hours of nodes. The engine is Redis where none is stated (pulumi-aws 7.51.1, ReplicationGroup)."""
    hours = fixed(count * context.hours)
    if not name:
        return Charge("elasticache", "nodes", hours, price=missing("hour", "its node type is not in the plan"))
    return Charge("elasticache", f"{name}-{engine or 'redis'}", hours)


def _cache(context: PricingContext, item: Planned) -> Iterable[Charge]:
    """Yields the nodes of a cache, or the node that it adds to a replication group, which is of the group's type."""
    if unknown := unknown_at(item.props, "nodeType", "engine", "numCacheNodes"):
        yield without_model(item.type, f"{unknown[0]} is known only after the update")
        return
    groups = [found for found in context.plan.sources(item, "replicationGroupId") if found.type == _GROUP]
    of_group = groups[0].props if groups else {}
    name = get_str(item.props, "nodeType") or get_str(of_group, "nodeType")
    engine = get_str(item.props, "engine") or get_str(of_group, "engine")
    yield _nodes(context, engine, name, max(Decimal(1), get_number(get_path(item.props, "numCacheNodes"), 1)))


_DEFAULT_NODE = "m4.large.search"
"""The type of a domain whose instance type is not stated (infracost/infracost 95ba4f49, internal/resources/aws/
search_domain.go, read 2026-12-01)."""


def _domain(context: PricingContext, item: Planned) -> Iterable[Charge]:
    """Yields the nodes of a domain and the volumes of its data nodes, each of which has the stated size."""
    if unknown := unknown_at(item.props, *_SIZES):
        yield without_model(item.type, f"{unknown[0]} is known only after the update")
        return
    config = get_dict(item.props, "clusterConfig")
    data = max(Decimal(1), get_number(get_path(config, "instanceCount"), 1))
    yield _of_type(context, get_str(config, "instanceType", default=_DEFAULT_NODE), data)
    for enabled, kind, count in _OTHER_NODES:
        if is_on(config, enabled):
            yield _of_type(context, get_str(config, kind), get_number(get_path(config, count), 0))
    for option in get_list(config, "nodeOptions"):
        nodes = get_dict(option, "nodeConfig")
        if nodes.get("enabled") is not False:
            yield _of_type(context, get_str(nodes, "type"), get_number(get_path(nodes, "count"), 0))
    volume = get_dict(item.props, "ebsOptions")
    if is_on(volume, "ebsEnabled"):
        yield from _volumes(volume, data)


_OTHER_NODES = (
    ("dedicatedMasterEnabled", "dedicatedMasterType", "dedicatedMasterCount"),
    ("warmEnabled", "warmType", "warmCount"),
)
_SIZES = (
    *(f"clusterConfig.{key}" for key in ("instanceType", "instanceCount", "nodeOptions", *sum(_OTHER_NODES, ()))),
    *(f"ebsOptions.{key}" for key in ("ebsEnabled", "volumeType", "volumeSize", "iops", "throughput")),
)


def _of_type(context: PricingContext, name: str, count: Decimal) -> Charge:
    if not name or not count:
        reason = "the type or the number of its nodes is not in the plan"
        return Charge("opensearch", "nodes", fixed(1), price=missing("hour", reason))
    return Charge("opensearch", name.replace(".elasticsearch", ".search"), fixed(count * context.hours))


_GP3_IOPS, _GP3_THROUGHPUT = (3000, 3), (125, 170, 250, 3000, 1000)
"""IOPS that a gp3 volume of a node includes, and for each GiB of a larger one, as known; MiB/s of a small volume, the
size in GB up to which it is small, MiB/s for every so many GB of a larger one, and the most that is included (infracost
95ba4f49, internal/resources/aws/search_domain.go, read 2026-12-01)."""


def _volumes(volume: Mapping[str, Any], nodes: Decimal) -> Iterable[Charge]:
    kind, size = get_str(volume, "volumeType", default="gp2"), get_number(get_path(volume, "volumeSize"), 0)
    iops, throughput = (get_number(get_path(volume, key), 0) for key in ("iops", "throughput"))
    if not size:
        yield Charge("opensearch", kind, fixed(1), price=missing("GB-month", "the size of its volumes is not stated"))
        return
    yield Charge("opensearch", kind, fixed(size * nodes))
    if kind == "gp3":
        above = max(ZERO, iops - max(_GP3_IOPS[0], _GP3_IOPS[1] * size))
        yield Charge("opensearch", "gp3-iops", fixed(above * nodes))
        yield Charge("opensearch", "gp3-throughput", fixed(max(ZERO, throughput - _included(size)) * nodes))
    elif kind in ("io1", "io2"):
        price = None if iops else missing("IOPS-month", f"{kind} volumes need provisioned IOPS, and none are stated")
        yield Charge("opensearch", f"{kind}-iops", fixed(max(iops, Decimal(1)) * nodes), price=price)


def _included(size: Decimal) -> Decimal:
    small, small_gb, step, step_gb, most = _GP3_THROUGHPUT
    steps = (size / step_gb).to_integral_value(ROUND_CEILING)
    return Decimal(small) if size <= small_gb else min(Decimal(most), steps * step)


METERS: Mapping[str, MeterFunction] = {
    _GROUP: _replication_group,
    "aws:elasticache/cluster:Cluster": _cache,
    **dict.fromkeys(("aws:opensearch/domain:Domain", "aws:elasticsearch/domain:Domain"), _domain),
}
