"""Schedules of a plan that stop pools or clusters, and the share of the week in which these run.

Supported are the schedules of the project's components `Sleep` and `PoolSleep`, and others of the same shape. If any
part of a schedule is unknown, its pool counts as always running: an estimate that is too high is the smaller error.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import dataclass
from decimal import Decimal

from falaj.facts.labels import POOL_LABEL
from falaj.finops.errors import BadInput
from falaj.finops.input_files import parse_json
from falaj.finops.plan import Plan, Planned
from falaj.finops.properties import get_dict, get_list, get_path, get_str, get_str_list
from falaj.finops.timetable import DAYS, cron_moments, moments, running_share

CLUSTER = ""
"""Instead of a pool: the whole cluster of a site."""

AKS = "azure-native:containerservice:ManagedCluster"
NODE_GROUP = "aws:eks/nodeGroup:NodeGroup"
_AZURE_SLEEP = "falaj:azure:Sleep"


@dataclass(frozen=True, slots=True)
class _Switch:
    """Starts or stops a pool in the site of `target` at these moments of the week; None if either is unknown."""

    target: Planned
    pool: str
    starts: bool | None
    moments: Set[int] | None


def running_shares(plan: Plan, site: Callable[[Planned], str]) -> Mapping[tuple[str, str], Decimal]:
    """Returns (site, pool) -> share of the week in which the pool, or the site's cluster, may run. No entry means
    always.
    """
    switches: dict[tuple[str, str], list[_Switch]] = defaultdict(list)
    for item in plan.resources:
        if (reader := _READERS.get(item.type)) is not None:
            for switch in reader(plan, item):
                switches[site(switch.target), switch.pool].append(switch)
    clusters = Counter(site(item) for item in plan.resources if item.type == AKS)
    shares = {
        key: _running_share(group) for key, group in switches.items() if key[1] != CLUSTER or clusters[key[0]] == 1
    }  # with several clusters in a site, the stopped one is unknown
    return {key: share for key, share in shares.items() if share is not None}


def _running_share(switches: list[_Switch]) -> Decimal | None:
    moments_by_state: dict[bool, set[int]] = {True: set(), False: set()}
    for switch in switches:
        if switch.starts is None or switch.moments is None:
            return None
        moments_by_state[switch.starts] |= switch.moments
    return running_share(moments_by_state[True], moments_by_state[False])


def _auto_scaling_schedule(plan: Plan, item: Planned) -> Iterator[_Switch]:
    """Yields a scheduled action of the Auto Scaling group of a node group. A maximum of 0 stops the pool.

    The name of the Auto Scaling group is unknown before the update; the plan states the node group from which it comes.
    """
    groups = [resource for resource in plan.sources(item, "autoscalingGroupName") if resource.type == NODE_GROUP]
    if len(groups) != 1:
        return
    pool = get_str(groups[0].props, "labels", POOL_LABEL, default=groups[0].name)
    max_size = get_path(item.props, "maxSize")
    is_count = isinstance(max_size, int | float) and not isinstance(max_size, bool) and max_size >= 0
    bounded = "startTime" in item.props or "endTime" in item.props
    zone = "UTC" if "timeZone" not in item.props else get_str(item.props, "timeZone")
    times = None if bounded else cron_moments(get_str(item.props, "recurrence"), zone)
    yield _Switch(groups[0], pool, max_size > 0 if is_count else None, times)


def _node_pool_job(plan: Plan, item: Planned) -> Iterator[_Switch]:
    """Yields a job that patches the limit of a Karpenter NodePool: a limit of 0 nodes stops it."""
    spec = get_dict(item.props, "spec")
    pod = get_dict(spec, "jobTemplate", "spec", "template", "spec")
    for container in (*get_list(pod, "initContainers"), *get_list(pod, "containers")):
        args = get_str_list(container, "args")
        pool = next((arg.partition("/")[2] for arg in args if arg.startswith("nodepools.karpenter.sh/")), "")
        patch = next((arg.partition("=")[2] for arg in args if arg.startswith("--patch=")), "")
        if not pool or "patch" not in args:
            continue
        zone = "UTC" if "timeZone" not in spec else get_str(spec, "timeZone")
        suspended = "suspend" in spec and get_path(spec, "suspend") is not False
        times = None if suspended else cron_moments(get_str(spec, "schedule"), zone)
        yield _Switch(item, pool, _starts(patch), times)


def _starts(patch: str) -> bool | None:
    try:
        nodes = get_path(parse_json(patch, "patch"), "spec", "limits", "nodes")
    except BadInput:
        return None
    return bool(nodes.strip("0")) if isinstance(nodes, str) and nodes.isdecimal() else None


_ACTIONS = {"start": True, "stop": False}


def _workflow(plan: Plan, item: Planned) -> Iterator[_Switch]:
    """Yields a workflow that starts or stops the site's cluster.

    The ID of the cluster is unknown before the update; the parent's type then shows on what the workflow acts.
    """
    definition = get_dict(item.props, "definition")
    parent = plan.by_urn.get(item.parent or "")
    is_sleep_component = parent is not None and parent.type == _AZURE_SLEEP
    for name, step in get_dict(definition, "actions").items():
        uri = get_str(step, "inputs", "uri")
        if name not in _ACTIONS or not ("/managedClusters/" in uri if uri else is_sleep_component):
            continue
        enabled = get_str(item.props, "state", default="Enabled") == "Enabled"
        times = [_weekly(trigger) for trigger in get_dict(definition, "triggers").values()]
        yield _Switch(item, CLUSTER, _ACTIONS[name], times[0] if enabled and len(times) == 1 else None)


def _weekly(trigger: object) -> Set[int] | None:
    """Returns the moments of a weekly recurrence in Logic Apps; None if it is not weekly or cannot be parsed."""
    recurrence = get_dict(trigger, "recurrence")
    if get_str(recurrence, "frequency") != "Week" or get_path(recurrence, "interval") != 1 or "startTime" in recurrence:
        return None
    schedule = get_dict(recurrence, "schedule")
    days = {DAYS.index(day[:3].lower()) for day in get_str_list(schedule, "weekDays") if day[:3].lower() in DAYS}
    hours, minutes = _integers(get_list(schedule, "hours"), 23), _integers(get_list(schedule, "minutes"), 59)
    lengths = [len(get_list(schedule, key)) for key in ("weekDays", "hours", "minutes")]
    if lengths != [len(days), len(hours), len(minutes)]:
        return None
    zone = "UTC" if "timeZone" not in recurrence else get_str(recurrence, "timeZone")
    return moments(days, hours, minutes, zone)


def _integers(values: list[object], maximum: int) -> Set[int]:
    numbers = (number for number in values if isinstance(number, int | float) and not isinstance(number, bool))
    return {int(number) for number in numbers if 0 <= number <= maximum and number == int(number)}


_READERS: Mapping[str, Callable[[Plan, Planned], Iterator[_Switch]]] = {
    "aws:autoscaling/schedule:Schedule": _auto_scaling_schedule,
    "kubernetes:batch/v1:CronJob": _node_pool_job,
    "azure-native:logic:Workflow": _workflow,
}
"""Resource type -> function that yields which pools it starts or stops, and when."""
