"""Azure networks: subnets, outbound traffic and network security groups."""

from typing import Any

import pytest

from falaj.components import azure
from falaj.components.core.validation.args import BadArguments
from falaj.components.core.validation.enums import Egress
from tests.unit.components.azure_samples import NETWORK
from tests.unit.components.mocks import Recording
from tests.unit.components.samples import recorded

NET = "azure-native:network"
ALWAYS = {
    "uae-vnet", "uae-internal", "uae-private-endpoints", "uae-nodes", "uae-control-plane", "uae-endpoints",
    "uae-keys-zone", "uae-keys-zone-link", "uae-blob-zone", "uae-blob-zone-link",
    "uae-file-zone", "uae-file-zone-link", "uae-registry-zone", "uae-registry-zone-link",
}  # fmt: skip


def network(**changed: Any) -> Recording:
    return recorded(azure.Network, {**NETWORK, **changed})


def subnet(kind: str, seen: Recording | None = None) -> dict[str, Any]:
    return (seen or network()).one(f"{NET}:Subnet", f"uae-{kind}").inputs


def test_a_network_without_egress_has_no_public_address() -> None:
    recording = network(egress=Egress.NONE)
    assert {name for _, name in recording.names()} == ALWAYS
    assert "natGateway" not in subnet("nodes", recording)


def test_one_gateway_is_the_default_and_its_address_spans_the_zones() -> None:
    without = {key: value for key, value in NETWORK.items() if key != "egress"}
    for resource in (network(), recorded(azure.Network, without)):
        assert {name for _, name in resource.names()} == ALWAYS | {"uae-nat", "uae-nat-address"}
        address = resource.one(f"{NET}:PublicIPAddress").inputs
        assert (address["sku"], address["publicIPAllocationMethod"]) == ({"name": "Standard"}, "Static")
        assert address["zones"] == ["1", "2", "3"]
        assert subnet("nodes", resource)["natGateway"]["id"].endswith("/uae-nat")


def test_a_firewall_gets_all_that_leaves_the_nodes() -> None:
    recording = network(egress=Egress.FIREWALL, firewall_address="10.0.0.4")
    assert {name for _, name in recording.names()} == ALWAYS | {"uae-routes"}
    table = recording.one(f"{NET}:RouteTable").inputs
    assert table["disableBgpRoutePropagation"] is True
    (route,) = table["routes"]
    assert (route["addressPrefix"], route["nextHopType"], route["nextHopIpAddress"]) == (
        "0.0.0.0/0",
        "VirtualAppliance",
        "10.0.0.4",
    )
    assert subnet("nodes", recording)["routeTable"]["id"].endswith("/uae-routes")
    for kind in ("control-plane", "endpoints"):
        assert "routeTable" not in subnet(kind, recording)


def test_only_the_node_subnet_has_egress() -> None:
    recording = network()
    for kind in ("control-plane", "endpoints"):
        assert "natGateway" not in subnet(kind, recording)
    for kind in ("nodes", "control-plane", "endpoints"):
        assert subnet(kind, recording)["defaultOutboundAccess"] is False


def test_a_region_without_zones_gets_none() -> None:
    address = network(region="uaecentral").one(f"{NET}:PublicIPAddress").inputs
    assert address["zones"] == []


def test_blocks_of_the_subnets() -> None:
    recording = network()
    blocks = {kind: subnet(kind, recording)["addressPrefix"] for kind in ("nodes", "control-plane", "endpoints")}
    assert blocks == {"nodes": "10.20.0.0/18", "control-plane": "10.20.192.0/28", "endpoints": "10.20.192.128/26"}


def test_the_number_of_zones_never_moves_a_subnet() -> None:
    kinds = ("nodes", "control-plane", "endpoints")
    one, three = ({kind: subnet(kind, network(zones=count)) for kind in kinds} for count in (1, 3))
    assert one == three


def test_the_api_server_has_a_subnet_delegated_to_it() -> None:
    result = [item["serviceName"] for item in subnet("control-plane")["delegations"]]
    assert result == ["Microsoft.ContainerService/managedClusters"]
    assert "delegations" not in subnet("nodes")


def test_the_internet_is_denied_and_endpoints_take_https_from_inside_only() -> None:
    recording = network()
    rules = {
        group.name: [
            (
                rule["priority"],
                rule["direction"],
                rule["access"],
                rule["sourceAddressPrefix"],
                rule["destinationPortRange"],
            )
            for rule in group.inputs["securityRules"]
        ]
        for group in recording.of(f"{NET}:NetworkSecurityGroup")
    }
    assert rules == {
        "uae-internal": [(4096, "Inbound", "Deny", "Internet", "*")],
        "uae-private-endpoints": [
            (100, "Inbound", "Allow", "VirtualNetwork", "443"),
            (110, "Inbound", "Allow", "10.20.0.0/18", "2049"),
            (4096, "Inbound", "Deny", "*", "*"),
        ],
    }
    groups = {
        kind: subnet(kind, recording)["networkSecurityGroup"]["id"].rsplit("/", 1)[-1]
        for kind in ("nodes", "control-plane", "endpoints")
    }
    assert groups == {"nodes": "uae-internal", "control-plane": "uae-internal", "endpoints": "uae-private-endpoints"}
    assert subnet("endpoints", recording)["privateEndpointNetworkPolicies"] == "Enabled"


def test_private_names_are_answered_inside_this_network_only() -> None:
    recording = network()
    zones = {zone.name: zone.inputs["privateZoneName"] for zone in recording.of("azure-native:privatedns:PrivateZone")}
    assert zones == {
        "uae-keys-zone": "privatelink.vaultcore.azure.net",
        "uae-blob-zone": "privatelink.blob.core.windows.net",
        "uae-file-zone": "privatelink.file.core.windows.net",
        "uae-registry-zone": "privatelink.azurecr.io",
    }
    for link in recording.of("azure-native:privatedns:VirtualNetworkLink"):
        assert link.inputs["virtualNetwork"]["id"].endswith("/uae-vnet")
        assert link.inputs["registrationEnabled"] is False


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"egress": Egress.NAT_PER_ZONE}, r"egress: .*not allowed; allowed: none, nat-single or firewall"),
        (
            {"cidr": "100.64.0.0/16"},
            r"cidr: .*100\.64\.0\.0/16.*allowed: a private block of IPv4 addresses, outside 100\.64\.0\.0/14 \(pods\)",
        ),
        ({"cidr": "100.68.0.0/20"}, r"cidr: .*and 100\.68\.0\.0/16 \(services\)"),
        ({"cidr": "10.0.0.0/24"}, r"cidr: .*10\.0\.0\.0/24.*a block of /16 to /20"),
        (
            {"egress": Egress.FIREWALL},
            r"firewall_address: required where egress is firewall.*private IPv4 address of your firewall",
        ),
        ({"egress": Egress.FIREWALL, "firewall_address": "8.8.8.8"}, r"firewall_address: \"8\.8\.8\.8\".*private"),
        ({"firewall_address": "10.0.0.4"}, r"firewall_address: \"10\.0\.0\.4\".*nothing unless egress is firewall"),
        ({"zones": 4}, r"zones: 4 is not allowed"),
    ],
)
def test_invalid_arguments_are_rejected(changed: Any, message: str) -> None:
    with pytest.raises(BadArguments, match=message):
        network(**changed)


def test_subnets_are_made_one_after_the_other() -> None:
    recording = network()
    nodes, control_plane, endpoints = (
        recording.one(f"{NET}:Subnet", f"uae-{kind}") for kind in ("nodes", "control-plane", "endpoints")
    )
    assert nodes.urn in control_plane.depends_on
    assert {nodes.urn, control_plane.urn} <= set(endpoints.depends_on)
