"""Months by which the defaults are chosen: synthetic ones, drawn from statistics of published traces (docs/traces.md).

Tenants, shares, sizes and droughts are suppositions. The same name gives the same month."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache

import numpy as np

from falaj.simulation.traces.samples import HOUR, sample_work
from falaj.simulation.work import Requests, SpotCapacity, Work

TENANTS = {"retail-banking": 3.0, "insurance": 1.0}
"""Tenants and their shares of the jobs: as their budgets."""

GPU_HOURS = 2000.0
INTERRUPTIBLE, DEADLINES = 0.8, 0.1
"""Shares of the jobs that may be interrupted, and that have a deadline."""

DROUGHT_HOURS = 48
"""Hours without any spot machine at the beginning of each 168."""

JOB_MONTHS = {"philly": "philly", "gavel": "gavel", "alibaba": "alibaba", "drought": "philly"}
"""Month of jobs -> the published trace whose statistics it has. `drought` has `DROUGHT_HOURS` without spot machines."""

REQUEST_MONTHS = {
    "conversation": ("conversation", 1e5),
    "code": ("code", 1e5),
    "busy": ("code", 2e6),
    "short": ("conversation", 1.5e6),
}
"""Month of requests -> the published trace whose statistics the requests to `assistant` have, and their number."""

TOKENS = {"short": (136.0, 256.0)}
"""Tokens of each prompt and answer in a month, instead of those of its trace: the means of Multi-LLM/prism-research
595ec1f1, benchmark/multi-model/real_trace.pkl (read 2026-12-01)."""

TOKENLESS = {"intents": 50_000, "sentiment": 10_000}
"""Requests in a month to services whose models generate no tokens."""

CONVERSATIONS, CODE, WHOLE_TOKENLESS = 3e5, 1.5e6, {"intents": 300_000, "sentiment": 60_000}
"""Requests of a whole month (docs/defaults.md): conversations with `assistant`, of which the bill is; requests for code
that may be late; and requests to models that generate no tokens."""

MONTHS = (*JOB_MONTHS, *REQUEST_MONTHS)


@cache
def month(name: str, load: float = 1.0, seed: int = 0) -> Work:
    """Returns a month. `load` is a factor on its GPU hours, or on its requests."""
    return _jobs(name, load, seed) if name in JOB_MONTHS else _requests(name, load, seed)


def _jobs(name: str, load: float, seed: int) -> Work:
    amount = GPU_HOURS * load
    work = sample_work(
        JOB_MONTHS[name], seed, names=TENANTS, amount=amount, interruptible=INTERRUPTIBLE, deadlines=DEADLINES
    )
    return replace(work, spot={"*": _drought()}) if name == "drought" else work


def _drought() -> SpotCapacity:
    """Returns a market of one zone that has no machine for some hours a week, and any number otherwise."""
    machines = np.array([[0], [1000]], dtype=np.int32)
    return SpotCapacity(np.array([0.0, DROUGHT_HOURS * HOUR]), machines, 168 * HOUR)


def _requests(name: str, load: float, seed: int) -> Work:
    kind, amount = REQUEST_MONTHS[name]
    work = month_of_requests(kind, amount * load, seed, {name: number * load for name, number in TOKENLESS.items()})
    return work if name not in TOKENS else _with_tokens(work, *TOKENS[name])


def _with_tokens(work: Work, prompt: float, generated: float) -> Work:
    """Returns a month whose requests with tokens all have these."""
    requests = work.requests
    assert requests is not None
    has_tokens = requests.prompt > 0
    changed = replace(requests, prompt=has_tokens * prompt, generated=has_tokens * generated)
    return replace(work, requests=changed)


def month_of_requests(kind: str, amount: float, seed: int, tokenless: Mapping[str, float]) -> Work:
    """Returns a month of `amount` requests to `assistant` with the tokens of a published trace, and of those to other
    services."""
    work = sample_work(kind, seed, names={"assistant": 1.0}, amount=amount)
    parts = [work.requests]
    for number, (service, requests) in enumerate(tokenless.items(), 1):
        other = sample_work("code", seed + number, names={service: 1.0}, amount=requests).requests
        parts.append(other and replace(other, prompt=other.prompt * 0, generated=other.generated * 0))
    return replace(work, requests=together([part for part in parts if part]))


def together(parts: list[Requests]) -> Requests:
    """Returns the requests of several services in the order of their arrival."""
    order = np.argsort(np.concatenate([part.at for part in parts]), kind="stable")
    columns = {name: np.concatenate([getattr(part, name) for part in parts])[order] for name in _COLUMNS}
    service = np.concatenate([part.service + number for number, part in enumerate(parts)])[order].astype(np.int32)
    return Requests(**columns, service=service, services=tuple(part.services[0] for part in parts))


_COLUMNS = ("at", "prompt", "generated", "seconds")
