"""Who decides when an object is deleted: owners whose end is its end too, and finalizers that nobody removes.

The collector of garbage deletes an object none of whose owners is there any more, and one of another namespace or of
another identifier is not there; an object that is deleted stays until its finalizers are gone, each of which a
controller removes, and so does what it owns (kubernetes/website 0004c99d, 07f05773 and 138b825d, "Garbage Collection",
"Owners and Dependents" and "Finalizers", read 2026-12-02; `orphan` leaves what it owns behind). Controllers set both
themselves: a program states an owner that it makes itself, by its identifier, or none.
"""

from collections.abc import Collection, Iterator

from ..engine.kubernetes_lists import expand_list, kind_of
from ..engine.lazy_regex import lazy_regex
from ..engine.plan import Plan
from ..engine.reading import Plain, Resource, items_of, texts_in
from ..engine.verdicts import Outcome, failed
from ..readers.kubernetes_objects import KUBERNETES_TYPES, ObjectPart

_ENDING = frozenset({
    "Job", "Pod", "ReplicaSet", "ControllerRevision", "Event", "Lease", "Workflow", "PipelineRun", "TaskRun", "RayJob",
    "SparkApplication", "JobSet", "TrainJob", "PyTorchJob", "MPIJob", "CertificateRequest", "Order", "Challenge",
})  # fmt: skip
"""Kinds that end by themselves, or that their controllers replace."""
_ARGO = r"kubernetes:argoproj\.io/\w{1,20}:"
_REMOVED = tuple((lazy_regex(finalizer), lazy_regex(rf"(?:{types})(?:Patch)?")) for finalizer, types in (
    (r"foregroundDeletion", r".*"),
    (r"kubernetes\.io/pvc-protection", r"kubernetes:core/v1:PersistentVolumeClaim"),
    (r"kubernetes\.io/pv-protection", r"kubernetes:core/v1:PersistentVolume"),
    (r"service\.kubernetes\.io/load-balancer-cleanup", r"kubernetes:core/v1:Service"),
    (r"resources-finalizer\.argocd\.argoproj\.io(?:/(?:background|foreground))?",
     rf"{_ARGO}(?:Application(?:Set)?|AppProject)"),
    (r"(?:pre|post)-delete-finalizer\.argocd\.argoproj\.io(?:/cleanup)?", rf"{_ARGO}Application"),
    (r"finalizers\.fluxcd\.io", r"kubernetes:[a-z]{1,20}\.toolkit\.fluxcd\.io/.*"),
))  # fmt: skip
"""Finalizers that people write themselves, and the types of which a controller removes them: those of Kubernetes, of
Argo CD (argoproj/argo-cd 37ee0097 pkg/apis/application/v1alpha1/application_defaults.go, docs/operator-manual/
application.yaml, project.yaml and applicationset/Application-Deletion.md) and of Flux (as a string in manifests of its
kinds; read 2026-12-02). `kubernetes` is removed from the spec of a namespace, not from its metadata (kubernetes/
kubernetes 00bdb3fa pkg/controller/namespace/deletion/namespaced_resources_deleter.go, read 2026-12-02)."""


def check_owners(resource: Resource, plan: Plan) -> Iterator[Outcome]:
    """Yields a failure for each owner with which an object is deleted too early. On what the identifier of an owner
    depends, whether it is known yet or not, only the plan says."""
    if not resource.type.startswith(KUBERNETES_TYPES):
        return
    made = {kind_of(item) for item in plan.dependencies_of(resource, "metadata")}
    for item in expand_list(resource):
        whole = ObjectPart("", item.props)
        claims = whole.child("spec").children("volumeClaimTemplates")
        for part in (whole, *claims):
            yield from _of_owners(part.child("metadata"), made)


def check_finalizers(item: Resource) -> Iterator[Outcome]:
    """Yields a failure for each finalizer by which an object is never deleted."""
    metadata = ObjectPart("", item.props).child("metadata")
    path = metadata.path_to("finalizers")
    for text in texts_in(metadata.get("finalizers")):
        if not _is_removed(text.strip(), item.type):
            yield failed(f"{path} has {text}, which no controller is known to remove: nothing ends the object", path)


def _is_removed(text: str, name: str) -> bool:
    return any(finalizer.fullmatch(text) and types.fullmatch(name) for finalizer, types in _REMOVED)


def _of_owners(metadata: ObjectPart, made: Collection[str]) -> Iterator[Outcome]:
    """Yields a failure for each owner that ends by itself, or is of no kind that the plan makes for it."""
    for index, owner in enumerate(items_of(metadata.get("ownerReferences"))):
        path, kind = f"{metadata.path_to('ownerReferences')}[{index}]", _kind(owner)
        if kind in _ENDING:
            yield failed(f"{path} is a {kind}, with whose end the object and its data are deleted", path)
        elif kind not in made:
            text = f"{path} has an owner that is not of the plan: the object is deleted with it, or at once"
            yield failed(text, path)


def _kind(owner: Plain) -> str:
    return str(owner.get("kind")) if isinstance(owner, dict) else ""
