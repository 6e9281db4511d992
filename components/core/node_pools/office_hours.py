"""When what may sleep is awake, and the same moments as schedulers write them."""

from collections.abc import Mapping
from typing import Annotated, Self

from pydantic import model_validator

from falaj.components.core.validation.args import Spec
from falaj.components.core.validation.problems import refusal
from falaj.components.core.validation.text_forms import TextForm
from falaj.facts.calendar import OFFICE_CLOSES, OFFICE_OPENS, UTC_OFFSET_HOURS, WORKING_DAYS

Clock = Annotated[str, TextForm(r"^([01][0-9]|2[0-3]):[0-5][0-9]$", "a time of day from 00:00 to 23:59", "07:30")]
"""A time of day, `HH:MM`."""

EARLIEST_UTC = UTC_OFFSET_HOURS * 60
"""Minutes after midnight in Dubai before which UTC still has the day before."""


OFFICE_DAYS = f"{WORKING_DAYS[0]}-{WORKING_DAYS[-1]}"
EVERY_DAY = "*"
"""Days of the week as cron writes them."""


class OfficeHours(Spec):
    """Hours of each working day, in Dubai time, in which what sleeps is awake."""

    opens: Clock = OFFICE_OPENS
    """When offices open, `HH:MM` in Dubai."""
    closes: Clock = OFFICE_CLOSES
    """When offices close, `HH:MM` in Dubai."""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.opens >= self.closes:
            raise refusal(f"later than opens ({self.opens})", "close later, or open earlier", "closes", self.closes)
        if minutes(self.opens) < EARLIEST_UTC:
            allowed = "04:00 or later: schedulers that count in UTC would take the day before"
            raise refusal(allowed, "open later", "opens", self.opens)
        return self


def minutes(clock: str) -> int:
    """Minutes after midnight of a time of day."""
    hour, minute = clock.split(":")
    return int(hour) * 60 + int(minute)


def refuse_production(tags: Mapping[str, str]) -> None:
    """What customers use is awake at night too: raises a pydantic error where cost tags say so."""
    if tags["environment"] == "prod":
        allowed = "dev, test or staging: production does not sleep"
        raise refusal(allowed, "leave the schedule out", "tags.environment", "prod")


def cron(clock: str, utc: bool = False, after: int = 0, days: str = OFFICE_DAYS) -> str:
    """Five-field cron of a time of working days, in Dubai's time or in UTC, `after` minutes later (or earlier: < 0).

    `days` may be EVERY_DAY instead: what closes every day mends an evening that was missed, or a weekend's waking.

    Raises ValueError where that falls on another day.
    """
    moment = minutes(clock) + after - (EARLIEST_UTC if utc else 0)
    if not 0 <= moment < 24 * 60:
        raise ValueError(f"{clock} and {after} minutes is not on the same day")
    return f"{moment % 60} {moment // 60} * * {days}"
