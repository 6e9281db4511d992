"""Several months of one stack: what is told of them, and what their figures say of jobs that never started."""

from falaj.simulation.seeds import simulated
from tests.unit.simulation.job_months import HOUR, job, platform, pool, queue, work


def test_each_month_is_announced_before_it_is_simulated() -> None:
    numbers: list[int] = []
    simulated(platform(pool()), work(job(0, 900), hours=48), 0, 3, numbers.append)
    assert numbers == [1, 2, 3]


def test_the_wait_is_the_longest_one_if_too_many_jobs_never_started() -> None:
    """Four jobs of 20 hours on one machine in 48 hours: each waits for those before it, and the last one for
    ever. A percentile of those that started would not be one of all."""
    month = work(*(job(0, 20 * HOUR) for _ in range(4)), hours=48)
    result = simulated(platform(pool(max=1), queues=[queue("a", {"s/gpu": 4})]), month, 0, 1)
    waits = result.first.waits["*"]
    assert (waits.jobs, waits.unfinished) == (3, 2)
    assert result.months[0].wait_seconds == waits.max > waits.p95
