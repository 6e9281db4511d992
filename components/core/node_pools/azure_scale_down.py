"""When the cluster autoscaler of AKS removes a node that is not needed. Pure."""

from collections.abc import Iterable, Mapping

from falaj.components.core.validation.enums import Profile

UNNEEDED_MINUTES: Mapping[Profile, int] = {
    Profile.SYSTEM: 5,
    Profile.BATCH: 5,
    Profile.INFERENCE_CPU: 5,
    # The next job of a queue can reuse the node of the last one, which already has the image.
    Profile.TRAINING: 10,
    # A model takes minutes to load, so the node is kept through short periods without traffic.
    Profile.INFERENCE_GPU: 10,
}
"""Minutes after which the cluster autoscaler removes an unneeded node. AKS has one value for a cluster: the longest of
its profiles is used."""


def unneeded_minutes(workloads: Iterable[Profile]) -> int:
    """Returns the minutes after which the autoscaler of a cluster with pools of these profiles removes a node."""
    return max(UNNEEDED_MINUTES[profile] for profile in (Profile.SYSTEM, *workloads))
