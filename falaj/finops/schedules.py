"""Schedules of a plan that stop pools or clusters, and the part of the week in which these run.

Read are the schedules of our own components `Sleep` and `PoolSleep`, and others of their shape. A schedule of which
anything is not known leaves its pool awake at all hours: a bill that is too high is the lesser fault.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import dataclass
from decimal import Decimal

from falaj.facts.labels import POOL_LABEL
from falaj.finops.plan import Plan, Planned
from falaj.finops.properties import get_dict, get_list, get_path, get_str, get_str_list
from falaj.finops.timetable import DAYS, cron_moments, moments, share_awake

CLUSTER = ""
"""In place of a pool: the whole cluster of a site."""

AKS = "azure-native:containerservice:ManagedCluster"
NODE_GROUP = "aws:eks/nodeGroup:NodeGroup"
_AZURE_SLEEP = "falaj:azure:Sleep"


@dataclass(frozen=True, slots=True)
class _Act:
    """A pool of the site of `target` is opened or closed at these moments of the week; None if either is unknown."""

    target: Planned
    pool: str
    opens: bool | None
    moments: Set[int] | None


def awake(plan: Plan, site: Callable[[Planned], str]) -> Mapping[tuple[str, str], Decimal]:
    """(Site, pool) -> part of the week in which the pool, or the site's cluster, may run. Absent is at all hours."""
    acts: dict[tuple[str, str], list[_Act]] = defaultdict(list)
    for item in plan.resources:
        if (reader := _READERS.get(item.type)) is not None:
            for act in reader(plan, item):
                acts[site(act.target), act.pool].append(act)
    clusters = Counter(site(item) for item in plan.resources if item.type == AKS)
    shares = {
        key: _share(result) for key, result in acts.items() if key[1] != CLUSTER or clusters[key[0]] == 1
    }  # of several clusters in a site nobody says which is stopped
    return {key: share for key, share in shares.items() if share is not None}


def _share(acts: list[_Act]) -> Decimal | None:
    turned: dict[bool, set[int]] = {True: set(), False: set()}
    for act in acts:
        if act.opens is None or act.moments is None:
            return None
        turned[act.opens] |= act.moments
    return share_awake(turned[True], turned[False])


def _group(plan: Plan, item: Planned) -> Iterator[_Act]:
    """A scheduled action of the Auto Scaling group behind a node group. A maximum of 0 closes the pool.

    The name of the Auto Scaling group is unknown before the update; the plan states which node group it comes from.
    """
    groups = [one for one in plan.sources(item, "autoscalingGroupName") if one.type == NODE_GROUP]
    if len(groups) != 1:
        return
    pool = get_str(groups[0].props, "labels", POOL_LABEL, default=groups[0].name)
    most = get_path(item.props, "maxSize")
    is_count = isinstance(most, int | float) and not isinstance(most, bool) and most >= 0
    bounded = "startTime" in item.props or "endTime" in item.props
    zone = "UTC" if "timeZone" not in item.props else get_str(item.props, "timeZone")
    when = None if bounded else cron_moments(get_str(item.props, "recurrence"), zone)
    yield _Act(groups[0], pool, most > 0 if is_count else None, when)


def _job(plan: Plan, item: Planned) -> Iterator[_Act]:
    """A job that writes the limit of one of Karpenter's node pools: no node closes it."""
    spec = get_dict(item.props, "spec")
    pod = get_dict(spec, "jobTemplate", "spec", "template", "spec")
    for container in (*get_list(pod, "initContainers"), *get_list(pod, "containers")):
        args = get_str_list(container, "args")
        pool = next((arg.partition("/")[2] for arg in args if arg.startswith("nodepools.karpenter.sh/")), "")
        patch = next((arg.partition("=")[2] for arg in args if arg.startswith("--patch=")), "")
        if not pool or "patch" not in args:
            continue
        zone = "UTC" if "timeZone" not in spec else get_str(spec, "timeZone")
        stopped = "suspend" in spec and get_path(spec, "suspend") is not False
        when = None if stopped else cron_moments(get_str(spec, "schedule"), zone)
        yield _Act(item, pool, _opens(patch), when)


def _opens(patch: str) -> bool | None:
    try:
        nodes = get_path(json.loads(patch), "spec", "limits", "nodes")
    except ValueError:
        return None
    return bool(nodes.strip("0")) if isinstance(nodes, str) and nodes.isdecimal() else None


_ACTS = {"start": True, "stop": False}


def _workflow(plan: Plan, item: Planned) -> Iterator[_Act]:
    """A workflow that starts or stops the site's cluster.

    The id of the cluster is unknown before the update; the parent's type then shows what the workflow acts on.
    """
    definition = get_dict(item.props, "definition")
    above = plan.by_urn.get(item.parent or "")
    ours = above is not None and above.type == _AZURE_SLEEP
    for act, step in get_dict(definition, "actions").items():
        uri = get_str(step, "inputs", "uri")
        if act not in _ACTS or not ("/managedClusters/" in uri if uri else ours):
            continue
        enabled = get_str(item.props, "state", default="Enabled") == "Enabled"
        times = [_weekly(trigger) for trigger in get_dict(definition, "triggers").values()]
        yield _Act(item, CLUSTER, _ACTS[act], times[0] if enabled and len(times) == 1 else None)


def _weekly(trigger: object) -> Set[int] | None:
    """The moments of a weekly recurrence of Logic Apps."""
    recurrence = get_dict(trigger, "recurrence")
    if get_str(recurrence, "frequency") != "Week" or get_path(recurrence, "interval") != 1 or "startTime" in recurrence:
        return None
    schedule = get_dict(recurrence, "schedule")
    days = {DAYS.index(day[:3].lower()) for day in get_str_list(schedule, "weekDays") if day[:3].lower() in DAYS}
    hours, minutes = _whole(get_list(schedule, "hours"), 23), _whole(get_list(schedule, "minutes"), 59)
    lengths = [len(get_list(schedule, key)) for key in ("weekDays", "hours", "minutes")]
    if lengths != [len(days), len(hours), len(minutes)]:
        return None
    zone = "UTC" if "timeZone" not in recurrence else get_str(recurrence, "timeZone")
    return moments(days, hours, minutes, zone)


def _whole(values: list[object], most: int) -> Set[int]:
    numbers = (one for one in values if isinstance(one, int | float) and not isinstance(one, bool))
    return {int(one) for one in numbers if 0 <= one <= most and one == int(one)}


_READERS: Mapping[str, Callable[[Plan, Planned], Iterator[_Act]]] = {
    "aws:autoscaling/schedule:Schedule": _group,
    "kubernetes:batch/v1:CronJob": _job,
    "azure-native:logic:Workflow": _workflow,
}
"""Type -> what says which pools a resource of it opens or closes, and when."""
