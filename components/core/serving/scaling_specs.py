"""By what the replicas of a served model are scaled: a metric, and hours with more replicas. Pure."""

from collections.abc import Iterator
from enum import Enum

from pydantic import Field

from falaj.components.core.node_pools.office_hours import OfficeHours, cron
from falaj.components.core.serving.server_specs import NotEmpty
from falaj.components.core.validation.args import Choice, Input, Spec
from falaj.components.core.validation.names import HttpAddress
from falaj.components.core.validation.problems import Problem
from falaj.facts.calendar import TIMEZONE


class Load(Enum):
    """Metric by which the replicas of a GPU service are scaled."""

    QUEUE = "queue"
    """Number of waiting requests."""
    TOKENS = "tokens"
    """Tokens generated per second."""
    REQUESTS = "requests"
    """Requests finished per second."""
    PROMPTS = "prompts"
    """Tokens of prompts read per second."""


class LoadSpec(Spec):
    """Prometheus metric by which replicas of tier `enterprise` are scaled."""

    follows: Choice[Load]
    """Metric: `queue` (waiting requests), `tokens` (generated tokens per second), `requests` (finished requests per
    second) or `prompts` (tokens of prompts per second)."""
    # KEDA cuts it to thousandths, and Kubernetes refuses 0 (kedacore/keda 08c472cb, pkg/scalers/scaler.go,
    # `GetMetricTargetMili`; kubernetes, pkg/apis/autoscaling/validation: positive values alone, read 2026-12-01).
    target: float = Field(ge=0.001, le=1e9)
    """Target value of the metric per replica, from 0.001 to a billion."""
    prometheus: Input[HttpAddress]
    """Address of Prometheus, such as `http://prometheus.monitoring:9090`."""
    query: Input[NotEmpty] | None = None
    """PromQL query that returns the load of the whole service as a single number; a query of the runtime's metrics if
    absent."""
    replicas_blind: int | None = Field(default=None, ge=1, le=1000)
    """Minimum number of replicas while the metric cannot be read. If absent, the current number of replicas is kept, at
    least `min`."""

    def _problems(self) -> Iterator[Problem]:
        least, most = _TARGETS[self.follows]
        if self.query is None and not least <= self.target <= most:
            allowed = f"{least:g} to {most:,.0f} for {self.follows.value}, without a query of your own"
            yield Problem("target", self.target, allowed, "state the load that one replica is to have")


_TARGETS = {Load.QUEUE: (0.001, 1e6), Load.REQUESTS: (0.001, 1e6), Load.TOKENS: (1, 1e7), Load.PROMPTS: (1, 1e7)}
"""Targets of a replica: beyond them every request starts all replicas, or none ever starts another one."""


class OfficeReplicasSpec(OfficeHours):
    """Minimum number of replicas in hours of each working day, in Dubai time. At other times `min` of the model
    holds."""

    min: int = Field(ge=1, le=1000)
    """Minimum number of replicas in these hours: more than `min` of the model, at most its `max`."""

    def trigger(self) -> dict[str, object]:
        """Returns KEDA's trigger, whose metric is this number of replicas in these hours and 0 at other times
        (kedacore/keda v2.21.0, pkg/scalers/cron_scaler.go)."""
        metadata = {
            "timezone": TIMEZONE,
            "start": cron(self.opens),
            "end": cron(self.closes),
            "desiredReplicas": str(self.min),
        }
        return {"type": "cron", "metadata": metadata}


def office_problems(hours: OfficeReplicasSpec | None, least: int, most: int) -> Iterator[Problem]:
    """Yields the problem of hours with more replicas, of a model with `least` to `most` replicas."""
    if hours is None:
        return
    if least == most:
        allowed = "only where max is greater than min: nothing scales a fixed number of replicas"
        yield Problem("office_hours", hours.model_dump(mode="json"), allowed, "remove it, or raise max")
    elif least < most and not least < hours.min <= most:
        allowed = f"more than min ({least}), at most max ({most})"
        yield Problem("office_hours.min", hours.min, allowed, "choose a number in this range")
