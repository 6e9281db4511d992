"""What a runner reaches of a private AKS cluster, and what AKS needs of its network before it creates one.

Sources: azure-aks-docs private-clusters.md (2026-08-05), egress-udr.md (2023-05-10), limit-egress-traffic.md.
"""

import base64
import json
from collections.abc import Callable
from itertools import count
from typing import Any

import pytest

from falaj.sandbox.clouds.azure.arm import SUBSCRIPTION
from falaj.sandbox.clouds.spec import CloudError
from falaj.sandbox.clouds.values import Json, get_str
from falaj.sandbox.runner import INSIDE, INTERNET, LOCATION
from tests.unit.clouds.azure_platform import ROLE, Site, refused
from tests.unit.clouds.driver import CreatedResource, Driver
from tests.unit.clouds.kubernetes_objects import namespace

NUMBERS = count()
IN_HUB = "10.9.2.5"
AKS = "containerservice:ManagedCluster"
PRIVATE: dict[str, Json] = {"enablePrivateCluster": True, "enableVnetIntegration": True, "privateDNSZone": "system"}
NETWORK_CONTRIBUTOR = "4d97b98b-1d4f-4787-a291-c67834d212e7"
DNS_ZONE_CONTRIBUTOR = "b12aa53e-6015-4669-85d0-8515ebb3ae7f"


class Reach:
    """A private cluster in its network, and a hub with the runner."""

    def __init__(self, site: Site, open_cloud: Callable[..., Driver]) -> None:
        self.site, self.open_cloud = site, open_cloud
        self.nodes = site.network()
        self.hub = site.inside(
            "network:VirtualNetwork", "hub", virtualNetworkName="hub", addressSpace={"addressPrefixes": ["10.9.0.0/16"]}
        )

    def cluster(self, **access: Json) -> CreatedResource:
        pool = {"name": "system", "mode": "System", "count": 1, "vnetSubnetID": self.nodes.id}
        identity = self.site.created.get("id-ai")
        by = {"identity": {"type": "UserAssigned", "userAssignedIdentities": [identity.id]}} if identity else {}
        return self.site.cluster(agentPoolProfiles=[pool], apiServerAccessProfile={**PRIVATE, **access}, **by)

    def kubernetes(self) -> Driver:
        which = {"resourceGroupName": "rg-ai", "resourceName": "aks-ai"}
        answer = self.site.cloud.invoke("azure-native:containerservice:listManagedClusterUserCredentials", **which)
        (config,) = answer["kubeconfigs"]  # type: ignore[misc]
        return self.open_cloud("kubernetes", kubeconfig=base64.b64decode(get_str(config, "value")).decode())

    def peer(self, near: str, far: str, **more: Json) -> CreatedResource:
        return self.site.inside(
            "network:VirtualNetworkPeering",
            f"{near}-{far}",
            virtualNetworkName=near,
            remoteVirtualNetwork={"id": self.site.created[far].id},
            **more,
        )

    def zone(self, name: str = "private.uaenorth.azmk8s.io") -> CreatedResource:
        return self.site.inside("privatedns:PrivateZone", name, privateZoneName=name, location="global")

    def link(self, zone: CreatedResource, network: str) -> None:
        self.site.inside(
            "privatedns:VirtualNetworkLink",
            f"link-{network}",
            privateZoneName=zone.name,
            location="global",
            virtualNetwork={"id": self.site.created[network].id},
        )

    def grant(self, role: str, scope: str) -> None:
        self.site.make(
            "authorization:RoleAssignment",
            f"grant-{role[:8]}",
            principalId=self.site.created["id-ai"].text("principalId"),
            principalType="ServicePrincipal",
            roleDefinitionId=f"{ROLE}{role}",
            scope=scope,
        )


@pytest.fixture
def reach(site: Site, open_cloud: Callable[..., Driver]) -> Reach:
    return Reach(site, open_cloud)


def error_of(reach: Reach, monkeypatch: pytest.MonkeyPatch, runner: str) -> str | None:
    monkeypatch.setenv(LOCATION, runner)
    try:
        namespace(reach.kubernetes(), f"from-{next(NUMBERS)}")
    except CloudError as error:
        return str(error)
    return None


def test_a_private_api_server_has_no_name_outside_its_network(reach: Reach, monkeypatch: pytest.MonkeyPatch) -> None:
    host = get_str(reach.cluster().values, "privateFQDN")
    expected = f'Get "https://{host}:443/version": dial tcp: lookup {host}: no such host'
    for runner in (INTERNET, "", IN_HUB):
        message = error_of(reach, monkeypatch, runner)
        assert message is not None
        assert expected in message
    assert error_of(reach, monkeypatch, INSIDE) is None


def test_a_runner_in_the_network_of_the_nodes_reaches_the_api_server(
    reach: Reach, monkeypatch: pytest.MonkeyPatch
) -> None:
    reach.cluster()
    assert error_of(reach, monkeypatch, "10.0.64.5") is None


def test_a_peered_network_needs_the_name_too(reach: Reach, monkeypatch: pytest.MonkeyPatch) -> None:
    reach.cluster()
    reach.peer("hub", "vnet")
    reach.peer("vnet", "hub")
    assert "no such host" in str(error_of(reach, monkeypatch, IN_HUB))


def test_a_linked_zone_needs_a_route_too(reach: Reach, monkeypatch: pytest.MonkeyPatch) -> None:
    zone = reach.zone()
    reach.site.identity()
    reach.link(zone, "hub")
    reach.grant(DNS_ZONE_CONTRIBUTOR, zone.id)
    reach.grant(NETWORK_CONTRIBUTOR, reach.site.created["vnet"].id)
    reach.cluster(privateDNSZone=zone.id)
    assert "i/o timeout" in str(error_of(reach, monkeypatch, IN_HUB))
    first = reach.peer("hub", "vnet")
    assert first["peeringState"] == "Initiated"
    assert "i/o timeout" in str(error_of(reach, monkeypatch, IN_HUB))
    assert reach.peer("vnet", "hub")["peeringState"] == "Connected"
    assert error_of(reach, monkeypatch, IN_HUB) is None


def test_dns_servers_in_a_linked_network_answer_for_the_runner(reach: Reach, monkeypatch: pytest.MonkeyPatch) -> None:
    test_a_linked_zone_needs_a_route_too(reach, monkeypatch)
    reach.site.inside(
        "network:VirtualNetwork",
        "runners",
        virtualNetworkName="runners",
        addressSpace={"addressPrefixes": ["10.8.0.0/16"]},
        dhcpOptions={"dnsServers": ["10.9.0.4"]},
    )
    reach.peer("runners", "vnet")
    reach.peer("vnet", "runners")
    assert error_of(reach, monkeypatch, "10.8.0.5") is None


def test_a_public_api_server_is_reached_from_everywhere(reach: Reach, monkeypatch: pytest.MonkeyPatch) -> None:
    reach.cluster(enablePrivateCluster=False, privateDNSZone=None)
    assert error_of(reach, monkeypatch, INTERNET) is None


def test_networks_of_one_virtual_hub_reach_each_other(reach: Reach, monkeypatch: pytest.MonkeyPatch) -> None:
    zone = reach.zone()
    reach.site.identity()
    reach.link(zone, "hub")
    reach.grant(DNS_ZONE_CONTRIBUTOR, zone.id)
    reach.grant(NETWORK_CONTRIBUTOR, reach.site.created["vnet"].id)
    reach.cluster(privateDNSZone=zone.id)
    reach.site.inside("network:VirtualHub", "vhub", virtualHubName="vhub", addressPrefix="10.7.0.0/23")
    for network in ("vnet", "hub"):
        reach.site.inside(
            "network:HubVirtualNetworkConnection",
            f"vhub-{network}",
            virtualHubName="vhub",
            remoteVirtualNetwork={"id": reach.site.created[network].id},
        )
    assert error_of(reach, monkeypatch, IN_HUB) is None


def routed(reach: Reach, hop: str = "VirtualAppliance", address: str = "10.9.0.4") -> dict[str, Json]:
    route: dict[str, Json] = {"name": "out", "addressPrefix": "0.0.0.0/0", "nextHopType": hop}
    if hop == "VirtualAppliance":
        route["nextHopIpAddress"] = address
    table = reach.site.inside("network:RouteTable", "all", routes=[route])
    subnet = reach.site.subnet("routed", "10.0.80.0/24", routeTable={"id": table.id})
    pool = {"name": "system", "mode": "System", "count": 1, "vnetSubnetID": subnet.id}
    return reach.site.cluster_inputs(networkProfile={"outboundType": "userDefinedRouting"}, agentPoolProfiles=[pool])


def test_a_route_to_a_firewall_needs_the_peering_before_the_cluster(reach: Reach) -> None:
    inputs = routed(reach)
    message = refused(reach.site, "OutboundConnFailVMExtensionError", AKS, **inputs)
    assert "exit status=50" in message
    assert "10.9.0.4" in message
    reach.peer("hub", "vnet")
    refused(reach.site, "OutboundConnFailVMExtensionError", AKS, **inputs)
    reach.peer("vnet", "hub")
    reach.site.make(AKS, "aks", **inputs)


def test_an_appliance_in_the_own_network_is_reached(reach: Reach) -> None:
    reach.site.make(AKS, "aks", **routed(reach, address="10.0.100.4"))


def test_a_default_route_to_the_internet_is_no_outbound_route(reach: Reach) -> None:
    refused(reach.site, "RouteTableInvalidNextHop", AKS, **routed(reach, hop="Internet"))


def private(reach: Reach, zone: str, **more: Json) -> dict[str, Json]:
    pool = {"name": "system", "mode": "System", "count": 1, "vnetSubnetID": reach.nodes.id}
    return reach.site.cluster_inputs(
        agentPoolProfiles=[pool],
        apiServerAccessProfile={**PRIVATE, "privateDNSZone": zone},
        identity={"type": "UserAssigned", "userAssignedIdentities": [reach.site.created["id-ai"].id]},
        **more,
    )


def test_a_zone_of_your_own_needs_two_roles_of_the_clusters_identity(reach: Reach) -> None:
    reach.site.identity()
    zone = reach.zone()
    refused(reach.site, "CustomPrivateDNSZoneMissingPermissionError", AKS, **private(reach, zone.id))
    reach.grant(DNS_ZONE_CONTRIBUTOR, zone.id)
    assert "virtualNetworks/join/action" in refused(
        reach.site, "LinkedAuthorizationFailed", AKS, **private(reach, zone.id)
    )
    reach.grant(NETWORK_CONTRIBUTOR, reach.site.group.id)
    reach.site.make(AKS, "aks", **private(reach, zone.id))


@pytest.mark.parametrize("name", ["privatelink.uaenorth.azmk8s.io", "private.uaecentral.azmk8s.io", "private.example"])
def test_a_zone_is_named_for_the_region_and_the_integration(reach: Reach, name: str) -> None:
    reach.site.identity()
    message = refused(reach.site, "InvalidPrivateDNSZone", AKS, **private(reach, reach.zone(name).id))
    assert "expected private.uaenorth.azmk8s.io" in message


def test_dns_servers_of_the_network_need_the_right_to_link_it(reach: Reach) -> None:
    reach.site.identity()
    vnet = reach.site.created["vnet"]
    changed = {"resourceGroupName": "rg-ai", "virtualNetworkName": "vnet", "dhcpOptions": {"dnsServers": ["10.9.0.4"]}}
    reach.site.cloud.update(vnet, addressSpace={"addressPrefixes": ["10.0.0.0/16"]}, **changed)
    refused(reach.site, "LinkedAuthorizationFailed", AKS, **private(reach, "system"))
    reach.grant(NETWORK_CONTRIBUTOR, vnet.id)
    reach.site.make(AKS, "aks", **private(reach, "system"))


def test_peered_networks_do_not_overlap_and_use_a_gateway_that_exists(reach: Reach) -> None:
    reach.site.inside(
        "network:VirtualNetwork", "twin", virtualNetworkName="twin", addressSpace={"addressPrefixes": ["10.0.4.0/24"]}
    )
    kind = "network:VirtualNetworkPeering"
    twin: dict[str, Any] = {"remoteVirtualNetwork": {"id": reach.site.created["twin"].id}}
    near = {"resourceGroupName": "rg-ai", "virtualNetworkName": "vnet"}
    assert "10.0.0.0/16" in refused(reach.site, "VnetAddressSpacesOverlap", kind, **near, **twin)
    hub: dict[str, Any] = {"remoteVirtualNetwork": {"id": reach.hub.id}, "useRemoteGateways": True}
    refused(reach.site, "RemoteVnetHasNoGateways", kind, **near, **hub)
    gateway = reach.site.inside(
        "network:Subnet", "GatewaySubnet", virtualNetworkName="hub", addressPrefix="10.9.1.0/27"
    )
    configuration = {"name": "default", "subnet": {"id": gateway.id}}
    reach.site.inside("network:VirtualNetworkGateway", "vpn", ipConfigurations=[configuration])
    refused(reach.site, "RemotePeeringCannotAllowGatewayTransit", kind, **near, **hub)
    reach.peer("hub", "vnet", allowGatewayTransit=True)
    reach.peer("vnet", "hub", useRemoteGateways=True)


def test_existing_resources_are_read(reach: Reach) -> None:
    which = {"resourceGroupName": "rg-ai", "virtualNetworkName": "vnet", "subnetName": "nodes"}
    subnet = reach.site.cloud.invoke("azure-native:network:getSubnet", **which)
    assert (subnet["id"], subnet["addressPrefix"]) == (reach.nodes.id, "10.0.0.0/20")
    with pytest.raises(
        CloudError, match="virtualNetworks/vnet/subnets/none' under resource group 'rg-ai' was not found"
    ):
        reach.site.cloud.invoke("azure-native:network:getSubnet", **{**which, "subnetName": "none"})
    group = reach.site.cloud.invoke("azure-native:resources:getResourceGroup", resourceGroupName="rg-ai")
    assert json.dumps(group["id"]) == json.dumps(f"/subscriptions/{SUBSCRIPTION}/resourceGroups/rg-ai")


def test_a_network_is_linked_to_one_zone_of_a_name(reach: Reach) -> None:
    zone = reach.zone()
    reach.link(zone, "hub")
    other = reach.site.make("resources:ResourceGroup", "other", location="uaenorth", resourceGroupName="rg-other")
    twin = reach.site.make(
        "privatedns:PrivateZone", "twin", resourceGroupName=other.name, privateZoneName=zone.name, location="global"
    )
    message = reach.site.refused(
        "privatedns:VirtualNetworkLink",
        resourceGroupName=other.name,
        privateZoneName=twin.name,
        location="global",
        virtualNetwork={"id": reach.hub.id},
    )
    assert "cannot be linked to multiple zones with overlapping namespaces" in message
