"""Controller of LeaderWorkerSets, for served models whose replicas run on several machines."""

from typing import Any

import pulumi

from falaj.components.core.charts.chart_args import ChartArgs
from falaj.components.core.charts.charts import LWS, LWS_NAMESPACE
from falaj.components.core.charts.images import mirrored_repository
from falaj.components.core.charts.prometheus import ScrapedSpec
from falaj.components.core.node_pools.system_capacity import ControllerReplicas
from falaj.components.kubernetes.cluster.chart_release import (
    ON_SYSTEM_NODES,
    RESTRICTED_CONTAINER,
    RESTRICTED_POD,
    chart_release,
    resources_of,
)
from falaj.components.kubernetes.cluster.controller_namespace import controller_namespace
from falaj.components.kubernetes.cluster.controller_policy import TrafficRules

TRAFFIC = TrafficRules(listens=(9443,), scraped=(8443,))
"""Ports of the controller's webhooks and of its metrics (chart 0.9.0)."""


class MultiNodeServingArgs(ScrapedSpec, ChartArgs):
    """Arguments of `MultiNodeServing`."""

    replicas: ControllerReplicas = 2
    """Number of replicas of the controller; one is active at a time."""


class MultiNodeServing(pulumi.ComponentResource):
    """The controller of LeaderWorkerSets, in a namespace of its own.

    Takes the `kubernetes` provider of the cluster from its options. Make every `InferenceService` depend on it whose
    `serving.nodes` is greater than 1.
    """

    namespace: pulumi.Output[str]
    """Namespace of the controller."""

    def __init__(self, name: str, args: MultiNodeServingArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        args = MultiNodeServingArgs.of(name, args)
        super().__init__("falaj:kubernetes:MultiNodeServing", name, {}, opts)
        namespace, inside = controller_namespace(
            name, LWS_NAMESPACE, TRAFFIC, args.prometheus_namespace, args.tags, self
        )
        chart_release(f"{name}-release", LWS, LWS_NAMESPACE, _values(args), inside, args.chart_repository)
        self.namespace = namespace.metadata.name
        self.register_outputs({"namespace": self.namespace})


def _values(args: MultiNodeServingArgs) -> dict[str, Any]:
    repository, tag = mirrored_repository(LWS.images["manager"], args.image_mirror)
    return {
        "replicaCount": args.replicas,
        "image": {"manager": {"repository": repository, "tag": tag, "pullPolicy": "IfNotPresent"}},
        "resources": resources_of(LWS.name, "manager"),
        "podSecurityContext": RESTRICTED_POD,
        "securityContext": RESTRICTED_CONTAINER,
        **ON_SYSTEM_NODES,
    }
