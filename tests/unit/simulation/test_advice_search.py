"""The search: what it finds, what it leaves alone, and how sure it is."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from falaj.simulation.advice.advice import Advice
from falaj.simulation.advice.advise import Effort, advise
from falaj.simulation.advice.attainable import attainable, unfinished_anyway
from falaj.simulation.advice.document import advice_document
from falaj.simulation.advice.limits import Limits, Measures, excesses, keeps, measures
from falaj.simulation.advice.resampled import DAY, resampled
from falaj.simulation.advice.robustness import Robust, interval, undominated
from falaj.simulation.advice.search import Search
from falaj.simulation.outcome import Answers, Cause, Charge, Outcome, Waits
from falaj.simulation.work import Requests, SpotCapacity, Work
from tests.unit.simulation.advice_stack import MONTH, jobs, laboratory

MONTHS = Measures(aed=100.0, wait_seconds=600.0, late_share=0.0, late=0, deadlines_missed=0, unfinished=0)


@pytest.fixture(scope="module")
def advice() -> Advice:
    return advise(laboratory(), Limits(), Effort(trials=50, seeds=4))


def test_it_finds_what_makes_the_quota_too_small(advice: Advice) -> None:
    assert advice.today.wait_seconds.mean > 8000
    assert advice.keeps_limits
    assert not advice.today.keeps(advice.limits)
    assert [effect.is_needed for effect in advice.effects] == [True], "one cause, and nothing beside it"
    assert advice.effects[0].kind in ("machines", "quota hours", "quota price")
    assert advice.effects[0].wait_without == advice.today.wait_seconds


def test_the_same_seed_finds_the_same(advice: Advice) -> None:
    again = advise(laboratory(), Limits(), Effort(trials=50, seeds=4))
    assert json.dumps(advice_document(again, "")) == json.dumps(advice_document(advice, ""))


def test_waste_is_taken_away_and_its_saving_is_told_apart() -> None:
    from tests.unit.simulation.advice_stack import STACK

    wasteful = STACK.replace("            max: 8", "            min: 2\n            max: 8")
    found = advise(laboratory(wasteful), Limits(), Effort(trials=60, seeds=4))
    by_setting = {effect.setting: effect for effect in found.effects}
    kept = by_setting["sites.main.pools.gpuspot.min"]
    assert (kept.before, kept.after, kept.is_needed) == ("2", "0", False)
    assert kept.saving is not None
    assert kept.saving.mean == pytest.approx(10_000)
    assert found.saving.mean == pytest.approx(10_000)
    assert len(by_setting) == 2, "and what mends the quota"


def test_today_stays_where_nothing_is_cheaper() -> None:
    found = advise(laboratory(), Limits(wait_seconds=10_000), Effort(trials=50, seeds=4))
    assert found.effects == ()
    assert found.changes == {}
    assert found.chosen == found.today


def test_limits_that_nothing_keeps_are_told() -> None:
    found = advise(laboratory(), Limits(wait_seconds=1), Effort(trials=40, seeds=3))
    assert not found.keeps_limits
    assert found.chosen.wait_seconds.mean < found.today.wait_seconds.mean


def test_a_ceiling_holds() -> None:
    found = advise(laboratory(), Limits(aed_per_month=1000), Effort(trials=20, seeds=2))
    assert not found.keeps_limits


def test_progress_is_told_and_trials_are_limited() -> None:
    numbers: list[int] = []
    Search(laboratory(), Limits(), 20, progress=lambda number, trials, best: numbers.append(number)).run()
    assert numbers == [*range(1, len(numbers) + 1)]
    assert len(numbers) <= 20


def test_progress_is_told_of_the_months_that_check_the_best_too() -> None:
    lab, tried, checked = laboratory(), list[int](), list[int]()
    advise(lab, Limits(), Effort(20, 3), lambda number, trials, best: tried.append(lab.simulated), checked.append)
    assert checked == [*range(tried[-1] + 1, lab.simulated + 1)]
    assert len(checked) > 3


def test_months_of_equal_platforms_are_simulated_once() -> None:
    lab = laboratory()
    lab.month(lab.today)
    lab.month(lab.today)
    place = [choice.kind for choice in lab.choices].index("borrowing")
    assert lab.month((*lab.today[:place], 1, *lab.today[place + 1 :])) == lab.month(lab.today)
    assert lab.simulated == 1


def test_figures_of_a_month() -> None:
    waits, answers = Waits(10, 1, 700, 800, 2), {"a": Answers(100, 3, 1, 1, 1), "b": Answers(1000, 1, 1, 1, 1)}
    month = measures(Outcome([Charge(None, "system", Cause.SYSTEM, 5.0)], {"*": waits}, answers, 4, 1))
    assert month == Measures(5.0, 700, 0.03, 4, 1, 2)
    assert measures(Outcome([], {"*": waits}), jobs=10).wait_seconds == 700
    assert measures(Outcome([], {"*": waits}), jobs=11).wait_seconds == 800, "too many never started"
    assert measures(Outcome([], {"*": waits}), jobs=20, length=3000).wait_seconds == 1500, "half of them never started"
    assert measures(Outcome([], {}), jobs=20, length=3000).wait_seconds == 3000, "nothing ran"
    assert measures(Outcome([], {}, {"a": Answers(0, 0, 0, 0, 0)})) == Measures(0, 0, 0, 0, 0, 0)


@pytest.mark.parametrize(
    ("month", "exceeded"),
    [
        (MONTHS, []),
        (replace(MONTHS, wait_seconds=901), ["wait"]),
        (replace(MONTHS, late_share=0.011), ["late requests"]),
        (replace(MONTHS, deadlines_missed=1), ["deadlines"]),
        (replace(MONTHS, unfinished=1), ["unfinished jobs"]),
        (replace(MONTHS, aed=201), ["ceiling"]),
    ],
)
def test_each_limit_is_held(month: Measures, exceeded: list[str]) -> None:
    limits = Limits(aed_per_month=200)
    assert [name for name, excess in excesses(month, limits).items() if excess > 0] == exceeded
    assert keeps(month, limits) is not bool(exceeded)


def test_no_late_request_may_be_asked_for() -> None:
    assert not keeps(replace(MONTHS, late_share=1e-9), Limits(late_share=0))
    assert keeps(MONTHS, Limits(late_share=0))


def test_the_interval_is_students() -> None:
    # t(0.975, 4) = 2.776445 (NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.2).
    found = interval([1, 2, 3, 4, 5])
    assert found.mean == 3
    assert found.high - found.mean == pytest.approx(2.776445 * np.sqrt(2.5) / np.sqrt(5), rel=1e-6)
    assert found.low == pytest.approx(6 - found.high)
    assert interval([7.0]).high == 7.0


def test_differences_are_paired() -> None:
    mine, other = ([replace(MONTHS, aed=aed + extra) for aed in (100.0, 900.0, 400.0)] for extra in (0.0, 10.0))
    saving = Robust((0,), tuple(mine)).saving(Robust((1,), tuple(other)))
    assert (saving.mean, saving.low, saving.high) == (10, 10, 10)


def test_dominated_points_and_twins_are_dropped() -> None:
    def point(number: int, aed: float, wait: float) -> Robust:
        return Robust((number,), (replace(MONTHS, aed=aed, wait_seconds=wait),))

    front = undominated([point(0, 3, 1), point(1, 1, 5), point(2, 2, 5), point(3, 1, 5), point(4, 2, 3)])
    assert [each.selection for each in front] == [(1,), (4,), (0,)]


def test_a_resampled_month_has_whole_days_of_the_same_kind() -> None:
    work = Work(MONTH.start, MONTH.length, jobs(31 * 24))
    other = resampled(work, 3)
    assert work.jobs is not None
    assert other.jobs is not None
    assert resampled(work, 0) is work
    assert np.all(np.diff(other.jobs.submit) >= 0)
    assert other.jobs.submit.min() >= 0
    assert other.jobs.submit.max() < MONTH.length
    assert {round(at % DAY, 3) for at in other.jobs.submit} <= {round(at % DAY, 3) for at in work.jobs.submit}
    assert not np.array_equal(other.jobs.submit, work.jobs.submit)
    assert np.array_equal(resampled(work, 3).jobs.submit, other.jobs.submit)  # type: ignore[union-attr]


def test_weekends_are_drawn_from_weekends() -> None:
    at = np.arange(31, dtype=np.float64) * DAY + 5.0
    # December 2026 begins on a Tuesday, so its weekends are days 5, 6, 12, 13 ...
    weekend = np.array([day % 7 in (4, 5) for day in range(31)], dtype=np.int32)
    requests = Requests(at, at * 0, at * 0, at * np.nan, weekend, ("week", "weekend"))
    other = resampled(Work(MONTH.start, MONTH.length, requests=requests), 1).requests
    assert other is not None
    assert np.array_equal(other.service, weekend)


def test_spot_capacity_starts_elsewhere_and_repeats() -> None:
    capacity = SpotCapacity(np.array([0.0, 10.0, 30.0]), np.array([[1], [2], [3]], dtype=np.int32), 40.0)
    other = resampled(Work(MONTH.start, MONTH.length, spot={"*": capacity}), 1).spot["*"]
    assert other.at[0] == 0
    assert np.all(np.diff(other.at) > 0)

    def mean(each: SpotCapacity) -> float:
        return float(np.sum(np.diff([*each.at, each.length]) * each.machines[:, 0]) / each.length)

    assert mean(other) == pytest.approx(mean(capacity)) == pytest.approx((10 + 40 + 30) / 40)


def test_deadlines_that_nothing_could_keep_are_not_counted() -> None:
    given = jobs(3)
    deadline = np.array([given.submit[0] + given.run[0] - 1, given.submit[1] + given.run[1], np.inf])
    work, hopeless = attainable(replace(MONTH, jobs=replace(given, deadline=deadline)))
    assert hopeless == 1
    assert work.jobs is not None
    assert work.jobs.deadline.tolist() == [np.inf, deadline[1], np.inf]
    assert attainable(MONTH) == (MONTH, 0)


def test_jobs_that_are_submitted_too_late_need_not_end() -> None:
    given = jobs(2, hours=1)
    submit = np.array([0.0, MONTH.length - 5400])
    work = replace(MONTH, jobs=replace(given, submit=submit))
    assert [unfinished_anyway(work, slack) for slack in (1799, 1801)] == [0, 1]
    assert unfinished_anyway(MONTH, 3600) == 0


def test_without_anything_that_keeps_the_limits_the_closest_is_the_advice() -> None:
    """Here the limit that is not kept is not that of waiting, so no trial is on the front."""
    found = advise(laboratory(), Limits(deadlines_missed=-1), Effort(trials=30, seeds=2, points=2))
    assert not found.keeps_limits
    assert found.chosen.mean.wait_seconds < found.today.mean.wait_seconds / 2
