"""A served model: its pods, its network policy and its scaling."""

import pulumi
from pulumi_kubernetes.apps.v1 import Deployment, DeploymentSpecArgsDict
from pulumi_kubernetes.core.v1 import ServiceAccount
from pulumi_kubernetes.policy.v1 import PodDisruptionBudget

from falaj.components.core.serving.gateways import GatewaySpec
from falaj.components.core.serving.inference_args import InferenceServiceArgs
from falaj.components.core.validation.args import Input
from falaj.components.kubernetes.cluster.object_meta import ObjectMeta
from falaj.components.kubernetes.serving.gateway import http_route
from falaj.components.kubernetes.serving.inference_network import (
    access_policy,
    proxy_backend,
    reference_grant,
    service,
    service_backend,
)
from falaj.components.kubernetes.serving.inference_pod import PodContext, pod_template
from falaj.components.kubernetes.serving.inference_scaling import by_load, by_processors, by_requests

ANSWER_SECONDS = 300
"""Longest time of one answer in seconds, without waiting."""


class InferenceService(pulumi.ComponentResource):
    """A model behind one port that only the gateway may call, with no privileges and no secret.

    Tier `smb` runs on processors; with `min` 0 it scales to zero, and KEDA's HTTP add-on holds the first request until
    a pod is ready. Tier `enterprise` runs on GPUs, never below `min`; replicas follow waiting requests or tokens, and
    stay as they are while that metric cannot be read.

    Takes the `kubernetes` provider of the cluster from its options. Make it depend on `Keda` (unless
    `min` is `max`), the `Gateway`, and the tenant's `Foundation`.
    """

    service_name: pulumi.Output[str]
    """Name of the Kubernetes service, and of the deployment."""
    service_account: pulumi.Output[str]
    """Service account of its pods, which gets an identity of the cloud."""
    deployment_name: pulumi.Output[str]
    """Name of the deployment."""
    url: pulumi.Output[str]
    """Its address: the gateway's if it has a host, else the one inside the cluster."""
    pool: pulumi.Output[str]
    """The node pool that its pods are bound to; `any` without one."""

    def __init__(self, name: str, args: InferenceServiceArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        args = InferenceServiceArgs.of(name, args)
        super().__init__("falaj:kubernetes:InferenceService", name, {}, opts)
        for warning in args.warnings:
            pulumi.log.warn(f"{name}: {warning}", resource=self)
        child = pulumi.ResourceOptions(parent=self)
        account = self._account(name, args, child)
        # Pods start after the policy that restricts access to them.
        policy = access_policy(name, args.selector, args.callers, _meta(args), child)
        address = service(name, args.selector, _meta(args), child)
        deployment = self._deployment(name, args, [account, policy])
        self._scaling(name, args, deployment)
        if args.host is not None and args.gateway is not None:
            self._route(name, args, args.host, args.gateway, address)
        if args.serving.min > 1 or args.serving.is_enterprise:
            _disruption(name, args, child)
        self.service_name = address.metadata.name
        self.service_account = account.metadata.name
        self.deployment_name = deployment.metadata.name
        self.url = args.url
        self.pool = pulumi.Output.from_input(args.pool or "any")
        self.register_outputs({key: getattr(self, key) for key in InferenceService.__annotations__})

    def _account(self, name: str, args: InferenceServiceArgs, opts: pulumi.ResourceOptions) -> ServiceAccount:
        azure = {"azure.workload.identity/client-id": args.client_id} if args.client_id is not None else {}
        return ServiceAccount(
            f"{name}-account",
            metadata=_meta(args).args(azure),
            automount_service_account_token=False,
            opts=opts,
        )

    def _deployment(self, name: str, args: InferenceServiceArgs, after: list[pulumi.Resource]) -> Deployment:
        """Without `replicas` unless their number is fixed: the autoscaler owns it."""
        serving = args.serving
        context = PodContext(
            tenant=args.tenant,
            pool=args.pool,
            region=args.region,
            mirror=args.image_mirror,
            account=args.object_name,
            has_identity=args.client_id is not None,
        )
        # An additional GPU may not be available: then a replica stops before its successor starts.
        may_surge = not serving.is_enterprise or serving.min == 1
        # A service that scales to zero has no ready pod to wait for.
        annotations = {"pulumi.com/skipAwait": "true"} if serving.scales_to_zero else {}
        spec: DeploymentSpecArgsDict = {
            "selector": {"match_labels": args.selector},
            "strategy": {
                "type": "RollingUpdate",
                "rolling_update": {"max_surge": 1 if may_surge else 0, "max_unavailable": 0 if may_surge else 1},
            },
            "template": pod_template(serving, context, args.selector, args.labels),
        }
        if serving.is_fixed:
            spec["replicas"] = serving.min
        return Deployment(
            f"{name}-server",
            metadata=_meta(args).args(annotations),
            spec=spec,
            opts=pulumi.ResourceOptions(parent=self, depends_on=after),
        )

    def _scaling(self, name: str, args: InferenceServiceArgs, deployment: Deployment) -> None:
        serving, meta = args.serving, _meta(args)
        after = pulumi.ResourceOptions(parent=self, depends_on=[deployment])
        if serving.cold_start is not None and args.host is not None:
            by_requests(name, serving, serving.cold_start, args.host, meta, self, deployment)
        elif serving.load is not None:
            by_load(name, serving, serving.load, meta, after)
        elif not serving.is_fixed:
            by_processors(name, serving, meta, after)

    def _route(
        self,
        name: str,
        args: InferenceServiceArgs,
        host: Input[str],
        gateway: GatewaySpec,
        address: pulumi.Resource,
    ) -> None:
        cold_start = args.serving.cold_start
        after = pulumi.ResourceOptions(parent=self, depends_on=[address])
        if cold_start:
            after = pulumi.ResourceOptions(parent=self, depends_on=[reference_grant(name, _meta(args), after)])
        http_route(
            f"{name}-route",
            gateway,
            host,
            [proxy_backend() if cold_start else service_backend(args.object_name)],
            ANSWER_SECONDS + (cold_start.first_answer_seconds if cold_start else 0),
            _meta(args),
            after,
        )


def _disruption(name: str, args: InferenceServiceArgs, opts: pulumi.ResourceOptions) -> PodDisruptionBudget:
    """Lets one pod at a time be evicted. Unhealthy pods may always be: they serve nothing and block the node."""
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
    """Metadata of every object."""
    return ObjectMeta(args.object_name, args.namespace, args.labels)
