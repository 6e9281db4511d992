"""The Karpenter of a cluster, which all its node pools share."""

from dataclasses import dataclass

from falaj.simulation.jobs.batch import Batch
from falaj.simulation.jobs.clock import Clock
from falaj.simulation.jobs.emptiness import Emptiness
from falaj.simulation.platform_model import PoolModel


@dataclass(frozen=True)
class Karpenter:
    """What decides about the nodes of all pools of a cluster together."""

    batch: Batch
    emptiness: Emptiness


def karpenter(clock: Clock, pool: PoolModel) -> Karpenter:
    """Returns the Karpenter of the cluster of a pool; its settings are those of all pools there."""
    return Karpenter(batch_of(clock, pool), Emptiness(clock))


def batch_of(clock: Clock, pool: PoolModel) -> Batch:
    """Returns the batch of the autoscaler of a pool."""
    return Batch(clock, pool.decision_seconds, pool.longest_decision_seconds)
