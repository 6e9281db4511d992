"""A model that is served: its pods, who may ask them, and how many there are."""

from collections.abc import Mapping
from typing import NotRequired, TypedDict

import pulumi
from pulumi_kubernetes.apps.v1 import Deployment, DeploymentSpecArgsDict
from pulumi_kubernetes.core.v1 import ServiceAccount
from pulumi_kubernetes.policy.v1 import PodDisruptionBudget

from falaj.components.core.node_pools.spec import NodePoolSpec as PoolSpec
from falaj.components.core.serving.gateways import GatewaySpec
from falaj.components.core.serving.specs import ServingSpec
from falaj.components.kubernetes.serving.gateway import http_route
from falaj.components.kubernetes.serving.inference_checks import CheckedService
from falaj.components.kubernetes.serving.inference_network import asked_by, direct, grant, held, service
from falaj.components.kubernetes.serving.inference_pod import PodPlace, pod_template
from falaj.components.kubernetes.serving.inference_scaling import by_load, by_processors, by_requests

ANSWER_SECONDS = 300
"""How long one answer may take once it is being worked on."""


class InferenceServiceArgs(TypedDict):
    """Arguments of an `InferenceService`."""

    namespace: str
    """Namespace of the tenant."""
    service: str
    """Name of the service, and of its objects."""
    tenant: str
    """Whose it is, for the bill."""
    variant: NotRequired[str]
    """Which of two it is in an experiment; part of the objects' names then."""
    serving: ServingSpec
    """The model, its program and how much of it runs."""
    region: NotRequired[str]
    """Region of the cluster, by whose prices a pool is chosen; none on premises."""
    pools: NotRequired[Mapping[str, PoolSpec]]
    """The site's node pools, of which the cheapest is chosen for tier smb; any of the profile if absent."""
    client_id: NotRequired[pulumi.Input[str]]
    """Client id of the managed identity that reads the model (Azure). On AWS an association names `service_account`."""
    gateway: NotRequired[GatewaySpec]
    """The way in from outside the cluster; none if absent."""
    host: NotRequired[str]
    """Full name under which the gateway knows it; without one it has no route of its own."""
    scraped_from: NotRequired[str]
    """Namespace of Prometheus, which may read the metrics; nobody if absent."""
    image_mirror: NotRequired[str]
    """Where images of others lie, each under its own path; where they are from if absent."""
    tags: Mapping[str, str]
    """The mandatory cost tags; labels here."""


class InferenceService(pulumi.ComponentResource):
    """A model behind one port that only the gateway may ask, with no privileges and no secret.

    Tier `smb` runs on processors; with `min` 0 the HTTP add-on of KEDA holds the first request until a pod is there,
    and nothing runs while nobody asks. Tier `enterprise` runs on GPUs, never below `min`, with replicas by what waits
    or by tokens; while that cannot be read they stay as many as they are.

    Takes the `kubernetes` provider of the cluster from its options. Make it depend on `Keda` (unless
    `min` is `max`), the `Gateway`, and the tenant's `Foundation`.
    """

    service_name: pulumi.Output[str]
    """Name of the Kubernetes service, and of the deployment."""
    service_account: pulumi.Output[str]
    """Who its pods are: what an identity of the cloud is given to."""
    deployment_name: pulumi.Output[str]
    """Name of the deployment."""
    url: pulumi.Output[str]
    """Where it is asked: through the gateway if it has a host, else inside the cluster."""
    pool: pulumi.Output[str]
    """The node pool that its pods are bound to; `any` if none is."""

    def __init__(self, name: str, args: InferenceServiceArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        settings = CheckedService.of(name, args)
        super().__init__("falaj:kubernetes:InferenceService", name, {}, opts)
        for warning in settings.warnings:
            pulumi.log.warn(f"{name}: {warning}", resource=self)
        child = pulumi.ResourceOptions(parent=self)
        account = self._account(name, settings, child)
        # Pods start when the policy that keeps others out is there.
        closed = asked_by(name, settings.own, settings.askers, settings.meta, child)
        address = service(name, settings.own, settings.meta, child)
        deployment = self._deployment(name, settings, [account, closed])
        self._scaling(name, settings, deployment)
        if settings.host and settings.gateway:
            self._route(name, settings, address)
        if settings.serving.min > 1 or settings.serving.is_enterprise:
            _disruption(name, settings, child)
        self.service_name = address.metadata.name
        self.service_account = account.metadata.name
        self.deployment_name = deployment.metadata.name
        self.url = pulumi.Output.from_input(settings.url)
        self.pool = pulumi.Output.from_input(settings.pool or "any")
        self.register_outputs({key: getattr(self, key) for key in InferenceService.__annotations__})

    def _account(self, name: str, settings: CheckedService, opts: pulumi.ResourceOptions) -> ServiceAccount:
        azure = {"azure.workload.identity/client-id": settings.client_id} if settings.client_id is not None else {}
        return ServiceAccount(
            f"{name}-account",
            metadata=settings.meta.args(azure),
            automount_service_account_token=False,
            opts=opts,
        )

    def _deployment(self, name: str, settings: CheckedService, after: list[pulumi.Resource]) -> Deployment:
        """Without a number of replicas: that is the autoscaler's, or one."""
        serving = settings.serving
        place = PodPlace(
            tenant=settings.tenant,
            pool=settings.pool,
            region=settings.region,
            mirror=settings.image_mirror,
            account=settings.object_name,
            identified=settings.client_id is not None,
        )
        # A GPU more than there are may not be had: then one goes before its successor comes.
        spare = not serving.is_enterprise or serving.min == 1
        # Of a service that sleeps no pod ever becomes ready while it is deployed.
        waits = {"pulumi.com/skipAwait": "true"} if serving.sleeps else {}
        spec: DeploymentSpecArgsDict = {
            "selector": {"match_labels": settings.own},
            "strategy": {
                "type": "RollingUpdate",
                "rolling_update": {"max_surge": 1 if spare else 0, "max_unavailable": 0 if spare else 1},
            },
            "template": pod_template(serving, place, settings.own, settings.labels),
        }
        if serving.is_fixed:
            spec["replicas"] = serving.min
        return Deployment(
            f"{name}-server",
            metadata=settings.meta.args(waits),
            spec=spec,
            opts=pulumi.ResourceOptions(parent=self, depends_on=after),
        )

    def _scaling(self, name: str, settings: CheckedService, deployment: Deployment) -> None:
        serving, meta = settings.serving, settings.meta
        after = pulumi.ResourceOptions(parent=self, depends_on=[deployment])
        if serving.cold_start is not None and settings.host is not None:
            by_requests(name, serving, serving.cold_start, settings.host, meta, self, deployment)
        elif serving.load is not None:
            by_load(name, serving, serving.load, meta, after)
        elif not serving.is_fixed:
            by_processors(name, serving, meta, after)

    def _route(self, name: str, settings: CheckedService, address: pulumi.Resource) -> None:
        assert settings.gateway is not None and settings.host is not None  # noqa: PT018, S101  asked before
        sleeping = settings.serving.cold_start
        after = pulumi.ResourceOptions(parent=self, depends_on=[address])
        if sleeping:
            after = pulumi.ResourceOptions(parent=self, depends_on=[grant(name, settings.meta, after)])
        http_route(
            f"{name}-route",
            settings.gateway,
            settings.host,
            [held() if sleeping else direct(settings.object_name)],
            ANSWER_SECONDS + (sleeping.first_answer_seconds if sleeping else 0),
            settings.meta,
            after,
        )


def _disruption(name: str, settings: CheckedService, opts: pulumi.ResourceOptions) -> PodDisruptionBudget:
    """One at a time may be taken for a node's sake. Broken ones may always: they serve nobody and block the node."""
    return PodDisruptionBudget(
        f"{name}-disruption",
        metadata=settings.meta.args(),
        spec={
            "max_unavailable": 1,
            "selector": {"match_labels": settings.own},
            "unhealthy_pod_eviction_policy": "AlwaysAllow",
        },
        opts=opts,
    )
