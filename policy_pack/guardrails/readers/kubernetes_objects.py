"""Kubernetes objects and the pods in them: in lists, patches, workloads and custom resources.

A pod is recognised by its shape, a list of containers with an image, so that JobSets, Rollouts and future kinds are
evaluated like Deployments. In built-in kinds the image is not required. A template with a field that only pods have is
a pod even without containers, because a patch may omit them.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from ..engine.kubernetes_lists import kind_of
from ..engine.reading import MISSING, UNKNOWN, Plain, Resource
from ..engine.rows import Predicate
from ..engine.verdicts import Outcome, undetermined

_CONTAINERS = ("containers", "initContainers", "ephemeralContainers")
_OPAQUE = (
    "kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition", "kubernetes:helm.sh/",
    "kubernetes:policy/v1:PodSecurityPolicy",
)  # fmt: skip
"""Types whose contents may look like a pod but are not: CRDs, charts, pod security policies."""


@dataclass(frozen=True)
class ObjectPart:
    """A part of an object with its path. `is_patch`: fields that it omits are set elsewhere."""

    path: str
    data: dict[str, Plain]
    is_patch: bool = False

    def get(self, key: str) -> Plain:
        """The value of a key, or MISSING, also for null."""
        value = self.data.get(key, MISSING)
        return MISSING if value is None else value

    def child(self, key: str) -> "ObjectPart":
        """The object under a key; empty if there is none."""
        value = self.data.get(key)
        return ObjectPart(self.path_to(key), value if isinstance(value, dict) else {}, self.is_patch)

    def children(self, key: str) -> "Iterator[ObjectPart]":
        """The objects in the list under a key."""
        value = self.data.get(key)
        for index, item in enumerate(value if isinstance(value, list) else []):
            if isinstance(item, dict):
                yield ObjectPart(f"{self.path_to(key)}[{index}]", item, self.is_patch)

    def path_to(self, key: str) -> str:
        """The path of a key."""
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
"""Every type of the Kubernetes provider, custom resources included."""


def is_patch(resource: Resource) -> bool:
    """Whether the resource is a patch of an existing object, by its URN: the normalised type omits it."""
    kind = resource.urn.rsplit("::", 1)[0].rsplit(":", 1)[-1]
    return kind.endswith("Patch") and kind != "Patch"


def objects(resource: Resource, *kinds: str) -> Iterator[ObjectPart]:
    """The objects of some kinds: the resource itself, or the items of a list."""
    name = kind_of(resource)
    if name in kinds:
        yield ObjectPart("", resource.props, is_patch(resource))
    elif name.endswith("List") and (name == "List" or name.removesuffix("List") in kinds):
        yield from _listed(ObjectPart("", resource.props), name.removesuffix("List"), kinds)


def each_object(check: ObjectCheck, *kinds: str) -> Predicate:
    """A predicate that applies a check to every object of some kinds."""

    def predicate(resource: Resource) -> Iterator[Outcome]:
        for item in objects(resource, *kinds):
            yield from check(item)

    return predicate


def _listed(whole: ObjectPart, default: str, kinds: tuple[str, ...]) -> Iterator[ObjectPart]:
    """The items of some kinds, also in nested lists."""
    for item in whole.children("items"):
        kind = item.data.get("kind") or default
        if kind in kinds:
            yield item
        elif isinstance(kind, str) and kind.endswith("List"):
            yield from _listed(item, kind.removesuffix("List"), kinds)


def pods(resource: Resource) -> list[Pod]:
    """Every pod that a resource creates, itself or from a template."""
    if not resource.type.startswith("kubernetes:") or resource.type.startswith(_OPAQUE):
        return []
    whole = ObjectPart("", resource.props, is_patch(resource))
    return list(_pods(whole, whole.child("metadata"), resource.type.startswith(_OWN)))


def each_pod(check: PodCheck) -> Predicate:
    """A predicate that applies a check to every pod that a resource creates, itself or from a template."""

    def predicate(resource: Resource) -> Iterator[Outcome]:
        for pod in pods(resource):
            if pod.spec.get("containers") is UNKNOWN:
                path = pod.spec.path_to("containers")
                yield undetermined(f"{path} is not known before deployment", pod.spec.path)
            yield from check(pod)

    return predicate


_OWN = tuple(f"kubernetes:{group}/" for group in ("core", "apps", "batch", "apps.openshift.io"))


_ONLY_PODS_HAVE = frozenset({
    "hostNetwork", "hostPID", "hostIPC", "hostUsers", "shareProcessNamespace", "automountServiceAccountToken",
    "serviceAccountName", "serviceAccount", "restartPolicy", "dnsPolicy",
})  # fmt: skip
_OWN_TEMPLATES_HAVE = _ONLY_PODS_HAVE | {"securityContext", "volumes"}


_HOST = ("hostNetwork", "hostPID", "hostIPC")


def _steps(piece: ObjectPart) -> Iterator[ObjectPart]:
    """Containers of workflow steps, whose pod is defined elsewhere."""
    alone = (piece.child(key) for key in ("container", "script"))
    for item in (*alone, *piece.children("steps"), *piece.children("sidecars")):
        if item.get("image") is UNKNOWN or isinstance(item.get("image"), str):
            yield item


def spells_bool(value: Plain, wanted: bool) -> bool:
    """Whether a value is a boolean, or its spelling as a string."""
    return value is wanted or (isinstance(value, str) and value.strip().lower() == str(wanted).lower())


def _is_template(piece: ObjectPart, is_own: bool) -> bool:
    """Whether a template, or the spec of a built-in pod, has a field that pods have."""
    is_below = piece.path.lower().endswith("template.spec") or (is_own and piece.path == "spec")
    return is_below and not (_OWN_TEMPLATES_HAVE if is_own else _ONLY_PODS_HAVE).isdisjoint(piece.data)


def _pods(piece: ObjectPart, metadata: ObjectPart, is_own: bool) -> Iterator[Pod]:
    for key, value in piece.data.items():
        if isinstance(value, dict):
            yield from _pods(piece.child(key), piece.child("metadata"), is_own)
        elif isinstance(value, list) and key not in _CONTAINERS:
            for item in piece.children(key):
                yield from _pods(item, item.child("metadata"), is_own)
    containers = tuple(item for key in _CONTAINERS for item in piece.children(key))
    is_whole = is_own or any(item.get("image") is UNKNOWN or isinstance(item.get("image"), str) for item in containers)
    steps = () if is_own else tuple(_steps(piece))
    if containers and (is_whole or piece.is_patch):
        yield Pod(piece, metadata, containers)
    elif steps or (not is_own and not containers and any(spells_bool(piece.get(key), True) for key in _HOST)):
        yield Pod(replace(piece, is_patch=True), metadata, steps)
    elif piece.data.get("containers") is UNKNOWN or (not containers and _is_template(piece, is_own)):
        yield Pod(piece, metadata, ())
