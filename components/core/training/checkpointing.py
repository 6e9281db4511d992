"""The checkpoint interval of a training run that minimises the cost of losing machines. Pure."""

from dataclasses import dataclass
from math import exp, expm1, sqrt

from falaj.components.core.site.rules import node_traits
from falaj.facts.regions import Cloud

SPOT_PER_HOUR = 0.10
"""Share of spot machines with GPUs that are reclaimed within an hour: the lowest of the rates (10, 16 and 33 %) that
Bamboo measured on EC2 (Thorpe et al., NSDI 2023). Measure your own."""

FAILURES_PER_HOUR = 419 / (54 * 24 * 2048)
"""Share of machines of 8 GPUs that fail within an hour: 419 unplanned interruptions in 54 days of 2048 such machines
(The Llama 3 Herd of Models, 2024, section 3.3.4)."""

RESTART_SECONDS = 300.0
"""Seconds from a loss until training continues: a node, its image and the last checkpoint. An assumption."""

LONGEST_SECONDS = 3600
"""Longest interval: a run that is stopped by a person or a bug should not lose more than an hour either."""


NEVER = 1e-9
"""Losses per hour that count as none: one in a hundred thousand years."""


@dataclass(frozen=True)
class Proposal:
    """A proposed checkpoint interval. `overhead`: share of additional time that saving and losing cost together.
    `on_notice`: whether a checkpoint fits into the notice, so that an announced loss costs only the restart."""

    seconds: int
    on_notice: bool
    overhead: float


def rate_of(interruptible: bool) -> float:
    """Losses of one machine per hour, where none were measured."""
    return SPOT_PER_HOUR if interruptible else FAILURES_PER_HOUR


def daly(save: float, mean: float) -> float:
    """Seconds of work between two checkpoints that take `save` seconds each, where something is lost every `mean`
    seconds: Young's first order (CACM 1974), with Daly's terms (FGCS 22, 2006, equation 37)."""
    if save >= 2 * mean:
        return mean
    ratio = save / (2 * mean)
    return sqrt(2 * save * mean) * (1 + sqrt(ratio) / 3 + ratio / 9) - save


def overhead(interval: float, save: float, mean: float, restart: float = RESTART_SECONDS) -> float:
    """Share of additional time, by Daly's complete model (equation 20): losses are memoryless and may occur while
    saving and restarting too. Infinite where the run makes no progress."""
    steps = (interval + save) / mean
    if steps > 500 or restart / mean > 500:
        return float("inf")
    return mean * exp(restart / mean) * expm1(steps) / interval - 1


def proposed(
    cloud: Cloud,
    losses_per_hour: float,
    machines: int,
    save: float,
    announced: float = 0.0,
    restart: float = RESTART_SECONDS,
) -> Proposal:
    """The checkpoint interval of a run on `machines` machines, each lost `losses_per_hour` times an hour, where a
    checkpoint takes `save` seconds.

    A run on many machines stops when one is lost, so that the losses add up. `announced` is the share of losses that
    come with full notice, as measured: 0 by default, because neither cloud promises any. It counts only where a
    checkpoint fits into the pod's grace period.
    """
    nodes = node_traits(cloud)
    fits = save <= nodes.grace_seconds and nodes.notice_seconds > 0
    surprising = losses_per_hour * machines * (1 - announced if fits else 1)
    if surprising < NEVER:
        return Proposal(LONGEST_SECONDS, fits, save / LONGEST_SECONDS)
    mean = 3600 / surprising
    # A shorter interval than the checkpoint itself would be nothing but saving.
    seconds = round(min(max(daly(save, mean), save, 1), LONGEST_SECONDS))
    return Proposal(seconds, fits, overhead(seconds, save, mean, restart))
