"""A part of a trace at another pace and load, fitted to a month, and whose work it is."""

from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from falaj.components.core.tenancy.spend_quota import DUBAI
from falaj.finops.errors import BadInput
from falaj.simulation.traces import TraceOptions, read_work
from falaj.simulation.traces.names import assigned, dealt
from falaj.simulation.work import Jobs, Requests
from tests.unit.simulation.trace_files import written

NOVEMBER = datetime(2026, 11, 1, tzinfo=DUBAI)
"""A Sunday."""
ROW = "submit,run_seconds,gpus,tenant,deadline\n"


def jobs_of(folder: Path, text: str, options: TraceOptions) -> Jobs:
    jobs = read_work(written(folder / "jobs.csv", text), options=options).jobs
    assert jobs is not None
    return jobs


def requests_of(folder: Path, count: int, gap: float, options: TraceOptions) -> Requests:
    lines = "".join(f"{index * gap},{index}\n" for index in range(count))
    requests = read_work(written(folder / "requests.csv", f"at,prompt_tokens\n{lines}"), options=options).requests
    assert requests is not None
    return requests


TEN = ROW + "".join(f"{at},7,1,,{at + 50}\n" for at in range(0, 1000, 100))


def test_a_part_of_the_trace(tmp_path: Path) -> None:
    work = read_work(written(tmp_path / "j", TEN), options=TraceOptions(skip=150, length=400))
    assert work.jobs is not None
    assert work.jobs.submit.tolist() == [50.0, 150.0, 250.0, 350.0]
    assert work.jobs.deadline.tolist() == [100.0, 200.0, 300.0, 400.0]
    assert work.start == NOVEMBER + timedelta(seconds=150)


def test_the_beginning_of_the_trace(tmp_path: Path) -> None:
    jobs = jobs_of(tmp_path, TEN, TraceOptions(length=250))
    assert jobs.submit.tolist() == [0.0, 100.0, 200.0]


def test_pace_brings_arrivals_closer_and_leaves_the_work(tmp_path: Path) -> None:
    jobs = jobs_of(tmp_path, TEN, TraceOptions(pace=4))
    assert jobs.submit.tolist() == [25.0 * index for index in range(10)]
    assert jobs.run.tolist() == [7.0] * 10
    assert (jobs.deadline - jobs.submit).tolist() == [50.0] * 10


@pytest.mark.parametrize(("load", "least", "most"), [(1.5, 1400, 1600), (0.25, 200, 300), (3, 3000, 3000)])
def test_load_is_a_factor_of_the_number(tmp_path: Path, load: float, least: int, most: int) -> None:
    requests = requests_of(tmp_path, 1000, 10.0, TraceOptions(load=load, seed=5))
    assert least <= len(requests.at) <= most
    assert (np.diff(requests.at) >= 0).all()
    # Each copy comes within a minute of the request that it repeats.
    assert np.abs(requests.at - requests.prompt * 10).max() <= 60
    if load > 1:
        assert set(requests.prompt.tolist()) == set(range(1000))
        assert len(set(requests.at.tolist())) == len(requests.at)


def test_the_same_seed_gives_the_same_month(tmp_path: Path) -> None:
    first, second, other = (
        requests_of(tmp_path, 99, 9, TraceOptions(load=1.5, month=NOVEMBER, seed=s)) for s in (1, 1, 2)
    )
    assert first.at.tobytes() == second.at.tobytes()
    assert first.prompt.tobytes() == second.prompt.tobytes()
    assert first.at.tobytes() != other.at.tobytes()


def test_an_hour_of_requests_becomes_a_month_by_hours_of_the_day(tmp_path: Path) -> None:
    file = written(tmp_path / "r.csv", "at\n" + "".join(f"{index * 3.6}\n" for index in range(1000)))
    work = read_work(file, options=TraceOptions(month=NOVEMBER, seed=1))
    assert work.requests is not None
    assert (work.start, work.length) == (NOVEMBER, 30 * 86400)
    by_hour = np.bincount((work.requests.at // 3600).astype(int), minlength=720).reshape(30, 24)
    assert by_hour[1, 10] == pytest.approx(1000, abs=2)  # a Monday at 10: the trace is the busiest hour
    assert by_hour[1, 3] == pytest.approx(100, abs=40)
    assert by_hour[0, 10] == pytest.approx(400, abs=60)
    assert (np.diff(work.requests.at) >= 0).all()


def test_an_hour_of_jobs_is_repeated_without_a_profile(tmp_path: Path) -> None:
    jobs = jobs_of(tmp_path, ROW + "".join(f"{at},7,1,,\n" for at in range(0, 3600, 36)), TraceOptions(month=NOVEMBER))
    assert len(jobs.submit) == pytest.approx(720 * 100, rel=0.01)


def days(first: datetime, count: int) -> str:
    """Returns jobs at noon; the run time is the number of the day."""
    noons = (first + timedelta(days=day, hours=12) for day in range(count))
    return ROW + "".join(f"{noon.isoformat()},{day + 1},1,,\n" for day, noon in enumerate(noons))


def test_days_stand_for_days_of_their_kind(tmp_path: Path) -> None:
    # From noon of Monday to noon of Monday: full days are Tuesday to Sunday.
    jobs = jobs_of(tmp_path, days(NOVEMBER + timedelta(days=1), 8), TraceOptions(month=NOVEMBER, seed=3))
    assert jobs.submit.tolist() == [day * 86400 + 43200 for day in range(30)]
    weekend = [day % 7 in (0, 6) for day in range(30)]
    assert [run in (6, 7) for run in jobs.run.tolist()] == weekend
    assert {run for run, at_weekend in zip(jobs.run.tolist(), weekend, strict=True) if not at_weekend} == {2, 3, 4, 5}


def test_a_longer_trace_is_cut_at_a_midnight(tmp_path: Path) -> None:
    jobs = jobs_of(tmp_path, days(NOVEMBER - timedelta(days=90), 60), TraceOptions(month=NOVEMBER))
    # The trace begins on a Monday; the month, and so what is left of the trace, on a Sunday.
    assert jobs.run.tolist() == [float(day) for day in range(7, 37)]
    assert jobs.submit[0] == 43200
    short = jobs_of(tmp_path, days(NOVEMBER - timedelta(days=90), 33), TraceOptions(month=NOVEMBER))
    assert short.run.tolist() == [float(day) for day in range(2, 32)]


def test_an_export_of_the_month_stays_as_it_is(tmp_path: Path) -> None:
    """Its first day begins with the first job, and its last one ends with the last."""
    rows, options = days(NOVEMBER, 30), TraceOptions(month=NOVEMBER)
    jobs = jobs_of(tmp_path, rows, options)
    assert jobs.run.tolist() == [float(day) for day in range(1, 31)]
    assert jobs.submit.tolist() == [day * 86400 + 43200 for day in range(30)]
    work = read_work(written(tmp_path / "same", rows), options=options)
    assert (work.start, work.length, [*work.sources]) == (NOVEMBER, 30 * 86400, [tuple(range(30))])
    assert len({*jobs_of(tmp_path, days(NOVEMBER, 29), options).run.tolist()}) < 29, "without its last day it is not"


def test_a_day_from_noon_to_noon_keeps_its_hours(tmp_path: Path) -> None:
    noon = NOVEMBER + timedelta(hours=12)
    times = [noon, noon + timedelta(hours=13), noon + timedelta(hours=24, seconds=1)]
    jobs = jobs_of(
        tmp_path, ROW + "".join(f"{time.isoformat()},9,1,,\n" for time in times), TraceOptions(month=NOVEMBER)
    )
    assert jobs.submit[:4].tolist() == [3600, 43200, 86400 + 3600, 86400 + 43200]
    assert len(jobs.submit) == 60


def test_february_has_its_own_length(tmp_path: Path) -> None:
    options = TraceOptions(month=datetime(2027, 2, 1, tzinfo=DUBAI))
    assert read_work(written(tmp_path / "j", days(NOVEMBER, 9)), options=options).length == 28 * 86400


def test_the_length_without_a_month_is_until_the_last_job_has_ended(tmp_path: Path) -> None:
    assert read_work(written(tmp_path / "j", TEN)).length == 907


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (TraceOptions(load=0), "load: 0 is not a number from 1e-06 to 10000"),
        (TraceOptions(load=float("nan")), "load: nan is not a number"),
        (TraceOptions(load=float("inf")), "load: inf is not a number"),
        (TraceOptions(pace=-1), "pace: -1 is not a number"),
        (TraceOptions(skip=-1), "skip: -1 is not a number"),
        (TraceOptions(skip=5000), "skip: 5000 seconds are all of the trace, which has 901; skip less"),
        (TraceOptions(length=0), "length: 0 is not a number"),
        (TraceOptions(skip=10, length=20), "this part of the trace has no jobs or requests"),
        (TraceOptions(tenants={"a": 0}), "a: 0 is not a share; give a number greater than 0"),
        (TraceOptions(services={"a": float("inf")}), "a: inf is not a share"),
        (TraceOptions(month=datetime(2026, 11, 1)), "month: 2026-11-01T00:00:00 has no time zone"),
    ],
)
def test_options_that_fit_nothing(tmp_path: Path, options: TraceOptions, sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence):
        jobs_of(tmp_path, TEN, options)


def test_a_trace_that_is_too_short_for_a_month(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="the trace has 501 seconds; a month needs a trace of at least 600"):
        requests_of(tmp_path, 501, 1.0, TraceOptions(month=NOVEMBER))


def test_a_load_that_no_memory_holds_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="load: 10000 times 30000 jobs or requests are more than 200000000"):
        requests_of(tmp_path, 30_000, 1.0, TraceOptions(load=10_000))


def test_tenants_of_the_stack_share_work_without_names(tmp_path: Path) -> None:
    jobs = jobs_of(tmp_path, TEN, TraceOptions(tenants={"vision": 3, "speech": 1}))
    assert jobs.tenants == ("vision", "speech")
    assert np.bincount(jobs.tenant).tolist() in ([7, 3], [8, 2])


def test_names_of_the_stack_stay_and_others_go_as_a_whole(tmp_path: Path) -> None:
    names = ["vision", "vc1", "vc2", "vc1", "vc3", "old", ""]
    text = ROW + "".join(f"{at},7,1,{name},\n" for at, name in enumerate(names))
    options = TraceOptions(tenants={"vision": 1, "speech": 1}, renamed={"old": "speech"})
    jobs = jobs_of(tmp_path, text, options)
    whose = dict(zip(names, (jobs.tenants[index] for index in jobs.tenant), strict=True))
    assert whose["vision"] == "vision"
    assert whose["old"] == "speech"
    assert [jobs.tenants[index] for index in jobs.tenant[[1, 3]]] == [whose["vc1"]] * 2
    assert {whose["vc1"], whose["vc2"], whose["vc3"]} == {"vision", "speech"}


def test_without_tenants_of_a_stack_the_names_stay() -> None:
    rows, names = assigned(np.array([0, 1, 2, 1], np.int32), ("a", "b", "c"), {}, {"c": "a"})
    assert names == ("a", "b")
    assert rows.tolist() == [0, 1, 0, 1]


@pytest.mark.parametrize("count", [0, 1, 7, 1000])
def test_shares_hold_for_every_first_part(count: int) -> None:
    weights = np.array([5.0, 3.0, 2.0])
    who = dealt(count, weights)
    assert len(who) == count
    for part in range(1, count + 1):
        given = np.bincount(who[:part], minlength=3)
        assert np.abs(given - part * weights / 10).max() <= 1.5


def test_services_of_the_stack_share_requests(tmp_path: Path) -> None:
    requests = requests_of(tmp_path, 100, 1.0, TraceOptions(services={"chat": 1, "vision": 1}))
    assert requests.services == ("chat", "vision")
    assert np.bincount(requests.service).tolist() == [50, 50]
