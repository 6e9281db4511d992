"""Helm releases of the platform's charts, on the nodes of profile `system`."""

from collections.abc import Mapping
from typing import Any

import pulumi
import pulumi_kubernetes as kubernetes

from falaj.components.core.charts.charts import Chart
from falaj.components.core.node_pools.profiles import TRAITS
from falaj.components.core.validation.enums import Profile
from falaj.facts.labels import PROFILE_LABEL

ON_SYSTEM_NODES: Mapping[str, Any] = {
    "nodeSelector": {PROFILE_LABEL: Profile.SYSTEM.value},
    "tolerations": [{"key": taint.key, "operator": "Exists"} for taint in TRAITS[Profile.SYSTEM].taints],
}
"""Node selector and tolerations of the platform's own programs, as most charts take them."""

CLOSED_POD: Mapping[str, Any] = {"runAsNonRoot": True, "seccompProfile": {"type": "RuntimeDefault"}}
CLOSED_CONTAINER: Mapping[str, Any] = {
    "allowPrivilegeEscalation": False,
    "readOnlyRootFilesystem": True,
    "capabilities": {"drop": ["ALL"]},
    "seccompProfile": {"type": "RuntimeDefault"},
}
"""Security contexts of pod and container at level `restricted`, as charts take them."""


def chart_release(
    name: str,
    chart: Chart,
    namespace: pulumi.Input[str],
    values: Mapping[str, Any],
    opts: pulumi.ResourceOptions,
    repository: str | None = None,
) -> kubernetes.helm.v3.Release:
    """The release, named as its chart; from `repository`, an `oci://` folder of your own, where one is given.

    Atomic: it waits until everything runs, and rolls back a failed upgrade.
    """
    location = repository or chart.repository
    is_oci = location.startswith("oci://")
    return kubernetes.helm.v3.Release(
        name,
        name=chart.name,
        namespace=namespace,
        chart=f"{location}/{chart.name}" if is_oci else chart.name,
        version=chart.version,
        repository_opts=None if is_oci else kubernetes.helm.v3.RepositoryOptsArgs(repo=location),
        atomic=True,
        timeout=600,
        values=dict(values),
        opts=opts,
    )


def limited(cpu: str, memory: str) -> dict[str, Any]:
    """Resources of a small program: memory request and limit are equal, CPU may burst to one processor."""
    return {"requests": {"cpu": cpu, "memory": memory}, "limits": {"cpu": "1", "memory": memory}}
