"""Third-party images that a site's components run, which a site without egress must have in its own registry. Pure.

Images of EKS add-ons are not included: EKS provides them in a registry in the region, which the ECR endpoints reach.
Helm charts are not included either: the machine that runs the deployment downloads them.
"""

from collections.abc import Collection
from enum import Enum

from falaj.components.aws.cluster.load_balancer_controller import IMAGE as LOAD_BALANCER_CONTROLLER
from falaj.components.aws.money.burn_rate_pod import AWS_CLI
from falaj.components.aws.nodes.karpenter.charts import IMAGES as KARPENTER
from falaj.components.kubernetes.cluster.keep_warm import PAUSE


class PlatformPart(Enum):
    """A component of a site that runs an image which AWS does not provide."""

    KARPENTER = "karpenter"
    WARM_NODES = "warm-nodes"
    """Placeholder pods for which Karpenter keeps a pool's `min` nodes."""
    SLEEP = "sleep"
    """Jobs for Karpenter pools that sleep outside office hours."""
    CLUSTER_AUTOSCALER = "cluster-autoscaler"
    BURN_RATE = "burn-rate"
    LOAD_BALANCERS = "load-balancers"


def _untagged(image: str) -> str:
    return image.rsplit(":", 1)[0]


PLATFORM_IMAGES = {
    PlatformPart.KARPENTER: f"{KARPENTER}/controller",
    PlatformPart.WARM_NODES: _untagged(PAUSE),
    PlatformPart.SLEEP: "registry.k8s.io/kubectl",
    PlatformPart.CLUSTER_AUTOSCALER: "registry.k8s.io/autoscaling/cluster-autoscaler",
    PlatformPart.BURN_RATE: _untagged(AWS_CLI),
    PlatformPart.LOAD_BALANCERS: _untagged(LOAD_BALANCER_CONTROLLER),
}
"""Component -> image without tag, because each component defines its own version."""


def platform_images(parts: Collection[PlatformPart]) -> list[str]:
    """Returns the images of these components, for `mirrored_images` of a `Registry`."""
    return [image for part, image in PLATFORM_IMAGES.items() if part in parts]
