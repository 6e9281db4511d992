"""The parts of a month are the month, and each is simulated once for all settings that it does not read."""

from dataclasses import replace

import numpy as np
import pytest

from falaj.simulation.advice.parts import Parts, parts
from falaj.simulation.experiments import split
from falaj.simulation.jobs import simulate_jobs
from falaj.simulation.month import simulate
from falaj.simulation.outcome import Outcome
from falaj.simulation.platform_model import Platform
from falaj.simulation.serving import simulate_requests
from falaj.simulation.work import Work
from tests.unit.simulation import job_months
from tests.unit.simulation.serving_platforms import month, platform, pool, requests, service

POOLS = (pool(), pool(name="other"), pool(name="empty", min=1))
SERVICES = (service(), service(name="third", pool="site/other", slots=4), service(name="fourth", pool="site/other"))
OF = replace(platform(*SERVICES, pools=POOLS), system_aed_per_month={"control plane": 730.0})


def _work() -> Work:
    random = np.random.default_rng(3)
    at = np.sort(random.uniform(0, 80_000, 4000))
    names = tuple(each.name for each in SERVICES)
    return month(requests(at, seconds=20.0, services=names, service=random.integers(3, size=4000)))


class Counted:
    """Parts with the services of each simulation of requests."""

    def __init__(self) -> None:
        self.simulated: list[set[str]] = []
        self.jobs = 0
        self.parts = Parts(self.jobs_of, self._requests, split)

    def jobs_of(self, of: Platform, work: Work, seed: int) -> Outcome:
        """Counts a simulation of jobs."""
        self.jobs += 1
        return simulate_jobs(of, work, seed)

    def _requests(self, of: Platform, work: Work, seed: int) -> Outcome:
        self.simulated.append({each.name for each in of.services})
        return simulate_requests(of, work, seed)


def test_the_parts_together_are_the_month() -> None:
    work, found = _work(), parts()
    for _ in range(2):  # The second time from what is remembered.
        whole, together = simulate(OF, work, 1), found.simulate(OF, work, 1)
        assert together.charges == whole.charges
        assert (together.answers, together.node_hours, together.hours) == (
            whole.answers,
            whole.node_hours,
            whole.hours,
        )
        assert together.on_demand == whole.on_demand
        assert together.gpu_hours_used == pytest.approx(whole.gpu_hours_used)


def test_a_change_of_one_service_simulates_its_pool_only() -> None:
    work, counted = _work(), Counted()
    counted.parts.simulate(OF, work, 0)
    assert counted.simulated == [{"chat"}, {"third", "fourth"}, set()]
    counted.parts.simulate(replace(OF, services=(replace(SERVICES[0], max=9), *SERVICES[1:])), work, 0)
    counted.parts.simulate(replace(OF, pools=(POOLS[0], replace(POOLS[1], max=11), POOLS[2])), work, 0)
    counted.parts.simulate(replace(OF, runs=replace(OF.runs, checkpoint_seconds=1.0)), work, 0)
    assert counted.simulated[3:] == [{"chat"}, {"third", "fourth"}]
    counted.parts.simulate(OF, work, 1)
    counted.parts.simulate(replace(OF, runs=replace(OF.runs, interruptions_per_hour=1.0)), work, 1)
    assert len(counted.simulated) == 11


def test_without_jobs_no_queue_matters() -> None:
    """Of a month of requests alone, each of the changed queues took as long as half a month of requests."""
    gpu = job_months.pool(min=1)
    queues = [(job_months.queue("a", {gpu.key: units}),) for units in (4.0, 8.0)]
    for work, simulations in ((_work(), 1), (job_months.work(job_months.job(0, 3600)), 2)):
        counted = Counted()
        found = [counted.parts.simulate(replace(OF, pools=(*POOLS, gpu), queues=each), work, 0) for each in queues]
        assert counted.jobs == simulations
        whole = [simulate(replace(OF, pools=(*POOLS, gpu), queues=each), work, 0) for each in queues]
        assert [each.charges for each in found] == [each.charges for each in whole]
