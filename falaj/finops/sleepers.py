"""What a plan puts to sleep by the clock, and for which part of the week it is awake.

Read are the schedules of our own components `Sleep` and `PoolSleep`, and others of their shape. A schedule of which
anything is not known leaves its pool awake at all hours: a bill that is too high is the lesser fault.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import dataclass
from decimal import Decimal

from falaj.finops.plan import Plan, Planned
from falaj.finops.reading import at, items, part, word, words
from falaj.finops.timetable import DAYS, cron_moments, moments, share_awake

CLUSTER = ""
"""In place of a pool: the whole cluster of a site."""

AKS = "azure-native:containerservice:ManagedCluster"


@dataclass(frozen=True, slots=True)
class _Act:
    """A pool is opened or closed at these moments of the week; None of either where that is not known."""

    pool: str
    opens: bool | None
    moments: Set[int] | None


def awake(plan: Plan, site: Callable[[Planned], str]) -> Mapping[tuple[str, str], Decimal]:
    """(Site, pool) -> part of the week in which the pool, or the site's cluster, may run. Absent is at all hours."""
    acts: dict[tuple[str, str], list[_Act]] = defaultdict(list)
    for item in plan.resources:
        if (reader := _READERS.get(item.type)) is not None:
            for act in reader(item, _prefix(plan, item, site(item))):
                acts[site(item), act.pool].append(act)
    clusters = Counter(site(item) for item in plan.resources if item.type == AKS)
    shares = {
        key: _share(found) for key, found in acts.items() if key[1] != CLUSTER or clusters[key[0]] == 1
    }  # of several clusters in a site nobody says which is stopped
    return {key: share for key, share in shares.items() if share is not None}


def _share(acts: list[_Act]) -> Decimal | None:
    turned: dict[bool, set[int]] = {True: set(), False: set()}
    for act in acts:
        if act.opens is None or act.moments is None:
            return None
        turned[act.opens] |= act.moments
    return share_awake(turned[True], turned[False])


def _prefix(plan: Plan, item: Planned, site: str) -> str:
    """What the names of a component's schedules begin with: its name; what a site calls it where no parent is said."""
    above = plan.by_urn.get(item.parent or "")
    return f"{above.name if above is not None else f'{site}-sleep'}-"


def _group(item: Planned, prefix: str) -> Iterator[_Act]:
    """A scheduled action of an Auto Scaling group, which is not named before the update: the action's own name says the
    pool, and no machine at the most closes it."""
    pool, _, act = item.name.removeprefix(prefix).rpartition("-")
    if not item.name.startswith(prefix) or act not in ("open", "close"):
        return
    most = at(item.props, "maxSize")
    known = isinstance(most, int | float) and not isinstance(most, bool) and most >= 0
    bounded = "startTime" in item.props or "endTime" in item.props
    zone = "UTC" if "timeZone" not in item.props else word(item.props, "timeZone")
    when = None if bounded else cron_moments(word(item.props, "recurrence"), zone)
    yield _Act(pool, most > 0 if known else None, when)


def _job(item: Planned, prefix: str) -> Iterator[_Act]:
    """A job that writes the limit of one of Karpenter's node pools: no node closes it."""
    spec = part(item.props, "spec")
    pod = part(spec, "jobTemplate", "spec", "template", "spec")
    for container in (*items(pod, "initContainers"), *items(pod, "containers")):
        args = words(container, "args")
        pool = next((arg.partition("/")[2] for arg in args if arg.startswith("nodepools.karpenter.sh/")), "")
        patch = next((arg.partition("=")[2] for arg in args if arg.startswith("--patch=")), "")
        if not pool or "patch" not in args:
            continue
        zone = "UTC" if "timeZone" not in spec else word(spec, "timeZone")
        stopped = "suspend" in spec and at(spec, "suspend") is not False
        when = None if stopped else cron_moments(word(spec, "schedule"), zone)
        yield _Act(pool, _opens(patch), when)


def _opens(patch: str) -> bool | None:
    try:
        nodes = at(json.loads(patch), "spec", "limits", "nodes")
    except ValueError:
        return None
    return bool(nodes.strip("0")) if isinstance(nodes, str) and nodes.isdecimal() else None


_ACTS = {"start": True, "stop": False}


def _workflow(item: Planned, prefix: str) -> Iterator[_Act]:
    """A workflow that starts or stops the site's cluster. The cluster's id is not known before the update: then what
    our own component is called has to do."""
    definition = part(item.props, "definition")
    ours = item.name in (f"{prefix}wake", f"{prefix}sleep")
    for act, step in part(definition, "actions").items():
        uri = word(step, "inputs", "uri")
        if act not in _ACTS or not ("/managedClusters/" in uri if uri else ours):
            continue
        enabled = word(item.props, "state", default="Enabled") == "Enabled"
        times = [_weekly(trigger) for trigger in part(definition, "triggers").values()]
        yield _Act(CLUSTER, _ACTS[act], times[0] if enabled and len(times) == 1 else None)


def _weekly(trigger: object) -> Set[int] | None:
    """The moments of a weekly recurrence of Logic Apps."""
    recurrence = part(trigger, "recurrence")
    if word(recurrence, "frequency") != "Week" or at(recurrence, "interval") != 1 or "startTime" in recurrence:
        return None
    schedule = part(recurrence, "schedule")
    days = {DAYS.index(day[:3].lower()) for day in words(schedule, "weekDays") if day[:3].lower() in DAYS}
    hours, minutes = _whole(items(schedule, "hours"), 23), _whole(items(schedule, "minutes"), 59)
    told = [len(items(schedule, key)) for key in ("weekDays", "hours", "minutes")]
    if told != [len(days), len(hours), len(minutes)]:
        return None
    zone = "UTC" if "timeZone" not in recurrence else word(recurrence, "timeZone")
    return moments(days, hours, minutes, zone)


def _whole(values: list[object], most: int) -> Set[int]:
    numbers = (one for one in values if isinstance(one, int | float) and not isinstance(one, bool))
    return {int(one) for one in numbers if 0 <= one <= most and one == int(one)}


_READERS: Mapping[str, Callable[[Planned, str], Iterator[_Act]]] = {
    "aws:autoscaling/schedule:Schedule": _group,
    "kubernetes:batch/v1:CronJob": _job,
    "azure-native:logic:Workflow": _workflow,
}
"""Type -> what says which pools a resource of it opens or closes, and when."""
