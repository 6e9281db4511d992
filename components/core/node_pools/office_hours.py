"""Office hours, outside which pools and sites may sleep, and the cron expressions of their start and end."""

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
"""Minutes after midnight in Dubai before which the date in UTC is still the previous day."""


OFFICE_DAYS = f"{WORKING_DAYS[0]}-{WORKING_DAYS[-1]}"
EVERY_DAY = "*"
"""Day-of-week fields of cron expressions."""


class OfficeHours(Spec):
    """Hours of each working day, in Dubai time, in which sleeping pools and sites run."""

    opens: Clock = OFFICE_OPENS
    """Start of office hours in Dubai time, `HH:MM`; 04:00 or later."""
    closes: Clock = OFFICE_CLOSES
    """End of office hours in Dubai time, `HH:MM`; later than `opens`."""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.opens >= self.closes:
            raise refusal(f"later than opens ({self.opens})", "close later, or open earlier", "closes", self.closes)
        if minutes(self.opens) < EARLIEST_UTC:
            allowed = "04:00 or later: earlier times are on the previous day in UTC, which some schedulers use"
            raise refusal(allowed, "open later", "opens", self.opens)
        return self


def minutes(clock: str) -> int:
    """Returns a time of day as minutes after midnight."""
    hour, minute = clock.split(":")
    return int(hour) * 60 + int(minute)


def refuse_production(tags: Mapping[str, str]) -> None:
    """Raises a pydantic error if the cost tags say that the environment is `prod`, which must not sleep."""
    if tags["environment"] == "prod":
        allowed = "dev, test or staging: production does not sleep"
        raise refusal(allowed, "remove the schedule", "tags.environment", "prod")


def cron(clock: str, utc: bool = False, after: int = 0, days: str = OFFICE_DAYS) -> str:
    """Returns the five-field cron expression for a time of working days, in Dubai time or UTC.

    The schedule is `after` minutes later than `clock`; negative values are earlier. `days` may be EVERY_DAY: a job that
    closes every day also corrects a missed evening, or nodes that were started on a weekend.

    Raises ValueError if the result falls on another day.
    """
    moment = minutes(clock) + after - (EARLIEST_UTC if utc else 0)
    if not 0 <= moment < 24 * 60:
        raise ValueError(f"{clock} and {after} minutes is not on the same day")
    return f"{moment % 60} {moment // 60} * * {days}"
