"""Promotion of an experiment's winner in the MLflow model registry."""

from collections.abc import Mapping
from typing import Any, Self

import pulumi
from pulumi_kubernetes.batch.v1 import Job
from pydantic import model_validator

from falaj.components.core.charts.charts import MLFLOW
from falaj.components.core.charts.images import PinnedImage, mirrored
from falaj.components.core.serving.experiments import Variant
from falaj.components.core.serving.promotion import (
    PROMOTION_SCRIPT,
    Alias,
    ModelVersion,
    Promotion,
    model_of,
    promotion,
)
from falaj.components.core.training.tracking import SCRATCH, environment
from falaj.components.core.validation.args import Accepts, Args, Choice, Input, default
from falaj.components.core.validation.enums import Profile
from falaj.components.core.validation.names import Label
from falaj.components.core.validation.problems import refusal
from falaj.components.core.validation.tags import CostTags
from falaj.components.kubernetes.cluster.object_meta import ObjectMeta
from falaj.components.kubernetes.cluster.pod_security import restricted_container, restricted_pod
from falaj.components.kubernetes.training.tracking_pod import USER, tolerations
from falaj.facts.labels import PROFILE_LABEL, TENANT_LABEL

NO_PROMOTION = "nothing"
"""Value of the output `promoted` without a winner."""


class ModelPromotionArgs(Args):
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
    image: PinnedImage = MLFLOW
    """MLflow image with a version tag and optionally a digest; should be that of the server."""
    image_mirror: str | None = None
    """Registry prefix of mirrored images, which keep their upstream paths; the upstream registries if absent."""
    tags: CostTags
    """The mandatory cost tags, applied as labels."""

    @model_validator(mode="after")
    def _is_one_model(self) -> Self:
        given = {variant.value: uri for variant, uri in self.models.items()}
        if set(self.models) != set(Variant) or len({model_of(uri) for uri in self.models.values()}) != 1:
            raise refusal("a and b, versions of the same model", "set a version for each variant", "models", given)
        return self

    @property
    def labels(self) -> dict[str, str]:
        """Labels of the job and its pod."""
        return {**self.tags, TENANT_LABEL: self.tenant, "app.kubernetes.io/name": "promotion"}


class ModelPromotion(pulumi.ComponentResource):
    """A Job that sets a registry alias to the winning model version, once for each winner.

    A different winner creates a new Job. Removing `winner` does not change the registry: the alias remains until the
    other variant wins. Pods are not restarted, because the experiment's route redirects the requests. Takes the
    `kubernetes` provider of the cluster from its options. Make it depend on the `Tracking`.
    """

    promoted: pulumi.Output[str]
    """The completed promotion, such as `sentiment@champion is version 4`; `nothing` without a winner."""

    def __init__(self, name: str, args: ModelPromotionArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        args = ModelPromotionArgs.of(name, args)
        super().__init__("falaj:kubernetes:ModelPromotion", name, {}, opts)
        decision = promotion(args.winner, args.models, args.alias)
        self.promoted = pulumi.Output.from_input(NO_PROMOTION)
        if decision is not None:
            job = _job(name, args, decision, pulumi.ResourceOptions(parent=self))
            self.promoted = job.id.apply(lambda _: str(decision))
        self.register_outputs({"promoted": self.promoted})


def _job(name: str, args: ModelPromotionArgs, promoted: Promotion, opts: pulumi.ResourceOptions) -> Job:
    return Job(
        f"{name}-job",
        # The finished Job is not deleted automatically, because the next deployment would create it again.
        metadata=ObjectMeta(promoted.job_name, args.namespace, args.labels).args(),
        spec={
            "backoff_limit": 4,
            "active_deadline_seconds": 900,
            "template": {"metadata": {"labels": args.labels}, "spec": _pod(args, promoted)},
        },
        opts=opts,
    )


def _pod(args: ModelPromotionArgs, promoted: Promotion) -> Any:
    variables = {
        **environment(None),
        "MLFLOW_TRACKING_URI": args.tracking_url,
        "FALAJ_MODEL": promoted.model,
        "FALAJ_VERSION": str(promoted.version),
        "FALAJ_ALIAS": promoted.alias,
    }
    return {
        "automount_service_account_token": False,
        "enable_service_links": False,
        "restart_policy": "Never",
        "node_selector": {PROFILE_LABEL: args.profile.value},
        "tolerations": tolerations(args.profile),
        "security_context": restricted_pod(USER),
        "containers": [
            {
                "name": "promote",
                "image": mirrored(args.image, args.image_mirror),
                "command": ["python", "-c", PROMOTION_SCRIPT],
                "env": [{"name": key, "value": value} for key, value in variables.items()],
                "resources": {"requests": {"cpu": "100m", "memory": "512Mi"}, "limits": {"memory": "1Gi"}},
                "security_context": restricted_container(),
                "volume_mounts": [{"name": "scratch", "mount_path": SCRATCH}],
            }
        ],
        "volumes": [{"name": "scratch", "empty_dir": {"size_limit": "64Mi"}}],
    }
