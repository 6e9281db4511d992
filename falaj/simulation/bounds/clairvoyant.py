"""Lower bound on the cost of a month for every policy, also for one that knows the future."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from falaj.components.core.tenancy.queue_specs import QUEUED
from falaj.components.core.validation.enums import Profile
from falaj.simulation.bounds.commitments import commitments_aed
from falaj.simulation.bounds.divisible import divisible_aed
from falaj.simulation.bounds.job_groups import job_groups, jobs_left_out
from falaj.simulation.bounds.offerings import kept_aed
from falaj.simulation.bounds.service_load import replica_seconds
from falaj.simulation.bounds.services import services_aed
from falaj.simulation.bounds.whole_machines import whole_machines_aed
from falaj.simulation.platform_model import Platform
from falaj.simulation.work import Work

if TYPE_CHECKING:
    from falaj.simulation.work import Numbers


@dataclass(frozen=True)
class Bound:
    """What a month's work costs at least."""

    aed: float
    """AED of the month; no policy that does the work pays less (docs/simulation-bound.md)."""
    how: str
    """How it was computed, and what it supposes, in sentences for the report."""
    parts: Mapping[str, float]
    """`jobs`, `services`, `kept` (least sizes of pools without work), `system` and `commitments` (negative if they can
    save) -> AED of the month."""
    jobs_left_out: int = 0
    """Jobs that fit on no machines of the platform, and cost nothing."""


def clairvoyant(
    platform: Platform,
    work: Work,
    wait_seconds: float | None = None,
    *,
    whole_pods: bool = False,
    served: "Mapping[str, Numbers] | None" = None,
) -> Bound:
    """Returns a lower bound on what any policy pays for the month's work on the platform's machine types.

    Deadlines that can be kept are kept. Without `wait_seconds` other work waits as long as it likes, if what can be
    computed by the end of the month is computed. With it, the time from submission to end in which a job does not
    compute is at most that many seconds, its waits and pauses together, and the bound is usually higher. With
    `whole_pods`, no policy cuts jobs up: a pod of several GPUs is on one machine that holds it. `served` are the
    `replica_seconds`, if they are known.
    """
    jobs, used = 0.0, set[str]()
    slack = None if wait_seconds is None else max(wait_seconds - platform.runs.restart_seconds, 0.0)
    for group in job_groups(platform, work, wait_seconds, whole_pods):
        jobs += max(divisible_aed(group, work), whole_machines_aed(group, work, slack))
        used |= {pool.key for pool in group.pools}
    seconds = replica_seconds(platform, work) if served is None else served
    pools = [pool for pool in platform.pools if pool.profile is not Profile.SYSTEM]
    parts = {
        "jobs": jobs,
        "services": sum(
            services_aed(pool, [service for service in platform.services if service.pool == pool.key], work, seconds)
            for pool in pools
            if pool.profile not in QUEUED
        ),
        "kept": sum(kept_aed(pool, work) for pool in pools if pool.profile in QUEUED and pool.key not in used),
        "system": platform.system_aed(work.length),
    }
    parts["commitments"] = commitments_aed(platform, work, sum(parts.values()))
    left_out = jobs_left_out(platform, work)
    how = _how(wait_seconds, left_out, has_commitments=bool(platform.commitments))
    return Bound(sum(parts.values()), how, parts, left_out)


def _how(wait_seconds: float | None, left_out: int, has_commitments: bool) -> str:
    limit = (
        "Jobs and requests wait as long as they like, jobs up to their deadlines."
        if wait_seconds is None
        else f"No job waits, or is paused, for more than {wait_seconds:g} seconds in total; requests wait as long as"
        " they like."
    )
    paid = (
        " Commitments are paid in full, and all of their hours save what a machine costs on demand." * has_commitments
    )
    omitted = f" {left_out:,} jobs fit on no machines and are left out." if left_out else ""
    return (
        "Every job and replica pays for the share that it uses of the cheapest machines, on spot only while the market"
        " has machines, or all that must run at a moment pays for the cheapest whole machines, whichever is more."
        " Starts of machines, further starts of jobs, checkpoints and lost work cost nothing."
        f" {limit}{omitted}{paid}"
    )
