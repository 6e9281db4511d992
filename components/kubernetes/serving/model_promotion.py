"""Promotion of an experiment's winner in the MLflow model registry."""

from typing import Any

import pulumi
from pulumi_kubernetes.batch.v1 import Job

from falaj.components.core.charts.images import mirrored_input
from falaj.components.core.serving.promotion import (
    PROMOTION_SCRIPT,
    Promotion,
    promotion,
)
from falaj.components.core.serving.promotion_args import ModelPromotionArgs
from falaj.components.core.training.tracking import SCRATCH, environment
from falaj.components.kubernetes.cluster.object_meta import ObjectMeta
from falaj.components.kubernetes.cluster.pod_security import restricted_container, restricted_pod
from falaj.components.kubernetes.training.tracking_pod import USER, tolerations
from falaj.facts.labels import PROFILE_LABEL

NO_PROMOTION = "nothing"
"""Value of the output `promoted` without a winner."""


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
            "template": {"metadata": {"labels": args.pod_labels}, "spec": _pod(args, promoted)},
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
        "tolerations": tolerations(args.profile, args.tenant),
        "security_context": restricted_pod(USER),
        "containers": [
            {
                "name": "promote",
                "image": mirrored_input(args.image, args.image_mirror),
                "command": ["python", "-c", PROMOTION_SCRIPT],
                "env": [{"name": key, "value": value} for key, value in variables.items()],
                "resources": {"requests": {"cpu": "100m", "memory": "512Mi"}, "limits": {"memory": "1Gi"}},
                "security_context": restricted_container(),
                "volume_mounts": [{"name": "scratch", "mount_path": SCRATCH}],
            }
        ],
        "volumes": [{"name": "scratch", "empty_dir": {"size_limit": "64Mi"}}],
    }
