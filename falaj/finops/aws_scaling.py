"""Bounds of scaling on AWS: between which capacities Application Auto Scaling keeps a resource, and its schedules.

What it keeps at least is charged whatever a resource states itself, and what it keeps of resources that the plan does
not have has no price.
"""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from falaj.finops.free import without_model
from falaj.finops.lines import Charge
from falaj.finops.meters import MeterFunction
from falaj.finops.plan import Planned
from falaj.finops.pricing_context import PricingContext
from falaj.finops.properties import get_number, get_path, get_str, unknown_at

_TARGET, _ACTION = "aws:appautoscaling/target:Target", "aws:appautoscaling/scheduledAction:ScheduledAction"
_BOUNDS: Mapping[str, tuple[str, ...]] = {_TARGET: (), _ACTION: ("scalableTargetAction",)}
"""Type that states bounds -> path above them (pulumi-aws 7.51.1). An action sets those of a target at its hour."""


def most_capacity(context: PricingContext, item: Planned, namespace: str, dimension: str) -> Decimal:
    """Returns the most that scaling makes of a resource or of a part of it, zero without such a limit. `dimension` is
    the end of the scalable dimension. A limit of which it is not known what it is for counts for all resources."""
    return max(_bounds(context, item, namespace, dimension, "maxCapacity"), default=Decimal(0))


def least_capacity(context: PricingContext, item: Planned, namespace: str, dimension: str) -> Decimal:
    """Returns the least that scaling keeps of a resource or of a part of it; arguments as of `most_capacity`."""
    return max(_bounds(context, item, namespace, dimension, "minCapacity"), default=Decimal(0))


def _bounds(context: PricingContext, item: Planned, namespace: str, dimension: str, key: str) -> Iterator[Decimal]:
    for each in context.plan.of_type(*_BOUNDS):
        is_of_kind = (
            get_str(each.props, "serviceNamespace", default=namespace) == namespace
            and get_str(each.props, "scalableDimension", default=dimension).endswith(dimension)
        )  # fmt: skip
        if is_of_kind and _is_of(context, each, item):
            yield get_number(get_path(each.props, *_BOUNDS[each.type], key), 0)


_SERVICE = "aws:ecs/service:Service"
_NAMES = ("name", "clusterIdentifier", "replicationGroupId", "clusterName", "functionName")
"""Properties that name a resource that is scaled, of which each type has one."""


def _is_of(context: PricingContext, bounds: Planned, item: Planned) -> bool:
    """Returns whether bounds may be those of a resource: by their dependencies, by those of the target from which they
    have its ID, or by its name in a part of the ID: `table/NAME/index/INDEX`, `service/CLUSTER/NAME`, `cluster:NAME`
    (botocore 1.44.8, application-autoscaling, RegisterScalableTarget, ResourceId, read 2026-12-03)."""
    sources = list(context.plan.sources(bounds, "resourceId"))
    if linked := [found for found in sources if found.type == item.type]:
        return any(found is item for found in linked)
    if targets := [found for found in sources if found.type == _TARGET and bounds.type == _ACTION]:
        return any(_is_of(context, found, item) for found in targets)
    parts = get_str(bounds.props, "resourceId").replace(":", "/").split("/")[1:]
    if item.type == _SERVICE:
        parts = parts[-1:]  # the part before it is a cluster, which a service may have its name from
    names = {name for key in _NAMES if (name := get_str(item.props, key))}
    return not parts or not names or not names.isdisjoint(parts)


_TABLE = ("aws:dynamodb/table:Table", "aws:dynamodb/globalSecondaryIndex:GlobalSecondaryIndex")
_COUNTED: Mapping[str, tuple[str, ...]] = {
    "ecs:service:DesiredCount": (_SERVICE,),
    "ec2:spot-fleet-request:TargetCapacity": ("aws:ec2/spotFleetRequest:SpotFleetRequest",),
    "rds:cluster:ReadReplicaCount": ("aws:rds/cluster:Cluster",),
    "sagemaker:variant:DesiredInstanceCount": ("aws:sagemaker/endpoint:Endpoint",),
    "lambda:function:ProvisionedConcurrency": ("aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig",),
    "kafka:broker-storage:VolumeSize": ("aws:msk/cluster:Cluster",),
    **dict.fromkeys(
        (f"elasticache:replication-group:{each}" for each in ("NodeGroups", "Replicas")),
        ("aws:elasticache/replicationGroup:ReplicationGroup",),
    ),
    **dict.fromkeys(
        (f"dynamodb:{kind}:{unit}CapacityUnits" for kind in ("table", "index") for unit in ("Read", "Write")), _TABLE
    ),
}
"""Scalable dimension -> the types whose charges count its least capacity (the same model, ScalableDimension)."""
_FREE = "sagemaker:inference-component:DesiredCopyCount"
"""Copies of a model, which share the machines of their endpoint."""
_FEW: Mapping[str, int] = {
    "dynamodb": 1_000, "cassandra": 1_000, "kafka": 1_000, "lambda": 50, "custom-resource": 50, "ecs": 10,
    "elasticache": 8, "rds": 4, "neptune": 4,
}  # fmt: skip
"""Namespace -> units of a resource of another stack that are too few to ask for their price. Judged, not read: what
that stack itself counts may be as many."""
_FEW_MACHINES = 3
"""The same of all other namespaces, whose unit is a machine."""


def _elsewhere(context: PricingContext, item: Planned) -> Iterable[Charge]:
    """Yields a charge without a price for a capacity that is kept of a resource that no charge of the plan counts."""
    namespace, dimension = (get_str(item.props, key) for key in ("serviceNamespace", "scalableDimension"))
    path = (*_BOUNDS[item.type], "minCapacity")
    if dimension == _FREE or any(_is_of(context, item, each) for each in context.plan.of_type(*_counted(dimension))):
        return
    if unknown_at(item.props, ".".join(path)):
        yield without_model(item.type, "the least capacity is known only after the update")
    elif (least := get_number(get_path(item.props, *path), 0)) > _FEW.get(namespace, _FEW_MACHINES):
        what = dimension or "a resource that is known only after the update"
        yield without_model(item.type, f"it keeps {least} of {what}, and the plan has no price of it")


def _counted(dimension: str) -> Iterable[str]:
    """Returns the types that may count a dimension: all if it is known only after the update."""
    return _COUNTED.get(dimension, ()) if dimension else (kind for kinds in _COUNTED.values() for kind in kinds)


_SCHEDULE, _GROUP = "aws:autoscaling/schedule:Schedule", "aws:autoscaling/group:Group"
_NODES = "aws:eks/nodeGroup:NodeGroup"
RUNNING = ("minSize", "desiredCapacity")
"""Sizes of a group, or of a scheduled action of it, that keep machines running."""


def schedules_of(context: PricingContext, item: Planned) -> Iterator[Mapping[str, object]]:
    """Yields the properties of the scheduled actions of a group, of which each may raise its sizes. The group of nodes
    of EKS has a name of its own, by which only dependencies find it."""
    return (action.props for action in context.plan.of_type(_SCHEDULE) if _acts_on(context, action, item))


def _acts_on(context: PricingContext, action: Planned, item: Planned) -> bool:
    if any(source.urn == item.urn for source in context.plan.sources(action, "autoscalingGroupName")):
        return True
    name = get_str(item.props, "name", default=item.name) if item.type == _GROUP else ""
    return bool(name) and get_str(action.props, "autoscalingGroupName") == name


def _schedule(context: PricingContext, item: Planned) -> Iterable[Charge]:
    """Yields a charge without a price for an action that keeps machines of a group that the plan does not have."""
    if any(_acts_on(context, item, group) for group in context.plan.of_type(_GROUP, _NODES)):
        return
    if unknown := unknown_at(item.props, *RUNNING):
        yield without_model(item.type, f"{unknown[0]} is known only after the update")
    elif (count := max(get_number(get_path(item.props, key), 0) for key in RUNNING)) > _FEW_MACHINES:
        yield without_model(item.type, f"it keeps {count} machines of a group that is not in the plan")


METERS: Mapping[str, MeterFunction] = {_TARGET: _elsewhere, _ACTION: _elsewhere, _SCHEDULE: _schedule}
