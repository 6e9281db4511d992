"""Counts the GPUs that pods ask for: by resources of containers, by parts of a GPU, and by claims of devices."""

from collections.abc import Callable, Iterator, Mapping

from ..engine.lazy_regex import lazy_regex
from ..engine.number_conditions import number_of
from ..engine.plan import Plan
from ..engine.reading import MISSING, UNKNOWN, Plain, Resource
from ..readers.kubernetes_objects import ObjectPart, objects

_ACCELERATOR = lazy_regex(
    r"[a-z0-9.-]+/(?:gpu|pgpu|gaudi|neuron(?:device)?|tpu|i915|xe)|deviceclass\.resource\.kubernetes\.io/\S*gpu\S*"
)
"""Resources whose unit is a GPU: of plug-ins, and of classes of devices, which every container may ask for by their
name (kubernetes/api 10b39a39 resource/v1, ResourceDeviceClassPrefix, read 2026-11-29). FJ-ESC-115 asks that a class
gives its devices no other name."""
_PART = lazy_regex(r"[a-z0-9.-]+/mig-(\d)g\.\S+")
_PARTS = 7
"""Compute slices of a whole GPU (NVIDIA/k8s-device-plugin 1b826acc README.md: mig-7g is the largest, read
2026-11-29)."""
_WHOLE_MACHINE = 8
"""Devices that a claim of all devices takes: the GPUs of the largest machines in the region."""
_COUNTS = ("replicas", "instances", "minReplicas", "maxReplicas", "parallelism", "maxReplicaCount", "numNodes")
"""Keys of numbers of pods, of which the largest counts; the next ones multiply it."""
RESOURCES = ("resources", "resourcesPerNode")
"""Keys of what one pod asks for: in containers, and in trainings of Kubeflow, whose pods a runtime defines."""
_FACTORS = ("numOfHosts", "size", "pipelineParallelSize")
_NUMBERS = frozenset((*_COUNTS, *_FACTORS))
_TEMPLATE = "ResourceClaimTemplate"
_TEMPLATES = tuple(f"kubernetes:resource.k8s.io/{version}:{_TEMPLATE}"
                   for version in ("v1", "v1beta1", "v1beta2", "v1alpha3"))  # fmt: skip
_DOMAIN = "ComputeDomain"
_DOMAINS = (f"kubernetes:resource.nvidia.com/v1:{_DOMAIN}",)

Claims = Mapping[str, float]
"""Name of a template of claims in one namespace -> the GPUs of each of its claims."""
_DEFAULT = "default"
"""The namespace of objects that state none, and whose provider has none."""


def claims_of(plan: Plan, user: Resource) -> Claims:
    """Returns the GPUs of the templates of claims that pods of an object may name: those of its namespace, or of one
    that is not known yet (kubernetes/api v0.36.3 resource/v1/types.go, ResourceClaimTemplate, and core/v1 types.go,
    PodResourceClaim: "in the same namespace as this pod"; read 2026-11-30). A domain of NVLink has one that its
    controller makes beside it, whose claims are of channels (NVIDIA/k8s-dra-driver-gpu 22407113
    resource/v1beta1/computedomain.go, read 2026-11-30)."""
    return plan.once(_claims_in, _namespace(user, user.get("metadata")))


def _claims_in(plan: Plan, namespace: str) -> Claims:
    of_namespaces, unknown = plan.by_key(_namespaces_with_claims), str(UNKNOWN)
    near = of_namespaces if namespace == unknown else (namespace, unknown)
    found: dict[str, float] = {}
    for of in near:
        for maker in of_namespaces.get(of, ()):
            for namespace_of, name, count in _templates(maker):
                if namespace_of == of:
                    found[name] = max(found.get(name, 0), count)
    return found


def _namespaces_with_claims(resource: Resource) -> Iterator[str]:
    """Yields the namespaces in which a resource makes templates of claims."""
    return (namespace for namespace, _, _ in _templates(resource))


def _templates(resource: Resource) -> Iterator[tuple[str, str, float]]:
    """Yields the templates of claims that a resource makes, as (namespace, name, GPUs of a claim)."""
    kind = _DOMAIN if resource.type in _DOMAINS else _TEMPLATE if resource.type in _TEMPLATES else ""
    for item in objects(resource, kind) if kind else ():
        of_domain = item.child("spec").child("channel").child("resourceClaimTemplate")
        name = (of_domain if kind == _DOMAIN else item.child("metadata")).get("name")
        if isinstance(name, str):
            count = 0 if kind == _DOMAIN else claimed(item.child("spec"))
            yield _namespace(resource, item.data.get("metadata")), name, count


def _namespace(resource: Resource, metadata: Plain) -> str:
    """Returns the namespace of an object of a resource, perhaps as the text of UNKNOWN."""
    stated = metadata.get("namespace") if isinstance(metadata, dict) else UNKNOWN if metadata is UNKNOWN else None
    of_provider = resource.provider.get("namespace") if resource.provider is not None else None
    return next((str(item) for item in (stated, of_provider) if item is not None and item is not MISSING), _DEFAULT)


def claimed(claim: ObjectPart) -> float:
    """Returns the GPUs of a claim; `claim` has the spec of one."""
    return sum(map(_devices, claim.child("spec").child("devices").children("requests")))


def _devices(request: ObjectPart) -> float:
    """Returns the GPUs of a request: the fields stand in `exactly`, or in the request itself before v1beta2. Of
    alternatives the largest counts (kubernetes/api 10b39a39 resource/v1/types.go, `firstAvailable`; read 2026-11-29).
    """
    if alternatives := list(request.children("firstAvailable")):
        return max(map(_devices, alternatives))
    fields = request.child("exactly") if request.get("exactly") is not MISSING else request
    if "gpu" not in str(fields.get("deviceClassName")).lower():
        return 0
    return _WHOLE_MACHINE if fields.get("allocationMode") == "All" else number_of(fields.get("count")) or 1


def gpus(value: Plain, claims: Claims, *, of_one_pod: bool = False) -> float:
    """Returns the GPUs of all pods in a value, or of one of its pods."""
    return counted(value, lambda item: _of_container(item) + _of_claims(item, claims), of_one_pod=of_one_pod)


def counted(value: Plain, of_part: Callable[[Mapping[str, Plain]], float], *, of_one_pod: bool = False) -> float:
    """Returns what `of_part` finds in the parts of a value, each times the pods of the parts above it."""
    if isinstance(value, list):
        return sum(counted(item, of_part) for item in value)
    if not isinstance(value, dict):
        return 0
    below = sum(counted(item, of_part) for key, item in value.items() if key not in RESOURCES)
    return (1 if of_one_pod else _pods(value)) * _growth(value) * (of_part(value) + below)


def _growth(value: Mapping[str, Plain]) -> float:
    """Returns by how much the policy of a part multiplies the pods of the parts beside it: of a training that grows, up
    to its highest number of workers (kubeflow/training-operator 0c3be5db docs/api, ElasticPolicy, read 2026-11-29), and
    of a served model by the machines of its data parallelism (kserve/kserve aaac4e29 v1alpha2 ParallelismSpec, read
    2026-11-29)."""
    parallelism = value.get("parallelism")
    if isinstance(parallelism, dict):
        return max(1, (number_of(parallelism.get("data")) or 1) / (number_of(parallelism.get("dataLocal")) or 1))
    policy = value.get("elasticPolicy")
    highest = number_of(policy.get("maxReplicas")) if isinstance(policy, dict) else None
    if not highest:
        return 1
    stated = (_pods(item) for parts in value.values() if isinstance(parts, dict)
              for item in parts.values() if isinstance(item, dict) and "template" in item)  # fmt: skip
    return max(1, highest / max(1, max(stated, default=1)))


def _pods(value: Mapping[str, Plain]) -> float:
    if _NUMBERS.isdisjoint(value):
        return 1
    counts = [number for key in _COUNTS if (number := number_of(value.get(key))) is not None]
    count = max(counts, default=1)
    for key in _FACTORS:
        count *= number_of(value.get(key)) or 1
    return max(count, 0)


def asked_for(container: Mapping[str, Plain]) -> Iterator[Mapping[str, Plain]]:
    """Yields the limits and the requests of a container, or of a pod that is no more than a size."""
    for key in RESOURCES:
        resources = container.get(key)
        lists = [resources.get(name) for name in ("limits", "requests")] if isinstance(resources, dict) else []
        yield from (item for item in lists if isinstance(item, dict))


def _of_container(container: Mapping[str, Plain]) -> float:
    counts = (
        sum(gpus_named(name) * (number_of(number) or 0) for name, number in item.items())
        for item in asked_for(container)
    )
    return max(counts, default=0)


def gpus_named(name: str) -> float:
    """Returns the GPUs that one unit of a resource is: a part of one for a profile of MIG, 0 for other resources."""
    part = _PART.fullmatch(name)
    return int(part[1]) / _PARTS if part else float(_ACCELERATOR.fullmatch(name) is not None)


def _of_claims(pod: Mapping[str, Plain], claims: Claims) -> float:
    """Returns the GPUs of the claims that are made for each pod; a template outside the plan counts as one."""
    listed = pod.get("resourceClaims")
    names = [item.get("resourceClaimTemplateName") for item in listed if isinstance(item, dict)] if isinstance(
        listed, list) else []  # fmt: skip
    return sum(claims.get(name, 1) for name in names if isinstance(name, str))
