"""The months that a simulated one is compared with."""

import pytest

from falaj.simulation.bounds import clairvoyant
from falaj.simulation.comparisons import compared
from falaj.simulation.platform_model import MachineType
from tests.unit.simulation.small_months import job, month, platform, pool

FOUR = MachineType("four", 32, 128, 4, 40.0, 10.0)


def test_a_short_wait_has_a_bound_of_its_own() -> None:
    work, single = month([job(0, 4, 1, interruptible=False)], 24), platform(pool("gpu", [FOUR]))
    aed = compared(single, work).aed
    assert [*aed] == [
        "static on-demand peak",
        "static spot peak",
        "clairvoyant lower bound",
        "clairvoyant lower bound, 15 min wait",
        "clairvoyant lower bound, 15 min wait, whole pods",
    ]
    # Without a limit the job pays for its quarter of a machine; it runs from 15 minutes to four hours in any case.
    assert aed["clairvoyant lower bound"] == pytest.approx(4 * 40 / 4)
    assert aed["clairvoyant lower bound, 15 min wait"] == pytest.approx(3.75 * 40)


def test_a_pod_of_several_gpus_pays_for_machines_that_hold_it() -> None:
    """Machines with one GPU cost 2 on spot, those with four 12. The job without pods pays for two of the first."""
    one = MachineType("one", 8, 32, 1, 8.0, 2.0)
    four = MachineType("four", 32, 128, 4, 40.0, 12.0)
    pools, work = platform(pool("gpu", [one, four])), month([job(0, 4, 2)], 24)
    assert clairvoyant(pools, work).aed == pytest.approx(4 * 2 * 2)
    assert clairvoyant(pools, work, whole_pods=True).aed == pytest.approx(4 * 12 / 2)
    # In a pool of small machines only, it has two pods.
    apart = platform(pool("gpu", [four]), pool("small", [one]))
    assert clairvoyant(apart, work, whole_pods=True).aed == pytest.approx(4 * 2 * 2)


def test_how_the_bounds_were_computed_is_said_of_both() -> None:
    work, single = month([job(0, 4, 1)], 24), platform(pool("gpu", [FOUR]))
    how = compared(single, work).how
    assert how.startswith(clairvoyant(single, work).how)
    assert "In the bound with a wait of 15 minutes, no job waits, or is paused, for longer in total" in how
