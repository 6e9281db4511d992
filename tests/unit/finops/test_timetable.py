"""Hours during which a resource with opening and closing schedules is awake."""

from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from falaj.facts.calendar import TIMEZONE, WINDOWS_TIMEZONE
from falaj.finops.timetable import DAY, WEEK, ZONES, cron_moments, moments, running_share

HOUR = 60


@pytest.mark.parametrize(
    ("opens", "closes", "hours"),
    [
        ("0 7 * * mon-fri", "0 19 * * mon-fri", 5 * 12),
        ("0 7 * * 1-5", "0 19 * * *", 5 * 12),  # closing every day changes nothing
        ("30 6 * * 1-5", "30 19 * * *", 5 * 13),
        ("0 7 * * 1", "0 19 * * 5", 4 * 24 + 12),
        ("0 7 * * 1,3,5", "15 9 * * 0-7", 3 * 2.25),
        ("0 7,13 * * 5", "0 12,18 * * fri", 10),
        ("0 22 * * 6", "0 2 * * sun", 4),  # across the end of the week
        ("0 7 * * 1-5/2", "0 8 * * *", 3),
        ("0 */12 * * *", "0 1-23/12 * * *", 7 * 2),
        ("0,30 7 * * 7", "0 8 * * 0", 1),  # overlapping openings count once
    ],
)
def test_hours_a_week(opens: str, closes: str, hours: float) -> None:
    both = [cron_moments(cron, TIMEZONE) for cron in (opens, closes)]
    assert None not in both
    share = running_share(*(result or set() for result in both))
    assert share is not None
    assert float(share) * 168 == pytest.approx(hours)


def test_a_schedule_in_utc_is_four_hours_later_in_dubai() -> None:
    assert cron_moments("0 22 * * 6", "UTC") == {2 * HOUR}, "Saturday's late evening is Sunday in Dubai"
    assert cron_moments("0 3 * * 1", "UTC") == cron_moments("0 7 * * 1", TIMEZONE) == {DAY + 7 * HOUR}
    assert moments({6}, {23}, {59}, "Arabian Standard Time") == {WEEK - 1}


@pytest.mark.parametrize("zone", sorted(ZONES))
def test_zones_are_behind_dubai_as_the_time_zone_database_says(zone: str) -> None:
    """`Arabian Standard Time` is Windows' name of Asia/Dubai (copies of Unicode CLDR's table, read 2026-11-29)."""
    name = {WINDOWS_TIMEZONE: "Asia/Dubai"}.get(zone, zone)
    noon = datetime(2026, 6, 1, 12)
    behind = noon.replace(tzinfo=ZoneInfo(name)) - noon.replace(tzinfo=ZoneInfo("Asia/Dubai"))
    assert moments({1}, {0}, {0}, zone) == {DAY + behind.total_seconds() // 60}


@pytest.mark.parametrize(
    "cron",
    [
        "", "0 7 * *", "0 7 * * * *", "0 7 1 * *", "0 7 * 1 *", "60 7 * * *", "0 24 * * *", "0 7 * * 8", "0 7 * * 5-1",
        "0 7 * * mon-", "0 7 * * *-5", "0 7 * * */0", "0 x * * *", "0 7 * * moon", "@daily", "-1 7 * * *", "0 7 * * ,",
    ],
)  # fmt: skip
def test_what_is_not_weekly_is_not_read(cron: str) -> None:
    assert cron_moments(cron, TIMEZONE) is None


def test_a_zone_that_is_not_ours_is_not_read() -> None:
    assert cron_moments("0 7 * * *", "Europe/Paris") is None


def test_what_never_opens_or_never_closes_has_no_share() -> None:
    assert running_share(set(), {1}) is None
    assert running_share({1}, set()) is None
    assert running_share({1, 2}, {2}) is None, "opened and closed at one moment"
    assert running_share({0}, {WEEK // 2}) == Decimal("0.5")
