"""Kueue's assignment of flavors to pods, as far as it can never succeed (pkg/scheduler/flavorassigner, v0.17.0)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from falaj.sandbox.clouds.kubernetes.chart_workloads import Placement
from falaj.sandbox.clouds.kubernetes.label_selectors import node_matches
from falaj.sandbox.clouds.kubernetes.pods import quantity
from falaj.sandbox.clouds.values import Json, Props, get_all, get_path, get_str


@dataclass(frozen=True)
class PodSet:
    """Equal pods of a job. `excluded`: prefixes of resources that need no quota."""

    name: str
    pod_spec: Json
    count: int
    excluded: tuple[str, ...]

    @property
    def requests(self) -> dict[str, Decimal]:
        """Requests of all pods by resource, without those of nothing."""
        total: dict[str, Decimal] = {}
        for container in get_all(self.pod_spec, "containers[*]"):
            stated = _mapping(container, "resources.limits") | _mapping(container, "resources.requests")
            for name, value in stated.items():
                if not name.startswith(self.excluded):
                    total[name] = total.get(name, Decimal(0)) + (quantity(value) or Decimal(0)) * self.count
        return {name: value for name, value in total.items() if value}


def _mapping(value: Json, path: str) -> dict[str, Json]:
    found = get_path(value, path)
    return dict(found) if isinstance(found, Mapping) else {}


def unassignable(
    pod_sets: Sequence[PodSet], queue: Props, all_queues: Sequence[Props], flavors: Mapping[str, Props]
) -> str | None:
    """Returns Kueue's message if no flavor of the ClusterQueue can ever take one of the pod sets."""
    messages = (_unassigned(pod_set, queue, all_queues, flavors) for pod_set in pod_sets)
    return "; ".join(message for message in messages if message) or None


def _unassigned(pod_set: PodSet, queue: Props, all_queues: Sequence[Props], flavors: Mapping[str, Props]) -> str | None:
    groups = get_all(queue, "spec.resourceGroups[*]")
    covered = {str(name) for group in groups for name in get_all(group, "coveredResources[*]")}
    reasons = [f"resource {name} unavailable in ClusterQueue" for name in pod_set.requests if name not in covered]
    for group in groups if not reasons else ():
        needed = {name: value for name, value in pod_set.requests.items() if name in _covered(group)}
        tried = [list(_misfits(pod_set, needed, quota, group, queue, all_queues, flavors)) for quota in _quotas(group)]
        if needed and all(tried):
            reasons += [reason for misfits in tried for reason in misfits]
    return f"couldn't assign flavors to pod set {pod_set.name}: {', '.join(reasons)}" if reasons else None


def _covered(group: Json) -> set[str]:
    return {str(name) for name in get_all(group, "coveredResources[*]")}


def _quotas(group: Json) -> list[Json]:
    return list(get_all(group, "flavors[*]"))


def _misfits(
    pod_set: PodSet,
    needed: Mapping[str, Decimal],
    quota: Json,
    group: Json,
    queue: Props,
    all_queues: Sequence[Props],
    flavors: Mapping[str, Props],
) -> Iterator[str]:
    """Yields why a flavor can never take the pods."""
    name = get_str(quota, "name")
    if name not in flavors:
        yield f"flavor {name} not found"
        return
    spec = get_path(flavors[name], "spec")
    tolerations = (*get_all(pod_set.pod_spec, "tolerations[*]"), *get_all(spec, "tolerations[*]"))
    placement = Placement(pod_set.name, {}, tuple(item for item in tolerations if isinstance(item, Mapping)))
    for taint in get_all(spec, "nodeTaints[*]"):
        key, value, effect = (get_str(taint, field) for field in ("key", "value", "effect"))
        if not placement.fits({}, [(key, value, effect)]):
            yield f"untolerated taint {{{key} {value} {effect} <nil>}} in flavor {name}"
            return
    keys = frozenset(key for other in _quotas(group) for key in _node_labels(flavors.get(get_str(other, "name"), {})))
    if not node_matches(pod_set.pod_spec, _node_labels(flavors[name]), keys):
        yield f"flavor {name} doesn't match node affinity"
        return
    for resource, amount in needed.items():
        most = _maximum(name, resource, queue, all_queues)
        if amount > most:
            yield (
                f"insufficient quota for {resource} in flavor {name}, previously considered podsets requests (0) + "
                f"current podset request ({amount.normalize():f}) > maximum capacity ({most.normalize():f})"
            )


def _node_labels(flavor: Props) -> dict[str, str]:
    return {key: str(value) for key, value in _mapping(flavor, "spec.nodeLabels").items()}


def _maximum(flavor: str, resource: str, queue: Props, all_queues: Sequence[Props]) -> Decimal:
    """Returns what a queue may use of a flavor at most: its quota and what its cohort lends to it."""
    own, limit = _quota(flavor, resource, queue)
    cohort = get_str(queue, "spec.cohortName")
    if not cohort:
        return own
    members = [item for item in all_queues if get_str(item, "spec.cohortName") == cohort]
    total = sum((_quota(flavor, resource, member)[0] for member in members), Decimal(0))
    return total if limit is None else min(total, own + limit)


def _quota(flavor: str, resource: str, queue: Props) -> tuple[Decimal, Decimal | None]:
    """Returns nominal quota and borrowing limit; None if the limit is that of the cohort."""
    for quota in get_all(queue, "spec.resourceGroups[*].flavors[*]"):
        for item in get_all(quota, "resources[*]") if get_str(quota, "name") == flavor else ():
            if get_str(item, "name") == resource:
                nominal, limit = (get_path(item, key) for key in ("nominalQuota", "borrowingLimit"))
                return quantity(nominal) or Decimal(0), None if limit is None else quantity(limit)
    return Decimal(0), Decimal(0)
