"""Warnings before the preview: zones without a pool's machine types, spot capacity without a price."""

from typing import Any

import pytest

from falaj.components.core.network.zones import site_zones
from falaj.components.core.node_pools.availability_warnings import availability_warnings
from falaj.components.core.node_pools.spec import NodePoolSpec

AWS: dict[str, Any] = {"region": "me-central-1", "profile": "training", "min": 0, "max": 4}
AZURE: dict[str, Any] = {**AWS, "region": "uaenorth"}


def warnings_of(
    site: dict[str, Any], machines: str, capacity: str = "on-demand", zones: int = 2, **more: Any
) -> list[str]:
    region, fields = site["region"], {key: value for key, value in site.items() if key != "region"}
    pool = NodePoolSpec.model_validate({**fields, "machines": machines.split(), "capacity": capacity, **more})
    return list(availability_warnings(region, site_zones(region, zones), pool))


@pytest.mark.parametrize(
    ("site", "machines", "capacity", "zones"),
    [
        (AWS, "g6.xlarge", "on-demand", 1),
        (AWS, "g5.xlarge", "on-demand", 2),
        # One type that is offered in all zones is enough.
        (AWS, "g5.12xlarge g6.12xlarge", "on-demand", 2),
        (AWS, "m7g.4xlarge m6g.4xlarge", "spot", 2),
        (AZURE, "Standard_D16as_v5", "spot", 3),
        (AZURE, "Standard_NV12ads_A10_v5", "on-demand", 3),
    ],
)
def test_valid_pools_cause_no_warning(site: dict[str, Any], machines: str, capacity: str, zones: int) -> None:
    assert warnings_of(site, machines, capacity, zones) == []


def test_zones_without_the_machines() -> None:
    (warning,) = warnings_of(AWS, "g6.xlarge g6.2xlarge")
    assert warning == (
        "g6.xlarge, g6.2xlarge observed in mec1-az1, mec1-az2 only: this pool gets no nodes in the site's mec1-az3"
    )
    assert warnings_of(AWS, "g6.xlarge p5en.48xlarge") == []  # together they are in both


def test_the_one_zone_of_a_pool_may_be_the_wrong_one() -> None:
    (warning,) = warnings_of(AWS, "g6.xlarge", zone="me-central-1c")
    assert "g6.xlarge observed in mec1-az1, mec1-az2 only: check that me-central-1c is one of them" in warning
    assert warnings_of(AWS, "g5.xlarge", zone="me-central-1c") == []
    (warning,) = warnings_of(AWS, "g6.xlarge", zone="mec1-az3")
    assert warning == "g6.xlarge observed in mec1-az1, mec1-az2 only, not in mec1-az3: the pool gets no nodes there"
    assert warnings_of(AWS, "g6.xlarge", zone="mec1-az1") == []


@pytest.mark.parametrize("capacity", ["spot", "spot-first"])
def test_spot_that_was_never_seen(capacity: str) -> None:
    (warning,) = warnings_of(AWS, "g6.12xlarge g6e.12xlarge", capacity, zones=1)
    assert warning == "no spot price was observed for g6.12xlarge, g6e.12xlarge: spot capacity may not exist"
    (warning,) = warnings_of(AZURE, "Standard_NV12ads_A10_v5", capacity)
    assert "no spot price was observed for Standard_NV12ads_A10_v5" in warning


def test_a_pool_that_leans_on_one_kind_of_spot() -> None:
    (warning,) = warnings_of(AWS, "g5.12xlarge g6.12xlarge g6e.12xlarge", "spot")
    assert warning == (
        "a spot price was observed for g5.12xlarge but not for g6.12xlarge, g6e.12xlarge: "
        "spot capacity may exist for one machine type only"
    )


def test_spot_that_saves_nothing() -> None:
    (warning,) = warnings_of(AZURE, "Standard_NC40ads_H100_v5", "spot")
    assert warning == "spot of Standard_NC40ads_H100_v5 costs as much as on-demand: interruptions without savings"
