"""An inference service: its pods, network policy, scaling and route."""

import math
from typing import Any

import pulumi
from pulumi_kubernetes.apiextensions import CustomResource
from pulumi_kubernetes.apps.v1 import Deployment, DeploymentSpecArgsDict
from pulumi_kubernetes.core.v1 import ServiceAccount
from pulumi_kubernetes.policy.v1 import PodDisruptionBudget

from falaj.components.core.serving.draining import REQUEST_TIMEOUT_SECONDS
from falaj.components.core.serving.gateways import GatewaySpec
from falaj.components.core.serving.inference_args import InferenceServiceArgs
from falaj.components.core.serving.multi_node import API_VERSION, KIND
from falaj.components.core.serving.rollouts import replacement_seconds, rollout_seconds
from falaj.components.core.serving.specs import ServingSpec
from falaj.components.core.validation.args import Input
from falaj.components.kubernetes.cluster.object_meta import ObjectMeta
from falaj.components.kubernetes.serving.endpoint_picker import endpoint_picker
from falaj.components.kubernetes.serving.gateway import http_route
from falaj.components.kubernetes.serving.inference_group import leader_worker_set
from falaj.components.kubernetes.serving.inference_monitor import pod_monitor
from falaj.components.kubernetes.serving.inference_network import (
    access_policy,
    pool_backend,
    proxy_backend,
    service,
    service_backend,
    service_port,
)
from falaj.components.kubernetes.serving.inference_pod import PodContext, pod_template
from falaj.components.kubernetes.serving.inference_scaling import scale_by_cpu, scale_by_load, scale_by_requests
from falaj.components.kubernetes.serving.node_images import keep_images

NOT_AWAITED = {"pulumi.com/skipAwait": "true"}
AVAILABLE = {"pulumi.com/waitFor": "condition=Available"}
"""Annotation that ends a deployment when the LeaderWorkerSet has all its groups: Pulumi does not know the kind."""


class InferenceService(pulumi.ComponentResource):
    """A model server that only the gateway may call, without privileges or secrets.

    Tier `smb` runs on CPUs; with `min` 0 it scales to zero, and KEDA's HTTP add-on holds the first request until a pod
    is ready. Tier `enterprise` runs on GPUs with at least `min` replicas, scales by waiting requests or tokens, and
    keeps its replicas while that metric cannot be read. A replica on several machines is a group of a LeaderWorkerSet,
    which `MultiNodeServing` installs. With `routing` `endpoint-picker`, an endpoint picker in the same namespace
    distributes requests by the load of each replica.

    Takes the `kubernetes` provider of the cluster from its options. Make it depend on `Keda` (unless `min` equals
    `max`), the `Gateway`, and the `Foundation` of the tenant, which needs `endpoint_picker` for that routing.
    """

    service_name: pulumi.Output[str]
    """Name of the Kubernetes Service, which is also the name of the Deployment or LeaderWorkerSet."""
    service_account: pulumi.Output[str]
    """Service account of the pods, to which a cloud identity is bound."""
    deployment_name: pulumi.Output[str]
    """Name of the Deployment, or of the LeaderWorkerSet if replicas have several machines."""
    url: pulumi.Output[str]
    """Address of the service: its host name if it has one, otherwise the address inside the cluster."""
    pool: pulumi.Output[str]
    """Name of the node pool that the pods are bound to; `any` for any pool of the profile."""

    def __init__(self, name: str, args: InferenceServiceArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        args = InferenceServiceArgs.of(name, args)
        super().__init__("falaj:kubernetes:InferenceService", name, {}, opts)
        for warning in args.warnings:
            pulumi.log.warn(f"{name}: {warning}", resource=self)
        if not args.wait_for_pods and not args.serving.scales_to_zero:
            message = (
                f"{name}: deployment {args.object_name} is not waited for: its pods start once the model is uploaded"
            )
            pulumi.log.info(message, resource=self)
        child = pulumi.ResourceOptions(parent=self)
        account = self._account(name, args, child)
        # Pods start after the policy that restricts access to them.
        policy = access_policy(name, args, _meta(args), child)
        address = service(name, args.request_selector, _meta(args), child, encrypted=args.encrypted)
        after: list[pulumi.Resource] = [account, policy]
        deployment = self._groups(name, args, after) if args.serving.nodes > 1 else self._deployment(name, args, after)
        if args.prometheus_namespace is not None:
            pod_monitor(name, args, _meta(args), child)
        if args.serving.cold_start is not None and args.serving.cold_start.images_on_nodes:
            keep_images(name, args, _context(args), _meta(args), child)
        self._scaling(name, args, deployment)
        if args.host is not None and args.gateway is not None:
            # Pods that do not accept TLS yet must not get requests by it.
            backends: list[pulumi.Resource] = [address, deployment]
            if args.picker_name is not None:
                backends += endpoint_picker(name, args.picker_name, args, _context(args), args.gateway, child)
            self._route(name, args, args.host, args.gateway, backends)
        if args.serving.most_kept > 1 or args.serving.is_enterprise:
            _disruption(name, args, child)
        self.service_name = address.metadata.name
        self.service_account = account.metadata.name
        self.deployment_name = deployment.urn.apply(lambda _: args.object_name)
        self.url = args.url
        self.pool = pulumi.Output.from_input(args.pool or "any")
        self.register_outputs({key: getattr(self, key) for key in InferenceService.__annotations__})

    def _account(self, name: str, args: InferenceServiceArgs, opts: pulumi.ResourceOptions) -> ServiceAccount:
        return ServiceAccount(
            f"{name}-account",
            metadata=_meta(args).args(args.identity.annotations),
            automount_service_account_token=False,
            opts=opts,
        )

    def _deployment(self, name: str, args: InferenceServiceArgs, after: list[pulumi.Resource]) -> Deployment:
        """Creates the Deployment."""
        serving = args.serving
        # A service that scales to zero may have no ready pod to wait for, and one without its model has none.
        is_awaited = args.wait_for_pods and not serving.scales_to_zero
        annotations = {} if is_awaited else NOT_AWAITED
        spec: DeploymentSpecArgsDict = {
            "replicas": serving.first_replicas,
            "selector": {"match_labels": args.selector},
            "strategy": {
                "type": "RollingUpdate",
                "rolling_update": {"max_surge": serving.surge, "max_unavailable": 1 - serving.surge},
            },
            "template": pod_template(serving, _context(args), args.selector, args.pod_labels),
        }
        if serving.is_enterprise:
            spec["progress_deadline_seconds"] = replacement_seconds(serving)
        return Deployment(
            f"{name}-server",
            metadata=_meta(args).args(annotations),
            spec=spec,
            opts=self._server_options(serving, after),
        )

    def _groups(self, name: str, args: InferenceServiceArgs, after: list[pulumi.Resource]) -> CustomResource:
        """Creates the LeaderWorkerSet, whose groups are the replicas."""
        return CustomResource(
            f"{name}-server",
            api_version=API_VERSION,
            kind=KIND,
            metadata=_meta(args).args(AVAILABLE if args.wait_for_pods else NOT_AWAITED),
            spec=leader_worker_set(args, _context(args)),
            opts=self._server_options(args.serving, after),
        )

    def _server_options(self, serving: ServingSpec, after: list[pulumi.Resource]) -> pulumi.ResourceOptions:
        """Returns the options of the Deployment or LeaderWorkerSet. An autoscaler manages the number of replicas, which
        stays stated: the API server would set a number that is no longer stated to 1 (kubernetes.io, Migrating
        Deployments and StatefulSets to horizontal autoscaling)."""
        ignored = [] if serving.is_fixed else ["spec.replicas"]
        minutes = f"{math.ceil(rollout_seconds(serving) / 60)}m"
        timeouts = pulumi.CustomTimeouts(create=minutes, update=minutes) if serving.is_enterprise else None
        return pulumi.ResourceOptions(parent=self, depends_on=after, ignore_changes=ignored, custom_timeouts=timeouts)

    def _scaling(self, name: str, args: InferenceServiceArgs, deployment: Deployment | CustomResource) -> None:
        serving, meta = args.serving, _meta(args)
        after = pulumi.ResourceOptions(parent=self, depends_on=[deployment])
        if serving.cold_start is not None and args.host is not None:
            port = service_port(encrypted=args.encrypted)
            scale_by_requests(name, serving, serving.cold_start, args.host, port, meta, self, deployment)
        elif serving.load is not None:
            scale_by_load(name, serving, serving.load, meta, after)
        elif not serving.is_fixed:
            scale_by_cpu(name, serving, meta, after)

    def _route(
        self,
        name: str,
        args: InferenceServiceArgs,
        host: Input[str],
        gateway: GatewaySpec,
        after: list[pulumi.Resource],
    ) -> None:
        cold_start = args.serving.cold_start
        http_route(
            f"{name}-route",
            gateway,
            host,
            [_backend(args, gateway)],
            REQUEST_TIMEOUT_SECONDS + (cold_start.first_answer_seconds if cold_start else 0),
            _meta(args),
            pulumi.ResourceOptions(parent=self, depends_on=after),
        )


def _backend(args: InferenceServiceArgs, gateway: GatewaySpec) -> dict[str, Any]:
    """Returns the backend of the route."""
    if args.serving.cold_start is not None:
        return proxy_backend(encrypted=gateway.encrypted)
    if args.picker_name is not None:
        return pool_backend(args.object_name)
    return service_backend(args.object_name, encrypted=gateway.encrypted)


def _context(args: InferenceServiceArgs) -> PodContext:
    return PodContext(
        tenant=args.tenant,
        service=args.service,
        pool=args.pool,
        region=args.region,
        mirror=args.image_mirror,
        account=args.object_name,
        namespace=args.namespace,
        identity_labels=args.identity.labels,
        encrypted=args.encrypted,
    )


def _disruption(name: str, args: InferenceServiceArgs, opts: pulumi.ResourceOptions) -> PodDisruptionBudget:
    """Allows the eviction of one pod at a time, and of unhealthy pods at any time, because they would block the
    node."""
    return PodDisruptionBudget(
        f"{name}-disruption",
        metadata=_meta(args).args(),
        spec={
            "max_unavailable": 1,
            "selector": {"match_labels": args.selector},
            "unhealthy_pod_eviction_policy": "AlwaysAllow",
        },
        opts=opts,
    )


def _meta(args: InferenceServiceArgs) -> ObjectMeta:
    """Returns the metadata of all objects."""
    return ObjectMeta(args.object_name, args.namespace, args.labels)
