"""A small platform, and a simulation of it that is quick and plain, for the tests of the search."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

import numpy as np
import yaml

from falaj.components.settings.stack import Settings
from falaj.simulation.advice.laboratory import Laboratory
from falaj.simulation.advice.space import search_space
from falaj.simulation.outcome import Cause, Charge, Outcome, Waits
from falaj.simulation.platform_model import Platform, RunModel
from falaj.simulation.work import Jobs, Work

STACK = """\
config:
  falaj:platform:
    # Who pays.
    tags:
      project: small
      business-unit: shared-platform
      environment: dev
      cost-centre: cc-2001
      owner: ml-platform-team
      data-classification: confidential
    tenants:
      research:
        tier: enterprise
        spaces:
          main:
            cpu: 400
            memory_gib: 3000
            gpus: 16
            queue: {aed_per_month: 60000, hours_per_month: 730}  # even months
    sites:
      main:
        cloud: aws
        region: me-central-1
        kubernetes_version: "1.36"
        network: {cidr: 10.30.0.0/16, zones: 2, egress: nat-single}
        pools:
          system: {profile: system, machines: [m7g.large], min: 4, max: 6}
          gpuspot:
            profile: training
            # The third type has no known spot price.
            machines: [g5.12xlarge, g6.12xlarge, g6e.12xlarge]
            capacity: spot-first
            max: 8
        cluster:
          observability: {prometheus: "http://prometheus.monitoring:9090"}
        budget:
          aed_per_month: 250000
          notify: [finops@example.ae]
          start: "2026-12-01"
        administrators: ["arn:aws:iam::123456789012:role/Admins"]
"""
"""Modelled after prod-uae: the quota is priced by the dearest machine, which has no known spot price."""

DUBAI = timezone(timedelta(hours=4))
MONTH = Work(datetime(2026, 12, 1, tzinfo=DUBAI), 31 * 86_400.0)
"""A month without work."""


def raw(text: str = STACK) -> dict[str, Any]:
    """Returns the settings of a stack file."""
    return yaml.safe_load(text)["config"]["falaj:platform"]


def jobs(count: int = 62, gpus: float = 4.0, hours: float = 6.0) -> Jobs:
    """Returns equal jobs, evenly over the month."""
    full = np.ones(count)
    return Jobs(
        submit=np.linspace(0, 30 * 86_400.0, count),
        run=full * hours * 3600,
        gpus=full * gpus,
        cpu=full * 8,
        memory_gib=full * 32,
        tenant=np.zeros(count, dtype=np.int32),
        interruptible=full.astype(np.bool_),
        deadline=full * np.inf,
        tenants=("research",),
    )


def plain_model(settings: Settings) -> Platform:
    """Returns a platform without machines; its warnings are not part of a month, so the figures are in its charges."""
    pool = settings.sites["main"].pools["gpuspot"]
    queue = settings.tenants["research"].spaces["main"].queue
    assert queue is not None
    dear = "g6e.12xlarge" in pool.machines
    percent = settings.sites["main"].cluster.spot_hours_percent
    figures = {
        "quota": float(queue.aed_per_month) / queue.hours_per_month * (1 + percent / 100) / (12 if dear else 2),
        "nodes": float(pool.max),
        "idle": float(pool.min),
        "on_demand": float(pool.capacity.value == "on-demand"),
    }
    return Platform("small", (), (), (), RunModel(0, 0, 0, 0, 0), figures)


def plain_month(platform: Platform, work: Work, seed: int) -> Outcome:
    """Returns a month in which the quota and the size of the pool decide how long jobs wait, and nothing what they
    cost but kept nodes and on-demand machines."""
    figures = platform.system_aed_per_month
    gpus = min(figures["quota"], figures["nodes"] * 4)
    noise = np.random.default_rng(seed).normal(0, 50)
    wait = max(60.0, 14_000 - 800 * gpus) + abs(noise) / 10
    aed = 40_000 + 5_000 * figures["idle"] + 30_000 * figures["on_demand"] + noise
    waits = Waits(len(work.jobs.submit) if work.jobs else 0, wait / 3, wait, wait * 2)
    return Outcome([Charge("research", "training", Cause.WORK, aed)], {"*": waits, "research": waits})


def laboratory(text: str = STACK, count: int = 62) -> Laboratory:
    """Returns the laboratory of a stack with the plain simulation."""
    work = Work(MONTH.start, MONTH.length, jobs(count))
    return Laboratory(raw(text), search_space(raw(text)), lambda _: work, plain_model, plain_month)
