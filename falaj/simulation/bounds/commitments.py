"""What commitments change about the bound: their price is paid, and at most all of their hours are saved."""

from falaj.finops.commitments import covered_seconds
from falaj.simulation.commitments import standing_intervals
from falaj.simulation.platform_model import CommittedMachines, Platform
from falaj.simulation.work import Work


def commitments_aed(platform: Platform, work: Work, without: float) -> float:
    """Returns the AED by which commitments raise, or lower, a bound of `without` that knows none.

    Whatever a policy decides, its month without them costs `without` at least, and a commitment covers no more than its
    count of machines at all hours. No policy saves more than the month costs. Machines that only run whatever the work
    are covered as they run, because no policy decides about them.
    """
    hours = work.length / 3600
    paid = sum(each.aed * each.count * hours for each in platform.commitments)
    most = sum(_most_hours(platform, work, each) * each.on_demand_aed for each in platform.commitments)
    return paid - min(most, without)


def _most_hours(platform: Platform, work: Work, committed: CommittedMachines) -> float:
    """Returns the most machine-hours that a commitment covers."""
    key = (committed.site, committed.machine)
    is_decided = any(
        (pool.site, machine.name) == key and machine.on_demand_aed
        for pool in platform.pools
        for machine in pool.machines
    )
    if is_decided:
        return committed.count * work.length / 3600
    return covered_seconds(standing_intervals(platform.standing, key, work), committed.count, work.length) / 3600
