"""What the winner of an experiment is in the model registry."""

from collections.abc import Mapping
from typing import Any, NotRequired, Self, TypedDict

import pulumi
from pulumi_kubernetes.batch.v1 import Job
from pydantic import model_validator

from falaj.components.core.charts.charts import MLFLOW
from falaj.components.core.charts.images import PinnedImage, mirrored
from falaj.components.core.serving.experiments import Variant
from falaj.components.core.serving.promotion import PROMOTING, Alias, ModelVersion, Promotion, model_of, promotion
from falaj.components.core.training.tracking import SCRATCH, environment
from falaj.components.core.validation.args import Checked, Passed
from falaj.components.core.validation.enums import Profile
from falaj.components.core.validation.names import Label
from falaj.components.core.validation.problems import refusal
from falaj.components.core.validation.tags import CostTags
from falaj.components.kubernetes.cluster.object_meta import ObjectMeta
from falaj.components.kubernetes.cluster.pod_security import restricted_container, restricted_pod
from falaj.components.kubernetes.training.tracking_pod import USER, tolerations
from falaj.facts.labels import PROFILE_LABEL, TENANT_LABEL

NOTHING = "nothing"
"""What is promoted while nothing has won."""


class ModelPromotionArgs(TypedDict):
    """Arguments of a `ModelPromotion`."""

    namespace: str
    """Namespace of the tenant, whose pods the registry answers."""
    tenant: str
    """Whose it is, for the bill."""
    tracking_url: pulumi.Input[str]
    """The registry: `url` of a `Tracking`."""
    models: Mapping[str, str]
    """Version that each variant serves: `{"a": "models:/sentiment/3", "b": "models:/sentiment/4"}`, of one model."""
    winner: NotRequired[Variant]
    """As in the experiment; nothing is promoted if absent."""
    alias: NotRequired[str]
    """The alias that points to the winner; `champion` if absent."""
    profile: NotRequired[Profile]
    """Workload profile of the node that the job runs on; `inference-cpu` if absent."""
    image: NotRequired[str]
    """Image of MLflow with its version, and its digest if wanted; the server's."""
    image_mirror: NotRequired[str]
    """Where images of others lie, each under its own path; where they are from if absent."""
    tags: Mapping[str, str]
    """The mandatory cost tags; labels here."""


class _Checked(Checked):
    namespace: Label
    tenant: Label
    tracking_url: Passed[str]
    models: dict[Variant, ModelVersion]
    winner: Variant | None = None
    alias: Alias = "champion"
    profile: Profile = Profile.INFERENCE_CPU
    image: PinnedImage = MLFLOW
    image_mirror: str | None = None
    tags: CostTags

    @model_validator(mode="after")
    def _is_one_model(self) -> Self:
        given = {variant.value: uri for variant, uri in self.models.items()}
        if set(self.models) != set(Variant) or len({model_of(uri) for uri in self.models.values()}) != 1:
            raise refusal("a and b, versions of one model", "name the version of each variant", "models", given)
        return self

    @property
    def labels(self) -> dict[str, str]:
        """Of the job and its pod."""
        return {**self.tags, TENANT_LABEL: self.tenant, "app.kubernetes.io/name": "promotion"}


class ModelPromotion(pulumi.ComponentResource):
    """Points an alias of the registry to the version that won, once for each decision.

    Another winner is another job. Taking the winner away stops nothing and moves nothing: the alias stays where it is
    until the other variant is said to have won. Pods are not restarted: the experiment's route has moved the requests.
    Takes the `kubernetes` provider of the cluster from its options; make it depend on the `Tracking`.
    """

    promoted: pulumi.Output[str]
    """What the registry is told, once it has been: `sentiment@champion is version 4`; `nothing` without a winner."""

    def __init__(self, name: str, args: ModelPromotionArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        settings = _Checked.of(name, args)
        super().__init__("falaj:kubernetes:ModelPromotion", name, {}, opts)
        decided = promotion(settings.winner, settings.models, settings.alias)
        self.promoted = pulumi.Output.from_input(NOTHING)
        if decided is not None:
            job = _job(name, settings, decided, pulumi.ResourceOptions(parent=self))
            self.promoted = job.id.apply(lambda _: str(decided))
        self.register_outputs({"promoted": self.promoted})


def _job(name: str, settings: _Checked, decided: Promotion, opts: pulumi.ResourceOptions) -> Job:
    return Job(
        f"{name}-job",
        # It stays when it is done: one that cleaned itself up would be started again by the next deployment.
        metadata=ObjectMeta(decided.job_name, settings.namespace, settings.labels).args(),
        spec={
            "backoff_limit": 4,
            "active_deadline_seconds": 900,
            "template": {"metadata": {"labels": settings.labels}, "spec": _pod(settings, decided)},
        },
        opts=opts,
    )


def _pod(settings: _Checked, decided: Promotion) -> Any:
    variables = {
        **environment(None),
        "MLFLOW_TRACKING_URI": settings.tracking_url,
        "FALAJ_MODEL": decided.model,
        "FALAJ_VERSION": str(decided.version),
        "FALAJ_ALIAS": decided.alias,
    }
    return {
        "automount_service_account_token": False,
        "enable_service_links": False,
        "restart_policy": "Never",
        "node_selector": {PROFILE_LABEL: settings.profile.value},
        "tolerations": tolerations(settings.profile),
        "security_context": restricted_pod(USER),
        "containers": [
            {
                "name": "promote",
                "image": mirrored(settings.image, settings.image_mirror),
                "command": ["python", "-c", PROMOTING],
                "env": [{"name": key, "value": value} for key, value in variables.items()],
                "resources": {"requests": {"cpu": "100m", "memory": "512Mi"}, "limits": {"memory": "1Gi"}},
                "security_context": restricted_container(),
                "volume_mounts": [{"name": "scratch", "mount_path": SCRATCH}],
            }
        ],
        "volumes": [{"name": "scratch", "empty_dir": {"size_limit": "64Mi"}}],
    }
