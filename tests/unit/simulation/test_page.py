"""The page of a simulated month and its advice."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree

from falaj.simulation.front_picture import front_picture, named_points
from falaj.simulation.month_picture import area, pool_pictures
from falaj.simulation.outcome import Hour, Outcome
from falaj.simulation.page import page
from tests.unit.simulation.pages import COMPARISONS, UGLY, advice, outcome, rich_page


def test_names_are_escaped_and_nothing_is_loaded() -> None:
    text = rich_page()
    assert "<b>" not in text
    assert "&lt;b&gt;" in text
    assert "<script" not in text
    assert not re.search(r'(src|href)="(?!data:)', text)


def test_the_pictures_are_well_formed() -> None:
    pictures = re.findall(r"<svg.*?</svg>", rich_page(), re.DOTALL)
    assert len(pictures) > 5
    for picture in pictures:
        ElementTree.fromstring(picture)  # noqa: S314 - our own page


def test_it_says_the_bill_its_comparisons_the_saving_and_the_risk() -> None:
    text = page(outcome(), COMPARISONS, advice())
    for words in ("AED 18,000", "AED 288,000", "unknown", "AED 24,150", "tenants.t.queue.hours_per_month", "0.40%"):
        assert words in text
    assert "<dt>clairvoyant lower bound, 15 min wait</dt><dd>\n<strong>AED 48,000</strong>" in text
    assert "it mends limits that today&#39;s settings exceed" in text


def test_without_advice_there_is_no_front() -> None:
    text = page(outcome(), {})
    assert "Bill and waiting" not in text
    assert "What each change" not in text
    assert "The month by hour" in text


def test_a_month_without_anything_is_a_page() -> None:
    assert "AED 0" in page(Outcome([]), {})


def test_advice_that_keeps_today_says_so() -> None:
    found = advice()
    today = replace(found, chosen=found.today, effects=(), front=())
    assert [*named_points(today)] == ["today"]
    assert "none that was tried is cheaper" in page(outcome(), {}, today)


def test_advice_beyond_the_limits_says_so() -> None:
    assert "no settings that were tried keep all limits" in page(outcome(), {}, replace(advice(), keeps_limits=False))


def test_steps_of_a_picture() -> None:
    assert area([1, 1, 2, 0], 2) == "M0 100V50H2V0H3V100H4V100Z"


def test_pools_without_machines_and_jobs_are_left_out() -> None:
    hours = {"main/b": [Hour(0, 0, 0, 0, 0)], "main/a": [Hour(0, 0, 0, 0, 3)], "main/c": [Hour(1, 1, 2, 0, 0)]}
    first, second = pool_pictures(hours)
    assert (first.name, len(first.strips)) == ("main/a", 2)
    assert (second.name, len(second.strips)) == ("main/c", 1)
    assert [shape.tone for shape in second.strips[0].shapes] == ["idle", "main"]
    assert "50%" in second.strips[0].says


def test_points_are_where_they_belong() -> None:
    found = front_picture(advice())
    points = {point.name: point for point in found.points}
    assert [*points] == ["today", "advice", "1", "2"]
    assert points["1"].x < points["advice"].x < points["2"].x < points["today"].x, "dearer is further right"
    assert points["today"].y < points["advice"].y < points["2"].y, "longer waiting is higher"
    for point in found.points:
        assert 0 <= point.left <= point.x <= point.right <= 100
        assert 0 <= point.high <= point.y <= point.low <= 100
    assert found.limit is not None
    assert points["1"].y < found.limit < points["advice"].y
    assert UGLY not in found.says
