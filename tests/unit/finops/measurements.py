"""Synthetic measurements of two variants; each test corrupts or shifts one value."""

from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np

FIRST = datetime(2026, 10, 1, tzinfo=UTC)


def row(variant: str, hour: int, **changed: Any) -> dict[str, Any]:
    """Returns one valid row of one hour."""
    return {
        "variant": variant,
        "start": (FIRST + timedelta(hours=hour)).isoformat(),
        "end": (FIRST + timedelta(hours=hour + 1)).isoformat(),
        "requests": 3600,
        "errors": 4,
        "tokens": 360_000,
        "cost_usd": 1.0,
        "le_0.25": 2500,
        "le_0.5": 3300,
        "le_1": 3550,
        "le_inf": 3600,
        "quality_n": 40,
        "quality_mean": 0.8,
    } | changed


def rows(hours: int, seed: int = 1, **factors: float) -> list[dict[str, Any]]:
    """Returns hourly rows of both variants under varying load; `cost=0.8` makes b cheaper, `quality=-0.1` makes it
    worse.
    """
    random = np.random.default_rng(seed)
    result: list[dict[str, Any]] = []
    for hour in range(hours):
        for variant in "ab":
            changed = factors if variant == "b" else {}
            requests = int(random.poisson(3600 * (1 + 0.5 * np.sin(hour / 24 * 2 * np.pi))))
            cost = (0.4 + 0.0002 * requests) * random.normal(1, 0.05) * changed.get("cost", 1.0)
            late = changed.get("late", 0.01)
            result.append(
                row(
                    variant,
                    hour,
                    requests=requests,
                    errors=int(random.binomial(requests, 0.002 * changed.get("errors", 1.0))),
                    cost_usd=cost,
                    tokens=requests * 100,
                    quality_mean=random.normal(0.8 + changed.get("quality", 0.0), 0.01),
                    **{
                        "le_0.25": int(requests * 0.7),
                        "le_0.5": int(requests * 0.9),
                        "le_1": int(requests * (1 - late)),
                        "le_inf": requests,
                    },
                )
            )
    return result
