"""The dated facts of Kubernetes versions and of releases."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from falaj.components.core.charts.charts import CHARTS
from falaj.facts import clock
from falaj.facts.clouds import CLOUDS, Cloud
from falaj.facts.kubernetes_versions import Phase, Status, number, offered, releases
from falaj.facts.releases import (
    AMI,
    AUTOSCALER_IMAGE,
    KARPENTER,
    chart_support,
    default_release,
    newest_release,
    released,
)

TODAY = date(2026, 11, 26)


@pytest.mark.parametrize("cloud", [*CLOUDS, Cloud.ONPREM])
def test_each_row_ends_after_it_begins_and_versions_follow_each_other(cloud: Cloud) -> None:
    rows = list(releases(cloud).values())
    for row in rows:
        assert row.released < row.standard_end <= row.released + timedelta(days=520)
        assert row.extended_end is None or row.extended_end > row.standard_end
    for older, newer in pairwise(rows):
        assert number(newer.minor)[1] == number(older.minor)[1] + 1
        assert newer.standard_end > older.standard_end


@pytest.mark.parametrize("cloud", CLOUDS)
def test_a_cloud_offers_a_version_after_its_upstream_release(cloud: Cloud) -> None:
    upstream = releases(Cloud.ONPREM)
    assert all(row.released >= upstream[minor].released for minor, row in releases(cloud).items())


@pytest.mark.parametrize(
    ("cloud", "minor", "day", "phase"),
    [
        (Cloud.AWS, "1.34", date(2026, 12, 1), Phase.STANDARD),
        (Cloud.AWS, "1.34", date(2026, 12, 2), Phase.EXTENDED),
        (Cloud.AWS, "1.34", date(2027, 12, 2), Phase.ENDED),
        (Cloud.AZURE, "1.34", date(2026, 11, 29), Phase.STANDARD),
        (Cloud.AZURE, "1.34", date(2026, 11, 30), Phase.EXTENDED),
        (Cloud.ONPREM, "1.34", date(2026, 10, 27), Phase.ENDED),
        (Cloud.AWS, "1.36", date(2026, 6, 1), Phase.NOT_OFFERED),
        (Cloud.AZURE, "1.37", date(2026, 11, 26), Phase.NOT_OFFERED),
    ],
)
def test_support_on_a_day(cloud: Cloud, minor: str, day: date, phase: Phase) -> None:
    assert releases(cloud)[minor].phase(day) is phase


def test_the_newest_version_that_both_clouds_support_for_longest_is_1_36() -> None:
    both = set(offered(Cloud.AWS, TODAY)) & set(offered(Cloud.AZURE, TODAY))
    assert max(both, key=number) == "1.36"
    assert releases(Cloud.AZURE)["1.37"].status is Status.PROJECTED


def test_the_clock_is_the_day_in_the_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(clock.VARIABLE, "2027-06-30")
    assert clock.today() == date(2027, 6, 30)
    monkeypatch.setenv(clock.VARIABLE, "soon")
    with pytest.raises(ValueError, match="FALAJ_TODAY: 'soon' is no date"):
        clock.today()
    monkeypatch.delenv(clock.VARIABLE)
    assert clock.today() >= TODAY


def test_every_chart_has_one_default_release() -> None:
    for name in (*(chart.name for chart in CHARTS), AMI, KARPENTER, "cluster-autoscaler"):
        newest = newest_release(name)
        assert newest is not None
        assert number(newest.version.removeprefix("v")) >= number(default_release(name).version)


def test_releases_have_a_date() -> None:
    assert released(AMI, "v20261001") == date(2026, 10, 1)
    assert released(KARPENTER, "1.14.3") == date(2026, 10, 23)
    assert released(KARPENTER, "1.2.0") is None


def test_an_autoscaler_image_of_each_minor_version() -> None:
    newest = newest_release(AUTOSCALER_IMAGE, "1.36")
    assert newest is not None
    assert newest.version == "1.36.1"
    assert newest_release(AUTOSCALER_IMAGE, "1.3") is None


@pytest.mark.parametrize(
    ("chart", "version", "minor", "includes"),
    [
        ("karpenter", "1.14.3", "1.36", True),
        ("karpenter", "1.14.3", "1.37", False),
        ("karpenter", "1.15.0", "1.37", True),
        ("karpenter", "1.9.2", "1.36", False),
        ("keda", "2.18.1", "1.34", False),
        ("keda", "2.21.0", "1.36", True),
        ("kueue", "0.17.0", "1.28", False),
        ("kueue", "0.17.0", "1.40", True),
    ],
)
def test_the_range_of_a_chart_is_that_of_its_version(chart: str, version: str, minor: str, includes: bool) -> None:
    support = chart_support(chart, version)
    assert support is not None
    assert support.includes(minor) is includes


def test_a_chart_without_a_published_range() -> None:
    assert chart_support("opencost", "2.5.29") is None
    assert chart_support("karpenter", "1.2.0") is None
