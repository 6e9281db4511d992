"""The shipped stack reaches its goals in a sample month, with the figures of docs/defaults.md ("Whole months")."""

from __future__ import annotations

import re

from tests.project.default_figures import of_stack
from tests.project.default_rows import BY_QUEUE, FORMER
from tests.project.defaults import PAGE
from tests.project.served_hours import LATER_HOURS
from tests.project.whole_months import figures, late_code, whole

MONTH = "philly:0"
"""The month with the highest bill by its static on-demand peak."""
MOST_OF_STATIC, MOST_OF_BOUND, MOST_MINUTES, MOST_LATE = 0.35, 1.15, 15.0, 0.01


def stated() -> list[str]:
    """Returns the cells of the month's row: before, by static, by bound; then the bill and what it is compared with."""
    row = re.search(rf"(?m)^\| `{MONTH}` \| (.* \| 0\.\d\d \| .*) \|$", PAGE.read_text(encoding="utf-8"))
    assert row
    return row[1].split(" | ")


def test_the_month_with_the_highest_ratio_keeps_the_goals() -> None:
    work = whole(MONTH)
    before, now = figures(of_stack(FORMER), work), figures(of_stack({}), work)
    assert before.by_static > MOST_OF_STATIC >= now.by_static
    assert now.bill <= MOST_OF_BOUND * now.bound
    assert now.wait_minutes <= MOST_MINUTES
    assert now.late <= MOST_LATE
    former = (f"{before.bill:,.0f}", f"{before.by_static:.2f}", f"{before.bill / before.bound:.2f}")
    amounts = (f"{now.bill:,.0f}", f"{now.static:,.0f}", f"{now.by_static:.2f}", f"{now.bound:,.0f}")
    assert stated() == [*former, *amounts, f"{now.bill / now.bound:.2f}", f"{now.wait_minutes:.0f}"]


def test_few_requests_for_code_are_late_by_day_and_by_night() -> None:
    assert late_code(of_stack({}), 0) <= MOST_LATE
    assert late_code(of_stack(BY_QUEUE), 0, LATER_HOURS) > MOST_LATE >= late_code(of_stack({}), 0, LATER_HOURS)
