"""The deadline of a training run in its arguments, and as the controller in the cluster reads it. Pure."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Annotated

from pydantic import Field

from falaj.components.core.training.checkpointing import RESTART_SECONDS
from falaj.components.core.training.run_capacity import Terms
from falaj.components.core.validation.args import Spec
from falaj.components.core.validation.problems import Problem
from falaj.components.core.validation.text_forms import TextForm

DeadlineTime = Annotated[
    str,
    TextForm(
        r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2})?(Z|[+-][0-9]{2}:[0-9]{2})$",
        "a date and time with time zone (RFC 3339)",
        "2026-12-24T08:00:00+04:00",
    ),
]
"""Date and time with time zone."""


class DeadlineSpec(Spec):
    """When a run must have ended, and how long it computes."""

    deadline: DeadlineTime | None = None
    """When the run must have ended, with time zone, such as `2026-12-24T08:00:00+04:00`. It waits for spot machines
    while it has the time, and moves to on-demand machines when it falls behind. Requires `estimated_hours`, a queue,
    and pools of capacity `spot` (or `spot-first`) and `on-demand`. Default: none."""
    estimated_hours: float | None = Field(default=None, gt=0, le=24 * 90)
    """Expected hours of computation on one kind of machine, without waiting and restarts. Requires `deadline`."""

    def deadline_problems(self, deadline_hours: int, interruptible: bool, pool: object) -> Iterator[Problem]:
        """Yields the problems with the other settings of the run."""
        if self.deadline is None or self.estimated_hours is None:
            if self.deadline is not None:
                yield Problem.missing("estimated_hours", "with `deadline`", "add the expected hours of computation")
            if self.estimated_hours is not None:
                yield Problem("estimated_hours", self.estimated_hours, "only with `deadline`", "remove it")
            return
        if _moment(self.deadline) is None:
            yield Problem("deadline", self.deadline, "a day and time that exist", "correct it")
        if not interruptible:
            yield Problem("deadline", self.deadline, "only for an interruptible run", "remove it, or `interruptible`")
        if pool is not None:
            yield Problem("pool", pool, "none with `deadline`: the run moves between two pools", "remove it")
        if self.estimated_hours > deadline_hours:
            allowed = f"at most deadline_hours, {deadline_hours}, after which the run is stopped"
            yield Problem("estimated_hours", self.estimated_hours, allowed, "raise deadline_hours")

    def deadline_annotation(self, checkpoint_seconds: int) -> str | None:
        """Returns what the controller reads from the pods; None without a deadline."""
        if self.deadline is None or self.estimated_hours is None:
            return None
        return json.dumps(
            asdict(Terms(self.deadline, self.estimated_hours * 3600, RESTART_SECONDS, checkpoint_seconds))
        )

    def deadline_warning(self, now: datetime) -> str | None:
        """Returns a warning if a run that starts now cannot end in time; a run that has already computed may."""
        deadline = _moment(self.deadline) if self.deadline else None
        if deadline is None or self.estimated_hours is None or now + timedelta(hours=self.estimated_hours) <= deadline:
            return None
        return (
            f"{self.estimated_hours:g} hours that start now end after the deadline {self.deadline}: the run uses "
            "on-demand machines from the beginning, and is late unless it continues from a checkpoint"
        )


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None
