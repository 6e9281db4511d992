"""Two variants of one served model behind one name, and the share of the requests that each gets."""

from collections.abc import Mapping
from typing import Any, NotRequired, Self, TypedDict

import pulumi
from pydantic import Field, model_validator

from falaj.components.core.node_pools.spec import NodePoolSpec as PoolSpec
from falaj.components.core.serving.experiments import CheckedSplit, Variant
from falaj.components.core.serving.gateways import CheckedGateway, GatewaySpec
from falaj.components.core.serving.serving import CheckedServing, Host, ObjectName
from falaj.components.core.serving.specs import ServingSpec
from falaj.components.core.validation.args import Passed
from falaj.components.core.validation.names import Label
from falaj.components.core.validation.problems import refusal
from falaj.components.core.validation.regions import UaeRegion
from falaj.components.core.validation.tags import CostTags
from falaj.components.kubernetes.cluster.object_meta import ObjectMeta
from falaj.components.kubernetes.serving.gateway import http_route
from falaj.components.kubernetes.serving.inference_network import direct
from falaj.components.kubernetes.serving.inference_service import ANSWER_SECONDS, InferenceService
from falaj.facts.labels import EXPERIMENT_LABEL, TENANT_LABEL

SHARED = ("namespace", "service", "tenant", "region", "pools", "gateway", "scraped_from", "image_mirror")
"""Arguments that both variants get as they are."""


class ExperimentArgs(TypedDict):
    """Arguments of an `Experiment`."""

    namespace: str
    """Namespace of the tenant."""
    service: str
    """Name of the service; the variants' objects are called `<service>-a` and `<service>-b`."""
    tenant: str
    """Whose it is, for the bill."""
    a: ServingSpec
    """What runs today. At least one replica: a cold start would be measured instead of the model."""
    b: ServingSpec
    """What may follow it. At least one replica."""
    weights: NotRequired[Mapping[str, int]]
    """Percent of the requests by variant, `a` and `b`; half each if absent."""
    winner: NotRequired[Variant]
    """The variant that gets every request from now on; the other keeps running, so that taking this back is the way
    back. None if absent."""
    starts: str
    """From when it is measured, such as `2026-12-01T08:00:00+04:00`."""
    ends: str
    """Until when."""
    measure: str
    """What decides, in words: `p95 latency below 300 ms at least cost`."""
    gateway: GatewaySpec
    """The way in."""
    host: str
    """Full name under which the gateway knows the service."""
    region: NotRequired[str]
    """Region of the cluster; none on premises."""
    pools: NotRequired[Mapping[str, PoolSpec]]
    """The site's node pools, of which the cheapest is chosen for tier smb; any of the profile if absent."""
    client_ids: NotRequired[Mapping[str, pulumi.Input[str]]]
    """Client ids of the managed identities that read the models, by variant (Azure)."""
    scraped_from: NotRequired[str]
    """Namespace of Prometheus, which may read the metrics; nobody if absent."""
    image_mirror: NotRequired[str]
    """Where images of others lie, each under its own path; where they are from if absent."""
    tags: Mapping[str, str]
    """The mandatory cost tags; labels here."""


class _Checked(CheckedSplit):
    namespace: Label
    service: ObjectName
    tenant: Label
    a: CheckedServing
    b: CheckedServing
    gateway: CheckedGateway
    host: Host
    region: UaeRegion | None = None
    pools: dict[str, Any] | None = None
    client_ids: dict[Variant, Passed[str]] = Field(default_factory=dict)
    scraped_from: Label | None = None
    image_mirror: str | None = None
    tags: CostTags

    @model_validator(mode="after")
    def _both_are_awake(self) -> Self:
        for variant in Variant:
            serving: CheckedServing = getattr(self, variant.value)
            if serving.sleeps:
                allowed = "1 or more: a cold start would be measured instead of the model"
                raise refusal(allowed, "keep one running", f"{variant.value}.min", 0)
        return self


class Experiment(pulumi.ComponentResource):
    """Both variants run beside each other with labels of their own on the bill; one route says who gets how much.

    Weights and winner are in the route alone: promoting, going back and ending restart no pod. A request is given to a
    variant by chance, each anew. Takes the `kubernetes` provider of the cluster from its options; make it depend on
    what an `InferenceService` depends on.
    """

    url: pulumi.Output[str]
    """Where the service is asked."""
    services: pulumi.Output[Mapping[str, str]]
    """Name of the Kubernetes service, and deployment, by variant."""
    shares: pulumi.Output[Mapping[str, int]]
    """Percent of the requests by variant."""

    def __init__(self, name: str, args: ExperimentArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        settings = _Checked.of(name, args)
        super().__init__("falaj:kubernetes:Experiment", name, {}, opts)
        labels = {**settings.tags, TENANT_LABEL: settings.tenant, EXPERIMENT_LABEL: settings.service}
        variants = {variant: self._variant(name, variant, args, settings.tags) for variant in Variant}
        shares = {variant: settings.share(variant) for variant in Variant}
        http_route(
            f"{name}-route",
            settings.gateway,
            settings.host,
            [direct(f"{settings.service}-{variant.value}", shares[variant]) for variant in Variant],
            ANSWER_SECONDS,
            ObjectMeta(settings.service, settings.namespace, labels),
            # A route to a service that is not there answers 500.
            pulumi.ResourceOptions(parent=self, depends_on=list(variants.values())),
            settings.annotations,
        )
        self.url = pulumi.Output.from_input(f"https://{settings.host}")
        self.services = pulumi.Output.all(
            **{variant.value: made.service_name for variant, made in variants.items()}
        ).apply(dict)
        self.shares = pulumi.Output.from_input({variant.value: share for variant, share in shares.items()})
        self.register_outputs({"url": self.url, "services": self.services, "shares": self.shares})

    def _variant(self, name: str, variant: Variant, args: ExperimentArgs, tags: Mapping[str, str]) -> InferenceService:
        """One of the two: a service without a host of its own. The experiment's state is no part of it."""
        given: dict[str, Any] = dict(args)
        own: Any = {key: given[key] for key in SHARED if key in given}
        own |= {"variant": variant.value, "serving": given[variant.value], "tags": tags}
        if identity := given.get("client_ids", {}).get(variant.value):
            own["client_id"] = identity
        return InferenceService(f"{name}-{variant.value}", own, pulumi.ResourceOptions(parent=self))
