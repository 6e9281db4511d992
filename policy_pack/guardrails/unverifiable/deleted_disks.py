"""Sets of pods whose disks are deleted when their autoscaler ends the pods.

With `whenScaled: Delete` claims of pods above the number of replicas are deleted with their volumes (k8s-openapi,
StatefulSetPersistentVolumeClaimRetentionPolicy, read 2026-12-02), and an autoscaler of KEDA whose least number is not
stated goes down to none (Microsoft, training module "Deploy a scale object into your Azure Kubernetes Service cluster",
minReplicaCount, default 0, read 2026-12-02). Sets that write what they have to a store when a pod is ended never go
down to none; disks of caches may be deleted, as their names say.
"""

import re
from collections.abc import Iterator

from ..engine.lazy_regex import lazy_regex
from ..engine.number_conditions import number_of
from ..engine.plan import Plan
from ..engine.reading import MISSING, Plain, Resource
from ..engine.verdicts import Outcome, failed
from ..readers.kubernetes_objects import ObjectPart, objects
from ..readers.same_cluster import may_be_in_one_cluster, place_of

_SET = "StatefulSet"
_DISPOSABLE = lazy_regex(
    r"(?<![a-z])(?:caches?|scratch|te?mp|spool|ephemeral|runners?|builds?|wal|work(?:space|ers?)?)(?![a-z])",
    re.IGNORECASE,
)
LEAST = {
    "ScaledObject": "minReplicaCount",
    "HTTPScaledObject": "replicas.min",
    "HorizontalPodAutoscaler": "minReplicas",
}
"""Kind of an autoscaler -> path of its least number below `spec`."""
_PAUSED = "autoscaling.keda.sh/paused-replicas"
"""Annotation of KEDA: the number of pods while an autoscaler is paused ("ScaledObject specification")."""
_NONE_BY_DEFAULT = ("ScaledObject", "HTTPScaledObject")


def check_deleted_disks(resource: Resource, plan: Plan) -> Iterator[Outcome]:
    """Yields a failure for each set whose disks go with all of its pods."""
    for workload in objects(resource, _SET):
        spec = workload.child("spec")
        policy = spec.child("persistentVolumeClaimRetentionPolicy")
        if policy.get("whenScaled") != "Delete" or _is_disposable(workload):
            continue
        if number_of(spec.get("replicas")) == 0 or _is_ended(resource, workload, plan):
            path = policy.path_to("whenScaled")
            yield failed(f"{path} is Delete, and all pods of the set are ended: what its disks have is gone", path)


def _is_disposable(workload: ObjectPart) -> bool:
    """Returns whether the names say that what the disks have may be lost."""
    names = [workload.child("metadata").get("name")]
    names += [claim.child("metadata").get("name") for claim in workload.child("spec").children("volumeClaimTemplates")]
    return any(_DISPOSABLE.search(str(name)) for name in names)


def _is_ended(resource: Resource, workload: ObjectPart, plan: Plan) -> bool:
    """Returns whether an autoscaler of the plan ends all pods of a set."""
    found = plan.by_key(_ended)
    name = f"{place_of(workload)}/{workload.child('metadata').get('name')}"
    return any(may_be_in_one_cluster(resource, item) for key in (name, resource.urn) for item in found.get(key, ()))


def _ended(resource: Resource) -> Iterator[str]:
    """Yields the namespace and name of each set of which an autoscaler may leave no pod, and the URNs on which its spec
    depends."""
    for scaler in objects(resource, *LEAST):
        target = scaler.child("spec").child("scaleTargetRef")
        if target.get("kind") == _SET and goes_to_none(scaler):
            yield f"{place_of(scaler)}/{target.get('name')}"
            yield from resource.dependencies.get("spec", ())


def goes_to_none(scaler: ObjectPart) -> bool:
    """Returns whether an autoscaler may leave no pod, or holds none while it is paused."""
    kind, spec = str(scaler.data.get("kind")), scaler.child("spec")
    above, _, key = LEAST[kind].rpartition(".")
    least: Plain = (spec.child(above) if above else spec).get(key)
    by_default = least is MISSING and kind in _NONE_BY_DEFAULT and not scaler.is_patch
    held = scaler.child("metadata").child("annotations").get(_PAUSED)
    return by_default or 0 in map(number_of, (least, spec.get("idleReplicaCount"), held))
