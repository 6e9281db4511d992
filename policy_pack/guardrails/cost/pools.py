"""Reads the node pools of EKS, AKS, Karpenter, AWS Batch and Azure ML in one form."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from falaj.facts.labels import PROFILE_LABEL

from ..engine.lazy_regex import lazy_regex
from ..engine.number_conditions import number_of
from ..engine.reading import MISSING, UNKNOWN, Plain, Resource, items_of, walk

NODE_GROUP = "aws:eks/nodeGroup:NodeGroup"
AGENT_POOL = "azure-native:containerservice:AgentPool"
AKS = "azure-native:containerservice:ManagedCluster"
KARPENTER = "kubernetes:karpenter.sh/v1:NodePool"
BATCH = "aws:batch/computeEnvironment:ComputeEnvironment"
ML_COMPUTE = "azure-native:machinelearningservices:Compute"
POOLS = (NODE_GROUP, AGENT_POOL, AKS, KARPENTER, BATCH, ML_COMPUTE)

PROFILE_KEYS = (PROFILE_LABEL, "workload-profile")
"""Labels, or tags, that name the workload profile."""
_GPU = lazy_regex(r"(?i)(?:ml\.)?(?:g[4-9]|p[2-9])[a-z]*\..+|standard_n[cdv].+")


@dataclass(frozen=True)
class MachinePool:
    """One pool. `machines` are pairs (path, machine type). `spot` and `minimum` are None if they are not known or not
    set."""

    machines: tuple[tuple[str, str], ...]
    profile: str
    spot: bool | None
    minimum: float | None
    path: str
    minimum_path: str = ""
    is_system: bool = False

    @property
    def has_gpu(self) -> bool:
        """Whether every machine type of the pool has a GPU, according to its name."""
        return bool(self.machines) and all(is_gpu(name) for _, name in self.machines)


def is_gpu(machine: str) -> bool:
    """Returns whether a machine type has a GPU, according to its name."""
    return bool(_GPU.fullmatch(machine))


def texts_at(value: Plain, path: str) -> tuple[tuple[str, str], ...]:
    """Returns every known text at a path as (concrete path, text). Expands lists."""
    texts: list[tuple[str, str]] = []
    for value_path, item in walk(value, path):
        entries = (
            [(f"{value_path}[{index}]", entry) for index, entry in enumerate(item)]
            if isinstance(item, list)
            else [(value_path, item)]
        )
        texts += [(entry_path, entry) for entry_path, entry in entries if isinstance(entry, str)]
    return tuple(texts)


def _profile_of(labels: Plain) -> str:
    values = labels if isinstance(labels, dict) else {}
    return next((profile for key in PROFILE_KEYS if isinstance(profile := values.get(key), str)), "")


def _equals(value: Plain, expected: str) -> bool | None:
    return None if value is UNKNOWN else str(value).lower() == expected


def _first_value(value: Plain, path: str) -> Plain:
    return next((item for _, item in walk(value, path)), MISSING)


MANUAL = "virtualMachinesProfile.scale.manual"
"""Path of the sizes and numbers of an AKS pool of single machines, whose number nothing changes (Microsoft Learn, "Use
Virtual Machines node pools in AKS", read 2026-12-03)."""


def manual_counts(pool: Plain) -> tuple[tuple[str, dict[str, Plain]], ...]:
    """Returns the sizes of an AKS pool of single machines, with their paths: each has a `size` and a `count`."""
    listed = _first_value(pool, MANUAL)
    return tuple((f"{MANUAL}[{index}]", item) for index, item in enumerate(items_of(listed)) if isinstance(item, dict))


def _agent_pools(pool: dict[str, Plain], prefix: str) -> Iterator[MachinePool]:
    """Yields an AKS pool, once for each size of single machines."""
    single = _agent_pool(pool, prefix)
    manual = manual_counts(pool)
    if not manual:
        yield single
    for path, item in manual:
        machines = tuple((f"{prefix}{path}.{key}", name) for key, name in texts_at(item, "size"))
        minimum = number_of(item.get("count", 1))
        yield replace(single, machines=machines, minimum=minimum, minimum_path=f"{prefix}{path}.count")


def _agent_pool(pool: dict[str, Plain], prefix: str) -> MachinePool:
    is_autoscaled = str(pool.get("enableAutoScaling")).lower() == "true"
    minimum_key = "minCount" if is_autoscaled else "count"
    return MachinePool(
        machines=tuple((f"{prefix}{path}", name) for path, name in texts_at(pool, "vmSize")),
        profile=_profile_of(pool.get("nodeLabels")),
        spot=_equals(pool.get("scaleSetPriority", MISSING), "spot"),
        minimum=number_of(pool.get(minimum_key)),
        path=f"{prefix}scaleSetPriority",
        minimum_path=f"{prefix}{minimum_key}",
        is_system=str(pool.get("mode")).lower() == "system",
    )


def _karpenter(resource: Resource) -> MachinePool:
    """Returns a Karpenter node pool. Its minimum is 0, because Karpenter scales it to zero."""
    requirements_path = "spec.template.spec.requirements"
    values: dict[str, tuple[tuple[str, str], ...]] = {}
    is_known = True
    for _, requirements in walk(resource.props, requirements_path):
        is_known = is_known and requirements is not UNKNOWN
        for item in items_of(requirements):
            if isinstance(item, dict) and item.get("operator", "In") == "In":
                values[str(item.get("key"))] = texts_at(item, "values")
                is_known = is_known and item.get("values") is not UNKNOWN
    capacity_types = values.get("karpenter.sh/capacity-type", ())
    return MachinePool(
        machines=tuple((requirements_path, name) for _, name in values.get("node.kubernetes.io/instance-type", ())),
        profile=_profile_of(_first_value(resource.props, "spec.template.metadata.labels")),
        spot=any(capacity_type == "spot" for _, capacity_type in capacity_types) if is_known else None,
        minimum=0,
        path=requirements_path,
    )


def _node_group(resource: Resource) -> MachinePool:
    return MachinePool(
        machines=texts_at(resource.props, "instanceTypes"),
        profile=_profile_of(resource.get("labels")),
        spot=_equals(resource.get("capacityType"), "spot"),
        minimum=number_of(_first_value(resource.props, "scalingConfig.minSize")),
        path="capacityType",
        minimum_path="scalingConfig.minSize",
    )


def _batch(resource: Resource) -> MachinePool:
    kind = _first_value(resource.props, "computeResources.type")
    return MachinePool(
        machines=tuple(item for item in texts_at(resource.props, "computeResources.instanceTypes") if "." in item[1]),
        profile="batch",
        spot=None if kind is UNKNOWN else "SPOT" in str(kind),
        minimum=number_of(_first_value(resource.props, "computeResources.minVcpus")) or 0,
        path="computeResources.type",
        minimum_path="computeResources.minVcpus",
    )


def _ml_compute(resource: Resource) -> Iterator[MachinePool]:
    kind = str(_first_value(resource.props, "properties.computeType")).lower()
    if kind == "amlcompute":
        inner = "properties.properties"
        yield MachinePool(
            machines=texts_at(resource.props, f"{inner}.vmSize"),
            profile="training",
            spot=_equals(_first_value(resource.props, f"{inner}.vmPriority"), "lowpriority"),
            minimum=number_of(_first_value(resource.props, f"{inner}.scaleSettings.minNodeCount")) or 0,
            path=f"{inner}.vmPriority",
            minimum_path=f"{inner}.scaleSettings.minNodeCount",
        )


def pools(resource: Resource) -> Iterator[MachinePool]:
    """Yields the pools that a resource creates."""
    if resource.type == NODE_GROUP:
        yield _node_group(resource)
    elif resource.type == AGENT_POOL:
        yield from _agent_pools(resource.props, "")
    elif resource.type == AKS:
        profiles = resource.get("agentPoolProfiles")
        for index, item in enumerate(items_of(profiles)):
            if isinstance(item, dict):
                yield from _agent_pools(item, f"agentPoolProfiles[{index}].")
    elif resource.type == KARPENTER:
        yield _karpenter(resource)
    elif resource.type == BATCH:
        yield _batch(resource)
    elif resource.type == ML_COMPUTE:
        yield from _ml_compute(resource)
