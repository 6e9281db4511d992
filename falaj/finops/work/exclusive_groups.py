"""Groups of a LeaderWorkerSet that have a node for themselves.

With the annotation, the pods of a group are on one node, which no pods of another group share (kubernetes-sigs/lws
v0.9.0, pkg/webhooks/pod_webhook.go, SetExclusiveAffinities; read 2026-11-27).
"""

from collections.abc import Iterable, Mapping
from typing import Any

from falaj.finops.properties import get_dict, get_list
from falaj.finops.work.apart import HOST
from falaj.finops.work.pod_group import PodGroup

_EXCLUSIVE = "leaderworkerset.sigs.k8s.io/exclusive-topology"
_GROUP_KEY = "leaderworkerset.sigs.k8s.io/group-key"
"""Label of the pods of each group."""
_FROM_OTHER_GROUPS = {
    "topologyKey": HOST,
    "labelSelector": {"matchExpressions": [{"key": _GROUP_KEY, "operator": "Exists"}]},
}


def with_nodes_of_their_own(kind: str, props: Mapping[str, Any], groups: Iterable[PodGroup]) -> Iterable[PodGroup]:
    """Yields the groups of pods of an object. Those that have a node for themselves are one pod with the containers of
    all, which is apart from others of its kind."""
    if kind != "LeaderWorkerSet":
        yield from groups
        return
    labelled = [PodGroup(_labelled(group.template), group.count, group.replicas) for group in groups]
    if get_dict(props, "metadata", "annotations").get(_EXCLUSIVE) != HOST:
        yield from labelled
        return
    leader, *_ = labelled
    pods = [get_dict(group.template, "spec") for group in labelled for _ in range(group.count or 0)]
    containers = {
        key: [each for pod in pods for each in get_list(pod, key)] for key in ("containers", "initContainers")
    }
    spec = _apart({**get_dict(leader.template, "spec"), **containers})
    yield PodGroup({**leader.template, "spec": spec}, 1, leader.replicas)


def _labelled(template: Mapping[str, Any]) -> Mapping[str, Any]:
    metadata = get_dict(template, "metadata")
    return {**template, "metadata": {**metadata, "labels": {**get_dict(metadata, "labels"), _GROUP_KEY: ""}}}


def _apart(pod: Mapping[str, Any]) -> Mapping[str, Any]:
    affinity = get_dict(pod, "affinity")
    required = get_list(affinity, "podAntiAffinity", "requiredDuringSchedulingIgnoredDuringExecution")
    anti = {"requiredDuringSchedulingIgnoredDuringExecution": [*required, _FROM_OTHER_GROUPS]}
    return {**pod, "affinity": {**affinity, "podAntiAffinity": anti}}
