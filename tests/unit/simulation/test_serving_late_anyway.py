"""Requests that are late with any number of replicas: it is said, with what mends it."""

import pytest

from falaj.simulation.month import simulate
from falaj.simulation.serving.demand import late_anyway
from falaj.simulation.work import Requests
from tests.unit.simulation.serving_platforms import month, platform, requests, service


def _words(given: Requests, least: float = 0.01) -> list[str]:
    """Returns what is said of a service that reads 1,000 tokens a second and promises 2 s."""
    return [*late_anyway(platform(service(), service(name="idle")), given, least)]


@pytest.mark.parametrize(
    ("longest", "begins"), [(2000, []), (2001, ["25.00% of the requests to chat"])], ids=["kept", "longer"]
)
def test_a_prompt_that_alone_takes_longer_than_promised(longest: int, begins: list[str]) -> None:
    words = _words(requests([0.0, 1.0, 2.0, 3.0], prompt=[10, longest, 10, 10]))
    assert [each.partition(" are late with any number of replicas: ")[0] for each in words] == begins
    assert all("longer than 2 s" in each and "late_seconds of --services" in each for each in words)


def test_a_measured_answer_that_alone_takes_longer_than_promised() -> None:
    assert len(_words(requests([0.0, 1.0], seconds=2.5))) == 1


def test_a_share_up_to_the_limit_is_not_said() -> None:
    given = requests([0.0, 1.0, 2.0, 3.0], prompt=[10, 5000, 10, 10])
    assert _words(given, 0.25) == []


def test_requests_that_only_wait_are_not_late_anyway() -> None:
    # Ten prompts of one second come at once: most of them wait longer than 2 s, which more replicas mend.
    given = requests([0.0] * 10, prompt=1000)
    assert _words(given) == []
    outcome = simulate(platform(service()), month(given))
    assert outcome.answers["chat"].late > 0
    assert not any("any number of replicas" in each for each in outcome.warnings)


def test_the_month_warns() -> None:
    outcome = simulate(platform(service()), month(requests([0.0], prompt=3000)))
    assert sum("100.00% of the requests to chat are late with any number" in each for each in outcome.warnings) == 1
