"""Charges that do not follow the work: as many as the site has, at the rows of the price list."""

import pytest

from falaj.components.settings.checks.capacity import site_load
from tests.unit.simulation.shipped_stacks import platform_of, settings_of

PROD = "Pulumi.prod-uae.yaml"
MONTH = 730 * 3.6725
"""AED a month of one USD an hour."""


def costs(*changes: str) -> dict[str, float]:
    """Returns AED per month of prod-uae by what they are for."""
    return dict(platform_of(PROD, *changes).system_aed_per_month)


def test_each_part_is_charged_as_often_as_the_sites_have_it() -> None:
    assert costs() == {
        "control planes": pytest.approx((0.1 + 0.1) * MONTH),
        # Two gateways with their addresses on AWS, one on Azure.
        "NAT gateways": pytest.approx((2 * (0.05445 + 0.005) + 0.045 + 0.005) * MONTH),
        "load balancers": pytest.approx((0.027225 + 0.025) * MONTH, rel=1e-3),
        # 3 Standard_D4as_v5 and 4 m7g.large.
        "system nodes": pytest.approx((3 * 0.212 + 4 * 0.1) * MONTH, rel=1e-3),
    }


def test_a_single_gateway_is_charged_once_and_none_not_at_all() -> None:
    single = costs("sites.awsuae.network.egress=nat-single")
    assert costs()["NAT gateways"] - single["NAT gateways"] == pytest.approx((0.05445 + 0.005) * MONTH)
    free = costs("sites.azuae.azure.tier=free")
    assert free["control planes"] == pytest.approx(0.1 * MONTH)
    without = costs("sites.azuae.cluster.gateway=null", "tenants.retail-banking.experiments={}",
                    "tenants.retail-banking.services={}", "replication=null")  # fmt: skip
    assert without["load balancers"] == pytest.approx(0.027225 * MONTH, rel=1e-3)


def test_a_public_gateway_has_an_address_in_each_zone() -> None:
    public = costs("sites.awsuae.cluster.gateway.public=true")
    assert public["load balancers"] - costs()["load balancers"] == pytest.approx(2 * 0.005 * MONTH)


def test_system_nodes_are_as_many_as_hold_what_the_site_installs() -> None:
    change = "sites.awsuae.pools.system.min=2"
    settings = settings_of(PROD, change)
    load = site_load("awsuae", settings.sites["awsuae"], settings)
    assert load is not None
    assert load.needed is not None
    assert load.needed > 2
    assert costs(change)["system nodes"] == pytest.approx((3 * 0.212 + load.needed * 0.1) * MONTH, rel=1e-3)
