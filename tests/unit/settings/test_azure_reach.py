"""Warnings and problems of Azure sites whose API server nobody outside reaches, or whose egress leads nowhere."""

from typing import Any

from falaj.components.settings.checks.stack import warnings
from falaj.components.settings.load import platform_settings
from tests.unit.settings.stacks import changed, problems

CONNECTIVITY = "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/connectivity/providers"
NET = f"{CONNECTIVITY}/Microsoft.Network"
HUB = {"vnet_id": f"{NET}/virtualNetworks/hub"}
ZONE = f"{NET}/privateDnsZones/private.uaenorth.azmk8s.io"
PREFIX = f"{NET}/publicIPPrefixes/egress"
SPOKE = f"{NET}/virtualNetworks/spoke"
EXISTING = {
    "vnet_id": SPOKE,
    "node_subnet_id": f"{SPOKE}/subnets/nodes",
    "api_server_subnet_id": f"{SPOKE}/subnets/api",
    "endpoint_subnet_id": f"{SPOKE}/subnets/endpoints",
}


def with_network(**options: Any) -> dict[str, Any]:
    settings = changed("sites.azuae.azure.network", options)
    settings["replication"]["addresses"] = ["20.74.1.7/32"]
    return settings


def warned(settings: dict[str, Any], text: str) -> bool:
    return any("site azuae" in line and text in line for line in warnings(platform_settings(settings)))


UNREACHED = "its API server is private, and nothing outside its network reaches it or resolves its name"
NO_EGRESS = "nothing connects its network with the firewall's before the cluster is created"


def test_a_private_site_without_a_way_in_is_a_warning_with_the_ways() -> None:
    assert warned(changed("sites.azuae.protect", True), UNREACHED)
    assert warned(changed("sites.azuae.protect", True), "`azure.network.hub`")
    assert warned(with_network(hub=HUB), UNREACHED)
    assert warned(with_network(dns_links={"runners": HUB["vnet_id"]}), UNREACHED)
    for network in (
        {"hub": HUB, "dns_zones": {"api_server": ZONE}},
        {"hub": HUB, "dns_links": {"runners": HUB["vnet_id"]}},
        {"existing": EXISTING},
    ):
        assert not warned(with_network(**network), UNREACHED), network
    assert not warned(changed("sites.azuae.public_access_cidrs", ["203.0.113.0/24"]), UNREACHED)


def test_a_firewall_that_nothing_connects_is_a_warning() -> None:
    settings = changed(
        "sites.azuae.network", {"cidr": "10.20.0.0/16", "egress": "firewall", "firewall_address": "10.9.0.4"}
    )
    settings["replication"]["addresses"] = ["20.74.1.7/32"]
    assert warned(settings, NO_EGRESS)
    settings["sites"]["azuae"]["azure"]["network"] = {"hub": HUB}
    assert not warned(settings, NO_EGRESS)


def test_existing_routes_need_no_address_of_the_firewall() -> None:
    settings = with_network(existing=EXISTING)
    settings["sites"]["azuae"]["network"] |= {"egress": "firewall"}
    platform_settings(settings)
    settings["sites"]["azuae"]["network"] |= {"firewall_address": "10.9.0.4"}
    (problem,) = problems(settings)
    assert problem.path == "platform.sites.azuae.network.firewall_address"
    assert problem.given == "10.9.0.4"
    assert "10.9.0.4" in problem.advice


def test_copies_need_source_addresses_that_are_known_before_the_deployment() -> None:
    for network in ({"nat": {"prefix_id": PREFIX}}, {"existing": EXISTING}):
        settings = with_network(**network)
        del settings["replication"]["addresses"]
        (problem,) = problems(settings)
        assert problem.path == "platform.replication.addresses"


def test_nat_addresses_belong_to_a_gateway_that_is_created() -> None:
    settings = with_network(existing=EXISTING, nat={"addresses": 2})
    (problem,) = problems(settings)
    assert problem.path == "platform.sites.azuae.azure.network.nat"


def test_a_replica_in_a_restricted_region_is_a_warning_only_if_one_is_asked_for() -> None:
    restricted = "open only to subscriptions that Azure has admitted"
    assert not warned(with_network(hub=HUB), restricted)
    settings = with_network(hub=HUB)
    settings["sites"]["azuae"]["azure"]["registry_replica"] = True
    settings["sites"]["azuae"].setdefault("storage", {})["registry"] = True
    assert warned(settings, restricted)
