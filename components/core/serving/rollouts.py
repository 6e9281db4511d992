"""How long a rollout of a served model on GPUs may take while nothing is wrong. Pure.

Replicas on GPUs are replaced one after another, and a successor has its GPUs only once the former pod has ended.
Pulumi's Kubernetes provider waits 10 minutes for a rollout, whatever the Deployment reports meanwhile
(pulumi-kubernetes v4, provider/pkg/await: deployment.go, await.go; read 2026-11-27).
"""

from falaj.components.core.serving.draining import grace_seconds
from falaj.components.core.serving.specs import ServingSpec


def replacement_seconds(serving: ServingSpec) -> int:
    """Returns the seconds until a replica has ended and its successor has its model and has started."""
    start = serving.probes.startup_seconds or serving.runtime_row.probes.startup_seconds
    return grace_seconds(serving) + round(serving.model.transfer.seconds(images_on_nodes=False)) + start


def rollout_seconds(serving: ServingSpec) -> int:
    """Returns the seconds until all replicas have been replaced."""
    return serving.max * replacement_seconds(serving)
