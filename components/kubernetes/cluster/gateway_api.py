"""The Gateway API of a cluster: its CRDs, and Istio as the controller of gateways."""

from typing import Any, Self

import pulumi
from pulumi_kubernetes.apiextensions.v1 import CustomResourceDefinition
from pydantic import model_validator

from falaj.components.core.charts.chart_args import ChartArgs
from falaj.components.core.charts.charts import GATEWAY_API, ISTIO_BASE, ISTIOD
from falaj.components.core.charts.images import mirrored_repository
from falaj.components.core.charts.prometheus import ScrapedSpec
from falaj.components.core.serving.cluster_parts import GATEWAY_PODS_PART
from falaj.components.core.serving.draining import PROXY_GRACE_SECONDS
from falaj.components.core.serving.endpoint_picker import ISTIO_FLAG
from falaj.components.core.serving.gateways import GATEWAY_NAMESPACE, ISTIO, STATUS_PORT
from falaj.components.core.serving.inference_pools import POOL_CRD, POOL_CRD_ANNOTATIONS, pool_definition
from falaj.components.core.site.specs import ABSENT
from falaj.components.core.validation.inputs import map_inputs
from falaj.components.core.validation.problems import refusal
from falaj.components.kubernetes.cluster.chart_release import (
    ON_SYSTEM_NODES,
    RESTRICTED_CONTAINER,
    chart_release,
    resources_of,
)
from falaj.components.kubernetes.cluster.controller_namespace import controller_namespace
from falaj.components.kubernetes.cluster.controller_policy import TrafficRules
from falaj.components.kubernetes.cluster.priorities import CRITICAL
from falaj.facts.system_pods import pods_in

NAMESPACE = "istio-system"

TRAFFIC = TrafficRules(
    listens=(15017,), scraped=(15014,), called_by=((GATEWAY_NAMESPACE, (15010, 15012)),), same_namespace=True
)
"""Ports of istiod: its webhooks, its metrics, and the configuration of gateways (istio.io, ports used by Istio)."""


class GatewayApiArgs(ScrapedSpec, ChartArgs):
    """Arguments of `GatewayApi`."""

    definitions: bool = True
    """Whether to install the CRDs of the Gateway API, standard channel; false if the cluster has them."""
    controller: bool = True
    """Whether to install Istio as controller of the GatewayClass `istio`; false if the cluster has a controller."""
    inference_pools: bool = False
    """Whether routes may lead to InferencePools of the Gateway API Inference Extension: installs their CRD, and turns
    them on in Istio. Default: false."""

    @model_validator(mode="after")
    def _serves_pools(self) -> Self:
        if self.inference_pools and not self.controller:
            raise refusal("false without `controller`", "remove it", "inference_pools", True)
        return self


class GatewayApi(pulumi.ComponentResource):
    """CRDs of the Gateway API, and Istio's control plane without sidecars, which creates the pods and the load balancer
    of each `Gateway`.

    Takes the `kubernetes` provider of the cluster from its options. Make gateways and routes depend on it.
    """

    gateway_class: pulumi.Output[str]
    """GatewayClass of the installed controller; `none` without one."""

    def __init__(self, name: str, args: GatewayApiArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        args = GatewayApiArgs.of(name, args)
        super().__init__("falaj:kubernetes:GatewayApi", name, {}, opts)
        definitions = [self._definitions(name, args)] if args.definitions else []
        if args.inference_pools:
            definitions.append(self._pools(name, args))
        if args.controller:
            self._controller(name, args, definitions)
        self.gateway_class = pulumi.Output.from_input(ISTIO if args.controller else ABSENT)
        self.register_outputs({"gateway_class": self.gateway_class})

    def _definitions(self, name: str, args: GatewayApiArgs) -> pulumi.Resource:
        """Installs the CRDs. A destroy keeps them: with them, every route of every tenant would be deleted."""
        values = {"global": {"resourcePolicy": {"keep": True}}}
        opts = pulumi.ResourceOptions(parent=self)
        return chart_release(f"{name}-crds", GATEWAY_API, "kube-system", values, opts, args.chart_repository)

    def _pools(self, name: str, args: GatewayApiArgs) -> pulumi.Resource:
        """Installs the CRD of InferencePools, for which upstream has no chart."""
        metadata: Any = {"name": POOL_CRD, "labels": args.tags, "annotations": POOL_CRD_ANNOTATIONS}
        spec: Any = pool_definition()
        opts = pulumi.ResourceOptions(parent=self)
        return CustomResourceDefinition(f"{name}-pools", metadata=metadata, spec=spec, opts=opts)

    def _controller(self, name: str, args: GatewayApiArgs, definitions: list[pulumi.Resource]) -> None:
        _, inside = controller_namespace(name, NAMESPACE, TRAFFIC, args.prometheus_namespace, args.tags, self)
        base = chart_release(f"{name}-base", ISTIO_BASE, NAMESPACE, {}, inside, args.chart_repository)
        # istiod serves only the kinds that exist when it starts.
        after = pulumi.ResourceOptions(parent=self, depends_on=[base, *definitions])
        chart_release(f"{name}-istiod", ISTIOD, NAMESPACE, _istiod(args), after, args.chart_repository)


def _istiod(args: GatewayApiArgs) -> dict[str, Any]:
    pilot, tag = mirrored_repository(ISTIOD.images["pilot"], args.image_mirror)
    return {
        "global": {
            "hub": map_inputs(lambda repository: repository.rsplit("/", 1)[0], pilot),
            "tag": tag,
            "priorityClassName": CRITICAL,
        },
        "autoscaleMin": pods_in(ISTIOD.name, "pilot").replicas,
        "autoscaleMax": 3,
        "resources": resources_of(ISTIOD.name, "pilot"),
        "seccompProfile": {"type": "RuntimeDefault"},
        **({"env": {ISTIO_FLAG: "true"}} if args.inference_pools else {}),
        "gatewayClasses": {ISTIO: _gateway_pods()},
        **ON_SYSTEM_NODES,
    }


def _gateway_pods() -> dict[str, Any]:
    """Returns what istiod merges into the objects of each gateway (istio-discovery, `gatewayClasses`)."""
    pod: dict[str, Any] = {
        "priorityClassName": CRITICAL,
        "terminationGracePeriodSeconds": PROXY_GRACE_SECONDS,
        "containers": [
            {
                "name": "istio-proxy",
                # By default a stopped gateway ends its requests after 5 s (istio.io: environment variables of
                # pilot-agent, and `terminationDrainDuration` of the mesh configuration).
                "env": [{"name": "EXIT_ON_ZERO_ACTIVE_CONNECTIONS", "value": "true"}],
                "resources": resources_of(GATEWAY_PODS_PART, "proxy"),
                "securityContext": RESTRICTED_CONTAINER,
            }
        ],
        **ON_SYSTEM_NODES,
    }
    return {
        "deployment": {"spec": {"replicas": pods_in(GATEWAY_PODS_PART, "proxy").replicas, "template": {"spec": pod}}},
        "podDisruptionBudget": {"spec": {"minAvailable": 1}},
        # istiod gives each Service the port of the pods' status, which would be a listener of the load balancer
        # (pilot/pkg/config/kube/gatewaycommon/deploymentcontroller.go; it merges what is below `service` as a strategic
        # merge patch, whose key for ports is `port`).
        "service": {"spec": {"ports": [{"port": STATUS_PORT, "$patch": "delete"}]}},
    }
