"""Charges of tables and graphs on AWS: DynamoDB and Neptune. Storage, requests, backups and streams
are charged by use and have no estimate."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from falaj.finops.aws_scaling import least_capacity, most_capacity
from falaj.finops.free import by_use, without_model
from falaj.finops.lines import ZERO, Charge, Range, fixed
from falaj.finops.meters import MeterFunction
from falaj.finops.plan import Planned
from falaj.finops.pricing_context import PricingContext
from falaj.finops.properties import get_dict, get_list, get_number, get_str, unknown_at
from falaj.finops.sized_types import decided_by, is_stated

_UNITS = {"rcu": ("readCapacity", "ReadCapacityUnits"), "wcu": ("writeCapacity", "WriteCapacityUnits")}
"""Unit -> property of a table and of its indexes, and the end of the dimension by which it scales."""


@decided_by("billingMode", "tableClass", "readCapacity", "writeCapacity", "globalSecondaryIndexes", "replicas")
def _table(context: PricingContext, item: Planned) -> Iterable[Charge]:
    """Yields the provisioned capacity of a table and of its indexes, each of which scaling raises to the highest limit
    of them at most. Copies in other regions have the same capacity, at a price that is not known."""
    indexes = [get_dict(each) for each in get_list(item.props, "globalSecondaryIndexes")]
    if get_str(item.props, "billingMode") == "PAY_PER_REQUEST":
        yield by_use(item.type)
    elif get_list(item.props, "replicas"):
        yield without_model(item.type, "the provisioned capacity of its replicas has no price")
    elif any(unknown_at(each, "readCapacity", "writeCapacity") for each in indexes):
        yield without_model(item.type, "the capacity of an index is known only after the update")
    else:
        end = "-ia" if get_str(item.props, "tableClass") == "STANDARD_INFREQUENT_ACCESS" else ""
        for unit, (key, dimension) in _UNITS.items():
            stated = [get_number(each.get(key), 0) for each in (item.props, *indexes)]
            if all(stated):
                capacity = _scaled(context, item, stated, dimension)
                yield Charge("dynamodb", f"{unit}{end}", capacity.times(context.hours))
            else:
                yield without_model(item.type, f"{key} of the table or of an index is not in the plan")


def _scaled(context: PricingContext, item: Planned, stated: Sequence[Decimal], dimension: str) -> Range:
    """Returns the units of a table and of its indexes together, of which each scales by bounds of its own; those of an
    index that is a resource of its own count as the table's."""
    of_table, *of_indexes = stated
    total = [ZERO, ZERO]
    parts = [(of_table, f"table:{dimension}" if of_indexes else dimension)]
    for units, scaled in (*parts, *((units, f"index:{dimension}") for units in of_indexes)):
        least, most = (bound(context, item, "dynamodb", scaled) for bound in (least_capacity, most_capacity))
        total = [total[0] + max(units, least), total[1] + max(units, least, most)]
    return Range(total[0], total[1], total[1])


@decided_by("onDemandThroughput", "provisionedThroughput", "warmThroughput")
def _index(_: PricingContext, item: Planned) -> Iterable[Charge]:
    """Yields an index that is a resource of its own: by use if it states how much each second may ask of it at most.
    What it reserves or warms up has no price, as the class of its table, which decides it, is not in the index."""
    on_demand, reserved = is_stated(item.props, "onDemandThroughput"), any(
        is_stated(item.props, key) for key in ("provisionedThroughput", "warmThroughput"))  # fmt: skip
    yield by_use(item.type) if on_demand and not reserved else without_model(item.type)


_GRAPH, _GRAPH_INSTANCE = "aws:neptune/cluster:Cluster", "aws:neptune/clusterInstance:ClusterInstance"


def _graph(context: PricingContext, item: Planned) -> Iterable[Charge]:
    """Yields the storage and requests of a cluster of Neptune; its instances are resources of their own, whose number
    is not known where the cluster says how far serverless ones grow and the plan has none."""
    yield by_use(item.type)
    if is_stated(item.props, "serverlessV2ScalingConfiguration") and not any(context.plan.of_type(_GRAPH_INSTANCE)):
        yield without_model(item.type, "the number of its serverless instances is not in the plan")


@decided_by("instanceClass")
def _graph_instance(context: PricingContext, item: Planned) -> Iterable[Charge]:
    """Yields an instance of Neptune. Its price is known for storage that is not I/O-Optimized, so that each cluster of
    the plan must have such: that of the instance may be any of them."""
    clusters = [each.props for each in context.plan.of_type(_GRAPH)]
    if not clusters or any(unknown_at(each, "storageType") or get_str(each, "storageType", default="standard") !=
                           "standard" for each in clusters):  # fmt: skip
        yield without_model(item.type, "I/O-Optimized storage has no price, and a cluster of the plan may have it")
    elif name := get_str(item.props, "instanceClass"):
        yield Charge("neptune", name, fixed(context.hours))
    else:
        yield without_model(item.type, "its class is not in the plan")


METERS: Mapping[str, MeterFunction] = {
    "aws:dynamodb/table:Table": _table,
    "aws:dynamodb/globalSecondaryIndex:GlobalSecondaryIndex": _index,
    _GRAPH: _graph,
    _GRAPH_INSTANCE: _graph_instance,
}
