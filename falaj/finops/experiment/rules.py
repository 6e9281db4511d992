"""Rules of an experiment: metric, guard metrics with their limits, and error probability."""

from decimal import Decimal
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import Field

from falaj.finops.errors import BadInput
from falaj.finops.usage import checked
from falaj.finops.usage_model import Amount, InputModel, Share

D = Decimal

METRICS = {
    "requests": "requests_total",
    "errors": "errors_total",
    "tokens": "generated_tokens_total",
    "latency": "request_duration_seconds_bucket",
    "machines": "machines",
    "cost": "cost_usd_total",
    "quality_sum": "quality_score_sum",
    "quality_n": "quality_score_count",
}
"""Measure -> the name of its series in a Prometheus export. All are counters but `machines`, which is a gauge."""


class GuardRules(InputModel):
    """How much worse the candidate may be."""

    p95_limit_s: Annotated[Decimal, Field(gt=0)] | None = None
    """At most 5 % of the requests may take longer, in seconds. Without it the baseline's own p95 and `p95_margin`."""
    p95_margin: Share = D("0.1")
    error_margin: Share = D("0.005")
    """The error rate may be larger by this share of all requests."""
    quality_margin: Amount = D("0.01")
    """The quality score may be smaller by this, in its own unit."""


class Rules(InputModel):
    """A whole rules file."""

    version: Annotated[int, Field(ge=1, le=1)] = 1
    baseline: str = "a"
    candidate: str = "b"
    per: Literal["requests", "tokens"] = "requests"
    """Cost per 1,000 requests or per million generated tokens."""
    alpha: Annotated[Decimal, Field(gt=0, lt=D("0.5"))] = D("0.05")
    """Probability of a false positive, however often the result is looked at."""
    least_saving: Share = D(0)
    """A saving of less is not worth the change."""
    planned_windows: Annotated[int, Field(ge=20, le=100_000)] = 168
    """Windows after which the experiment ends: a week of hours. The test is sharpest there."""
    least_windows: Annotated[int, Field(ge=10)] = 20
    """With fewer nothing is said. Those that resemble their neighbours count for less than one."""
    least_requests: Annotated[int, Field(ge=1)] = 1000
    """Of each variant. With less nothing is said but that it is too little."""
    usd_per_hour: dict[str, Amount] = Field(default_factory=dict)
    """Variant -> price of a machine hour, where the data has machines and no cost."""
    machines: dict[str, Amount] = Field(default_factory=dict)
    """Variant -> machines that ran all the time, where the data has neither."""
    window_minutes: Annotated[int, Field(ge=1, le=1440)] = 60
    """Samples of single requests are put together in windows of this length."""
    metrics: dict[str, str] = Field(default_factory=dict)
    guards: GuardRules = GuardRules()


def load(path: Path | None) -> Rules:
    """The rules file, or the defaults. Raises `BadInput`."""
    if path is None:
        return Rules()
    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as unreadable:
        raise BadInput(str(path), f"cannot be read: {unreadable}") from None
    except yaml.YAMLError as broken:
        raise BadInput(str(path), f"not YAML: {' '.join(str(broken).split())}") from None
    return parse(raw, str(path))


def parse(raw: object, location: str) -> Rules:
    """Rules out of plain data. Raises `BadInput`."""
    rules = checked(Rules, {} if raw is None else raw, location)
    if rules.baseline == rules.candidate:
        raise BadInput(f"{location}: candidate", f"is the baseline itself, {rules.baseline!r}")
    if strange := sorted(set(rules.metrics) - set(METRICS)):
        raise BadInput(f"{location}: metrics", f"unknown metric {strange[0]!r}; there are: {', '.join(METRICS)}")
    return rules
