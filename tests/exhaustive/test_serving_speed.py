"""The simulation of served models keeps to its time: a month of 50 million requests in a minute on one core."""

import time

from falaj.simulation.serving import simulate_requests
from tests.unit.simulation.serving_platforms import DAY, month, platform, pool, random_requests, service


def test_a_tenth_of_a_large_month_takes_a_tenth_of_a_minute() -> None:
    work = month(random_requests(7, 5_000_000, 30 * DAY), 30 * DAY)
    busy = platform(service(slots=16, max=8, target=8.0), pools=(pool(max=8),))
    begin = time.process_time()
    outcome = simulate_requests(busy, work)
    assert time.process_time() - begin < 6
    # Two requests of 4 s a second are eight in the system: one replica at night, two by day.
    assert 1.2 * 720 < outcome.answers["chat"].replica_hours < 2.2 * 720
    assert outcome.answers["chat"].late < 0.01 * 5_000_000


def test_replicas_with_few_slots_take_no_longer() -> None:
    """A day and a half of a month of 50 million requests: 20 a second, on a dozen replicas with a queue each. On
    2026-11-28 it took 2.1 s of processor time, which is 42 s a month."""
    days = 1.5
    work = month(random_requests(7, 2_500_000, days * DAY, 3.0), days * DAY)
    busy = platform(service(slots=8, max=15, target=4.0), pools=(pool(max=15),))
    begin = time.process_time()
    outcome = simulate_requests(busy, work)
    assert time.process_time() - begin < 3
    assert 8 * 36 < outcome.answers["chat"].replica_hours < 15 * 36
