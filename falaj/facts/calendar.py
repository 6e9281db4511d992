"""Working time in the UAE: time zone, week, hours and public holidays."""

TIMEZONE = "Asia/Dubai"
"""IANA name; UTC+4 all year, no summer time."""

WINDOWS_TIMEZONE = "Arabian Standard Time"
"""The same zone as Azure's schedulers name it (Windows time zones; Abu Dhabi, Muscat)."""

UTC_OFFSET_HOURS = 4

WORKING_DAYS = ("mon", "tue", "wed", "thu", "fri")
"""Saturday and Sunday are the weekend of the federal government and most firms since January 2022."""

OFFICE_OPENS, OFFICE_CLOSES = "07:00", "19:00"
"""Hours in which people work with non-production systems, unless a stack says otherwise."""
