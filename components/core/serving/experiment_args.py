"""Arguments of `Experiment`, and of the service of each variant."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Self

from pydantic import model_validator

from falaj.components.core.serving.experiments import SplitSpec, Variant
from falaj.components.core.serving.gateways import GatewaySpec
from falaj.components.core.serving.inference_args import InferenceServiceArgs, ServedArgs
from falaj.components.core.serving.names import Host
from falaj.components.core.serving.specs import ServingSpec
from falaj.components.core.validation.args import Accepts, BadArguments, Input, default
from falaj.components.core.validation.problems import Problem, refuse_if


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
    def _can_be_compared(self) -> Self:
        refuse_if(problem for variant in Variant for problem in self._problems_of(variant))
        return self

    def _problems_of(self, variant: Variant) -> Iterator[Problem]:
        if self.serving(variant).scales_to_zero:
            allowed = "1 or more, so that cold starts do not distort the measurement"
            yield Problem(f"{variant.value}.min", 0, allowed, "set it to 1 or more, and remove `cold_start`")
            return
        try:
            self.service_args(variant)
        except BadArguments as error:
            for problem in error.problems:
                yield replace(problem, path=_path_of_variant(problem.path, variant))

    def serving(self, variant: Variant) -> ServingSpec:
        """Returns the specification of a variant."""
        return self.a if variant is Variant.A else self.b

    def service_args(self, variant: Variant) -> InferenceServiceArgs:
        """Returns the arguments of a variant's service, without a host and independent of the state of the
        experiment. Raises `BadArguments`."""
        return InferenceServiceArgs(
            namespace=self.namespace,
            service=self.service,
            tenant=self.tenant,
            variant=variant.value,
            serving=self.serving(variant),
            region=self.region,
            pools=self.pools,
            client_id=self.client_ids.get(variant),
            gateway=self.gateway,
            wait_for_pods=self.wait_for_pods,
            prometheus_namespace=self.prometheus_namespace,
            monitor_labels=self.monitor_labels,
            image_mirror=self.image_mirror,
            tags=self.tags,
        )


def _path_of_variant(path: str, variant: Variant) -> str:
    """Returns the path of an argument of a variant's service in the arguments of the experiment."""
    name, dot, rest = path.partition(".")
    return f"{variant.value}{dot}{rest}" if name == "serving" else path
