"""`python -m falaj.pipelines.last_month` prints the month before this one in Dubai: `2026-11`."""

from datetime import datetime, timedelta, timezone

DUBAI = timezone(timedelta(hours=4))
"""Asia/Dubai, which has no daylight saving time."""


def last_month(now: datetime) -> str:
    """Returns the month before the one of a moment."""
    first = now.astimezone(DUBAI).replace(day=1)
    return f"{first - timedelta(days=1):%Y-%m}"


if __name__ == "__main__":
    print(last_month(datetime.now(DUBAI)))
