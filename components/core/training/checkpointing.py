"""Computes the checkpoint interval of a training run that minimises the cost of lost machines. Pure."""

from dataclasses import dataclass
from math import exp, expm1, sqrt

from falaj.components.core.site.rules import node_traits
from falaj.facts.regions import Cloud

SPOT_RECLAIMS_PER_HOUR = 0.10
"""Share of GPU spot machines that are reclaimed per hour: the lowest of the rates (10, 16 and 33 %) that Bamboo
measured
on EC2 (Thorpe et al., NSDI 2023). Replace it by your own measurement."""

FAILURES_PER_HOUR = 419 / (54 * 24 * 2048)
"""Share of machines with 8 GPUs that fail per hour: 419 unplanned interruptions in 54 days on 2048 such machines
(The Llama 3 Herd of Models, 2024, section 3.3.4)."""

RESTART_SECONDS = 300.0
"""Assumed seconds from the loss of a machine until training continues: start a node, pull the image and load the last
checkpoint."""

MAX_INTERVAL_SECONDS = 3600
"""Maximum checkpoint interval in seconds, so that a run stopped by a person or a bug also loses at most an hour."""

NEGLIGIBLE_INTERRUPTIONS_PER_HOUR = 1e-9
"""Interruptions per hour below which machines count as never lost: about one loss in a hundred thousand years."""


@dataclass(frozen=True)
class Proposal:
    """A proposed checkpoint interval.

    `overhead` is the share of additional time spent on saving checkpoints and on lost work. `on_notice` is whether a
    checkpoint fits into the interruption notice, so that an announced loss costs only the restart.
    """

    seconds: int
    on_notice: bool
    overhead: float


def default_interruptions_per_hour(interruptible: bool) -> float:
    """Returns the default interruptions of one machine per hour, for runs without a measured rate."""
    return SPOT_RECLAIMS_PER_HOUR if interruptible else FAILURES_PER_HOUR


def daly_interval(save: float, mean: float) -> float:
    """Returns the optimal seconds of work between two checkpoints.

    A checkpoint takes `save` seconds and `mean` is the mean time between losses in seconds. Young's first-order formula
    (CACM 1974) with Daly's higher-order terms (FGCS 22, 2006, equation 37).
    """
    if save >= 2 * mean:
        return mean
    ratio = save / (2 * mean)
    return sqrt(2 * save * mean) * (1 + sqrt(ratio) / 3 + ratio / 9) - save


def overhead(interval: float, save: float, mean: float, restart: float = RESTART_SECONDS) -> float:
    """Returns the share of additional time by Daly's complete model (equation 20).

    Losses are memoryless and may also occur while saving and restarting. All arguments are in seconds. Returns infinity
    if the run makes no progress.
    """
    steps = (interval + save) / mean
    if steps > 500 or restart / mean > 500:
        return float("inf")
    return mean * exp(restart / mean) * expm1(steps) / interval - 1


def propose_interval(
    cloud: Cloud,
    interruptions_per_hour: float,
    machines: int,
    save: float,
    announced: float = 0.0,
    restart: float = RESTART_SECONDS,
) -> Proposal:
    """Returns the checkpoint interval of a run on `machines` machines.

    Each machine has `interruptions_per_hour`, and a checkpoint takes `save` seconds. A run on several
    machines stops when one of them is lost, so the rates add up. `announced` is the measured share of losses with full
    notice: 0 by default, because neither cloud guarantees a notice. It has an effect only if a checkpoint fits into the
    pod's grace period.
    """
    traits = node_traits(cloud)
    fits_notice = save <= traits.grace_seconds and traits.notice_seconds > 0
    unannounced = interruptions_per_hour * machines * (1 - announced if fits_notice else 1)
    if unannounced < NEGLIGIBLE_INTERRUPTIONS_PER_HOUR:
        return Proposal(MAX_INTERVAL_SECONDS, fits_notice, save / MAX_INTERVAL_SECONDS)
    mean = 3600 / unannounced
    # An interval shorter than a checkpoint would spend most of the time on saving.
    seconds = round(min(max(daly_interval(save, mean), save, 1), MAX_INTERVAL_SECONDS))
    return Proposal(seconds, fits_notice, overhead(seconds, save, mean, restart))
