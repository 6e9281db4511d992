"""Finds Kubernetes objects, and the pods in them: in lists, patches, workloads and custom resources.

A pod is recognised by its shape, a list of containers with an image, so that JobSets, Rollouts and future kinds are
evaluated like Deployments. In built-in kinds the image is not required. A template with a field that only pods have is
a pod even without containers, because a patch may omit them.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from ..engine.kubernetes_lists import kind_of
from ..engine.lazy_regex import lazy_regex
from ..engine.reading import MISSING, UNKNOWN, Plain, Resource, items_of
from ..engine.rows import Predicate
from ..engine.verdicts import Outcome, undetermined

_CONTAINERS = ("containers", "initContainers", "ephemeralContainers")
TYPES_WITHOUT_PODS = (
    "kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition", "kubernetes:helm.sh/",
    "kubernetes:policy/v1:PodSecurityPolicy", "kubernetes:kyverno.io/", "kubernetes:policies.kyverno.io/",
)  # fmt: skip
"""Types whose contents may look like a pod without being one: CRDs, charts, pod security policies, and policies whose
patterns have the shape of a pod. FJ-ESC-103 refuses policies that create or change pods."""


@dataclass(frozen=True)
class ObjectPart:
    """A part of a Kubernetes object, with its path. If `is_patch` is true, the fields that it omits are set
    elsewhere."""

    path: str
    data: dict[str, Plain]
    is_patch: bool = False

    def get(self, key: str) -> Plain:
        """Returns the value of a key, or MISSING if it is absent or null."""
        value = self.data.get(key, MISSING)
        return MISSING if value is None else value

    def child(self, key: str) -> "ObjectPart":
        """Returns the object under a key; empty if there is none."""
        value = self.data.get(key)
        return ObjectPart(self.path_to(key), value if isinstance(value, dict) else {}, self.is_patch)

    def children(self, key: str) -> "Iterator[ObjectPart]":
        """Yields the objects in the list under a key."""
        value = self.data.get(key)
        for index, item in enumerate(items_of(value)):
            if isinstance(item, dict):
                yield ObjectPart(f"{self.path_to(key)}[{index}]", item, self.is_patch)

    def path_to(self, key: str) -> str:
        """Returns the path of a key."""
        return f"{self.path}.{key}" if self.path else key


ObjectCheck = Callable[[ObjectPart], Iterator[Outcome]]
"""Evaluates one Kubernetes object."""


@dataclass(frozen=True)
class Pod:
    """A pod's spec, its metadata, and its containers, init containers and ephemeral containers."""

    spec: ObjectPart
    metadata: ObjectPart
    containers: tuple[ObjectPart, ...]


PodCheck = Callable[[Pod], Iterator[Outcome]]
"""Evaluates one pod."""
KUBERNETES_TYPES = ("kubernetes:",)
"""Prefix of every type of the Kubernetes provider, including custom resources."""


def is_patch(resource: Resource) -> bool:
    """Returns whether the resource is a patch of an existing object. The URN shows it, because normalised types do
    not."""
    kind = resource.urn.rsplit("::", 1)[0].rsplit(":", 1)[-1]
    return kind.endswith("Patch") and kind != "Patch"


def objects(resource: Resource, *kinds: str) -> Iterator[ObjectPart]:
    """Yields the objects of the given kinds: the resource itself, or the items of a list."""
    name = kind_of(resource)
    if name in kinds:
        yield _with_kind(ObjectPart("", resource.props, is_patch(resource)), name)
    elif name.endswith("List") and (name == "List" or name.removesuffix("List") in kinds):
        yield from _list_items(ObjectPart("", resource.props), name.removesuffix("List"), kinds)


def name_key(value: Plain) -> str:
    """Returns the key under which an index of a plan has a name, also one that is missing or not known."""
    return value if isinstance(value, str) else f"\0{value!r}"


def each_object(check: ObjectCheck, *kinds: str) -> Predicate:
    """Returns a predicate that applies a check to every object of the given kinds."""

    def predicate(resource: Resource) -> Iterator[Outcome]:
        for item in objects(resource, *kinds):
            yield from check(item)

    return predicate


def _with_kind(item: ObjectPart, kind: Plain) -> ObjectPart:
    """Returns an object with its kind, which items of a list may leave out."""
    return item if item.data.get("kind") else replace(item, data={**item.data, "kind": kind})


def _list_items(object_list: ObjectPart, default: str, kinds: tuple[str, ...]) -> Iterator[ObjectPart]:
    """Yields the items of the given kinds, including those of nested lists."""
    for item in object_list.children("items"):
        kind = item.data.get("kind") or default
        if kind in kinds:
            yield _with_kind(item, kind)
        elif isinstance(kind, str) and kind.endswith("List"):
            yield from _list_items(item, kind.removesuffix("List"), kinds)


@lru_cache(maxsize=4)
def pods(resource: Resource) -> tuple[Pod, ...]:
    """Returns every pod that a resource creates, directly or from a template; cached for the twenty rules on pods."""
    if not resource.type.startswith("kubernetes:") or resource.type.startswith(TYPES_WITHOUT_PODS):
        return ()
    manifest = ObjectPart("", resource.props, is_patch(resource))
    found = _pods(manifest, manifest.child("metadata"), resource.type.startswith(_BUILT_IN_TYPES))
    name = next((name for pattern, name in _CLOSED_BY_OPERATOR if pattern.fullmatch(resource.type)), "")
    return tuple(_closed(pod, name) for pod in found) if name else tuple(found)


_CLOSED_BY_OPERATOR = ((lazy_regex(r"kubernetes:postgresql\.cnpg\.io/\w+:Pooler"), "pgbouncer"),)
"""Types with a container whose security context the operator sets, and its name (cloudnative-pg/cloudnative-pg
a95a534d, pkg/specs/pgbouncer/deployments.go and pkg/specs/containers.go, GetSecurityContext, read 2026-12-01)."""
_CLOSED: Mapping[str, Plain] = {
    "seccompProfile": {"type": "RuntimeDefault"}, "capabilities": {"drop": ["ALL"]}, "privileged": False,
    "runAsNonRoot": True, "readOnlyRootFilesystem": True, "allowPrivilegeEscalation": False,
}  # fmt: skip
"""The context that it sets; what a template states is evaluated all the same."""


def _closed(pod: Pod, name: str) -> Pod:
    """Returns a pod in which the container of a name has the security context of its operator."""
    return replace(pod, containers=tuple(
        replace(item, data=_merged({"securityContext": dict(_CLOSED)}, item.data)) if item.get("name") == name else item
        for item in pod.containers
    ))  # fmt: skip


def each_pod(check: PodCheck) -> Predicate:
    """Returns a predicate that applies a check to every pod that a resource creates, directly or from a template."""

    def predicate(resource: Resource) -> Iterator[Outcome]:
        for pod in pods(resource):
            if pod.spec.get("containers") is UNKNOWN:
                path = pod.spec.path_to("containers")
                yield undetermined(f"{path} is not known before deployment", pod.spec.path)
            yield from check(pod)

    return predicate


_BUILT_IN_TYPES = tuple(f"kubernetes:{group}/" for group in ("core", "apps", "batch", "apps.openshift.io"))


_POD_FIELDS = frozenset({
    "hostNetwork", "hostPID", "hostIPC", "hostUsers", "shareProcessNamespace", "automountServiceAccountToken",
    "serviceAccountName", "serviceAccount", "restartPolicy", "dnsPolicy",
})  # fmt: skip
_BUILT_IN_TEMPLATE_FIELDS = _POD_FIELDS | {"securityContext", "volumes"}


_HOST_NAMESPACE_FIELDS = ("hostNetwork", "hostPID", "hostIPC")


def _merged(below: Mapping[str, Plain], above: Mapping[str, Plain]) -> dict[str, Plain]:
    """Returns an object over another: objects are merged, lists of objects joined, other values replaced."""
    result = dict(below)
    for key, value in above.items():
        known = result.get(key)
        if isinstance(known, dict) and isinstance(value, dict):
            result[key] = _merged(known, value)
        elif isinstance(known, list) and isinstance(value, list) and any(isinstance(item, dict) for item in known):
            result[key] = [*known, *value]
        else:
            result[key] = value
    return result


def _step(step: ObjectPart, template: ObjectPart) -> ObjectPart:
    """Returns a step of Tekton with what it inherits from the template of its task's steps, and its resources under the
    name that containers have (tektoncd/pipeline, pkg/apis/pipeline/v1/merge.go, MergeStepsWithStepTemplate, read
    2026-11-28)."""
    merged = _merged(template.data, step.data)
    resources = merged.get("computeResources")
    return replace(step, data=merged if resources is None else {**merged, "resources": resources})


_NO_TEMPLATE = ObjectPart("", {})
_WORKFLOW_KEYS = ("container", "script", "steps", "sidecars")


def _workflow_containers(section: ObjectPart) -> Iterator[ObjectPart]:
    """Yields the containers of workflow steps, whose pod is defined elsewhere."""
    if not any(key in section.data for key in _WORKFLOW_KEYS):
        return
    single = (section.child(key) for key in ("container", "script"))
    steps = (_step(item, section.child("stepTemplate")) for item in section.children("steps"))
    sidecars = (_step(item, _NO_TEMPLATE) for item in section.children("sidecars"))
    for item in (*single, *steps, *sidecars):
        if item.get("image") is UNKNOWN or isinstance(item.get("image"), str):
            yield item


def equals_bool(value: Plain, expected: bool) -> bool:
    """Returns whether a value is the expected boolean, or its spelling as a string."""
    return value is expected or (isinstance(value, str) and value.strip().lower() == str(expected).lower())


def _has_pod_fields(section: ObjectPart, is_built_in: bool) -> bool:
    """Returns whether a pod template, or the spec of a built-in pod, has a field that shows that it is a pod."""
    is_pod_spec = section.path.lower().endswith("template.spec") or (is_built_in and section.path == "spec")
    return is_pod_spec and not (_BUILT_IN_TEMPLATE_FIELDS if is_built_in else _POD_FIELDS).isdisjoint(section.data)


_OF_WORKFLOW = ("securityContext", "serviceAccountName", "automountServiceAccountToken")


def _with_defaults(template: ObjectPart, workflow: ObjectPart) -> ObjectPart:
    """Returns a template of a workflow of Argo, or its set of containers. The workflow's security context and account
    are those of pods of a template without (argoproj/argo-workflows f016ad89, workflow/controller/workflowpod.go, read
    2026-11-30)."""
    given = {key: workflow.data[key] for key in _OF_WORKFLOW if workflow.get(key) is not MISSING}
    given = {key: value for key, value in given.items() if template.get(key) is MISSING}
    return replace(template, data={**template.data, **given}) if given else template


def _pods(section: ObjectPart, metadata: ObjectPart, is_built_in: bool) -> Iterator[Pod]:
    for key, value in section.data.items():
        if isinstance(value, dict):
            child = _with_defaults(section.child(key), section) if key == "containerSet" else section.child(key)
            yield from _pods(child, section.child("metadata"), is_built_in)
        elif isinstance(value, list) and key not in _CONTAINERS:
            for item in section.children(key):
                part = _with_defaults(item, section) if key == "templates" else item
                yield from _pods(part, part.child("metadata"), is_built_in)
    containers = tuple(item for key in _CONTAINERS for item in section.children(key))
    has_images = is_built_in or any(
        item.get("image") is UNKNOWN or isinstance(item.get("image"), str) for item in containers
    )
    workflow_containers = () if is_built_in else tuple(_workflow_containers(section))
    if containers and (has_images or section.is_patch):
        yield Pod(section, metadata, (*containers, *workflow_containers))
    elif workflow_containers or (
        not is_built_in
        and not containers
        and any(equals_bool(section.get(key), True) for key in _HOST_NAMESPACE_FIELDS)
    ):
        yield Pod(replace(section, is_patch=True), metadata, workflow_containers)
    elif section.data.get("containers") is UNKNOWN or (not containers and _has_pod_fields(section, is_built_in)):
        yield Pod(section, metadata, ())
