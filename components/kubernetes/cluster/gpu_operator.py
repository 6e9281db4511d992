"""NVIDIA's operator: what makes GPUs of nodes visible, shared and measured."""

from collections.abc import Mapping
from typing import Any, NotRequired, Self, TypedDict

import pulumi
from pulumi_kubernetes.core.v1 import Namespace
from pydantic import Field, model_validator

from falaj.components.core.charts.charts import GPU_OPERATOR
from falaj.components.core.charts.images import mirrored
from falaj.components.core.node_pools.gpu_resources import GPU
from falaj.components.core.node_pools.gpu_sharing import (
    WHOLE,
    Handing,
    SharedPoolSpec,
    plugin_configs,
)
from falaj.components.core.node_pools.profiles import AKS_SPOT_LABEL
from falaj.components.core.validation.args import Checked
from falaj.components.core.validation.names import Label
from falaj.components.core.validation.problems import refusal
from falaj.components.core.validation.tags import CostTags
from falaj.components.kubernetes.cluster.chart_release import ON_SYSTEM_NODES, chart_release, limited
from falaj.components.kubernetes.cluster.controller_policy import Ways, controller_policy
from falaj.facts.labels import PROFILE_LABEL
from falaj.facts.regions import Cloud

NAMESPACE = "gpu-operator"

WAYS = Ways(scraped=(9400, 8080))
"""Its agents ask the API server only; the exporter of the GPUs' metrics and the operator itself are read."""

TOLERATED = [{"key": key, "operator": "Exists", "effect": "NoSchedule"} for key in (GPU, PROFILE_LABEL, AKS_SPOT_LABEL)]
"""Taints of our GPU nodes: the operator's agents must run there, and its own tolerations know only the first
(gpu-operator#390)."""

AZURE_RUNTIME = "nvidia-container-runtime"
"""What AKS's own images for GPUs call the runtime (NVIDIA, GPU Operator with AKS, preinstalled driver and toolkit)."""


class GpuOperatorArgs(TypedDict):
    """Arguments of `GpuOperator`."""

    cloud: Cloud
    """Where the cluster runs: `aws`, `azure` or `onprem`."""
    drivers: NotRequired[bool]
    """Whether the operator installs driver and toolkit; on premises only if absent: EKS's images and the nodes of our
    AKS pools have both."""
    handing: NotRequired[Handing]
    """Who hands GPUs to pods; the device plugin if absent."""
    shared: NotRequired[Mapping[str, SharedPoolSpec]]
    """Node pools whose GPUs are shared, by name; none if absent."""
    monitored: NotRequired[bool]
    """Whether Prometheus' operator is there to find the GPUs' metrics (ServiceMonitor). No if absent."""
    chart_repository: NotRequired[str]
    """`oci://` folder of your own registry with the chart; NVIDIA's index if absent."""
    image_mirror: NotRequired[str]
    """Where images of others lie, each under its own path; where they are from if absent."""
    scraped_from: NotRequired[str]
    """Namespace of Prometheus, which may read the metrics; nobody if absent."""
    tags: Mapping[str, str]
    """The mandatory cost tags; labels here."""


class _Checked(Checked):
    cloud: Cloud
    drivers: bool | None = None
    handing: Handing = Handing.DEVICE_PLUGIN
    shared: dict[str, SharedPoolSpec] = Field(default_factory=dict)
    monitored: bool = False
    chart_repository: str | None = None
    image_mirror: str | None = None
    scraped_from: Label | None = None
    tags: CostTags

    @model_validator(mode="after")
    def _is_handed_by_one(self) -> Self:
        if self.handing is Handing.DRA and self.shared:
            allowed = "nothing where DRA hands out GPUs: its claims say what is shared"
            raise refusal(allowed, "remove it, or let the device plugin hand them out", "shared", sorted(self.shared))
        return self


class GpuOperator(pulumi.ComponentResource):
    """Device plugin or DRA, never both; slices counted by size; turns under a name of their own; metrics of each GPU.

    Its agents reach into their nodes, so this one namespace is at level `privileged`; nobody else's pods belong there.
    Takes the `kubernetes` provider of the cluster from its options.
    """

    namespace: pulumi.Output[str]
    """Where it runs."""
    node_labels: pulumi.Output[Mapping[str, Mapping[str, str]]]
    """Labels that the nodes of shared pools must have, by pool."""

    def __init__(self, name: str, args: GpuOperatorArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        settings = _Checked.of(name, args)
        super().__init__("falaj:kubernetes:GpuOperator", name, {}, opts)
        levels = {f"pod-security.kubernetes.io/{mode}": "privileged" for mode in ("enforce", "audit", "warn")}
        namespace = Namespace(
            f"{name}-namespace",
            metadata={"name": NAMESPACE, "labels": {**settings.tags, **levels}},
            opts=pulumi.ResourceOptions(parent=self),
        )
        inside = pulumi.ResourceOptions(parent=self, depends_on=[namespace])
        closed = controller_policy(f"{name}-policy", NAMESPACE, WAYS, settings.scraped_from, settings.tags, inside)
        chart_release(
            f"{name}-operator",
            GPU_OPERATOR,
            NAMESPACE,
            _values(settings),
            pulumi.ResourceOptions(parent=self, depends_on=[closed]),
            settings.chart_repository,
        )
        self.namespace = namespace.metadata.name
        self.node_labels = pulumi.Output.from_input({pool: of.node_labels for pool, of in settings.shared.items()})
        self.register_outputs({"namespace": self.namespace, "node_labels": self.node_labels})


def _values(settings: _Checked) -> dict[str, Any]:
    installs = settings.drivers if settings.drivers is not None else settings.cloud is Cloud.ONPREM
    runtime = {"runtimeClass": AZURE_RUNTIME} if settings.cloud is Cloud.AZURE and not installs else {}
    hands_out = settings.handing is Handing.DEVICE_PLUGIN
    small = limited("50m", "200Mi")
    return {
        "driver": {"enabled": installs},
        "toolkit": {"enabled": installs},
        "daemonsets": {"labels": dict(settings.tags), "tolerations": TOLERATED},
        "operator": {**runtime, **_place("operator", settings), "resources": small},
        "mig": {"strategy": "mixed"},
        "migManager": {"enabled": any(pool.slices for pool in settings.shared.values())},
        "devicePlugin": {
            "enabled": hands_out,
            **_place("devicePlugin", settings),
            "resources": small,
            **({"config": _config(settings)} if hands_out else {}),
        },
        "gfd": {"enabled": hands_out, **_place("gfd", settings), "resources": small},
        "dcgmExporter": {
            "enabled": True,
            "resources": limited("100m", "512Mi"),
            # Labels of the pod that has the GPU win over those of the exporter.
            "serviceMonitor": {"enabled": settings.monitored, "honorLabels": True},
        },
        "node-feature-discovery": {"worker": {"tolerations": TOLERATED}, "master": ON_SYSTEM_NODES},
    }


def _place(part: str, settings: _Checked) -> dict[str, str]:
    """Where an image of the chart lies; which version is the chart's."""
    folder = mirrored(GPU_OPERATOR.images[part], settings.image_mirror).rsplit("/", 1)[0]
    where: dict[str, Any] = {"repository": folder}
    return where | (dict(ON_SYSTEM_NODES) if part == "operator" else {})


def _config(settings: _Checked) -> dict[str, Any]:
    return {"name": "falaj-sharing", "create": True, "default": WHOLE, "data": plugin_configs(settings.shared)}
