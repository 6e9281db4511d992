"""Whether the pods of a Helm release fit on a node pool of the cluster: otherwise the release waits until it fails."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from falaj.sandbox.clouds.kubernetes.chart_workloads import Taint, placements
from falaj.sandbox.clouds.kubernetes.connection import cluster_key, managed_cluster
from falaj.sandbox.clouds.spec import InventoryItem, Operation
from falaj.sandbox.clouds.values import Json, Props, get_all, get_path, get_str

_NODE_GROUP, _AGENT_POOL = "aws:eks/nodeGroup:NodeGroup", "azure-native:containerservice:AgentPool"
_KARPENTER_POOL = "kubernetes:karpenter.sh/v1:NodePool"
_EFFECTS = {"NO_SCHEDULE": "NoSchedule", "NO_EXECUTE": "NoExecute", "PREFER_NO_SCHEDULE": "PreferNoSchedule"}
_SPOT: Taint = ("kubernetes.azure.com/scalesetpriority", "spot", "NoSchedule")
"""Taint that AKS gives to the nodes of spot pools (azure-aks-docs, spot-node-pool)."""

Pool = tuple[Mapping[str, str], tuple[Taint, ...]]
"""Labels and taints of the nodes of a pool."""


def workloads_fit(op: Operation) -> str | None:
    """Checks that each workload of a chart fits on a node pool of an EKS or AKS cluster that has some.

    The message is Helm's for a release that waits (pkg/action/install.go; apimachinery, wait.ErrWaitTimeout).
    """
    pools = list(_pools(op))
    values = op.inputs.get("values")
    waits = get_path(op.inputs, "skipAwait") is not True
    chart = get_str(op.inputs, "chart").rpartition("/")[2]
    if not pools or not waits:
        return None
    for placement in placements(chart, values if isinstance(values, Mapping) else {}):
        if not any(placement.fits(labels, taints) for labels, taints in pools):
            return (
                f'Helm release "{op.variables["namespace"]}/{op.name}" failed: timed out waiting for the condition: '
                f"{placement.workload} is not ready: 0/1 nodes are available: no node pool has the labels of its node "
                "selector and only taints that it tolerates"
            )
    return None


def _pools(op: Operation) -> Iterator[Pool]:
    cluster = managed_cluster(op)
    if cluster is None:
        return
    for item in op.state.find_in_any_cloud(_NODE_GROUP):
        if get_str(item.inputs, "clusterName") == _name(cluster):
            taints = get_all(item.inputs, "taints[*]")
            yield _labels(item.inputs, "labels"), tuple(_taint(taint) for taint in taints)
    for profile in get_all(cluster.inputs, "agentPoolProfiles[*]"):
        yield _aks_pool(profile)
    for item in op.state.find_in_any_cloud(_AGENT_POOL):
        if get_str(item.inputs, "resourceName") == _name(cluster):
            yield _aks_pool(item.inputs)
    for item in op.state.find(_KARPENTER_POOL, scope=cluster_key(op.config)):
        template = get_path(item.inputs, "spec.template")
        taints = get_all(template, "spec.taints[*]")
        yield _labels(template, "metadata.labels"), tuple(_taint(taint) for taint in taints)


def _name(cluster: InventoryItem) -> str:
    return get_str(cluster.inputs, "name") or get_str(cluster.inputs, "resourceName") or cluster.name


def _aks_pool(profile: Json) -> Pool:
    spot = (_SPOT,) if get_str(profile, "scaleSetPriority") == "Spot" else ()
    texts = [str(text) for text in get_all(profile, "nodeTaints[*]")]
    taints = (text.replace("=", ":", 1).split(":") for text in texts)
    return _labels(profile, "nodeLabels"), (*spot, *((key, value, effect) for key, value, effect in taints))


def _labels(pool: Json | Props, path: str) -> Mapping[str, str]:
    labels = get_path(pool, path)
    return {key: str(value) for key, value in labels.items()} if isinstance(labels, Mapping) else {}


def _taint(taint: Json) -> Taint:
    effect = get_str(taint, "effect")
    return get_str(taint, "key"), get_str(taint, "value"), _EFFECTS.get(effect, effect)
