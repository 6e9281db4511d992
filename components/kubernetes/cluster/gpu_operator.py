"""NVIDIA's GPU operator: it exposes, shares and measures the GPUs of nodes."""

from collections.abc import Mapping
from typing import Any, Self

import pulumi
from pulumi_kubernetes.core.v1 import Namespace
from pydantic import model_validator

from falaj.components.core.charts.charts import GPU_OPERATOR
from falaj.components.core.charts.images import mirrored
from falaj.components.core.node_pools.gpu_resources import GPU
from falaj.components.core.node_pools.gpu_sharing import (
    UNSHARED_CONFIG,
    GpuSharingMode,
    SharedPoolSpec,
    plugin_configs,
)
from falaj.components.core.node_pools.profiles import AKS_SPOT_LABEL
from falaj.components.core.site.rules import node_traits
from falaj.components.core.validation.args import Choice, Input, default
from falaj.components.core.validation.names import Label
from falaj.components.core.validation.problems import refusal
from falaj.components.kubernetes.cluster.chart_args import ChartArgs
from falaj.components.kubernetes.cluster.chart_release import ON_SYSTEM_NODES, chart_release, limited
from falaj.components.kubernetes.cluster.controller_policy import TrafficRules, controller_policy
from falaj.facts.labels import PROFILE_LABEL
from falaj.facts.regions import Cloud

NAMESPACE = "gpu-operator"

TRAFFIC = TrafficRules(scraped=(9400, 8080))
"""Its agents call the API server only; Prometheus scrapes the GPU exporter and the operator."""

TOLERATED = [{"key": key, "operator": "Exists", "effect": "NoSchedule"} for key in (GPU, PROFILE_LABEL, AKS_SPOT_LABEL)]
"""Tolerations for our GPU nodes: the operator's own ones cover only the first taint (gpu-operator#390)."""


class GpuOperatorArgs(ChartArgs):
    """NVIDIA's GPU operator on a cluster."""

    cloud: Choice[Cloud]
    """Where the cluster runs: `aws`, `azure` or `onprem`."""
    drivers: bool | None = None
    """Whether the operator installs driver and container toolkit; if absent on premises only: EKS's images and the
    nodes of our AKS pools have both."""
    handing: Choice[GpuSharingMode] = default(GpuSharingMode.DEVICE_PLUGIN)
    """What allocates GPUs to pods: `device-plugin` or `dra`."""
    shared: Mapping[str, SharedPoolSpec] = default({})
    """Node pools whose GPUs are shared, by name."""
    monitored: bool = False
    """Whether Prometheus' operator is installed to find the GPUs' metrics (ServiceMonitor)."""
    scraped_from: Input[Label] | None = None
    """Namespace of Prometheus, which may read the metrics; no namespace if absent."""

    @model_validator(mode="after")
    def _has_one_allocator(self) -> Self:
        if self.handing is GpuSharingMode.DRA and self.shared:
            allowed = "nothing where DRA hands out GPUs: its claims say what is shared"
            raise refusal(allowed, "remove it, or let the device plugin hand them out", "shared", sorted(self.shared))
        return self

    @property
    def installs_drivers(self) -> bool:
        """Whether the operator installs driver and toolkit."""
        return self.cloud is Cloud.ONPREM if self.drivers is None else self.drivers


class GpuOperator(pulumi.ComponentResource):
    """Device plugin or DRA, never both; MIG slices as resources by size; time-sliced shares as a resource of their own;
    metrics of each GPU.

    Its agents access their nodes, so this namespace is at level `privileged`; no other pods belong there.
    Takes the `kubernetes` provider of the cluster from its options.
    """

    namespace: pulumi.Output[str]
    """Its namespace."""
    node_labels: pulumi.Output[Mapping[str, Mapping[str, str]]]
    """Labels that the nodes of shared pools must have, by pool."""

    def __init__(self, name: str, args: GpuOperatorArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        args = GpuOperatorArgs.of(name, args)
        super().__init__("falaj:kubernetes:GpuOperator", name, {}, opts)
        levels = {f"pod-security.kubernetes.io/{mode}": "privileged" for mode in ("enforce", "audit", "warn")}
        namespace = Namespace(
            f"{name}-namespace",
            metadata={"name": NAMESPACE, "labels": {**args.tags, **levels}},
            opts=pulumi.ResourceOptions(parent=self),
        )
        inside = pulumi.ResourceOptions(parent=self, depends_on=[namespace])
        closed = controller_policy(f"{name}-policy", NAMESPACE, TRAFFIC, args.scraped_from, args.tags, inside)
        chart_release(
            f"{name}-operator",
            GPU_OPERATOR,
            NAMESPACE,
            _values(args),
            pulumi.ResourceOptions(parent=self, depends_on=[closed]),
            args.chart_repository,
        )
        self.namespace = namespace.metadata.name
        self.node_labels = pulumi.Output.from_input({pool: shared.node_labels for pool, shared in args.shared.items()})
        self.register_outputs({"namespace": self.namespace, "node_labels": self.node_labels})


def _values(args: GpuOperatorArgs) -> dict[str, Any]:
    runtime_class = node_traits(args.cloud).gpu_runtime_class
    runtime = {"runtimeClass": runtime_class} if runtime_class and not args.installs_drivers else {}
    uses_plugin = args.handing is GpuSharingMode.DEVICE_PLUGIN
    small = limited("50m", "200Mi")
    return {
        "driver": {"enabled": args.installs_drivers},
        "toolkit": {"enabled": args.installs_drivers},
        "daemonsets": {"labels": dict(args.tags), "tolerations": TOLERATED},
        "operator": {**runtime, **_image("operator", args), "resources": small},
        "mig": {"strategy": "mixed"},
        "migManager": {"enabled": any(pool.slices for pool in args.shared.values())},
        "devicePlugin": {
            "enabled": uses_plugin,
            **_image("devicePlugin", args),
            "resources": small,
            **({"config": _config(args)} if uses_plugin else {}),
        },
        "gfd": {"enabled": uses_plugin, **_image("gfd", args), "resources": small},
        "dcgmExporter": {
            "enabled": True,
            "resources": limited("100m", "512Mi"),
            # Labels of the pod that has the GPU win over those of the exporter.
            "serviceMonitor": {"enabled": args.monitored, "honorLabels": True},
        },
        "node-feature-discovery": {"worker": {"tolerations": TOLERATED}, "master": ON_SYSTEM_NODES},
    }


def _image(part: str, args: GpuOperatorArgs) -> dict[str, Any]:
    """Repository of an image of the chart; its version is the chart's."""
    folder = mirrored(GPU_OPERATOR.images[part], args.image_mirror).rsplit("/", 1)[0]
    return {"repository": folder, **(ON_SYSTEM_NODES if part == "operator" else {})}


def _config(args: GpuOperatorArgs) -> dict[str, Any]:
    return {"name": "falaj-sharing", "create": True, "default": UNSHARED_CONFIG, "data": plugin_configs(args.shared)}
