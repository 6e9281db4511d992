"""Arguments of `ModelPromotion`."""

from collections.abc import Mapping
from typing import Self

from pydantic import model_validator

from falaj.components.core.charts.charts import MLFLOW
from falaj.components.core.charts.images import PinnedImage
from falaj.components.core.charts.sources import ImageSource
from falaj.components.core.serving.experiments import Variant
from falaj.components.core.serving.promotion import Alias, ModelVersion, model_of
from falaj.components.core.validation.args import Accepts, Args, Choice, Input, default
from falaj.components.core.validation.enums import Profile
from falaj.components.core.validation.names import Label
from falaj.components.core.validation.problems import refusal
from falaj.components.core.validation.set_once import set_once
from falaj.components.core.validation.tags import CostTags
from falaj.facts.labels import TENANT_LABEL


class ModelPromotionArgs(ImageSource, Args):
    """Arguments of `ModelPromotion`."""

    namespace: Input[Label]
    """Namespace of the tenant, from which the registry is accessible."""
    tenant: Label
    """Tenant that is charged."""
    tracking_url: Input[str]
    """Address of the registry: output `url` of a `Tracking`."""
    models: Accepts[Mapping[Variant, ModelVersion], Mapping[Variant, str] | Mapping[str, str]]
    """Model version by variant, such as `{"a": "models:/sentiment/3", "b": "models:/sentiment/4"}`. Both must be
    versions
    of the same model."""
    winner: Choice[Variant | None] = default(None)
    """Variant to promote, `a` or `b`, the same as in the `Experiment`; nothing is promoted if absent."""
    alias: Alias = "champion"
    """Alias to set on the winner's model version."""
    profile: Choice[Profile] = default(Profile.INFERENCE_CPU)
    """Workload profile of the node that the job runs on."""
    image: Input[PinnedImage] = MLFLOW
    """MLflow image with a version tag and optionally a digest; should be that of the server."""
    tags: CostTags = set_once("tags")
    """The mandatory cost tags, applied as labels."""

    @model_validator(mode="after")
    def _is_one_model(self) -> Self:
        given = {variant.value: uri for variant, uri in self.models.items()}
        if set(self.models) != set(Variant) or len({model_of(uri) for uri in self.models.values()}) != 1:
            raise refusal("a and b, versions of the same model", "set a version for each variant", "models", given)
        return self

    @property
    def labels(self) -> dict[str, str]:
        """Labels of the job."""
        return {**self.tags, **self.pod_labels}

    @property
    def pod_labels(self) -> dict[str, str]:
        """Labels of the pod: without the cost tags, because a changed template runs the job again."""
        return {TENANT_LABEL: self.tenant, "app.kubernetes.io/name": "promotion"}
