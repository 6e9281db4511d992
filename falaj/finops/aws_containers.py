"""Charges of services of ECS on AWS: tasks on Fargate, and on machines that ECS starts itself (Managed Instances).

Tasks on machines of an Auto Scaling group cost nothing beside these. Where a service states neither a launch type nor
capacity providers, the default strategy of its cluster decides (botocore 1.44.8, ecs, CreateService,
capacityProviderStrategy, read 2026-12-03).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from falaj.facts.prices import missing
from falaj.finops.aws_scaling import least_capacity
from falaj.finops.lines import ZERO, Charge, fixed
from falaj.finops.meters import MeterFunction
from falaj.finops.plan import UNKNOWN, Planned
from falaj.finops.pricing_context import PricingContext
from falaj.finops.properties import get_list, get_number, get_path, get_str, get_str_list, unknown_at

_TASK, _CLUSTER = "aws:ecs/taskDefinition:TaskDefinition", "aws:ecs/cluster:Cluster"
_PROVIDER, _DEFAULTS = (
    "aws:ecs/capacityProvider:CapacityProvider",
    "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders",
)
_OWN, _OF_CLUSTER = "capacityProviderStrategies", "defaultCapacityProviderStrategies"
_FARGATE, _MANAGED, _EC2, _LATER = "FARGATE", "MANAGED_INSTANCES", "EC2", "known only after the update"


def _service(context: PricingContext, item: Planned) -> Iterable[Charge]:
    """Yields the tasks of a service, as many as it or its scaling keeps at least."""
    task = _task(context, item)
    places = set(_places(context, item, task))
    count = max(
        get_number(get_path(item.props, "desiredCount"), 0), least_capacity(context, item, "ecs", "DesiredCount")
    )
    is_counted = not unknown_at(item.props, "desiredCount")
    if _MANAGED in places and (count or not is_counted):
        reason = "ECS starts machines for its tasks and charges a fee for their management, which have no price"
        yield Charge("machine", "managed instances", fixed(1), price=missing("hour", reason))
    if not places & {_FARGATE, _LATER}:
        return
    size = _size(task.props) if task is not None else None
    if size is None or not is_counted or _LATER in places:
        reason = "the number or the size of its tasks on Fargate is not in the plan"
        yield Charge("fargate", "tasks", fixed(1), price=missing("hour", reason))
        return
    for sku, amount in zip(("vcpu", "gib"), size, strict=True):
        yield Charge("fargate", sku, fixed(amount * count * context.hours))
    if count and task is not None:
        yield from _further(task.props, count)


def _task(context: PricingContext, item: Planned) -> Planned | None:
    """Returns the definition of the tasks of a service: by its dependencies, or by the family in its name or ARN."""
    family = get_str(item.props, "taskDefinition").rpartition("/")[2].partition(":")[0]
    return next(iter(context.plan.named_by(item, "taskDefinition", _TASK, "family", family)), None)


def _places(context: PricingContext, item: Planned, task: Planned | None) -> Iterator[str]:
    """Yields on what the tasks of a service may run."""
    if unknown_at(item.props, "launchType"):
        yield _LATER
    elif launch := get_str(item.props, "launchType"):
        yield launch
    elif _OWN in item.props:
        yield from _of_strategies(context, item, _OWN)
    else:
        found = [place for each in context.plan.of_type(_DEFAULTS) if _is_same_cluster(context, item, each)
                 for place in _of_strategies(context, each, _OF_CLUSTER)]  # fmt: skip
        yield from found or _needed(task)


def _needed(task: Planned | None) -> Sequence[str]:
    """Returns what a task says that it needs, of a service in a cluster whose strategy is not in the plan: machines if
    it may run on them."""
    needed = get_str_list(task.props, "requiresCompatibilities") if task is not None else []
    return () if _EC2 in needed else needed


def _of_strategies(context: PricingContext, item: Planned, key: str) -> Iterator[str]:
    """Yields on what a strategy of a service or of a cluster runs tasks. Of a provider whose name is known only after
    the update, the dependencies decide."""
    if unknown_at(item.props, key):
        yield _LATER
    linked = [found for found in context.plan.sources(item, key) if found.type == _PROVIDER]
    for strategy in get_list(item.props, key):
        name = get_str(strategy, "capacityProvider")
        named = [each for each in context.plan.of_type(_PROVIDER)
                 if name and get_str(each.props, "name", default=each.name) == name]  # fmt: skip
        if name.startswith(_FARGATE):
            yield _FARGATE
        elif any("managedInstancesProvider" in each.props for each in named or linked):
            yield _MANAGED
        elif not name and not linked:
            yield _LATER


def _is_same_cluster(context: PricingContext, service: Planned, defaults: Planned) -> bool:
    """Returns whether default strategies may be those of the cluster of a service: by dependencies or by name."""
    linked = [[found for found in context.plan.sources(each, key) if found.type == _CLUSTER]
              for each, key in ((service, "cluster"), (defaults, "clusterName"))]  # fmt: skip
    names = [_name(service, "cluster"), _name(defaults, "clusterName")]
    for index, clusters in enumerate(linked):
        names[index] = next((get_str(each.props, "name", default=each.name) for each in clusters), names[index])
    return "" in names or names[0] == names[1]


def _name(item: Planned, key: str) -> str:
    """Returns the name of a cluster from its name or ARN; that of the default cluster if a service states none, and
    nothing if it is known only after the update."""
    value = item.props.get(key, "default")
    return value.rpartition("/")[2] if isinstance(value, str) and value is not UNKNOWN else ""


def _size(props: Mapping[str, Any]) -> tuple[Decimal, Decimal] | None:
    """Returns vCPU and GiB of a task, None if they are not stated in CPU units and MiB."""
    cpu, memory = (get_number(get_path(props, key), 0) for key in ("cpu", "memory"))
    return (cpu / 1024, memory / 1024) if cpu and memory else None


_FREE_GIB, _FEW_GIB = 20, 1000
"""GiB of storage that the price of a task includes (aws.amazon.com/fargate/pricing, as known), and further GiB of all
tasks of a service that are too few to ask for their price. The second is judged, not read."""


def _further(props: Mapping[str, Any], count: Decimal) -> Iterator[Charge]:
    """Yields what tasks on Fargate cost beside processors and memory: further storage, and the licence of Windows."""
    gib = get_number(get_path(props, "ephemeralStorage", "sizeInGib"), _FREE_GIB)
    if max(ZERO, gib - _FREE_GIB) * count > _FEW_GIB or unknown_at(props, "ephemeralStorage.sizeInGib"):
        reason = f"the storage of its tasks above {_FREE_GIB} GiB has no price"
        yield Charge("fargate", "storage", fixed(1), price=missing("GB-month", reason))
    if get_str(props, "runtimePlatform", "operatingSystemFamily").startswith("WINDOWS"):
        reason = "the price list has tasks without the licence of Windows"
        yield Charge("fargate", "windows", fixed(1), price=missing("hour", reason))


METERS: Mapping[str, MeterFunction] = {"aws:ecs/service:Service": _service}
