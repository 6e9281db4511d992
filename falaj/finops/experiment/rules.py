"""Rules of an experiment: cost metric, unit and split, guard metrics with their limits, and error probability."""

from decimal import Decimal
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from falaj.finops.errors import BadInput
from falaj.finops.input_files import read_yaml
from falaj.finops.usage import checked
from falaj.finops.usage_model import Amount, InputModel, Number, Positive, Share

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
"""Measure -> name of its series in a Prometheus export. All are counters except `machines`, which is a gauge."""


class GuardRules(InputModel):
    """Allowed degradation of the candidate."""

    p95_limit_s: Positive | None = None
    """Latency in seconds that at most 5 % of the requests may exceed. If omitted, the baseline's own p95 plus
    `p95_margin`.
    """
    p95_margin: Share = D("0.1")
    error_margin: Share = D("0.005")
    """Allowed increase of the error rate, as a share of all requests."""
    quality_margin: Amount = D("0.01")
    """Allowed decrease of the quality score, in its own unit."""


class Rules(InputModel):
    """A complete rules file."""

    version: Annotated[int, Field(ge=1, le=1)] = 1
    baseline: str = "a"
    candidate: str = "b"
    per: Literal["requests", "tokens"] = "requests"
    """Cost per 1,000 requests or per million generated tokens."""
    unit: Literal["request", "user"] = "request"
    """Unit of randomisation: each request is assigned to a variant, or each user with all requests. Users need one row
    for each user and interval.
    """
    weights: dict[str, Positive] = Field(default_factory=dict)
    """Variant -> planned share of the traffic, in any unit such as percent. If omitted, equal shares."""
    alpha: Annotated[Number, Field(ge=D("0.001"), lt=D("0.5"))] = D("0.05")
    """Probability of a false positive, however often the result is evaluated."""
    day_correlation: Annotated[Number, Field(ge=0, le=D("0.9"))] = D("0.9")
    """Highest correlation of consecutive days of a variant under which alpha holds. 0 needs far fewer days, and is for
    variants whose days are known to be independent: the machines are exchanged at random every day, or shared.
    """
    least_saving: Share = D(0)
    """Minimum saving for which the change is worthwhile."""
    planned_days: Annotated[int, Field(ge=7, le=1000)] = 14
    """Number of whole days after which the experiment ends."""
    least_days: Annotated[int, Field(ge=7, le=1000)] = 7
    """Minimum number of whole days (UTC) of both variants for a decision, each day of the week among them. The test is
    most powerful there.
    """
    least_requests: Annotated[int, Field(ge=1)] = 1000
    """Minimum number of requests of each variant for a decision."""
    usd_per_hour: dict[str, Amount] = Field(default_factory=dict)
    """Variant -> price of a machine hour in USD, used if the data has machines but no cost."""
    machines: dict[str, Amount] = Field(default_factory=dict)
    """Variant -> number of machines that always ran, used if the data has neither machines nor cost."""
    window_minutes: Annotated[int, Field(ge=1, le=1440)] = 60
    """Length in minutes of the windows into which single requests are aggregated."""
    metrics: dict[str, str] = Field(default_factory=dict)
    guards: GuardRules = GuardRules()


def load(path: Path | None) -> Rules:
    """Reads the rules file; without a path, returns the defaults. Raises `BadInput`."""
    if path is None:
        return Rules()
    return parse(read_yaml(path), str(path))


def parse(raw: object, location: str) -> Rules:
    """Validates rules given as plain data. Raises `BadInput`."""
    rules = checked(Rules, {} if raw is None else raw, location)
    if rules.baseline == rules.candidate:
        raise BadInput(f"{location}: candidate", f"is the baseline itself, {rules.baseline!r}")
    if unknown := sorted(set(rules.metrics) - set(METRICS)):
        raise BadInput(f"{location}: metrics", f"unknown metric {unknown[0]!r}; there are: {', '.join(METRICS)}")
    if rules.weights and set(rules.weights) != {rules.baseline, rules.candidate}:
        names = ", ".join(rules.weights)
        wanted = f"{rules.baseline!r} and {rules.candidate!r}"
        raise BadInput(f"{location}: weights", f"names {names}, but must name exactly the variants {wanted}")
    if rules.planned_days < rules.least_days:
        raise BadInput(f"{location}: planned_days", f"{rules.planned_days} is less than least_days, {rules.least_days}")
    return rules
