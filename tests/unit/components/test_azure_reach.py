"""Azure sites in an organisation's network: hub, existing subnets, DNS zones, proxy, and who uses the API server."""

import base64
import re
from typing import Any

import pytest

from falaj.components import azure
from falaj.components.azure.network.existing import AKS_DELEGATION, FoundSubnet, subnet_problems
from falaj.components.core.validation.args import BadArguments
from falaj.components.core.validation.enums import Egress
from tests.unit.components.azure_samples import CLUSTER, NETWORK, SITE, last
from tests.unit.components.mocks import Recording
from tests.unit.components.samples import changed_args, recorded

HUB_GROUP = "/subscriptions/99999999-8888-7777-6666-555555555555/resourceGroups/connectivity/providers"
HUB = f"{HUB_GROUP}/Microsoft.Network/virtualNetworks/hub"
PEERING = "azure-native:network:VirtualNetworkPeering"
LINK = "azure-native:privatedns:VirtualNetworkLink"
ROLE = "azure-native:authorization:RoleAssignment"
AKS = "azure-native:containerservice:ManagedCluster"
SPOKE = HUB.replace("/hub", "/spoke")
EXISTING = {
    "vnet_id": SPOKE,
    "node_subnet_id": f"{SPOKE}/subnets/nodes",
    "api_server_subnet_id": f"{SPOKE}/subnets/api",
    "endpoint_subnet_id": f"{SPOKE}/subnets/endpoints",
}
GROUP = "11111111-2222-3333-4444-555555555555"
CERTIFICATE = "-----BEGIN CERTIFICATE-----\nQ0E=\n-----END CERTIFICATE-----\n"


def zone_id(name: str) -> str:
    return f"{HUB_GROUP}/Microsoft.Network/privateDnsZones/{name}"


def network(**changed: Any) -> Recording:
    return recorded(azure.Network, {**NETWORK, **changed})


def cluster(**changed: Any) -> Recording:
    return recorded(azure.Cluster, {**CLUSTER, **changed})


def site(**options: Any) -> Recording:
    return recorded(azure.Site, changed_args(azure.SiteArgs, SITE, {"azure": options}))


def test_a_hub_is_peered_in_both_directions_before_the_cluster_is_created() -> None:
    recording = site(network={"hub": {"vnet_id": HUB, "use_gateway": True}})
    there = recording.one(PEERING, "uae-network-from-hub")
    here = recording.one(PEERING, "uae-network-to-hub")
    assert (there.inputs["resourceGroupName"], there.inputs["virtualNetworkName"]) == ("connectivity", "hub")
    assert last(there.inputs["remoteVirtualNetwork"]["id"]) == "uae-network-vnet"
    assert (there.inputs["allowGatewayTransit"], there.inputs["useRemoteGateways"]) == (True, False)
    assert here.inputs["remoteVirtualNetwork"]["id"] == HUB
    assert (here.inputs["allowGatewayTransit"], here.inputs["useRemoteGateways"]) == (False, True)
    assert here.inputs["allowForwardedTraffic"] is there.inputs["allowForwardedTraffic"] is True
    assert there.urn in here.depends_on
    waited = set(recording.one("falaj:azure:Cluster").depends_on)
    assert {here.urn, there.urn} <= waited


def test_the_hubs_side_is_created_in_its_own_subscription_or_left_to_its_owner() -> None:
    recording = network(hub={"vnet_id": HUB})
    provider = recording.one("pulumi:providers:azure-native").inputs
    assert provider["subscriptionId"] == "99999999-8888-7777-6666-555555555555"
    assert "uae-hub-subscription" in recording.one(PEERING, "uae-from-hub").provider
    assert [seen.name for seen in network(hub={"vnet_id": HUB, "peer_back": False}).of(PEERING)] == ["uae-to-hub"]


def test_a_virtual_hub_is_connected_instead_of_peered() -> None:
    hub = f"{HUB_GROUP}/Microsoft.Network/virtualHubs/uaenorth"
    recording = network(hub={"virtual_hub_id": hub})
    connection = recording.one("azure-native:network:HubVirtualNetworkConnection").inputs
    assert (connection["virtualHubName"], connection["resourceGroupName"]) == ("uaenorth", "connectivity")
    assert last(connection["remoteVirtualNetwork"]["id"]) == "uae-vnet"
    assert recording.of(PEERING) == []


def test_the_network_asks_given_dns_servers() -> None:
    vnet = network(dns_servers=["10.9.0.4"]).one("azure-native:network:VirtualNetwork").inputs
    assert vnet["dhcpOptions"] == {"dnsServers": ["10.9.0.4"]}
    assert "dhcpOptions" not in network().one("azure-native:network:VirtualNetwork").inputs


def test_existing_zones_are_linked_and_not_created() -> None:
    blob = zone_id("privatelink.blob.core.windows.net")
    recording = network(dns_zones={"blob": blob})
    assert "uae-blob-zone" not in {zone.name for zone in recording.of("azure-native:privatedns:PrivateZone")}
    link = recording.one(LINK, "uae-blob-zone-link")
    assert (link.inputs["resourceGroupName"], link.inputs["privateZoneName"]) == ("connectivity", last(blob))
    assert "uae-dns-subscription" in link.provider
    assert recording.outputs[recording.one("falaj:azure:Network").urn]["blob_zone_id"] == blob
    unlinked = network(dns_zones={"blob": blob, "link": False})
    assert "uae-blob-zone-link" not in {item.name for item in unlinked.of(LINK)}


def test_the_names_of_a_site_are_resolved_in_linked_networks() -> None:
    recording = site(network={"dns_links": {"runners": HUB}})
    zone = recording.one("azure-native:privatedns:PrivateZone", "uae-network-api-server-zone").inputs
    assert zone["privateZoneName"] == "uae-network.private.uaenorth.azmk8s.io"
    links = {link.name: link.inputs["virtualNetwork"]["id"] for link in recording.of(LINK)}
    assert links["uae-network-api-server-zone-link-runners"] == HUB
    assert links["uae-network-keys-zone-link-runners"] == HUB
    access = recording.one(AKS).inputs["apiServerAccessProfile"]
    assert last(access["privateDNSZone"]) == "uae-network-api-server-zone"


def test_aks_may_write_into_a_given_zone_and_link_it() -> None:
    zone = zone_id("private.uaenorth.azmk8s.io")
    recording = site(network={"dns_zones": {"api_server": zone}})
    roles = {
        role.name: (last(role.inputs["roleDefinitionId"]), role.inputs["scope"])
        for role in recording.of(ROLE)
        if role.name.endswith(("-writes-api-server-zone", "-links-network"))
    }
    assert roles["uae-cluster-writes-api-server-zone"] == ("b12aa53e-6015-4669-85d0-8515ebb3ae7f", zone)
    role, scope = roles["uae-cluster-links-network"]
    assert (role, last(scope)) == ("4d97b98b-1d4f-4787-a291-c67834d212e7", "uae-network-vnet")
    aks = recording.one(AKS)
    assert aks.inputs["apiServerAccessProfile"]["privateDNSZone"] == zone
    assert {recording.one(ROLE, name).urn for name in roles} <= set(aks.depends_on)


def test_dns_servers_need_the_right_to_link_the_network_too() -> None:
    roles = {role.name for role in site(network={"dns_servers": ["10.9.0.4"]}).of(ROLE)}
    assert "uae-cluster-links-network" in roles
    assert "uae-cluster-links-network" not in {role.name for role in site().of(ROLE)}


def test_further_routes_and_addresses() -> None:
    routes = {"offices": {"destination": "10.200.0.0/16", "next_hop": "10.9.0.4"}}
    recording = network(routes=routes, nat={"addresses": 2})
    table = recording.one("azure-native:network:RouteTable").inputs
    assert [(route["name"], route["addressPrefix"], route["nextHopIpAddress"]) for route in table["routes"]] == [
        ("offices", "10.200.0.0/16", "10.9.0.4")
    ]
    assert table["disableBgpRoutePropagation"] is False
    assert {seen.name for seen in recording.of("azure-native:network:PublicIPAddress")} == {
        "uae-nat-address",
        "uae-nat-address-2",
    }
    prefix = f"{HUB_GROUP}/Microsoft.Network/publicIPPrefixes/egress"
    given = network(nat={"prefix_id": prefix})
    assert given.of("azure-native:network:PublicIPAddress") == []
    assert given.one("azure-native:network:NatGateway").inputs["publicIpPrefixes"] == [{"id": prefix}]
    assert given.outputs[given.one("falaj:azure:Network").urn]["nat_addresses"] == ["20.203.7.0", "20.203.7.1"]


def test_existing_addresses_are_used_and_read() -> None:
    address = f"{HUB_GROUP}/Microsoft.Network/publicIPAddresses/egress"
    given = network(nat={"address_ids": [address], "idle_minutes": 10})
    assert given.of("azure-native:network:PublicIPAddress") == []
    gateway = given.one("azure-native:network:NatGateway").inputs
    assert (gateway["publicIpAddresses"], gateway["idleTimeoutInMinutes"]) == ([{"id": address}], 10)
    assert "idleTimeoutInMinutes" not in network().one("azure-native:network:NatGateway").inputs
    assert given.outputs[given.one("falaj:azure:Network").urn]["nat_addresses"] == ["20.203.9.1"]
    prefix = address.replace("publicIPAddresses", "publicIPPrefixes")
    with pytest.raises(BadArguments, match=r"addresses: .*nothing with prefix_id[\s\S]*address_ids: .*nothing with"):
        network(nat={"address_ids": [address], "prefix_id": prefix, "addresses": 2})


def test_flow_logs_of_an_existing_network_are_the_owners_or_the_sites() -> None:
    flow_log = "azure-native:network:FlowLog"
    assert site(network={"existing": EXISTING}).one(flow_log).inputs["targetResourceId"] == SPOKE
    watcher = f"{HUB_GROUP}/Microsoft.Network/networkWatchers/watch"
    stated = site(network={"existing": EXISTING}, flow_logs={"network_watcher_id": watcher, "days": 30})
    inputs = stated.one(flow_log).inputs
    assert (inputs["resourceGroupName"], inputs["networkWatcherName"]) == ("connectivity", "watch")
    assert inputs["retentionPolicy"]["days"] == 30
    assert not site(network={"existing": EXISTING}, flow_logs={"enabled": False}).of(flow_log)
    with pytest.raises(BadArguments, match=r"azure\.flow_logs\.enabled: .*a network that the site creates"):
        site(flow_logs={"enabled": False})
    with pytest.raises(BadArguments, match=r"flow_logs\.enabled: .*true with days"):
        site(network={"existing": EXISTING}, flow_logs={"enabled": False, "days": 30})


def test_existing_subnets_are_used_and_no_network_is_created() -> None:
    recording = site(network={"existing": EXISTING})
    assert recording.of("azure-native:network:VirtualNetwork") == []
    assert recording.of("azure-native:network:Subnet") == []
    aks = recording.one(AKS).inputs
    assert aks["agentPoolProfiles"][0]["vnetSubnetID"] == EXISTING["node_subnet_id"]
    assert aks["apiServerAccessProfile"]["subnetId"] == EXISTING["api_server_subnet_id"]
    for endpoint in recording.of("azure-native:network:PrivateEndpoint"):
        assert endpoint.inputs["subnet"]["id"] == EXISTING["endpoint_subnet_id"]
    assert recording.one(LINK, "uae-network-blob-zone-link").inputs["virtualNetwork"]["id"] == SPOKE


def test_the_blocks_of_private_endpoints_are_those_of_their_subnet() -> None:
    created, existing = network(), network(existing=EXISTING)
    [subnet] = [seen for seen in created.of("azure-native:network:Subnet") if seen.name.endswith("-endpoints")]
    blocks = [
        recording.outputs[recording.one("falaj:azure:Network").urn]["endpoint_cidrs"]
        for recording in (created, existing)
    ]
    assert blocks == [[subnet.inputs["addressPrefix"]], ["10.50.4.0/22"]]


def found(**changed: Any) -> dict[str, FoundSubnet]:
    good = {
        "nodes": FoundSubnet(["10.50.4.0/22"], [], True, True, True),
        "control-plane": FoundSubnet(["10.50.0.0/28"], [AKS_DELEGATION], False, False, False),
        "endpoints": FoundSubnet(["10.50.1.0/26"], [], True, False, False),
    }
    return {**good, **changed}


def test_all_problems_of_existing_subnets_are_reported_at_once() -> None:
    assert list(subnet_problems(found(), Egress.NAT_SINGLE, 500)) == []
    bad = found(
        nodes=FoundSubnet(["10.50.4.0/25"], ["Microsoft.Web/serverFarms"], False, False, False),
        **{"control-plane": FoundSubnet(["10.50.0.0/29"], [], False, False, False)},
    )
    messages = [str(problem) for problem in subnet_problems(bad, Egress.NAT_SINGLE, 500)]
    assert len(messages) == 6
    for pattern in (
        r"node_subnet_id: .*10\.50\.4\.0/25.*a subnet with 500 free addresses",
        r"node_subnet_id: .*a subnet with a NAT gateway where egress is nat-single",
        r"api_server_subnet_id: .*no delegation.*delegated to Microsoft\.ContainerService/managedClusters",
        r"api_server_subnet_id: .*10\.50\.0\.0/29.*a subnet of /28 or larger",
        r"node_subnet_id: .*Microsoft\.Web/serverFarms.*without a delegation",
        r"node_subnet_id: .*a subnet with a network security group",
    ):
        assert any(re.search(pattern, message) for message in messages), pattern
    (routes,) = subnet_problems(found(nodes=FoundSubnet(["10.50.4.0/22"], [], True, False, False)), Egress.FIREWALL, 1)
    assert "a subnet with a route table where egress is firewall" in str(routes)


def test_a_preview_refuses_unfit_subnets() -> None:
    swapped = {**EXISTING, "api_server_subnet_id": f"{SPOKE}/subnets/other", "endpoint_subnet_id": f"{HUB}/subnets/api"}
    with pytest.raises(BadArguments, match=r"existing\.endpoint_subnet_id: .*a subnet of .*spoke") as error:
        network(existing=swapped)
    assert "existing.api_server_subnet_id" in str(error.value)


def test_an_existing_group_workspace_and_identities_are_used() -> None:
    group = "/subscriptions/99999999-8888-7777-6666-555555555555/resourceGroups/ai"
    workspace = f"{HUB_GROUP}/Microsoft.OperationalInsights/workspaces/security"
    identity = f"{HUB_GROUP}/Microsoft.ManagedIdentity/userAssignedIdentities/aks"
    recording = site(resource_group_id=group, workspace_id=workspace, identities={"control_plane": identity})
    assert recording.of("azure-native:resources:ResourceGroup") == []
    assert recording.of("azure-native:operationalinsights:Workspace") == []
    assert recording.one(AKS).inputs["resourceGroupName"] == "ai"
    assert recording.one(AKS).inputs["identity"]["userAssignedIdentities"] == [identity]
    assert recording.one(ROLE, "uae-cluster-joins-nodes").inputs["principalId"] == "principal"
    for setting in recording.of("azure-native:monitor:DiagnosticSetting"):
        assert setting.inputs["workspaceId"] == workspace


def test_a_proxy_and_your_authorities() -> None:
    proxy = {"http": "http://proxy:3128", "no_proxy": [".example.ae"]}
    aks = cluster(proxy=proxy, trusted_certificates=[CERTIFICATE]).one(AKS).inputs
    config = aks["httpProxyConfig"]
    assert (config["httpProxy"], config["httpsProxy"]) == ("http://proxy:3128", "http://proxy:3128")
    assert {".blob.core.windows.net", ".example.ae"} <= set(config["noProxy"])
    assert base64.b64decode(config["trustedCa"]).decode() == CERTIFICATE
    (trusted,) = aks["securityProfile"]["customCATrustCertificates"]
    assert base64.b64decode(trusted).decode() == CERTIFICATE
    assert "httpProxyConfig" not in cluster().one(AKS).inputs


def test_what_is_reached_directly_is_a_host_a_domain_or_a_block() -> None:
    for entry in ("<script>", "@SUM(A1)", "a b", ""):
        with pytest.raises(BadArguments, match=r"no_proxy\.0: .* a host, a domain"):
            cluster(proxy={"http": "http://proxy:3128", "no_proxy": [entry]})


def test_other_blocks_of_pods_and_services() -> None:
    profile = cluster(pod_cidr="10.240.0.0/14", service_cidr="10.248.0.0/16").one(AKS).inputs["networkProfile"]
    assert (profile["podCidr"], profile["serviceCidr"]) == ("10.240.0.0/14", "10.248.0.0/16")
    assert profile["dnsServiceIP"] == "10.248.0.10"
