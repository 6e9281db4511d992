"""Experiments: two variants of a served model behind one host, with a traffic split."""

from collections.abc import Mapping
from typing import Self

import pulumi
from pydantic import model_validator

from falaj.components.core.serving.experiments import SplitSpec, Variant
from falaj.components.core.serving.gateways import GatewaySpec
from falaj.components.core.serving.inference_args import InferenceServiceArgs, ServedArgs
from falaj.components.core.serving.names import Host
from falaj.components.core.serving.specs import ServingSpec
from falaj.components.core.validation.args import Accepts, Input, default
from falaj.components.core.validation.problems import Problem, refuse_if
from falaj.components.kubernetes.cluster.object_meta import ObjectMeta
from falaj.components.kubernetes.serving.gateway import http_route
from falaj.components.kubernetes.serving.inference_network import service_backend
from falaj.components.kubernetes.serving.inference_service import REQUEST_TIMEOUT_SECONDS, InferenceService
from falaj.facts.labels import EXPERIMENT_LABEL, TENANT_LABEL


class ExperimentArgs(SplitSpec, ServedArgs):
    """Arguments of `Experiment`: two variants of a served model."""

    a: ServingSpec
    """The current variant. `min` must be at least 1, so that cold starts do not distort the measurement."""
    b: ServingSpec
    """The candidate variant. `min` must be at least 1."""
    gateway: GatewaySpec
    """Gateway of the route."""
    host: Input[Host]
    """Fully qualified DNS name of the service's route."""
    client_ids: Accepts[Mapping[Variant, Input[str]], Mapping[Variant, Input[str]] | Mapping[str, Input[str]]] = (
        default({})
    )
    """Client IDs of the managed identities that read the models, by variant (Azure)."""

    @model_validator(mode="after")
    def _has_no_cold_start(self) -> Self:
        allowed = "1 or more, so that cold starts do not distort the measurement"
        refuse_if(
            Problem(f"{variant.value}.min", 0, allowed, "set it to 1 or more")
            for variant in Variant
            if self.serving(variant).scales_to_zero
        )
        return self

    def serving(self, variant: Variant) -> ServingSpec:
        """Returns the specification of a variant."""
        return self.a if variant is Variant.A else self.b


class Experiment(pulumi.ComponentResource):
    """Two variants of a service that run side by side, and a route that splits requests between them.

    Each variant has a separate label for cost allocation. Weights and winner affect the route only: promotion, rollback
    and the end of an experiment do not restart pods. Each request is assigned to a variant at random. Takes the
    `kubernetes` provider of the cluster from its options. It needs the same dependencies as an `InferenceService`.
    """

    url: pulumi.Output[str]
    """Address of the service."""
    services: pulumi.Output[Mapping[str, str]]
    """Name of the Kubernetes Service and Deployment of each variant."""
    shares: pulumi.Output[Mapping[str, int]]
    """Percentage of requests by variant."""

    def __init__(self, name: str, args: ExperimentArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        args = ExperimentArgs.of(name, args)
        super().__init__("falaj:kubernetes:Experiment", name, {}, opts)
        labels = {**args.tags, TENANT_LABEL: args.tenant, EXPERIMENT_LABEL: args.service}
        variants = {variant: self._variant(name, variant, args) for variant in Variant}
        shares = {variant: args.share(variant) for variant in Variant}
        http_route(
            f"{name}-route",
            args.gateway,
            args.host,
            [service_backend(f"{args.service}-{variant.value}", shares[variant]) for variant in Variant],
            REQUEST_TIMEOUT_SECONDS,
            ObjectMeta(args.service, args.namespace, labels),
            # A route to a missing service returns status 500.
            pulumi.ResourceOptions(parent=self, depends_on=list(variants.values())),
            args.annotations,
        )
        self.url = pulumi.Output.concat("https://", args.host)
        self.services = pulumi.Output.all(
            **{variant.value: service.service_name for variant, service in variants.items()}
        ).apply(dict)
        self.shares = pulumi.Output.from_input({variant.value: share for variant, share in shares.items()})
        self.register_outputs({"url": self.url, "services": self.services, "shares": self.shares})

    def _variant(self, name: str, variant: Variant, args: ExperimentArgs) -> InferenceService:
        """Creates the service of a variant, without a host and independent of the state of the experiment."""
        service = InferenceServiceArgs(
            namespace=args.namespace,
            service=args.service,
            tenant=args.tenant,
            variant=variant.value,
            serving=args.serving(variant),
            region=args.region,
            pools=args.pools,
            client_id=args.client_ids.get(variant),
            gateway=args.gateway,
            scraped_from=args.scraped_from,
            image_mirror=args.image_mirror,
            tags=args.tags,
        )
        return InferenceService(f"{name}-{variant.value}", service, pulumi.ResourceOptions(parent=self))
