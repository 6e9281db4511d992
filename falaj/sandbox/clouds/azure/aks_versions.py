"""Kubernetes versions of AKS: those that it offers, and the updates of clusters and agent pools that it accepts.

Sources: MicrosoftDocs/azure-aks-docs of 2026-08, supported-kubernetes-versions.md, upgrade-aks-control-plane.md
(one minor version at a time without long-term support; node pools up to three minor versions behind),
long-term-support.md (Premium tier); Azure/AKS#4765, Azure/ARO-HCP#662 and pulumi-azure-native#2094
(NotAllAgentPoolOrchestratorVersionSpecifiedAndUnchanged); cluster-api-provider-azure#1883
(AgentPoolUpgradeVersionNotAllowed); read on 2026-11-26.
"""

from __future__ import annotations

from falaj.facts.clouds import Cloud
from falaj.sandbox.clouds.azure.arm import arm_error
from falaj.sandbox.clouds.kubernetes_versions import is_offered, is_past_standard, minor_of, newest, steps
from falaj.sandbox.clouds.spec import InventoryItem, Operation
from falaj.sandbox.clouds.values import Props, get_all, get_str

POOL = "azure-native:containerservice:AgentPool"
_MOST_MINORS_BEHIND = 3


def version_of(cluster: Props) -> str:
    """Returns the Kubernetes version of a cluster's inputs or outputs; the newest one if they state none."""
    return get_str(cluster, "kubernetesVersion") or newest(Cloud.AZURE)


def cluster_version(op: Operation) -> str | None:
    """Checks that AKS offers the version to this support plan and tier, and that an update goes up by one minor version
    without long-term support."""
    has_lts = get_str(op.inputs, "supportPlan") == "AKSLongTermSupport"
    if has_lts and get_str(op.inputs, "sku.tier") != "Premium":
        return arm_error(400, "InvalidParameter", "Support plan AKSLongTermSupport requires the Premium tier.")
    new, old = version_of(op.inputs), version_of(op.existing.outputs) if op.existing else ""
    if old and minor_of(new) == minor_of(old):
        return None
    if old and steps(old, new) < 0:
        return arm_error(
            400, "OperationNotAllowed", f"Downgrading Kubernetes version from {old} to {new} is not allowed."
        )
    if old and steps(old, new) > 1 and not has_lts:
        return arm_error(
            400,
            "OperationNotAllowed",
            f"Upgrading Kubernetes version {old} to {new} is not allowed. Upgrade one minor version at a time.",
        )
    return _offered_error(op.name, new, has_lts) or (_pools_error(op, new) if old else None)


def _offered_error(name: str, version: str, has_lts: bool) -> str | None:
    if is_offered(Cloud.AZURE, version, has_lts):
        return None
    if is_past_standard(Cloud.AZURE, version) and is_offered(Cloud.AZURE, version, paid=True):
        message = (
            f"Managed cluster {name} is on version {version}, which is only available for Long-Term Support (LTS). "
            "Use the Premium tier and the support plan AKSLongTermSupport."
        )
        return arm_error(400, "K8sVersionNotSupported", message)
    return arm_error(400, "K8sVersionNotSupported", f"Version {version} is not supported in this region.")


def _pools_error(op: Operation, version: str) -> str | None:
    """Returns the error for an update of the version whose body states versions of some pools only. Pools that the body
    does not list count as unspecified."""
    stated = [get_str(pool, "orchestratorVersion") for pool in get_all(op.inputs, "agentPoolProfiles[*]")]
    if not any(stated):
        return None
    unlisted = _separate_pools(op)
    if all(stated) and not unlisted and len({minor_of(pool) for pool in stated}) == 1:
        return None
    return arm_error(
        400,
        "NotAllAgentPoolOrchestratorVersionSpecifiedAndUnchanged",
        "Using managed cluster api, all Agent pools' OrchestratorVersion must be all specified or all unspecified. If "
        f"all specified, they must be stay unchanged or the same with control plane ({version}). For agent pool "
        "specific change, please use per agent pool operations: https://aka.ms/agent-pool-rest-api",
    )


def _separate_pools(op: Operation) -> list[InventoryItem]:
    return op.state.find(POOL, scope=op.variables["id"])


def pool_version(op: Operation, cluster: Props) -> str | None:
    """Checks that a pool is not newer than the control plane nor too old for it, and that an update goes up by one
    minor version."""
    new = get_str(op.inputs, "orchestratorVersion")
    if not new or not cluster:
        return None
    if error := _skew_error(new, version_of(cluster)):
        return error
    old = get_str(op.existing.inputs, "orchestratorVersion") if op.existing else ""
    if old and not 0 <= steps(old, new) <= 1:
        return arm_error(
            400,
            "AgentPoolUpgradeVersionNotAllowed",
            f"Upgrade agent pool version from {old} to {new} is not allowed, you can only upgrade one minor version at "
            "a time.",
        )
    return None


def _skew_error(pool: str, control_plane: str) -> str | None:
    if 0 <= steps(pool, control_plane) <= _MOST_MINORS_BEHIND:
        return None
    return arm_error(
        400,
        "NodePoolMcVersionIncompatible",
        f"Node pool version {pool} and control plane version {control_plane} are incompatible. The node pool must not "
        f"be newer, nor more than {_MOST_MINORS_BEHIND} minor versions older.",
    )


def deployed_pool_versions(op: Operation) -> str | None:
    """Checks the agent pools in the template of an ARM deployment: the pool exists in the cluster's body, and takes its
    new version."""
    for resource in get_all(op.inputs, "properties.template.resources[*]"):
        if get_str(resource, "type") != "Microsoft.ContainerService/managedClusters/agentPools":
            continue
        name, _, pool = get_str(resource, "name").partition("/")
        group = op.variables["id"].split("/providers/")[0]
        path = f"{group}/providers/Microsoft.ContainerService/managedClusters/{name}"
        cluster = op.state.by_handle(path.lower())
        if cluster is None:
            return arm_error(
                404, "ParentResourceNotFound", f"The cluster {name} of the agent pool {pool} was not found."
            )
        if all(get_str(inline, "name") != pool for inline in get_all(cluster.inputs, "agentPoolProfiles[*]")):
            return arm_error(
                400, "InvalidParameter", f"Required parameter vmSize of the new agent pool {pool} is missing."
            )
        version = get_str(resource, "properties.orchestratorVersion")
        if error := _skew_error(version, version_of(cluster.outputs)):
            return error
    return None
