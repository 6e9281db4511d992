"""A served model with a day and a night, and a simulation of its replicas that is quick and plain."""

from __future__ import annotations

from typing import Any

import numpy as np

from falaj.components.settings.stack import Settings
from falaj.simulation.advice.held_out import Months, split_days
from falaj.simulation.advice.laboratory import Laboratory
from falaj.simulation.advice.office_windows import windows
from falaj.simulation.advice.space import search_space
from falaj.simulation.outcome import Answers, Cause, Charge, Outcome
from falaj.simulation.platform_model import Platform, RunModel
from falaj.simulation.work import Requests, Work
from tests.unit.simulation.advice_stack import MONTH, STACK, raw

DAY, HOUR = 86_400.0, 3600.0

SERVING = ("tenants", "research", "services", "chat", "serving")
SERVED = STACK.replace(
    "    sites:\n",
    """\
        services:
          chat:
            site: main
            serving:
              tier: enterprise
              runtime: vllm
              image: registry.example.ae/vllm/vllm-openai:v0.11.0
              model: {uri: "vault://models/chat/v3", gib: 16}
              cpu: 3
              memory_gib: 12
              gpu: {count: 1}
              min: 2
              max: 4
              load: {follows: queue, target: 8, prometheus: "http://prometheus.monitoring:9090"}
    sites:
""",
).replace(
    "        cluster:\n",
    """\
          gpu: {profile: inference-gpu, machines: [g6.xlarge], max: 8}
        vaults: [models]
        cluster:
""",
)
"""The stack of the tests of the search with a service, `chat`, of which two replicas are kept."""


def requests(busy: tuple[int, int], days: range = range(31), seed: int = 0) -> Requests:
    """Returns requests of days of the month: a hundred an hour in hours of working days, ten in others."""
    random = np.random.default_rng(seed)
    at: list[np.ndarray] = []
    for day in days:
        # The first day of the month is a Tuesday.
        works = (day + 1) % 7 < 5
        counts = [100 if works and busy[0] <= hour < busy[1] else 10 for hour in range(24)]
        at += [day * DAY + (hour + random.random(count)) * HOUR for hour, count in enumerate(counts)]
    times = np.sort(np.concatenate(at))
    full = np.ones(len(times))
    return Requests(times, full, full, full * np.nan, np.zeros(len(times), dtype=np.int32), ("chat",))


def served_model(settings: Settings) -> Platform:
    """Returns a platform without machines: its figures are the replicas and the hours of `chat`."""
    serving = settings.tenants["research"].services["chat"].serving
    office = serving.office_hours
    hours = (office.opens, office.closes) if office else ("00:00", "00:00")
    opens, closes = (int(clock[:2]) + int(clock[3:]) / 60 for clock in hours)
    figures = {"night": serving.min, "day": serving.most_kept, "opens": opens, "closes": closes}
    return Platform("small", (), (), (), RunModel(0, 0, 0, 0, 0), {key: float(each) for key, each in figures.items()})


def served_month(platform: Platform, work: Work, seed: int) -> Outcome:
    """Returns a month in which a replica answers forty requests an hour in time, and costs AED 10 an hour."""
    asked = work.requests
    assert asked is not None
    figures, aed, late = platform.system_aed_per_month, 0.0, 0.0
    for hour, count in enumerate(np.bincount((asked.at // HOUR).astype(int), minlength=int(work.length // HOUR))):
        works = (hour // 24 + 1) % 7 < 5
        inside = works and figures["opens"] <= hour % 24 < figures["closes"]
        replicas = figures["day"] if inside else figures["night"]
        aed += 10.0 * replicas
        late += max(float(count) - 40.0 * replicas, 0.0)
    answers = Answers(len(asked.at), int(late), 0.1, 1.0, 0.0)
    return Outcome([Charge("research", "inference-gpu", Cause.WORK, aed)], {}, {"chat": answers})


def served_laboratory(asked: Requests, **changes: Any) -> Laboratory:
    """Returns the laboratory of this stack, in which the replicas of `chat` are searched, and `changes` of the work."""
    months = Months(work := Work(MONTH.start, MONTH.length, requests=asked, **changes), split_days(work))
    hours = windows(months(0)) if months.split else None
    space = [choice for choice in search_space(raw(SERVED), hours) if choice.name == ".".join((*SERVING, "min"))]
    return Laboratory(raw(SERVED), space, months, served_model, served_month, months.split)
