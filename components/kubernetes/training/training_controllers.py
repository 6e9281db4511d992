"""Controllers of training runs that are not plain Jobs or JobSets: Kubeflow Trainer and KubeRay."""

from collections.abc import Mapping
from typing import Any, Self

import pulumi
from pydantic import model_validator

from falaj.components.core.charts.chart_args import ChartArgs
from falaj.components.core.charts.charts import KUBERAY, KUBERAY_NAMESPACE, TRAINER, TRAINER_NAMESPACE, Chart
from falaj.components.core.charts.images import mirrored_parts, mirrored_repository
from falaj.components.core.charts.prometheus import ScrapedSpec
from falaj.components.core.node_pools.system_capacity import ControllerReplicas
from falaj.components.core.validation.args import Input
from falaj.components.core.validation.problems import refusal
from falaj.components.kubernetes.cluster.chart_release import (
    ON_SYSTEM_NODES,
    RESTRICTED_CONTAINER,
    RESTRICTED_POD,
    chart_release,
    resources_of,
)
from falaj.components.kubernetes.cluster.controller_namespace import controller_namespace
from falaj.components.kubernetes.cluster.controller_policy import TrafficRules
from falaj.components.kubernetes.cluster.priorities import PLATFORM

TRAINER_TRAFFIC = TrafficRules(listens=(9443,), scraped=(8443,))
"""Ports of Trainer's webhooks and of its metrics (chart 2.2.0)."""
KUBERAY_TRAFFIC = TrafficRules(scraped=(8080,), calls_tenants=True)
"""Port of KubeRay's metrics (chart 1.6.0); KubeRay submits drivers to the heads of Ray clusters."""


class TrainingControllersArgs(ScrapedSpec, ChartArgs):
    """Arguments of `TrainingControllers`."""

    trainer: bool = False
    """Whether to install Kubeflow Trainer, for runs of form `trainjob`. It needs JobSet, which `Queueing` installs."""
    kuberay: bool = False
    """Whether to install KubeRay, for runs of form `rayjob`."""
    replicas: ControllerReplicas = 2
    """Number of replicas of Trainer; one is active at a time. KubeRay has one replica."""

    @model_validator(mode="after")
    def _installs_something(self) -> Self:
        if not self.trainer and not self.kuberay:
            raise refusal(
                "at least one of trainer and kuberay", "set one, or leave the component out", "trainer", False
            )
        return self


class TrainingControllers(pulumi.ComponentResource):
    """Kubeflow Trainer, KubeRay or both, each in a namespace of its own.

    Takes the `kubernetes` provider of the cluster from its options. Make it depend on `Queueing`, and make training
    runs depend on it. Kueue queues their objects from the moment their CRDs exist.
    """

    namespaces: pulumi.Output[Mapping[str, str]]
    """Chart -> namespace of its controller."""

    def __init__(self, name: str, args: TrainingControllersArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        args = TrainingControllersArgs.of(name, args)
        super().__init__("falaj:kubernetes:TrainingControllers", name, {}, opts)
        namespaces: dict[str, pulumi.Output[str]] = {}
        if args.trainer:
            values = _trainer_values(args)
            namespaces[TRAINER.name] = self._install(name, args, TRAINER, TRAINER_NAMESPACE, TRAINER_TRAFFIC, values)
        if args.kuberay:
            values = kuberay_values(args.image_mirror)
            namespaces[KUBERAY.name] = self._install(name, args, KUBERAY, KUBERAY_NAMESPACE, KUBERAY_TRAFFIC, values)
        self.namespaces = pulumi.Output.all(**namespaces)
        self.register_outputs({"namespaces": self.namespaces})

    def _install(
        self,
        name: str,
        args: TrainingControllersArgs,
        chart: Chart,
        namespace_name: str,
        traffic: TrafficRules,
        values: Mapping[str, Any],
    ) -> pulumi.Output[str]:
        prefix = f"{name}-{chart.name}"
        namespace, inside = controller_namespace(
            prefix, namespace_name, traffic, args.prometheus_namespace, args.tags, self
        )
        chart_release(f"{prefix}-release", chart, namespace_name, values, inside, args.chart_repository)
        return namespace.metadata.name


def _trainer_values(args: TrainingControllersArgs) -> dict[str, Any]:
    registry, repository, tag = mirrored_parts(TRAINER.images["manager"], args.image_mirror)
    return {
        # JobSet is installed with Kueue, in the version that both are built with.
        "jobset": {"install": False},
        "image": {"registry": registry, "repository": repository, "tag": tag, "pullPolicy": "IfNotPresent"},
        "manager": {
            "replicas": args.replicas,
            "resources": resources_of(TRAINER.name, "manager"),
            # The chart has no security context of the pod.
            "securityContext": {**RESTRICTED_CONTAINER, "runAsNonRoot": True},
            **ON_SYSTEM_NODES,
        },
    }


def kuberay_values(mirror: Input[str] | None) -> dict[str, Any]:
    """Returns the values of KubeRay's chart."""
    repository, tag = mirrored_repository(KUBERAY.images["operator"], mirror)
    return {
        "image": {"repository": repository, "tag": tag, "pullPolicy": "IfNotPresent"},
        "priorityClassName": PLATFORM.name,
        "resources": resources_of(KUBERAY.name, "operator"),
        "podSecurityContext": RESTRICTED_POD,
        "securityContext": RESTRICTED_CONTAINER,
        **ON_SYSTEM_NODES,
    }
