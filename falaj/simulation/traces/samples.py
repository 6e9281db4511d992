"""Synthetic months with the statistics of published traces (`sample_facts`). The same seed gives the same month.

Jobs come in bursts, requests at a rate that varies from minute to minute; both follow the hours of offices in Dubai
(`profile`). A sample is smoother than a real month: run times are drawn independently, and users do not repeat jobs.
"""

import calendar
from collections.abc import Mapping
from datetime import datetime
from math import inf
from typing import TYPE_CHECKING

import numpy as np

from falaj.components.core.tenancy.spend_quota import DUBAI
from falaj.finops.errors import BadInput, shown
from falaj.simulation.traces.parts import START
from falaj.simulation.traces.profile import hourly_load
from falaj.simulation.traces.sample_facts import JOB_FACTS, QUANTILES, REQUEST_FACTS
from falaj.simulation.work import Jobs, Requests, Work

if TYPE_CHECKING:
    from collections.abc import Sequence

    from falaj.simulation.work import Indices, Numbers

HOUR, DAY = 3600.0, 86400.0
STEPS = 6
"""Steps of ten seconds in a minute, each with its own rate of requests."""
MINUTES = 60
SLACK = (1.5, 4.0)
"""Time until a job's deadline at least and at most, by its run time: a supposition."""
SLACK_SECONDS = 3600.0
"""What is added to it, so that short jobs can get a machine at all."""
BATCH = 1000
MOST_JOBS, MOST_REQUESTS = 5_000_000, 200_000_000


def sample_work(
    kind: str,
    seed: int = 0,
    *,
    names: Mapping[str, float] | None = None,
    amount: float = 2000.0,
    month: datetime = START,
    interruptible: float = 1.0,
    deadlines: float = 0.0,
    cpu_per_gpu: float = 3.0,
    memory_gib_per_gpu: float = 12.0,
) -> Work:
    """Returns a synthetic month.

    `kind` is `philly`, `gavel` or `alibaba` for jobs, `conversation` or `code` for requests. `amount` is the work of
    the month: GPU hours of jobs, or the expected number of requests. `names` are the tenants, or services, and their
    shares. `interruptible` and `deadlines` are shares of jobs: those that may be interrupted, those with a deadline.
    The other arguments have the meaning of `TraceOptions`. Raises `BadInput`.
    """
    month = month.astimezone(DUBAI)
    _check(kind, amount, names)
    chance = np.random.default_rng(seed)
    days = calendar.monthrange(month.year, month.month)[1]
    shares = dict(names) if names else {"sample": 1.0}
    load = hourly_load(month, days * 24)
    if kind in REQUEST_FACTS:
        requests = _requests(kind, chance, load, shares, amount)
        return Work(month, days * DAY, requests=requests)
    run, gpus = _sizes(kind, chance, amount)
    submit, tenant = _bursts(kind, chance, load, shares, len(run))
    slack = run * chance.uniform(*SLACK, len(run)) + SLACK_SECONDS
    deadline = np.where(chance.random(len(run)) < deadlines, submit + slack, inf)
    may_stop = chance.random(len(run)) < interruptible
    jobs = Jobs(
        submit, run, gpus, gpus * cpu_per_gpu, gpus * memory_gib_per_gpu, tenant, may_stop, deadline, tuple(shares)
    )
    return Work(month, days * DAY, jobs=jobs)


def _check(kind: str, amount: float, names: Mapping[str, float] | None) -> None:
    if kind not in JOB_FACTS and kind not in REQUEST_FACTS:
        known = ", ".join([*JOB_FACTS, *REQUEST_FACTS])
        raise BadInput("kind", f"{shown(kind)} is no synthetic month; use {known}")
    if not 0 < amount <= MOST_REQUESTS:
        raise BadInput("amount", f"{shown(amount)} is not a number from 1 to {MOST_REQUESTS}")
    if wrong := [share for share in (names or {}).values() if not 0 < share < inf]:
        raise BadInput("names", f"{shown(wrong[0])} is not a share greater than 0")


def drawn(quantiles: "Sequence[float]", count: int, chance: np.random.Generator) -> "Numbers":
    """Draws values that have these quantiles."""
    return np.exp(np.interp(chance.random(count), QUANTILES, np.log(quantiles)))


def _sizes(kind: str, chance: np.random.Generator, gpu_hours: float) -> "tuple[Numbers, Numbers]":
    """Returns run times and GPUs of jobs until their GPU hours add up."""
    facts = JOB_FACTS[kind]
    sizes, shares = np.array(list(facts.gpus)), np.array(list(facts.gpus.values()))
    run, gpus, total, count = list["Numbers"](), list["Numbers"](), 0.0, 0
    while total < gpu_hours * HOUR:
        run.append(drawn(facts.run, BATCH, chance))
        gpus.append(chance.choice(sizes, BATCH, p=shares / shares.sum()).astype(np.float64))
        total, count = total + float(run[-1] @ gpus[-1]), count + BATCH
        if count > MOST_JOBS:
            raise BadInput("amount", f"{gpu_hours:g} GPU hours are more than {MOST_JOBS} jobs")
    every_run, every_gpus = np.concatenate(run), np.concatenate(gpus)
    enough = int(np.searchsorted(np.cumsum(every_run * every_gpus), gpu_hours * HOUR)) + 1
    return every_run[:enough], every_gpus[:enough]


def _bursts(
    kind: str, chance: np.random.Generator, load: "Numbers", shares: Mapping[str, float], count: int
) -> "tuple[Numbers, Indices]":
    """Returns times of submission, ascending, and tenants. A burst is of one tenant; its jobs come within a minute."""
    begins = chance.random(count) >= JOB_FACTS[kind].same_minute
    begins[0] = True
    burst = np.cumsum(begins) - 1
    bursts = int(burst[-1]) + 1
    hour = chance.choice(len(load), bursts, p=load / load.sum())
    moment = (hour + chance.random(bursts)) * HOUR
    weights = np.array(list(shares.values()))
    owner = chance.choice(len(weights), bursts, p=weights / weights.sum())
    submit = np.minimum(moment[burst] + chance.uniform(0.0, 60.0, count), len(load) * HOUR - 1)
    order = np.argsort(submit, kind="stable")
    return submit[order], owner[burst][order].astype(np.int32)


def _requests(
    kind: str, chance: np.random.Generator, load: "Numbers", shares: Mapping[str, float], amount: float
) -> Requests:
    facts = REQUEST_FACTS[kind]
    minutes = np.repeat(load, MINUTES) * _varying(facts.minute_variance, len(load) * MINUTES, chance)
    rates = np.repeat(minutes, STEPS) * _varying(facts.instant_variance, len(minutes) * STEPS, chance)
    counts = chance.poisson(rates / load.sum() / MINUTES / STEPS * amount)
    step = 60.0 / STEPS
    at = np.sort(np.repeat(np.arange(len(counts)) * step, counts) + chance.uniform(0.0, step, int(counts.sum())))
    weights = np.array(list(shares.values()))
    service = chance.choice(len(weights), len(at), p=weights / weights.sum()).astype(np.int32)
    prompt = np.rint(drawn(facts.prompt, len(at), chance))
    generated = np.rint(drawn(facts.generated, len(at), chance))
    return Requests(at, prompt, generated, np.full(len(at), np.nan), service, tuple(shares))


def _varying(variance: float, count: int, chance: np.random.Generator) -> "Numbers":
    """Returns factors with the mean 1 and this variance."""
    return chance.gamma(1 / variance, variance, count) if variance else np.ones(count)
