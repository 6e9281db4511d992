"""How often a run saves what it has learnt, so that losing machines costs least. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp, expm1, sqrt

from falaj.facts.regions import Cloud

NOTICE_SECONDS: Mapping[Cloud, int] = {Cloud.AWS: 120, Cloud.AZURE: 30, Cloud.ONPREM: 0}
"""What a cloud says before it takes a spot machine: two minutes (EC2 User Guide, spot interruption notices), at most
half a minute (Azure, spot virtual machines: "up to 30 seconds"; often less than ten, karpenter-provider-azure 1769).
Both are best effort."""

GRACE_SECONDS: Mapping[Cloud, int] = {Cloud.AWS: 100, Cloud.AZURE: 25, Cloud.ONPREM: 100}
"""How long a pod has between being asked to stop and being stopped: the notice, less what it takes to arrive. On-prem
nodes are drained by people, who wait as long."""

SPOT_PER_HOUR = 0.10
"""Share of spot machines with GPUs that are taken within an hour: the least of the rates (10, 16 and 33 %) that Bamboo
saw on EC2 (Thorpe et al., NSDI 2023). Careful: measure your own."""

FAILURES_PER_HOUR = 419 / (54 * 24 * 2048)
"""Share of machines of 8 GPUs that fail within an hour: 419 unplanned interruptions in 54 days of 2048 such machines
(The Llama 3 Herd of Models, 2024, section 3.3.4)."""

RESTART_SECONDS = 300.0
"""From a loss until the run learns again: a node, its image and the last checkpoint. An assumption of ours."""

LONGEST_SECONDS = 3600
"""Never further apart: a person who stops a run, or a bug, should not cost more than an hour either."""


NEVER = 1e-9
"""Losses an hour that nobody will live to see: once in a hundred thousand years."""


@dataclass(frozen=True)
class Proposal:
    """When to save. `overhead` is the share of time on top that saving and losing cost together; `on_notice` says
    whether a checkpoint fits into the notice, so that an announced loss costs nothing but the restart."""

    seconds: int
    on_notice: bool
    overhead: float


def rate_of(interruptible: bool) -> float:
    """Losses of one machine an hour, where nobody has measured."""
    return SPOT_PER_HOUR if interruptible else FAILURES_PER_HOUR


def daly(save: float, mean: float) -> float:
    """Seconds of work between two checkpoints that take `save` seconds each, where something is lost every `mean`
    seconds: Young's first order (CACM 1974), with Daly's terms (FGCS 22, 2006, equation 37)."""
    if save >= 2 * mean:
        return mean
    ratio = save / (2 * mean)
    return sqrt(2 * save * mean) * (1 + sqrt(ratio) / 3 + ratio / 9) - save


def overhead(interval: float, save: float, mean: float, restart: float = RESTART_SECONDS) -> float:
    """Share of time on top, by Daly's complete model (equation 20): losses are memoryless and may strike while saving
    and restarting too. Infinite where the run never gets anywhere."""
    steps = (interval + save) / mean
    if steps > 500 or restart / mean > 500:
        return float("inf")
    return mean * exp(restart / mean) * expm1(steps) / interval - 1


def proposed(
    cloud: Cloud,
    losses_per_hour: float,
    machines: int,
    save: float,
    heard: float = 0.0,
    restart: float = RESTART_SECONDS,
) -> Proposal:
    """When a run on `machines` machines should save, where each is lost `losses_per_hour` times an hour and a
    checkpoint takes `save` seconds.

    A run on many machines stops when one is lost, so that its losses add up. `heard` is the share of losses that come
    with a whole notice, as measured: none unless somebody knows, because neither cloud promises any. It counts only
    where a checkpoint fits into the pod's grace.
    """
    fits = save <= GRACE_SECONDS[cloud] and NOTICE_SECONDS[cloud] > 0
    surprising = losses_per_hour * machines * (1 - heard if fits else 1)
    if surprising < NEVER:
        return Proposal(LONGEST_SECONDS, fits, save / LONGEST_SECONDS)
    mean = 3600 / surprising
    # More often than a checkpoint takes would be nothing but saving.
    seconds = round(min(max(daly(save, mean), save, 1), LONGEST_SECONDS))
    return Proposal(seconds, fits, overhead(seconds, save, mean, restart))
