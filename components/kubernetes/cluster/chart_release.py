"""A chart of the table, installed by Helm on the nodes of profile `system`."""

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
"""Where the platform's own programs run, as most charts take it."""

CLOSED_POD: Mapping[str, Any] = {"runAsNonRoot": True, "seccompProfile": {"type": "RuntimeDefault"}}
CLOSED_CONTAINER: Mapping[str, Any] = {
    "allowPrivilegeEscalation": False,
    "readOnlyRootFilesystem": True,
    "capabilities": {"drop": ["ALL"]},
    "seccompProfile": {"type": "RuntimeDefault"},
}
"""The two parts of a security context at level `restricted`, as charts take them."""


def chart_release(
    name: str,
    chart: Chart,
    namespace: pulumi.Input[str],
    values: Mapping[str, Any],
    opts: pulumi.ResourceOptions,
    repository: str | None = None,
) -> kubernetes.helm.v3.Release:
    """The release, named as its chart; from `repository`, an `oci://` folder of your own, where one is given.

    Waits until everything runs, and takes back what a failed upgrade had changed: half a controller serves nobody.
    """
    place = repository or chart.repository
    is_oci = place.startswith("oci://")
    return kubernetes.helm.v3.Release(
        name,
        name=chart.name,
        namespace=namespace,
        chart=f"{place}/{chart.name}" if is_oci else chart.name,
        version=chart.version,
        repository_opts=None if is_oci else kubernetes.helm.v3.RepositoryOptsArgs(repo=place),
        atomic=True,
        timeout=600,
        values=dict(values),
        opts=opts,
    )


def limited(cpu: str, memory: str) -> dict[str, Any]:
    """What a small program asks for. Memory ends there; of processors it may borrow up to a whole one."""
    return {"requests": {"cpu": cpu, "memory": memory}, "limits": {"cpu": "1", "memory": memory}}
