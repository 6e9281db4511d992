"""Policies that select labels which only a workload has, and none of its pods.

Selectors of network policies, of Istio and of Cilium are compared with labels of pods, which are those of the template
(kubernetes/website, "Network Policies", podSelector; istio.io, "Workload Selector"; docs.cilium.io, "Endpoints
Selector", as known on 2026-12-02). A policy that selects what a workload of its namespace has, and no pod of the plan,
protects nothing, although it looks like it.
"""

from collections.abc import Iterator, Mapping
from itertools import chain

from ..engine.lazy_regex import lazy_regex
from ..engine.plan import Plan
from ..engine.reading import MISSING, UNKNOWN, Plain, Resource
from ..engine.verdicts import Outcome, failed
from ..readers.kubernetes_objects import KUBERNETES_TYPES, ObjectPart, objects
from ..readers.same_cluster import may_be_in_one_cluster, place_of

_SELECTORS = {
    "NetworkPolicy": "podSelector", "CiliumNetworkPolicy": "endpointSelector", "AuthorizationPolicy": "selector",
    "RequestAuthentication": "selector", "PeerAuthentication": "selector", "Server": "podSelector",
}  # fmt: skip
"""Kind -> the selector of the pods that it protects, below `spec`."""
_WORKLOADS = ("Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController", "Rollout", "Job")
_SOURCES = lazy_regex(r"(?:k8s|any)[:.]")
_LABELS = ("labels", "podLabels")
Labels = Mapping[str, Plain]


def check_missed_pods(resource: Resource, plan: Plan) -> Iterator[Outcome]:
    """Yields a failure for each policy that selects a workload of the plan, and none of its pods."""
    for policy in objects(resource, *_SELECTORS):
        selector = policy.child("spec").child(_SELECTORS[str(policy.data.get("kind"))])
        wanted = {_SOURCES.sub("", key, count=1): value for key, value in selector.child("matchLabels").data.items()}
        has_more = selector.get("matchExpressions") not in (MISSING, [])
        if not wanted or has_more or policy.is_patch or UNKNOWN in wanted.values():
            continue
        key, value = next(iter(wanted.items()))
        found = plan.by_key(_labels_of_workloads).get(f"{place_of(policy)}/{key}={value}", ())
        named = [item for item in found if may_be_in_one_cluster(resource, item) and _is_selected(item, wanted)]
        others = (item for item in plan.by_key(_places).get(str(place_of(policy)), ())
                  if may_be_in_one_cluster(resource, item))  # fmt: skip
        if named and not any(_has_pods(item, wanted) for item in chain(named, others)):
            text = f"{selector.path} selects labels of {named[0].name}, which its pods do not have: label the template"
            yield failed(text, selector.path)


def _places(resource: Resource) -> Iterator[str]:
    if resource.type.startswith(KUBERNETES_TYPES):
        yield str(place_of(ObjectPart("", resource.props)))


def _labels_of_workloads(resource: Resource) -> Iterator[str]:
    """Yields the namespace and each label of a workload."""
    for item in objects(resource, *_WORKLOADS):
        for key, value in item.child("metadata").child("labels").data.items():
            yield f"{place_of(item)}/{key}={value}"


def _is_selected(resource: Resource, wanted: Labels) -> bool:
    labels = [item.child("metadata").child("labels").data for item in objects(resource, *_WORKLOADS)]
    return any(all(own.get(key) == value for key, value in wanted.items()) for own in labels)


def _has_pods(resource: Resource, wanted: Labels) -> bool:
    """Returns whether an object makes pods with labels, at any depth of its spec, or is one."""
    own = ObjectPart("", resource.props)
    return _states(own.data.get("spec"), wanted) or any(
        _has(pod.child("metadata").get("labels"), wanted) for pod in objects(resource, "Pod")
    )


def _states(value: Plain, wanted: Labels) -> bool:
    if isinstance(value, list):
        return any(_states(item, wanted) for item in value)
    if not isinstance(value, dict):
        return value is UNKNOWN
    return any((key in _LABELS and _has(item, wanted)) or _states(item, wanted) for key, item in value.items())


def _has(labels: Plain, wanted: Labels) -> bool:
    """Returns whether labels have all that are wanted; those that are not known may."""
    if not isinstance(labels, dict):
        return labels is UNKNOWN
    return all(labels.get(key, MISSING) in (UNKNOWN, value) for key, value in wanted.items())
