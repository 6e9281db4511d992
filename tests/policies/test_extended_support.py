"""Versions of EKS in extended support, by the table of dates and not by the day of the evaluation (FJ-COST-127)."""

from datetime import date

import pytest

from falaj.facts.clouds import Cloud
from falaj.facts.kubernetes_versions import Phase, releases

from .blind import aws
from .harness import STRICT, UNKNOWN, Pack, blocking

READ = max(date.fromisoformat(release.looked_up) for release in releases(Cloud.AWS).values())
PAID = [item.minor for item in releases(Cloud.AWS).values() if item.phase(READ) in (Phase.EXTENDED, Phase.ENDED)]
FREE = [item.minor for item in releases(Cloud.AWS).values() if item.minor not in PAID]


def refused(today: date = READ, **props: object) -> bool:
    return "FJ-COST-127" in blocking(Pack(STRICT, today=today).evaluate_resource(aws("eks/Cluster", props)))


def test_the_table_has_versions_of_both_kinds() -> None:
    assert PAID
    assert FREE


@pytest.mark.parametrize("version", PAID)
def test_a_cluster_pays_for_a_version_out_of_standard_support(version: str) -> None:
    assert refused(version=version)
    assert refused(version=version, upgradePolicy={"supportType": "EXTENDED"})
    assert not refused(version=version, upgradePolicy={"supportType": "STANDARD"})
    assert not refused(version=version, upgradePolicy=UNKNOWN)


@pytest.mark.parametrize("version", [*FREE, UNKNOWN, "9.99"])
def test_versions_in_standard_support_and_unknown_ones_pass(version: str) -> None:
    assert not refused(version=version)
    assert not refused(today=date(2036, 1, 1), version=version)
