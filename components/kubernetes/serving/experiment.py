"""Experiments: two variants of a served model behind one host, with a traffic split."""

from collections.abc import Mapping

import pulumi

from falaj.components.core.serving.draining import REQUEST_TIMEOUT_SECONDS
from falaj.components.core.serving.experiment_args import ExperimentArgs
from falaj.components.core.serving.experiments import Variant
from falaj.components.core.serving.names import variant_name
from falaj.components.kubernetes.cluster.object_meta import ObjectMeta
from falaj.components.kubernetes.serving.gateway import http_route
from falaj.components.kubernetes.serving.inference_network import service_backend
from falaj.components.kubernetes.serving.inference_service import InferenceService
from falaj.facts.labels import EXPERIMENT_LABEL, TENANT_LABEL


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
            [
                service_backend(
                    variant_name(args.service, variant.value), shares[variant], encrypted=args.gateway.encrypted
                )
                for variant in Variant
            ],
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
        service = args.service_args(variant)
        return InferenceService(f"{name}-{variant.value}", service, pulumi.ResourceOptions(parent=self))
