"""Attacks on the cost ceiling by services of Azure whose price is known, at sizes that nobody approved."""

from tests.samples import COST_TAGS as TAGS

from ..harness import UNKNOWN, Given
from . import Attack

RULES = ("FJ-COST-004",)
SMALL = "smb"
"""A stack with a low ceiling, which a few of the cheaper services exceed."""


def _attack(what: str, token: str, count: int = 1, stack: str = "prod-uae", /, **props: object) -> Attack:
    """Returns a stack with resources of a type."""
    own = {"location": "uaenorth", "resourceGroupName": "g", "tags": TAGS, **props}
    copies = (Given(f"azure-native:{token}", own, name=f"it{number}", stack=stack) for number in range(count))
    owner = Given("pulumi:pulumi:Stack", {}, name=f"falaj-{stack}", provider={}, stack=stack)
    site = Given("pulumi:providers:azure-native", {"location": "uaenorth"}, name="site", stack=stack)
    return Attack(f"cost of {what}", RULES, (owner, site, *copies))


def _sized(name: str, capacity: object = None, **more: object) -> dict[str, object]:
    return {"sku": {"name": name, **({} if capacity is None else {"capacity": capacity})}, **more}


def _circuit(tier: str, family: str, mbps: object) -> dict[str, object]:
    place = {"serviceProviderName": "Etisalat UAE", "peeringLocation": "Dubai", "bandwidthInMbps": mbps}
    return {"sku": {"tier": tier, "family": family}, "serviceProviderProperties": place}


WAN = {"virtualWan": {"id": UNKNOWN}}

ATTACKS: tuple[Attack, ...] = (
    _attack("a managed instance of eighty cores", "sql:ManagedInstance", sku={"name": "BC_Gen5"}, vCores=80,
            storageSizeInGB=16384),
    _attack("four pools of managed instances", "sql:InstancePool", 4, sku={"name": "GP_Gen5"}, vCores=80,
            licenseType="LicenseIncluded", subnetId="s"),
    _attack("a managed instance of more cores than exist", "sql:ManagedInstance", sku={"name": "GP_Gen5"},
            vCores=10**12, storageSizeInGB=32, licenseType="BasePrice"),
    _attack("a Hyperscale database with four replicas of 128 cores", "sql:Database", serverName="s",
            **_sized("HS_MOPRMS_128", highAvailabilityReplicaCount=4)),
    _attack("two pools of databases of 4,000 DTU", "sql:ElasticPool", 2, serverName="s", **_sized("PremiumPool", 4000)),
    _attack("a pool of databases of more DTU than exist", "sql:ElasticPool", serverName="s",
            **_sized("StandardPool", 9_000_000)),
    _attack("Web PubSub of a thousand units", "webpubsub:WebPubSub", **_sized("Premium_P2", 1000)),
    _attack("Web PubSub of more units than exist", "webpubsub:WebPubSub", **_sized("Premium_P2", 10**12)),
    _attack("SignalR of more units than exist", "signalrservice:SignalR", **_sized("Premium_P2", 10**12)),
    _attack("fifteen servers of dashboards", "dashboard:Grafana", 15, SMALL, **_sized("Standard", properties={
        "zoneRedundancy": "Enabled"})),
    _attack("eleven hubs of fifty routing units", "network:VirtualHub", 11, virtualRouterAutoScaleConfiguration={
        "minCapacity": 50}, **WAN),
    _attack("a gateway of branches with two hundred scale units", "network:VpnGateway", vpnGatewayScaleUnit=200),
    _attack("a gateway of users with two hundred scale units", "network:P2sVpnGateway", vpnGatewayScaleUnit=200),
    _attack("twenty gateways of circuits at ten scale units", "network:ExpressRouteGateway", 20,
            virtualHub={"id": UNKNOWN}, autoScaleConfiguration={"bounds": {"min": 10, "max": 10}}),
    _attack("a thousand branches", "network:VpnGateway", vpnGatewayScaleUnit=1, connections=[
        {"name": f"branch{number}"} for number in range(1050)]),
    _attack("a dozen circuits of 10 Gbps", "network:ExpressRouteCircuit", 12,
            **_circuit("Standard", "MeteredData", 10_000)),
    _attack("a circuit of unlimited traffic", "network:ExpressRouteCircuit",
            **_circuit("Standard", "UnlimitedData", 50)),
    _attack("eight ways in for names", "dnsresolver:InboundEndpoint", 8, SMALL, dnsResolverName="r",
            ipConfigurations=[{"subnet": {"id": UNKNOWN}}]),
    _attack("eight ways out for names", "dnsresolver:OutboundEndpoint", 8, SMALL, dnsResolverName="r",
            subnet={"id": UNKNOWN}),
    _attack("eight firewalls that keep fifty units", "network:AzureFirewall", 8, sku={
        "name": "AZFW_Hub", "tier": "Premium"}, autoscaleConfiguration={"minCapacity": 50, "maxCapacity": 50}),
    _attack("four firewalls of the tier Basic", "network:AzureFirewall", 4, SMALL, sku={
        "name": "AZFW_Hub", "tier": "Basic"}),
)  # fmt: skip
