"""Machines and accelerators that stand whether there is work or not, and pods above the highest number of their own
autoscaler.

`guarantee` of a queue of Volcano is lent to no other queue (volcano-sh/volcano ed72c7c81, docs/design/
capacity-scheduling.md), nor is `min` of a quota of Koordinator that may not be lent (its label allow-lent-resource, in
its design of elastic quotas, found as a string), nor what a queue of Kueue keeps of its own by `lendingLimit`
(kubernetes-sigs/kueue ff69552e7, clusterqueue_types.go). A static pool of Karpenter keeps `replicas` machines
(kubernetes-sigs/karpenter 226646810, pkg/apis/v1/nodepool.go); two annotations bound the machines of Cluster API
(kubernetes/autoscaler 55c37cd5e, cloudprovider/clusterapi/README.md). KEDA sets the number of a pause and the one for
missing metrics itself, above its own highest one too (kedacore/keda, issue 6659, and 8b4f083ca, scaledobject_types.go).
All read 2026-11-30. The limits are judged, not read anywhere.
"""

import re
from collections.abc import Iterator, Mapping

from ..engine.kubernetes_lists import expand_list
from ..engine.lazy_regex import lazy_regex
from ..engine.number_conditions import number_of
from ..engine.reading import MISSING, Plain, Resource
from ..engine.verdicts import Outcome, failed
from ..readers.kubernetes_objects import ObjectPart, objects
from .gpu_counts import gpus_named

_MOST_KEPT = 32
"""Accelerators that nobody else may use while they wait: four machines of eight."""
_MOST_MACHINES = 50
"""As in the rule on numbers of custom resources."""
_DEFAULT_HIGHEST = 100
"""Pods of a ScaledObject without maxReplicaCount."""
_PAUSED = "autoscaling.keda.sh/paused-replicas"
_LENT = "quota.scheduling.koordinator.sh/allow-lent-resource"
_SIZE_OF_GROUP = lazy_regex(r"[\w.-]{1,100}/cluster-api-autoscaler-node-group-(?:max|min)-size")
_DEVICES = lazy_regex(r"(?:deviceclass[/.])?(?:[\w-]{1,63}\.){0,3}gpu\.[\w.-]{1,200}", re.IGNORECASE)
"""Name of a class of devices of accelerators, as Volcano counts them (docs/design/capacity-dra-support.md)."""


def check_kept_machines(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for each number of accelerators, machines or pods that is kept without work."""
    for item in expand_list(resource):
        group = item.type.removeprefix("kubernetes:").partition("/")[0]
        if group == "scheduling.volcano.sh":
            for queue in objects(item, "Queue"):
                guarantee = queue.child("spec").child("guarantee").child("resource")
                yield from _judge(_gpus(guarantee.data), guarantee.path)
        elif group.startswith("scheduling.") and item.type.endswith(":ElasticQuota"):
            yield from _of_quotas(item)
        elif group == "kueue.x-k8s.io":
            for queue in objects(item, "ClusterQueue", "Cohort"):
                yield from _judge(_not_lent(queue), "spec.resourceGroups")
        elif group == "karpenter.sh" and item.type.endswith(":NodePool"):
            yield from _of_machines(item.props.get("spec"), "spec")
        for scaler in objects(item, "ScaledObject") if group == "keda.sh" else ():
            yield from _above_highest(scaler)
        yield from _of_groups(item)


def _judge(count: float, path: str) -> Iterator[Outcome]:
    if count > _MOST_KEPT:
        yield failed(f"{path} keeps {count:,.0f} GPUs from all others whether it works or not, more than {_MOST_KEPT}",
                     path)  # fmt: skip


def _gpus(resources: Mapping[str, Plain]) -> float:
    return sum((gpus_named(name) or float(_DEVICES.fullmatch(name) is not None)) * (number_of(number) or 0)
               for name, number in resources.items())  # fmt: skip


def _of_quotas(item: Resource) -> Iterator[Outcome]:
    for quota in objects(item, "ElasticQuota"):
        lent = quota.child("metadata").child("labels").get(_LENT)
        least = quota.child("spec").child("min")
        yield from _judge(_gpus(least.data) if str(lent).lower() == "false" else 0, least.path)


def _not_lent(queue: ObjectPart) -> float:
    """Returns the GPUs of a queue that others of its cohort may not borrow."""
    resources = [
        resource
        for group in queue.child("spec").children("resourceGroups")
        for flavor in group.children("flavors")
        for resource in flavor.children("resources")
    ]
    return sum(
        gpus_named(str(item.get("name")))
        * max(0, (number_of(item.get("nominalQuota")) or 0) - (number_of(item.get("lendingLimit")) or 0))
        for item in resources
        if number_of(item.get("lendingLimit")) is not None
    )


def _of_machines(spec: Plain, path: str) -> Iterator[Outcome]:
    count = number_of(spec.get("replicas")) if isinstance(spec, dict) else None
    if count is not None and count > _MOST_MACHINES:
        text = f"{path}.replicas keeps {count:,.0f} machines whether there is work or not, more than {_MOST_MACHINES}"
        yield failed(text, f"{path}.replicas")


def _of_groups(item: Resource) -> Iterator[Outcome]:
    """Yields a failure for each number of machines of a group of Cluster API, which stands in an annotation."""
    annotations = ObjectPart("", item.props).child("metadata").child("annotations")
    for name, value in annotations.data.items():
        count = number_of(value) if _SIZE_OF_GROUP.fullmatch(name) else None
        if count is not None and count > _MOST_MACHINES:
            path = annotations.path_to(name)
            yield failed(f"{path} is {count:,.0f} machines, more than {_MOST_MACHINES}", path)


def _above_highest(scaler: ObjectPart) -> Iterator[Outcome]:
    spec, annotations = scaler.child("spec"), scaler.child("metadata").child("annotations")
    stated = spec.get("maxReplicaCount")
    highest = number_of(stated) if stated is not MISSING else None if scaler.is_patch else _DEFAULT_HIGHEST
    if highest is None:
        return
    for part, key in ((annotations, _PAUSED), (spec.child("fallback"), "replicas")):
        count = number_of(part.get(key))
        if count is not None and count > highest:
            path = part.path_to(key)
            yield failed(f"{path} holds {count:,.0f} pods, above the highest number of the autoscaler itself", path)
