"""Charges of Apache Kafka on AWS: brokers of MSK with their storage, and its serverless clusters.

What is charged by use has no estimate: tiered storage, the storage and writes of Express brokers, and partitions and
data of serverless clusters.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from falaj.facts.prices import missing
from falaj.finops.aws_scaling import least_capacity, most_capacity
from falaj.finops.free import by_use, without_model
from falaj.finops.lines import Charge, Range, fixed
from falaj.finops.meters import MeterFunction
from falaj.finops.plan import Planned
from falaj.finops.pricing_context import PricingContext
from falaj.finops.properties import get_dict, get_number, get_path, get_str, unknown_at
from falaj.finops.sized_types import is_on


def _cluster(context: PricingContext, item: Planned) -> Iterable[Charge]:
    """Yields the brokers of a cluster, each of which has a volume of the stated size (infracost/infracost 95ba4f49,
    internal/resources/aws/msk_cluster.go, read 2026-12-01)."""
    if unknown := unknown_at(item.props, *_DECIDING):
        yield without_model(item.type, f"{unknown[0]} is known only after the update")
        return
    count = get_number(get_path(item.props, "numberOfBrokerNodes"), 0)
    name = get_str(item.props, "brokerNodeGroupInfo", "instanceType")
    if not name or not count:
        yield without_model(item.type, "the type or the number of its brokers is not in the plan")
        return
    yield Charge("msk", name, fixed(count * context.hours))
    if name.startswith("express."):
        yield by_use(item.type)
        return
    volume = get_dict(item.props, *_VOLUME)
    size = get_number(get_path(volume, "volumeSize"), 0)
    if not size:
        yield Charge("msk", "storage", fixed(1), price=missing("GB-month", "the size of its volumes is not stated"))
        return
    least, most = (bound(context, item, *_SCALED) for bound in (least_capacity, most_capacity))
    kept = max(size, least)
    yield Charge("msk", "storage", Range(kept, kept, max(kept, most)).times(count))
    yield from _throughput(get_dict(volume, "provisionedThroughput"), int(count))


_SCALED = "kafka", "VolumeSize"
"""Namespace of the service and dimension by which volumes of brokers grow."""
_VOLUME = ("brokerNodeGroupInfo", "storageInfo", "ebsStorageInfo")
_DECIDING = ("numberOfBrokerNodes", "brokerNodeGroupInfo.instanceType",
             *(f"{'.'.join(_VOLUME)}.{key}" for key in (
                 "volumeSize", "provisionedThroughput.enabled", "provisionedThroughput.volumeThroughput")))  # fmt: skip


def _throughput(provisioned: Mapping[str, Any], count: int) -> Iterable[Charge]:
    """Yields the provisioned throughput of volumes. What a broker includes of it is not known, so all of it counts."""
    if is_on(provisioned, "enabled"):
        amount = get_number(get_path(provisioned, "volumeThroughput"), 0)
        price = None if amount else missing("MBps-month", "the throughput of its volumes is not stated")
        yield Charge("msk", "throughput", fixed(max(1, amount) * count), price=price)


def _serverless(context: PricingContext, item: Planned) -> Iterable[Charge]:
    """Yields the hours of a serverless cluster, which it costs without any partition."""
    yield Charge("msk", "serverless", fixed(context.hours))
    yield by_use(item.type)


METERS: Mapping[str, MeterFunction] = {
    "aws:msk/cluster:Cluster": _cluster,
    "aws:msk/serverlessCluster:ServerlessCluster": _serverless,
}
