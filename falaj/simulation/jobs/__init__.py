"""Queued work on node pools: Kueue's queues, Karpenter's machines, spot interruptions and checkpoints, event by event.

What real components do is followed from their source: Kueue 0.17.0 (pkg/scheduler), Karpenter 1.15.0
(sigs.k8s.io/karpenter, pkg/controllers; the constants and functions that are named here were read in that module on
2026-11-28) and the project's own controllers, whose decisions are imported. What a file supposes beyond that is in its
own docstring. docs/simulation-validation.md compares it with the real programs.
"""

from falaj.simulation.outcome import Outcome
from falaj.simulation.platform_model import Platform
from falaj.simulation.work import Work


def simulate_jobs(platform: Platform, work: Work, seed: int = 0) -> Outcome:
    """Returns what the jobs of a month cost and how long they wait (`simulation.simulate_jobs`)."""
    from falaj.simulation.jobs.simulation import simulate_jobs as simulate

    return simulate(platform, work, seed)
