"""What the autoscaler of a service reads at an evaluation."""

import pytest

from falaj.simulation.serving.demand import demands
from falaj.simulation.serving.pool import ServingPool
from falaj.simulation.serving.service import Service
from falaj.simulation.serving.simulation import simulate_requests
from falaj.simulation.work import Requests
from tests.unit.simulation.serving_platforms import DAY, month, platform, requests, service
from tests.unit.simulation.test_serving_pool import serving_pool


def _loads(follows: str, given: Requests, slots: int, syncs: tuple[int, ...]) -> list[float]:
    """Returns the loads at evaluations, one every 15 seconds, of a service with one replica from the start on."""
    model = service(
        follows=follows, slots=slots, max=2, target=1e9, tokens_per_second=10.0, prompt_tokens_per_second=100.0
    )
    pool: ServingPool = serving_pool(machines=platform().pools[0].machines)
    ((_, demand),) = demands(platform(model), given)
    running = Service(model, demand, pool, DAY, 0)
    pool.begin(running.replicas)
    found: dict[int, float] = {}
    for sync in range(1, max(syncs) + 1):
        running.advance(sync)
        found[sync] = running.load(sync)
    return [found[sync] for sync in syncs]


@pytest.mark.parametrize("slots", [1, 16])
def test_tokens_are_the_mean_of_two_minutes(slots: int) -> None:
    # One request reads its prompt for 30 s and generates for 30 s: busy for 60 s, at 10 tokens a second.
    given = requests([0.0], prompt=3000, generated=300)
    loads = _loads("tokens", given, slots, (1, 2, 4, 8, 9, 11, 12, 13))
    assert loads == pytest.approx([10, 10, 10, 5, 3.75, 1.25, 0, 0])


@pytest.mark.parametrize("slots", [1, 16])
def test_cpu_is_the_busy_share_since_the_last_evaluation(slots: int) -> None:
    given = requests([5.0], seconds=20.0)
    assert _loads("cpu", given, slots, (1, 2, 3)) == pytest.approx([10 / 15 / slots, 10 / 15 / slots, 0])


@pytest.mark.parametrize("slots", [1, 16])
def test_requests_are_counted_when_they_end(slots: int) -> None:
    # Each of two requests takes 40 s. With one slot the second one begins at 40 s.
    ended = [0, 0, 1 / 45, 1 / 60, 1 / 75, 2 / 90] if slots == 1 else [0, 0, 2 / 45, 2 / 60, 2 / 75, 2 / 90]
    loads = _loads("requests", requests([0.0, 0.0], seconds=40.0), slots, (1, 2, 3, 4, 5, 6))
    assert loads == pytest.approx(ended)


def test_requests_are_counted_over_two_minutes() -> None:
    given = requests([1.0, 20.0, 21.0, 22.0], seconds=0.1)
    assert _loads("requests", given, 16, (1, 2, 8, 9, 10)) == pytest.approx([1 / 15, 4 / 30, 4 / 120, 3 / 120, 0])


@pytest.mark.parametrize("slots", [1, 16])
def test_prompts_are_the_tokens_of_requests_with_a_slot_over_two_minutes(slots: int) -> None:
    # With one slot, the second of two prompts of 30 s waits until the first answer has ended after 60 s.
    loads = _loads("prompts", requests([0.0, 0.0], prompt=3000, generated=300), slots, (1, 3, 5, 8, 10, 13))
    one_by_one = [3000 / 15, 3000 / 45, 6000 / 75, 6000 / 120, 3000 / 120, 0]
    together = [6000 / 15, 6000 / 45, 6000 / 75, 6000 / 120, 0, 0]
    assert loads == pytest.approx(one_by_one if slots == 1 else together)


def test_prompts_are_counted_where_the_time_of_a_request_is_measured() -> None:
    given = requests([1.0, 20.0], prompt=300, seconds=0.1)
    assert _loads("prompts", given, 16, (1, 2, 8, 9)) == pytest.approx([300 / 15, 600 / 30, 600 / 120, 300 / 120])


@pytest.mark.parametrize(("slots", "waiting", "in_system"), [(1, [2, 1, 0], [3, 2, 1]), (2, [1, 0, 0], [3, 1, 0])])
def test_requests_that_wait_are_told_from_those_in_slots(slots: int, waiting: list[int], in_system: list[int]) -> None:
    given = requests([0.0, 0.0, 0.0], seconds=20.0)
    assert _loads("waiting", given, slots, (1, 2, 3)) == waiting
    assert _loads("queue", given, slots, (1, 2, 3)) == in_system


def test_a_service_of_another_name_gets_no_requests() -> None:
    given = requests([0.0, 1.0], seconds=1.0, services=("chat", "other"), service=[0, 1])
    outcome = simulate_requests(platform(service(), service(name="third")), month(given))
    assert {name: answers.requests for name, answers in outcome.answers.items()} == {"chat": 1, "third": 0}
