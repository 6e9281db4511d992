"""Experiments: two variants of one served model behind one host, with a traffic split."""

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
from falaj.components.kubernetes.serving.inference_service import ANSWER_SECONDS, InferenceService
from falaj.facts.labels import EXPERIMENT_LABEL, TENANT_LABEL


class ExperimentArgs(SplitSpec, ServedArgs):
    """Two variants of one served model."""

    a: ServingSpec
    """The variant that runs today. At least one replica: otherwise the cold start would be measured."""
    b: ServingSpec
    """The variant that may replace it. At least one replica."""
    gateway: GatewaySpec
    """The gateway of the route."""
    host: Input[Host]
    """Fully qualified name of the service's route."""
    client_ids: Accepts[Mapping[Variant, Input[str]], Mapping[Variant, Input[str]] | Mapping[str, Input[str]]] = (
        default({})
    )
    """Client ids of the managed identities that read the models, by variant (Azure)."""

    @model_validator(mode="after")
    def _has_no_cold_start(self) -> Self:
        allowed = "1 or more: a cold start would be measured instead of the model"
        refuse_if(
            Problem(f"{variant.value}.min", 0, allowed, "keep one running")
            for variant in Variant
            if self.serving(variant).scales_to_zero
        )
        return self

    def serving(self, variant: Variant) -> ServingSpec:
        """The specification of a variant."""
        return self.a if variant is Variant.A else self.b


class Experiment(pulumi.ComponentResource):
    """Both variants run side by side, each with a label of its own on the bill; one route splits the requests.

    Weights and winner are in the route alone: promotion, rollback and the end of an experiment restart no pod. Each
    request goes to a variant at random. Takes the `kubernetes` provider of the cluster from its options; make it depend
    on what an `InferenceService` depends on.
    """

    url: pulumi.Output[str]
    """Address of the service."""
    services: pulumi.Output[Mapping[str, str]]
    """Name of the Kubernetes service, and deployment, by variant."""
    shares: pulumi.Output[Mapping[str, int]]
    """Percent of the requests by variant."""

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
            ANSWER_SECONDS,
            ObjectMeta(args.service, args.namespace, labels),
            # A route to a missing service answers 500.
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
        """One of the two: a service without a host of its own, independent of the experiment's state."""
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
