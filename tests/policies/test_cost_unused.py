"""Gateways, firewalls, balancers and reservations that are billed by the hour and used by nothing."""

import pytest

from .blind import HERE, TAGS, aws, az
from .harness import UNKNOWN, Given, Pack

PACK = Pack()
SUBNET = {"subnetId": "subnet-1", "tags": TAGS}
INSPECTED = {"serviceName": "com.amazonaws.vpce.me-central-1.vpce-svc-1", "vpcId": "vpc-1", "tags": TAGS}
RULE = {"name": "https", "protocol": "Tcp", "frontendPort": 443, "backendPort": 443}
POOL = {"backendAddressPools": [{"name": "servers"}]}
HELD = {**HERE, "sku": {"name": "Standard_D4s_v5", "capacity": 4}}

HOURLY = (
    aws("ec2/NatGateway", SUBNET),
    aws("ec2/VpcEndpoint", {**INSPECTED, "vpcEndpointType": "GatewayLoadBalancer"}),
    az("network:VirtualNetworkGateway", {**HERE, "gatewayType": "Vpn"}),
    az("network:ExpressRouteCircuit", {**HERE, "peerings": []}),
    az("network:DdosProtectionPlan", HERE),
    az("network:ApplicationGateway", {**HERE, **POOL}),
    az("operationalinsights:Cluster", {**HERE, "sku": {"name": "CapacityReservation", "capacity": 100}}),
)
SERVED = (
    aws("elb/LoadBalancer", {"listeners": [{"lbPort": 443}], "tags": TAGS}),
    az("network:LoadBalancer", {**HERE, **POOL, "sku": {"name": "Standard"}, "loadBalancingRules": [RULE]}),
)


def _found(*plan: Given) -> set[str]:
    wanted = {"FJ-COST-121", "FJ-COST-122", "FJ-COST-124", "FJ-COST-125"}
    return {item.rule for item in PACK.evaluate_stack(*plan)} & wanted


def _user(token: str) -> Given:
    return Given(token, {"target": UNKNOWN}, "user", links={"target": ("it",)})


@pytest.mark.parametrize(
    ("idle", "rule"),
    [*((item, "FJ-COST-125") for item in HOURLY), *((item, "FJ-COST-122") for item in SERVED)],
    ids=lambda value: value if isinstance(value, str) else value.type,
)
def test_what_is_charged_by_the_hour_is_reported_until_something_uses_it(idle: Given, rule: str) -> None:
    assert _found(idle) == {rule}
    assert _found(idle, _user("aws:ec2/route:Route")) == set()


@pytest.mark.parametrize(
    "token",
    [
        "aws:cloudwatch/metricAlarm:MetricAlarm",
        "aws:networkfirewall/loggingConfiguration:LoggingConfiguration",
        "azure-native:monitor:DiagnosticSetting",
        "azure-native:authorization:ManagementLockByScope",
        "azure-native:authorization:RoleAssignment",
    ],
)
def test_what_watches_or_locks_a_resource_does_not_use_it(token: str) -> None:
    assert _found(az("compute:Disk", HERE), _user(token)) == {"FJ-COST-124"}
    assert _found(aws("ec2/Eip", {"tags": TAGS}), _user(token)) == {"FJ-COST-121"}
    assert _found(az("network:VirtualNetworkGateway", HERE), _user(token)) == {"FJ-COST-125"}


@pytest.mark.parametrize(
    "used",
    [
        aws("ec2/VpcEndpoint", {**INSPECTED, "vpcEndpointType": "Interface"}),
        aws("ec2/VpcEndpoint", INSPECTED),
        aws("elb/LoadBalancer", {"instances": ["i-1"], "tags": TAGS}),
        aws("elb/LoadBalancer", {"instances": UNKNOWN, "tags": TAGS}),
        az("network:VirtualNetworkGateway", {**HERE, "vpnClientConfiguration": {"vpnClientProtocols": ["OpenVPN"]}}),
        az("network:ExpressRouteCircuit", {**HERE, "peerings": [{"name": "AzurePrivatePeering"}]}),
        az("network:ApplicationGateway", {
            **HERE, "backendAddressPools": [{"name": "a", "backendAddresses": [{"ipAddress": "10.0.0.4"}]}]}),
        az("network:LoadBalancer", {**HERE, "loadBalancingRules": [RULE], "backendAddressPools": [
            {"name": "a", "loadBalancerBackendAddresses": [{"name": "x", "ipAddress": "10.0.0.4"}]}]}),
        az("network:LoadBalancer", {**HERE, **POOL}),
    ],
    ids=lambda value: f"{value.type} {sorted(value.props)}",
)  # fmt: skip
def test_what_names_its_own_use_or_costs_nothing_is_not_reported(used: Given) -> None:
    assert _found(used) == set()


@pytest.mark.parametrize(
    ("firewall", "table"),
    [
        (aws("networkfirewall/Firewall", {"vpcId": "vpc-1", "tags": TAGS}), aws("ec2/RouteTable", {}, "table")),
        (az("network:AzureFirewall", HERE), az("network:RouteTable", HERE, "table")),
    ],
    ids=lambda given: given.type,
)
def test_a_firewall_that_the_routes_of_its_stack_pass_by_is_reported(firewall: Given, table: Given) -> None:
    assert _found(firewall, table) == {"FJ-COST-125"}
    assert _found(firewall, Given(table.type, table.props, "table", links={"routes": ("it",)})) == set()
    assert _found(firewall, table, az("network:VirtualNetworkPeering", {}, "peer")) == set()
    for hub in ({"transitGatewayId": "tgw-1"}, {"virtualHub": {"id": UNKNOWN}}):
        assert _found(Given(firewall.type, {**firewall.props, **hub}), table) == set()
    assert _found(firewall) == set()


@pytest.mark.parametrize(
    ("token", "group"),
    [("CapacityReservation", "CapacityReservationGroup"), ("DedicatedHost", "DedicatedHostGroup")],
)
def test_machines_that_are_held_for_nothing_are_reported(token: str, group: str) -> None:
    groups, held = az(f"compute:{group}", HERE, "group"), az(f"compute:{token}", HELD, links={"x": ("group",)})
    other = az(f"compute:{token}", HELD, "other", links={"x": ("group",)})
    assert _found(groups, held) == {"FJ-COST-125"}
    assert _found(groups, held, other) == {"FJ-COST-125"}
    assert _found(groups, held, az("compute:VirtualMachine", HERE, "vm", links={"g": ("group",)})) == set()
    assert _found(az(f"compute:{token}", HELD)) == set()
