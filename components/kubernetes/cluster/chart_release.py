"""Helm releases of the platform's charts, which run on nodes of profile `system`."""

from collections.abc import Mapping
from typing import Any

import pulumi
import pulumi_kubernetes as kubernetes

from falaj.components.core.charts.charts import Chart
from falaj.components.core.node_pools.profiles import TRAITS
from falaj.components.core.validation.enums import Profile
from falaj.components.core.validation.inputs import map_inputs
from falaj.facts.labels import PROFILE_LABEL
from falaj.facts.system_pods import pods_in

ON_SYSTEM_NODES: Mapping[str, Any] = {
    "nodeSelector": {PROFILE_LABEL: Profile.SYSTEM.value},
    "tolerations": [{"key": taint.key, "operator": "Exists"} for taint in TRAITS[Profile.SYSTEM].taints],
}
"""Node selector and tolerations for nodes of profile `system`, as most charts expect them."""

RESTRICTED_POD: Mapping[str, Any] = {"runAsNonRoot": True, "seccompProfile": {"type": "RuntimeDefault"}}
RESTRICTED_CONTAINER: Mapping[str, Any] = {
    "allowPrivilegeEscalation": False,
    "readOnlyRootFilesystem": True,
    "capabilities": {"drop": ["ALL"]},
    "seccompProfile": {"type": "RuntimeDefault"},
}
"""Security contexts of pods and containers at level `restricted`, as most charts expect them."""


def chart_release(
    name: str,
    chart: Chart,
    namespace: pulumi.Input[str],
    values: Mapping[str, Any],
    opts: pulumi.ResourceOptions,
    repository: pulumi.Input[str] | None = None,
) -> kubernetes.helm.v3.Release:
    """Creates a Helm release with the name of its chart, from `repository` (an `oci://` folder) if given.

    The release is atomic: it waits until all resources are ready, and rolls back a failed upgrade.
    """
    folder = chart.repository if repository is None and chart.is_oci else repository
    return kubernetes.helm.v3.Release(
        name,
        name=chart.name,
        namespace=namespace,
        chart=chart.name if folder is None else map_inputs(lambda known: f"{known}/{chart.name}", folder),
        version=chart.version,
        repository_opts=kubernetes.helm.v3.RepositoryOptsArgs(repo=chart.repository) if folder is None else None,
        atomic=True,
        timeout=600,
        values=dict(values),
        opts=opts,
    )


def resources_of(part: str, pods: str) -> dict[str, Any]:
    """Returns `small_resources` with the requests of some pods of a part in `falaj.facts.system_pods`."""
    row = pods_in(part, pods)
    return small_resources(row.cpu, row.memory)


def small_resources(cpu: str, memory: str) -> dict[str, Any]:
    """Returns resources of a small program: equal memory request and limit, and a CPU limit of one vCPU."""
    return {"requests": {"cpu": cpu, "memory": memory}, "limits": {"cpu": "1", "memory": memory}}
