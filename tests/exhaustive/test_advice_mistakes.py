"""`falaj simulate --advise` names the mistakes that `prod-uae` had: about twenty seconds of one core.

Its queues had a full quota in all hours of a month, in spaces of 16 and 8 GPUs, and its training pool bought three
types of four GPUs, of which the dearest has no known spot price. Months of eight days are replayed, and only what
concerns these queues and this pool is searched: all other settings leave the jobs as they are.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from falaj.simulation.advice.advice import Advice
from falaj.simulation.advice.advise import Effort, advise
from falaj.simulation.advice.attainable import attainable
from falaj.simulation.advice.choices import Changes
from falaj.simulation.advice.laboratory import Laboratory
from falaj.simulation.advice.limits import Limits
from falaj.simulation.advice.parts import parts
from falaj.simulation.advice.resampled import resampled
from falaj.simulation.advice.setting_changes import changed
from falaj.simulation.advice.space import search_space
from falaj.simulation.from_settings import platform
from falaj.simulation.traces import sample_work
from falaj.simulation.work import Work
from tests.unit.settings.stacks import raw

STACK, DAYS = "prod-uae", 8
POOL = ("sites", "awsuae", "pools", "gpuspot")
SPACES = {tenant: ("tenants", tenant, "spaces", "awsuae") for tenant in ("retail-banking", "insurance")}

MACHINES: Changes = {
    (*POOL, "machines"): ["g5.12xlarge", "g6.12xlarge", "g6e.12xlarge"],
    (*POOL, "max"): 8,
    (*POOL, "aws", "exact_gpus"): False,
}
QUOTAS: Changes = {
    **{(*space, "queue", "hours_per_month"): 730 for space in SPACES.values()},
    (*SPACES["retail-banking"], "gpus"): 16,
    (*SPACES["insurance"], "gpus"): 8,
}


def days() -> Work:
    """Returns the jobs of a week like Philly's, and a day for them to end."""
    names = {"retail-banking": 3.0, "insurance": 1.0}
    month = sample_work("philly", names=names, amount=9000, interruptible=0.8, deadlines=0.1)
    jobs = month.jobs
    assert jobs is not None
    first = jobs.submit < (DAYS - 1) * 86_400
    columns = {name: column[first] for name, column in vars(jobs).items() if name != "tenants"}
    return attainable(replace(month, length=DAYS * 86_400.0, jobs=replace(jobs, **columns)))[0]


@pytest.fixture(scope="module")
def advice() -> Advice:
    settings, work = changed(raw(STACK), {**MACHINES, **QUOTAS}), days()
    concerned = tuple(
        choice
        for choice in search_space(settings)
        if choice.name.startswith(".".join(POOL)) or ".awsuae.queue" in choice.name or choice.kind == "space"
    )
    lab = Laboratory(
        settings,
        concerned,
        lambda seed: resampled(work, seed),
        lambda found: platform(found, STACK),
        parts().simulate,
    )
    return advise(lab, Limits(), Effort(trials=30, seeds=2, points=2))


def test_today_waits_longer_than_the_limit_and_the_advice_costs_less(advice: Advice) -> None:
    assert advice.today.months[0].wait_seconds > 900
    assert advice.chosen.months[0].wait_seconds <= 900
    assert advice.chosen.months[0].aed < advice.today.months[0].aed * 0.97


def test_the_quota_is_named_as_what_is_wrong_today(advice: Advice) -> None:
    """The machine set is not by itself, since an empty machine is removed after two minutes: the advice changes it
    beside others."""
    assert {remedy.kind for remedy in advice.remedies} & {"space", "quota hours"}


def test_the_advice_changes_both(advice: Advice) -> None:
    assert {effect.setting for effect in advice.effects} >= {".".join((*POOL, "machines"))}
    assert {effect.kind for effect in advice.effects} & {"space", "quota hours", "quota shares"}


def test_a_set_without_the_type_that_has_no_spot_price_is_searched() -> None:
    """It is valid beside `fraud-tuning`, which asks for 160 GiB: of its 192 GiB, a g5.12xlarge has 169 left."""
    choices = {choice.name: choice for choice in search_space(changed(raw(STACK), MACHINES))}
    labels = [alternative.label for alternative in choices[".".join((*POOL, "machines"))].alternatives]
    assert "g5.12xlarge, g6.12xlarge" in labels
