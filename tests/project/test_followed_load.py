"""What the replicas of `assistant` follow: the second one comes for the tokens of prompts, however many requests they
are in."""

from __future__ import annotations

import pytest

from falaj.simulation.outcome import Answers
from falaj.simulation.platform_model import Platform
from falaj.simulation.serving import simulate_requests
from tests.project.default_figures import of_stack
from tests.project.default_months import month
from tests.project.default_rows import BY_REQUESTS

MOST_LATE = 0.01


def _answers(of: Platform, load: float) -> Answers:
    return simulate_requests(of, month("short", load), 0).answers["assistant"]


def test_short_prompts_in_numbers_keep_one_replica_outside_office_hours() -> None:
    # A month of 1.5 million requests takes three seconds.
    kept, many = _answers(of_stack({}), 0.001), _answers(of_stack({}), 1.0)
    assert many.replica_hours == pytest.approx(kept.replica_hours, abs=1)
    assert many.late <= MOST_LATE * many.requests
    assert _answers(of_stack(BY_REQUESTS), 1.0).replica_hours > 1.1 * kept.replica_hours
