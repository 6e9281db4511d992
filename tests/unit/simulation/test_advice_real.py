"""The advice by the real simulation: it finds and mends a quota that is priced by the dearest machine type."""

from __future__ import annotations

from dataclasses import replace

import pytest

from falaj.components.settings.stack import Settings
from falaj.simulation.advice.advice import Advice
from falaj.simulation.advice.advise import Effort, advise
from falaj.simulation.advice.laboratory import Laboratory
from falaj.simulation.advice.limits import Limits
from falaj.simulation.advice.parts import parts
from falaj.simulation.advice.patch import patch
from falaj.simulation.advice.resampled import resampled
from falaj.simulation.advice.search import with_alternative
from falaj.simulation.advice.space import search_space
from falaj.simulation.from_settings import platform
from falaj.simulation.platform_model import Platform
from falaj.simulation.traces import sample_work
from falaj.simulation.work import Work
from tests.unit.simulation.advice_stack import STACK, raw

DAYS = 8


def week() -> Work:
    """Returns a week of training like Philly's, and a day for it to end."""
    month = sample_work("philly", names={"research": 1}, amount=9000)
    jobs = month.jobs
    assert jobs is not None
    first = jobs.submit < (DAYS - 1) * 86_400
    columns = {name: column[first] for name, column in vars(jobs).items() if name != "tenants"}
    return replace(month, length=DAYS * 86_400.0, jobs=replace(jobs, **columns))


def model(settings: Settings) -> Platform:
    return platform(settings, "small")


@pytest.fixture(scope="module")
def advice() -> Advice:
    work = week()
    lab = Laboratory(raw(), search_space(raw()), lambda seed: resampled(work, seed), model, parts().simulate)
    return advise(lab, Limits(), Effort(trials=26, seeds=3, points=2))


def test_the_quota_that_is_too_small_is_found_and_mended_at_no_more_cost(advice: Advice) -> None:
    today, chosen = advice.today.months[0], advice.chosen.months[0]
    assert today.wait_seconds > 233 * 60
    assert chosen.wait_seconds < 15 * 60
    assert today.aed * 0.85 < chosen.aed < today.aed * 1.06
    assert {effect.kind for effect in advice.effects} & {"machines", "quota hours", "quota price"}
    assert patch(STACK, "Pulumi.small.yaml", advice.changes)


def test_each_cause_is_named_by_what_helps_alone(advice: Advice) -> None:
    found = {remedy.kind: remedy for remedy in advice.remedies}
    today = advice.today.months[0].wait_seconds
    assert found["quota hours"].month.wait_seconds < 15 * 60
    assert found["machines"].after.startswith("g6e.xlarge, "), "jobs on one GPU leave most of the others idle"
    assert found["machines"].month.aed < advice.today.months[0].aed
    assert found["quota hours"].month.wait_seconds < today


def test_without_the_type_that_has_no_spot_price_jobs_wait_no_longer_and_cost_less() -> None:
    work = week()
    lab = Laboratory(raw(), search_space(raw()), lambda seed: work, model, parts().simulate)
    place = [choice.kind for choice in lab.choices].index("machines")
    labels = [alternative.label for alternative in lab.choices[place].alternatives]
    months = [
        lab.month(each)
        for each in (lab.today, with_alternative(lab.today, place, labels.index("g5.12xlarge, g6.12xlarge")))
    ]
    waits, costs = zip(*((month.wait_seconds, month.aed) for month in months if month), strict=True)
    assert waits[1] <= waits[0]
    assert costs[1] < costs[0]


def test_without_the_machine_type_a_static_quota_is_twice_as_large_and_twice_the_work_is_done() -> None:
    stack, work = raw(STACK.replace("hours_per_month: 730", "hours_per_month: 730, quota_basis: static")), week()
    lab = Laboratory(stack, search_space(stack), lambda seed: work, model, parts().simulate)
    place = [choice.kind for choice in lab.choices].index("machines")
    labels = [alternative.label for alternative in lab.choices[place].alternatives]
    mended = with_alternative(lab.today, place, labels.index("g5.12xlarge, g6.12xlarge"))
    before, after = lab.platform(lab.today), lab.platform(mended)
    assert before is not None
    assert after is not None
    assert (before.queues[0].units, after.queues[0].units) == ({"main/gpuspot": 6}, {"main/gpuspot": 12})
    unfinished = [month.unfinished for each in (lab.today, mended) if (month := lab.month(each))]
    assert unfinished[1] < unfinished[0] / 2
