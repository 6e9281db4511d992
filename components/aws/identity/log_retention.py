"""Retention of CloudWatch logs."""

from typing import Annotated

from pydantic import AfterValidator

from falaj.components.core.validation.problems import refusal

DAYS = (30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653)
"""Retention periods in days that CloudWatch Logs offers (PutRetentionPolicy in its API reference), from 30 days up."""


def _check_offered(days: int) -> int:
    if days not in DAYS:
        raise refusal(", ".join(map(str, DAYS)), "choose one of these")
    return days


RetentionDays = Annotated[int, AfterValidator(_check_offered)]
"""Retention period in days that CloudWatch Logs offers, 30 or more."""
