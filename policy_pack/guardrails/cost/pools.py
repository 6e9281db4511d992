"""Pools of machines, whoever runs them: which machines, for whom, how bought, and how many at least."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..engine.reading import MISSING, UNKNOWN, Plain, Resource, walk

NODE_GROUP = "aws:eks/nodeGroup:NodeGroup"
AGENT_POOL = "azure-native:containerservice:AgentPool"
AKS = "azure-native:containerservice:ManagedCluster"
KARPENTER = "kubernetes:karpenter.sh/v1:NodePool"
BATCH = "aws:batch/computeEnvironment:ComputeEnvironment"
ML_COMPUTE = "azure-native:machinelearningservices:Compute"
POOLS = (NODE_GROUP, AGENT_POOL, AKS, KARPENTER, BATCH, ML_COMPUTE)

PROFILE_KEYS = ("falaj/profile", "workload-profile")
"""Labels, or tags, that name the workload profile."""
_GPU = re.compile(r"(?i)(?:ml\.)?(?:g[4-9]|p[2-9])[a-z]*\..+|standard_n[cdv].+")


@dataclass(frozen=True)
class Pool:
    """One pool. `spot` is None and `least` is None where it is not known, or not said by the resource."""

    machines: tuple[tuple[str, str], ...]
    profile: str
    spot: bool | None
    least: float | None
    path: str
    least_path: str = ""
    is_system: bool = False

    @property
    def has_gpu(self) -> bool:
        """Whether every machine that it may start has a GPU, as far as names tell."""
        return bool(self.machines) and all(is_gpu(name) for _, name in self.machines)


def is_gpu(machine: str) -> bool:
    """Whether a machine type has a GPU, by its name."""
    return bool(_GPU.fullmatch(machine))


def names(value: Plain, path: str) -> tuple[tuple[str, str], ...]:
    """Every known text at a path, lists opened, as (concrete path, text)."""
    found: list[tuple[str, str]] = []
    for at, item in walk(value, path):
        several = [(f"{at}[{n}]", one) for n, one in enumerate(item)] if isinstance(item, list) else [(at, item)]
        found += [(where, one) for where, one in several if isinstance(one, str)]
    return tuple(found)


def _profile(labels: Plain) -> str:
    stated = labels if isinstance(labels, dict) else {}
    return next((found for key in PROFILE_KEYS if isinstance(found := stated.get(key), str)), "")


def _is(value: Plain, word: str) -> bool | None:
    return None if value is UNKNOWN else str(value).lower() == word


def _number(value: Plain) -> float | None:
    try:
        return float(value) if isinstance(value, int | float | str) and not isinstance(value, bool) else None
    except ValueError:
        return None


def _one(value: Plain, path: str) -> Plain:
    return next((found for _, found in walk(value, path)), MISSING)


def _agents(pool: dict[str, Plain], at: str) -> Pool:
    scales = str(pool.get("enableAutoScaling")).lower() == "true"
    counted = "minCount" if scales else "count"
    return Pool(
        machines=tuple((f"{at}{path}", name) for path, name in names(pool, "vmSize")),
        profile=_profile(pool.get("nodeLabels")),
        spot=_is(pool.get("scaleSetPriority", MISSING), "spot"),
        least=_number(pool.get(counted)),
        path=f"{at}scaleSetPriority",
        least_path=f"{at}{counted}",
        is_system=str(pool.get("mode")).lower() == "system",
    )


def _karpenter(resource: Resource) -> Pool:
    """Karpenter starts from nothing, so the least is none."""
    spec = "spec.template.spec.requirements"
    asked: dict[str, tuple[tuple[str, str], ...]] = {}
    known = True
    for _, found in walk(resource.props, spec):
        known = known and found is not UNKNOWN
        for item in found if isinstance(found, list) else []:
            if isinstance(item, dict) and item.get("operator", "In") == "In":
                asked[str(item.get("key"))] = names(item, "values")
                known = known and item.get("values") is not UNKNOWN
    bought = asked.get("karpenter.sh/capacity-type", ())
    return Pool(
        machines=tuple((spec, name) for _, name in asked.get("node.kubernetes.io/instance-type", ())),
        profile=_profile(_one(resource.props, "spec.template.metadata.labels")),
        spot=any(word == "spot" for _, word in bought) if known else None,
        least=0,
        path=spec,
    )


def _node_group(resource: Resource) -> Pool:
    return Pool(
        machines=names(resource.props, "instanceTypes"),
        profile=_profile(resource.get("labels")),
        spot=_is(resource.get("capacityType"), "spot"),
        least=_number(_one(resource.props, "scalingConfig.minSize")),
        path="capacityType",
        least_path="scalingConfig.minSize",
    )


def _batch(resource: Resource) -> Pool:
    kind = _one(resource.props, "computeResources.type")
    return Pool(
        machines=tuple(item for item in names(resource.props, "computeResources.instanceTypes") if "." in item[1]),
        profile="batch",
        spot=None if kind is UNKNOWN else "SPOT" in str(kind),
        least=_number(_one(resource.props, "computeResources.minVcpus")) or 0,
        path="computeResources.type",
        least_path="computeResources.minVcpus",
    )


def _ml_compute(resource: Resource) -> Iterator[Pool]:
    kind = str(_one(resource.props, "properties.computeType")).lower()
    if kind == "amlcompute":
        inner = "properties.properties"
        yield Pool(
            machines=names(resource.props, f"{inner}.vmSize"),
            profile="training",
            spot=_is(_one(resource.props, f"{inner}.vmPriority"), "lowpriority"),
            least=_number(_one(resource.props, f"{inner}.scaleSettings.minNodeCount")) or 0,
            path=f"{inner}.vmPriority",
            least_path=f"{inner}.scaleSettings.minNodeCount",
        )


def pools(resource: Resource) -> Iterator[Pool]:
    """The pools that a resource makes."""
    if resource.type == NODE_GROUP:
        yield _node_group(resource)
    elif resource.type == AGENT_POOL:
        yield _agents(resource.props, "")
    elif resource.type == AKS:
        profiles = resource.get("agentPoolProfiles")
        for index, item in enumerate(profiles if isinstance(profiles, list) else []):
            if isinstance(item, dict):
                yield _agents(item, f"agentPoolProfiles[{index}].")
    elif resource.type == KARPENTER:
        yield _karpenter(resource)
    elif resource.type == BATCH:
        yield _batch(resource)
    elif resource.type == ML_COMPUTE:
        yield from _ml_compute(resource)
