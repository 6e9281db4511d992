"""Rules of months of jobs that hold whatever the work is, and the pure parts on their own."""

from collections.abc import Sequence
from datetime import timedelta
from math import inf
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from falaj.components.core.validation.enums import Capacity
from falaj.simulation.bounds import clairvoyant
from falaj.simulation.jobs import simulation
from falaj.simulation.jobs.node import Node
from falaj.simulation.jobs.progress import computed, wall_seconds
from falaj.simulation.jobs.simulation import simulate_jobs
from falaj.simulation.jobs.sleeping import changes
from falaj.simulation.outcome import Outcome
from falaj.simulation.platform_model import Platform, RunModel
from falaj.simulation.work import Work
from tests.thorough import many
from tests.unit.simulation.job_months import FOUR_GPUS, HOUR, ONE_GPU, START, job, market, platform, pool, queue, work

CAPACITIES = (Capacity.SPOT, Capacity.SPOT_FIRST, Capacity.ON_DEMAND)

JOBS = st.lists(
    st.builds(
        job,
        st.integers(0, 6 * 3600).map(float),
        st.integers(1, 8000).map(float),
        st.sampled_from([0.5, 1, 2, 4, 8]),
        st.sampled_from(["a", "b"]),
        fixed=st.booleans(),
        deadline=st.sampled_from([inf, inf, 9 * HOUR]),
    ),
    max_size=14,
)


@st.composite
def months(draw: st.DrawFn) -> tuple[Platform, Work]:
    """Draws a platform of one or two pools with queues, and a day of jobs."""
    capacities = draw(st.lists(st.sampled_from(CAPACITIES), min_size=1, max_size=2, unique=True))
    machines = draw(st.sampled_from([(FOUR_GPUS,), (FOUR_GPUS, ONE_GPU)]))
    pools = [
        pool(
            capacity.value,
            capacity=capacity,
            machines=machines,
            min=draw(st.sampled_from([0, 0, 1])),
            max=draw(st.integers(1, 4)),
            returns_to_spot=capacity is Capacity.SPOT_FIRST,
        )
        for capacity in capacities
    ]
    queues = [queue(tenant, {one.key: draw(st.integers(0, 8)) for one in pools}, {}) for tenant in "ab"]
    rate = draw(st.sampled_from([0.0, 0.5, 3.0]))
    save = draw(st.sampled_from([0, 50, 500]))
    steps = draw(st.lists(st.lists(st.integers(0, 3), min_size=2, max_size=2), min_size=1, max_size=8))
    spot = market(*((1800.0 * index, step) for index, step in enumerate(steps)), length=1800.0 * len(steps))
    traced = draw(st.booleans())
    model = platform(*pools, queues=draw(st.sampled_from([queues, []])), runs=RunModel(1000, save, 100, rate, 300))
    return model, work(*draw(JOBS), hours=24, **({"spot": spot} if traced else {}))


def checked(month: tuple[Platform, Work], monkeypatch: pytest.MonkeyPatch) -> tuple[Outcome, Any]:
    """Runs a month in which every step is watched: nodes never hold more than they have, quotas hold, and no job
    computes before it was submitted."""
    made: list[Any] = []

    class Watched(simulation._Month):  # pyright: ignore[reportPrivateUsage]
        def __init__(self, *arguments: Any) -> None:
            super().__init__(*arguments)
            made.append(self)

    add = Node.add

    def watched_add(node: Node, pod: Any, now: float) -> None:
        add(node, pod, now)
        assert node.gpus >= 0
        assert node.cpu >= -1e-6
        assert node.memory >= -1e-6
        assert not node.is_spot or pod.job.kind.interruptible
        for admission in made[0].runs.admissions.values():
            cohort = admission.cohort
            for own in cohort.queues.values():
                for key, used in own.usage.items():
                    assert all(have <= most + 1e-6 for have, most in zip(used, own.limit[key], strict=True))
            assert all(
                have <= most + 1e-6
                for key, used in cohort.used.items()
                for have, most in zip(used, cohort.total[key], strict=True)
            )
        # The replacement of an on-demand node may exceed the maximum until that is drained.
        assert all(len(one.nodes) <= one.model.max + one.model.returns_to_spot for one in made[0].pools.values())

    monkeypatch.setattr(simulation, "_Month", Watched)
    monkeypatch.setattr(Node, "add", watched_add)
    return simulate_jobs(*month, 3), made[0]


@settings(max_examples=many(60), deadline=None)
@given(months())
def test_money_work_quotas_and_machines_add_up(month: tuple[Platform, Work]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        outcome, simulated = checked(month, patch)
    model, _ = month
    prices = {
        (one.name, spot): (one.spot_aed or 0.0) if spot else one.on_demand_aed
        for one in (FOUR_GPUS, ONE_GPU)
        for spot in (False, True)
    }
    closed = sum(row.aed for row in outcome.charges)
    assert all(row.aed >= -1e-9 for row in outcome.charges)
    if len(model.pools[0].machines) == 1:
        hours = outcome.node_hours.items()
        assert closed == pytest.approx(sum(prices["four", key.endswith(" spot")] * count for key, count in hours))
    for one in simulated.jobs:
        assert one.first_begin >= one.submit + model.runs.restart_seconds
        assert one.ended is inf or one.ended >= one.first_begin + one.run - 1e-6
        assert one.done <= one.run + 1e-6
    ended = sum(one.ended < inf for one in simulated.jobs)
    assert outcome.waits["*"].unfinished == len(simulated.jobs) - ended + sum(simulated.never.values())
    if all(one.ended < inf for one in simulated.jobs):
        devices = sum(next(iter(one.kind.shapes.values())).total.gpus * one.run for one in simulated.jobs)
        assert outcome.gpu_hours_used == pytest.approx(devices / HOUR)
    assert outcome.gpu_hours_used <= outcome.gpu_hours_paid + 1e-9
    assert outcome.deadlines_missed <= outcome.deadlines


@settings(max_examples=many(50), deadline=None)
@given(months())
def test_no_simulated_month_is_cheaper_than_the_bound(month: tuple[Platform, Work]) -> None:
    """Where all work ends: the bound is for work that is done."""
    model, load = month
    outcome = simulate_jobs(model, load)
    if outcome.waits["*"].unfinished == 0:
        assert outcome.aed >= clairvoyant(model, load).aed - 1e-6


@given(st.floats(1, 5000), st.floats(10, 2000), st.floats(0, 300))
def test_what_is_computed_when_the_work_ends_is_all_of_it(work_seconds: float, interval: float, save: float) -> None:
    seconds = wall_seconds(work_seconds, interval, save)
    assert computed(seconds, work_seconds, interval, save).done == pytest.approx(work_seconds)
    half = computed(seconds / 2, work_seconds, interval, save)
    assert half.kept <= half.done <= work_seconds
    assert half.done - half.kept <= interval + 1e-6


@pytest.mark.parametrize(
    ("elapsed", "done", "kept"),
    [(0, 0, 0), (99, 99, 0), (105, 100, 0), (110, 100, 100), (150, 140, 100), (235, 215, 200), (1000, 250, 250)],
)
def test_a_checkpoint_counts_once_it_is_saved(elapsed: float, done: float, kept: float) -> None:
    progress = computed(elapsed, 250, 100, 10)
    assert (progress.done, progress.kept) == (done, min(kept, 200) if elapsed < 1000 else progress.kept)


def test_work_without_checkpoints_keeps_nothing() -> None:
    assert computed(50, 100, inf, 0).kept == 0
    assert wall_seconds(100, inf, 0) == 100


def test_hours_of_a_pool_in_dubai() -> None:
    """From Friday 20:00 on: asleep until Monday 8:00."""
    friday = START + timedelta(days=4, hours=20)
    found: Sequence[tuple[float, bool]] = list(changes((8.0, 18.0), friday, 4 * 86_400))
    assert found == [(0.0, False), (60 * HOUR, True), (70 * HOUR, False), (84 * HOUR, True), (94 * HOUR, False)]
    assert next(changes((8.0, 18.0), START + timedelta(hours=9), 0)) == (0.0, True)
