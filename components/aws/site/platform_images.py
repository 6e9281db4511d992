"""Images of others that a site's own parts run: what a site without a way out must have in its registry. Pure.

Images of EKS's add-ons are not among them: EKS keeps them in a registry in the region, which the endpoints for ECR lead
to. Nor are charts, which are read by whoever deploys.
"""

from collections.abc import Collection
from enum import Enum

from falaj.components.aws.money.burn_rate_pod import AWS_CLI
from falaj.components.aws.nodes.karpenter.charts import IMAGES as KARPENTER
from falaj.components.kubernetes.cluster.keep_warm import PAUSE


class PlatformPart(Enum):
    """A part of a site that runs an image which AWS does not bring."""

    KARPENTER = "karpenter"
    WARM_NODES = "warm-nodes"
    """Nodes that Karpenter keeps for a pool's `min`."""
    SLEEP = "sleep"
    """Pools of Karpenter that sleep outside office hours."""
    CLUSTER_AUTOSCALER = "cluster-autoscaler"
    BURN_RATE = "burn-rate"


def _untagged(image: str) -> str:
    return image.rsplit(":", 1)[0]


PLATFORM_IMAGES = {
    PlatformPart.KARPENTER: f"{KARPENTER}/controller",
    PlatformPart.WARM_NODES: _untagged(PAUSE),
    PlatformPart.SLEEP: "registry.k8s.io/kubectl",
    PlatformPart.CLUSTER_AUTOSCALER: "registry.k8s.io/autoscaling/cluster-autoscaler",
    PlatformPart.BURN_RATE: _untagged(AWS_CLI),
}
"""Without tags: a part says itself which version it runs."""


def platform_images(parts: Collection[PlatformPart]) -> list[str]:
    """The images of these parts, for `mirrored_images` of a `Registry`."""
    return [image for part, image in PLATFORM_IMAGES.items() if part in parts]
