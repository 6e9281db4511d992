"""Synthetic months have the statistics of the traces that they stand for, and the same seed gives the same month."""

from datetime import datetime, timedelta

import numpy as np
import pytest

from falaj.components.core.tenancy.spend_quota import DUBAI
from falaj.finops.errors import BadInput
from falaj.simulation.traces import sample_work
from falaj.simulation.traces.sample_facts import JOB_FACTS, QUANTILES, REQUEST_FACTS
from falaj.simulation.work import Jobs, Requests

OCTOBER = datetime(2026, 10, 1, tzinfo=DUBAI)


def jobs_of(kind: str, amount: float = 20_000, deadlines: float = 0.0, interruptible: float = 1.0) -> Jobs:
    shares = {"vision": 2, "speech": 1}
    jobs = sample_work(kind, 1, names=shares, amount=amount, deadlines=deadlines, interruptible=interruptible).jobs
    assert jobs is not None
    return jobs


def requests_of(kind: str, amount: float = 200_000) -> Requests:
    requests = sample_work(kind, 1, amount=amount).requests
    assert requests is not None
    return requests


@pytest.mark.parametrize(
    ("kind", "hours", "gpus"), [("philly", 4.49, 2.3), ("gavel", 40.7, 2.74), ("alibaba", 0.72, 1.02)]
)
def test_jobs_have_the_sizes_of_the_trace(kind: str, hours: float, gpus: float) -> None:
    jobs = jobs_of(kind, {"alibaba": 20_000}.get(kind, 200_000))
    assert jobs.run.mean() / 3600 == pytest.approx(hours, rel=0.1)
    assert jobs.gpus.mean() == pytest.approx(gpus, rel=0.05)
    for share, quantile in zip(QUANTILES[2:9], JOB_FACTS[kind].run[2:9], strict=True):
        assert (jobs.run <= quantile).mean() == pytest.approx(share, abs=0.03)


@pytest.mark.parametrize("kind", JOB_FACTS)
def test_jobs_add_up_and_come_in_bursts_of_one_tenant(kind: str) -> None:
    jobs = jobs_of(kind)
    total = float(jobs.run @ jobs.gpus) / 3600
    assert total - float((jobs.run * jobs.gpus).max()) / 3600 <= 20_000 <= total
    assert (np.diff(jobs.submit) >= 0).all()
    assert 0 <= jobs.submit[0] <= jobs.submit[-1] < 30 * 86400
    close = float((np.diff(jobs.submit) < 60).mean())
    assert close >= JOB_FACTS[kind].same_minute - 0.05
    assert np.bincount(jobs.tenant)[0] / len(jobs.tenant) == pytest.approx(2 / 3, abs=0.15)
    assert jobs.cpu.tolist() == (jobs.gpus * 3).tolist()
    assert jobs.memory_gib.tolist() == (jobs.gpus * 12).tolist()


def test_shares_of_deadlines_and_of_jobs_that_may_be_interrupted() -> None:
    jobs = jobs_of("alibaba", deadlines=0.25, interruptible=0.75)
    assert np.isfinite(jobs.deadline).mean() == pytest.approx(0.25, abs=0.02)
    assert jobs.interruptible.mean() == pytest.approx(0.75, abs=0.02)
    timed = np.isfinite(jobs.deadline)
    assert (jobs.deadline[timed] >= jobs.submit[timed] + 1.5 * jobs.run[timed]).all()
    assert np.isinf(jobs_of("philly").deadline).all()
    assert jobs_of("philly").interruptible.all()


@pytest.mark.parametrize(("kind", "prompt", "generated"), [("conversation", 1160, 210), ("code", 2057, 29.1)])
def test_requests_have_the_tokens_of_the_trace(kind: str, prompt: float, generated: float) -> None:
    requests = requests_of(kind)
    assert requests.prompt.mean() == pytest.approx(prompt, rel=0.03)
    assert requests.generated.mean() == pytest.approx(generated, rel=0.05)
    assert len(requests.at) == pytest.approx(200_000, rel=0.05)
    assert (np.diff(requests.at) >= 0).all()
    assert np.isnan(requests.seconds).all()
    for column, quantiles in (
        (requests.prompt, REQUEST_FACTS[kind].prompt),
        (requests.generated, REQUEST_FACTS[kind].generated),
    ):
        assert column.min() >= quantiles[0] - 1
        assert column.max() <= quantiles[-1]


def test_services_share_requests() -> None:
    requests = sample_work("code", 1, names={"chat": 3, "edit": 1}, amount=20_000).requests
    assert requests is not None
    assert requests.services == ("chat", "edit")
    assert np.bincount(requests.service)[0] / len(requests.at) == pytest.approx(0.75, abs=0.02)


@pytest.mark.parametrize(("kind", "minute", "instant"), [("conversation", 0.06, 0.06), ("code", 1.05, 2.74)])
def test_requests_vary_as_in_the_trace(kind: str, minute: float, instant: float) -> None:
    at = requests_of(kind, 2_000_000).at
    hour = at[(at >= 34 * 3600) & (at < 36 * 3600)] - 34 * 3600  # Monday from 10 to 12: the load is even
    counts = np.bincount((hour // 60).astype(int), minlength=120)
    assert (counts.var() - counts.mean()) / counts.mean() ** 2 == pytest.approx(minute, rel=0.6)
    steps = np.bincount((hour // 10).astype(int), minlength=720)
    assert (steps.var() - steps.mean()) / steps.mean() ** 2 == pytest.approx(instant, rel=0.6)


def test_work_follows_the_hours_of_offices_in_dubai() -> None:
    at = requests_of("conversation").at
    by_hour = np.bincount((at // 3600).astype(int), minlength=720).reshape(30, 24)
    sunday, monday = by_hour[0], by_hour[1]
    assert monday[10] > 4 * monday[3]
    assert monday.sum() > 2 * sunday.sum()


def test_the_month_is_a_month_of_dubai() -> None:
    work = sample_work("code", 1, amount=1000, month=OCTOBER - timedelta(0))
    assert (work.start, work.length) == (OCTOBER, 31 * 86400)


def test_the_same_seed_gives_the_same_month() -> None:
    first, second, other = (sample_work("philly", seed).jobs for seed in (7, 7, 8))
    assert first is not None
    assert second is not None
    assert other is not None
    assert first.run.tolist() == second.run.tolist()
    assert first.submit.tolist() == second.submit.tolist()
    assert first.run.tolist() != other.run.tolist()


@pytest.mark.parametrize(
    ("kind", "amount", "names", "sentence"),
    [
        ("phily", 1, None, "'phily' is no synthetic month; use philly, gavel, alibaba, conversation, code"),
        ("philly", 0, None, "0 is not a number from 1 to"),
        ("philly", float("nan"), None, "nan is not a number from 1 to"),
        ("philly", 1, {"vision": -1.0}, "-1.0 is not a share greater than 0"),
        ("alibaba", 2e8, None, "GPU hours are more than 5000000 jobs"),
    ],
)
def test_what_no_month_has(kind: str, amount: float, names: dict[str, float] | None, sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence):
        sample_work(kind, amount=amount, names=names)
