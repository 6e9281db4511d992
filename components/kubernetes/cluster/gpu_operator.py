"""NVIDIA's GPU operator, which exposes, shares and monitors the GPUs of nodes."""

from collections.abc import Mapping
from typing import Any, ClassVar, Self

import pulumi
from pulumi_kubernetes.core.v1 import Namespace
from pydantic import model_validator

from falaj.components.core.charts.chart_args import ChartArgs
from falaj.components.core.charts.charts import GPU_OPERATOR
from falaj.components.core.charts.images import mirrored_repository
from falaj.components.core.charts.prometheus import ScrapedSpec
from falaj.components.core.node_pools.gpu_resources import GPU
from falaj.components.core.node_pools.gpu_sharing import (
    UNSHARED_CONFIG,
    GpuSharingMode,
    SharedPoolSpec,
    plugin_configs,
)
from falaj.components.core.node_pools.profiles import AKS_SPOT_LABEL
from falaj.components.core.site.rules import node_traits
from falaj.components.core.validation.args import Choice, default
from falaj.components.core.validation.inputs import map_inputs
from falaj.components.core.validation.problems import refusal
from falaj.components.kubernetes.cluster.chart_release import (
    ON_SYSTEM_NODES,
    chart_release,
    resources_of,
    small_resources,
)
from falaj.components.kubernetes.cluster.controller_policy import TrafficRules, controller_policy
from falaj.facts.labels import PROFILE_LABEL, TENANT_LABEL
from falaj.facts.regions import Cloud

NAMESPACE = "gpu-operator"

TRAFFIC = TrafficRules(scraped=(9400, 8080))
"""The operator's agents call the API server only; Prometheus scrapes the GPU exporter and the operator."""

TAINTED = (GPU, PROFILE_LABEL, TENANT_LABEL, AKS_SPOT_LABEL)
TOLERATED = [{"key": key, "operator": "Exists", "effect": "NoSchedule"} for key in TAINTED]
"""Tolerations for the platform's GPU nodes: the chart's defaults cover only the first taint (gpu-operator#390)."""


class GpuOperatorArgs(ScrapedSpec, ChartArgs):
    """Arguments of `GpuOperator`."""

    moved_keys: ClassVar[Mapping[str, str]] = {"handing": "allocation"}

    cloud: Choice[Cloud]
    """Where the cluster runs: `aws`, `azure` or `onprem`."""
    drivers: bool | None = None
    """Whether the operator installs the GPU driver and container toolkit. If absent, true on premises only: the node
    images of EKS and of AKS pools include both."""
    allocation: Choice[GpuSharingMode] = default(GpuSharingMode.DEVICE_PLUGIN)
    """What allocates GPUs to pods: `device-plugin`, or `dra` (Dynamic Resource Allocation)."""
    shared: Mapping[str, SharedPoolSpec] = default({})
    """Node pools with shared GPUs, by name; not with `dra`."""
    monitored: bool = False
    """Whether to create a ServiceMonitor for the GPU metrics, which requires the Prometheus operator."""

    @model_validator(mode="after")
    def _has_one_allocator(self) -> Self:
        if self.allocation is GpuSharingMode.DRA and self.shared:
            allowed = "nothing where DRA allocates GPUs: resource claims define what is shared"
            raise refusal(allowed, "remove it, or set allocation to device-plugin", "shared", sorted(self.shared))
        return self

    @property
    def installs_drivers(self) -> bool:
        """Whether the operator installs the driver and the container toolkit."""
        return self.cloud is Cloud.ONPREM if self.drivers is None else self.drivers


class GpuOperator(pulumi.ComponentResource):
    """NVIDIA's GPU operator: device plugin or DRA, MIG and time-slicing, and metrics of each GPU.

    MIG slices are extended resources by profile, and time-sliced GPUs have a separate extended resource. The agents
    access their nodes, so the namespace has the level `privileged`; do not run other pods there. Takes the `kubernetes`
    provider of the cluster from its options.
    """

    namespace: pulumi.Output[str]
    """Namespace of the operator."""
    node_labels: pulumi.Output[Mapping[str, Mapping[str, str]]]
    """Labels that the nodes of pools with shared GPUs must have, by pool."""

    def __init__(self, name: str, args: GpuOperatorArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        args = GpuOperatorArgs.of(name, args)
        super().__init__("falaj:kubernetes:GpuOperator", name, {}, opts)
        security_levels = {f"pod-security.kubernetes.io/{mode}": "privileged" for mode in ("enforce", "audit", "warn")}
        namespace = Namespace(
            f"{name}-namespace",
            metadata={"name": NAMESPACE, "labels": {**args.tags, **security_levels}},
            opts=pulumi.ResourceOptions(parent=self),
        )
        after_namespace = pulumi.ResourceOptions(parent=self, depends_on=[namespace])
        policy = controller_policy(
            f"{name}-policy", NAMESPACE, TRAFFIC, args.prometheus_namespace, args.tags, after_namespace
        )
        chart_release(
            f"{name}-operator",
            GPU_OPERATOR,
            NAMESPACE,
            _values(args),
            pulumi.ResourceOptions(parent=self, depends_on=[policy]),
            args.chart_repository,
        )
        self.namespace = namespace.metadata.name
        self.node_labels = pulumi.Output.from_input({pool: shared.node_labels for pool, shared in args.shared.items()})
        self.register_outputs({"namespace": self.namespace, "node_labels": self.node_labels})


def _values(args: GpuOperatorArgs) -> dict[str, Any]:
    runtime_class = node_traits(args.cloud).gpu_runtime_class
    runtime = {"runtimeClass": runtime_class} if runtime_class and not args.installs_drivers else {}
    uses_plugin = args.allocation is GpuSharingMode.DEVICE_PLUGIN
    small = small_resources("50m", "200Mi")
    return {
        "driver": {"enabled": args.installs_drivers},
        "toolkit": {"enabled": args.installs_drivers},
        "daemonsets": {"tolerations": TOLERATED},
        "operator": {**runtime, **_image("operator", args), "resources": resources_of(GPU_OPERATOR.name, "operator")},
        "mig": {"strategy": "mixed"},
        "migManager": {"enabled": any(pool.mig_profile for pool in args.shared.values())},
        "devicePlugin": {
            "enabled": uses_plugin,
            **_image("devicePlugin", args),
            "resources": small,
            **({"config": _config(args)} if uses_plugin else {}),
        },
        "gfd": {"enabled": uses_plugin, **_image("gfd", args), "resources": small},
        "dcgmExporter": {
            "enabled": True,
            "resources": small_resources("100m", "512Mi"),
            # Labels of the pod that uses the GPU take precedence over those of the exporter.
            "serviceMonitor": {"enabled": args.monitored, "honorLabels": True},
        },
        "node-feature-discovery": {
            "worker": {"tolerations": TOLERATED},
            # Without tolerations they would wait, or start a node of a pool that is empty.
            "master": ON_SYSTEM_NODES,
            "gc": ON_SYSTEM_NODES,
        },
    }


def _image(component: str, args: GpuOperatorArgs) -> dict[str, Any]:
    """Returns the repository of an image of the chart; the chart sets the version."""
    repository, _ = mirrored_repository(GPU_OPERATOR.images[component], args.image_mirror)
    folder = map_inputs(lambda known: known.rsplit("/", 1)[0], repository)
    return {"repository": folder, **(ON_SYSTEM_NODES if component == "operator" else {})}


def _config(args: GpuOperatorArgs) -> dict[str, Any]:
    return {"name": "falaj-sharing", "create": True, "default": UNSHARED_CONFIG, "data": plugin_configs(args.shared)}
