"""Working time in the UAE: time zone, week, hours and public holidays."""

from datetime import date

TIMEZONE = "Asia/Dubai"
"""IANA name; UTC+4 all year, no daylight saving time."""

WINDOWS_TIMEZONE = "Arabian Standard Time"
"""The same time zone as named by Azure's schedulers (Windows time zones; Abu Dhabi, Muscat)."""

UTC_OFFSET_HOURS = 4

WORKING_DAYS = ("mon", "tue", "wed", "thu", "fri")
"""Saturday and Sunday have been the weekend of the federal government and most companies since January 2022."""

OFFICE_OPENS, OFFICE_CLOSES = "07:00", "19:00"
"""Office hours of non-production systems, unless a stack sets others."""


def is_weekend(day: date) -> bool:
    """Returns whether a day is none of the working days: Saturday or Sunday."""
    return day.weekday() >= len(WORKING_DAYS)
