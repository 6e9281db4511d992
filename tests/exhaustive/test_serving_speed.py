"""The simulation of served models keeps to its time: a month of 50 million requests in a minute on one core."""

from falaj.simulation.serving import simulate_requests
from tests.processor_time import within
from tests.unit.simulation.serving_platforms import DAY, month, platform, pool, random_requests, service


def test_a_tenth_of_a_large_month_takes_a_tenth_of_a_minute() -> None:
    work = month(random_requests(7, 5_000_000, 30 * DAY), 30 * DAY)
    busy = platform(service(slots=16, max=8, target=8.0), pools=(pool(max=8),))
    with within(6):
        outcome = simulate_requests(busy, work)
    # Two requests of 4 s a second are eight in the system: one replica at night, two by day.
    assert 1.2 * 720 < outcome.answers["chat"].replica_hours < 2.2 * 720
    assert outcome.answers["chat"].late < 0.01 * 5_000_000


def test_replicas_with_few_slots_take_no_longer() -> None:
    """14 hours of a month of 50 million requests: 20 a second, on a dozen replicas with a queue each. On 2026-11-28 it
    took 0.85 s of processor time, which is 43 s a month."""
    length = 0.6 * DAY
    work = month(random_requests(7, 1_000_000, length, 3.0), length)
    busy = platform(service(slots=8, max=15, target=4.0), pools=(pool(max=15),))
    with within(2):
        outcome = simulate_requests(busy, work)
    assert 8 < outcome.answers["chat"].replica_hours / (length / 3600) < 15
