"""Plain text of volumes and listener rules, tunnels into a cluster, storage for other tenants, and public IPv6."""

import json
from typing import Any

import pytest

from .exposure_cases import PACK
from .harness import UNKNOWN, Given, blocking
from .test_attacks_mesh import judged

EFS = {"driver": "efs.csi.aws.com", "volumeHandle": "fs-1"}


@pytest.mark.parametrize(
    ("kind", "spec", "expected"),
    [
        ("core/v1:PersistentVolume", {"csi": EFS}, "passed"),
        ("core/v1:PersistentVolume", {"csi": {**EFS, "volumeAttributes": {"encryptInTransit": "false"}}}, "refused"),
        ("core/v1:PersistentVolume", {"csi": {"driver": "x", "volumeAttributes": {"encryptInTransit": "false"}}},
         "passed"),
        ("kafka.strimzi.io/v1beta2:Kafka", {"kafka": {"listeners": [{"name": "a", "tls": True}]}}, "passed"),
        ("kafka.strimzi.io/v1beta2:Kafka", {"kafka": {"listeners": [{"name": "a", "tls": True}, {"name": "b"}]}},
         "refused"),
        ("kafka.strimzi.io/v1beta2:Kafka", {"kafka": {"listeners": [{"name": "a", "tls": UNKNOWN}]}}, "reported"),
    ],
)  # fmt: skip
def test_volumes_and_brokers_use_tls(kind: str, spec: dict[str, Any], expected: str) -> None:
    assert judged("FJ-ENC-424", f"kubernetes:{kind}", spec) == expected


@pytest.mark.parametrize(
    ("props", "is_refused"),
    [
        ({"containerProperties": json.dumps({"volumes": [{"efsVolumeConfiguration": {"fileSystemId": "a"}}]})}, True),
        ({"containerProperties": json.dumps({"volumes": [{"efsVolumeConfiguration": {
            "transitEncryption": "ENABLED"}}, {"host": {}}]})}, False),
        ({"ecsProperties": json.dumps({"taskProperties": [{"volumes": [{"efsVolumeConfiguration": {
            "transitEncryption": "DISABLED"}}]}]})}, True),
        ({"containerProperties": UNKNOWN}, False),
        ({}, False),
    ],
)  # fmt: skip
def test_volumes_of_batch_jobs_use_tls(props: dict[str, Any], is_refused: bool) -> None:
    reports = PACK.evaluate_resource(Given("aws:batch/jobDefinition:JobDefinition", props))
    assert ("FJ-ENC-402" in blocking(reports)) is is_refused


@pytest.mark.parametrize(
    ("protocol", "action", "is_refused"),
    [
        ("HTTP", {"type": "forward", "targetGroupArn": "t"}, True),
        ("HTTP", {"type": "redirect", "redirect": {"protocol": "HTTPS", "statusCode": "HTTP_301"}}, False),
        ("HTTPS", {"type": "forward", "targetGroupArn": "t"}, False),
    ],
)
def test_rules_of_an_http_listener_only_redirect(protocol: str, action: dict[str, Any], is_refused: bool) -> None:
    listener = Given("aws:lb/listener:Listener", {"protocol": protocol, "port": 80}, "listener")
    props = {"listenerArn": UNKNOWN, "actions": [action]}
    rule = Given("aws:lb/listenerRule:ListenerRule", props, "rule", links={"listenerArn": ("listener",)})
    reports = [item for item in PACK.evaluate_stack(listener, rule) if "'rule'" in item.text]
    assert ("FJ-ENC-403" in blocking(reports)) is is_refused


@pytest.mark.parametrize(
    ("image", "is_refused"),
    [
        ("cloudflare/cloudflared:2026.8.0", True),
        ("registry.bank.ae:5000/mirror/ngrok@sha256:0000", True),
        ("registry.bank.ae/cloudflared-docs:1", False),
        ("registry.bank.ae/app:1", False),
        (UNKNOWN, False),
    ],
)
def test_pods_open_no_tunnels(image: str, is_refused: bool) -> None:
    spec = {"template": {"spec": {"containers": [{"name": "a", "image": "registry.bank.ae/app:1"},
                                                 {"name": "b", "image": image}]}}}  # fmt: skip
    reports = PACK.evaluate_resource(Given("kubernetes:apps/v1:Deployment", {"spec": spec}))
    assert ("FJ-EXP-131" in blocking(reports)) is is_refused


TENANT, STRANGER = "11111111-1111-1111-1111-111111111111", "99999999-9999-9999-9999-999999999999"


@pytest.mark.parametrize(
    ("provider", "tenant", "is_refused"),
    [({"tenantId": TENANT}, TENANT, False), ({"tenantId": TENANT}, STRANGER, True), ({}, TENANT, True),
     ({"tenantId": TENANT}, UNKNOWN, True)],
)  # fmt: skip
def test_storage_lets_in_resources_of_its_own_tenant(provider: dict[str, str], tenant: str, is_refused: bool) -> None:
    rules_of = {"defaultAction": "Deny", "resourceAccessRules": [{"tenantId": tenant, "resourceId": "/r"}]}
    props = {"publicNetworkAccess": "Disabled", "allowBlobPublicAccess": False, "networkRuleSet": rules_of}
    account = Given("azure-native:storage:StorageAccount", props, provider=provider)
    assert ("FJ-EXP-202" in blocking(PACK.evaluate_resource(account))) is is_refused


@pytest.mark.parametrize("link", ["privateEndpointConnectionName", "accountName", None])
@pytest.mark.parametrize("status", ["Approved", "approved", "Rejected", UNKNOWN])
def test_private_endpoints_are_approved_for_endpoints_of_the_stack(status: str, link: str | None) -> None:
    endpoint = Given("azure-native:network:PrivateEndpoint", {}, "endpoint")
    account = Given("azure-native:storage:StorageAccount", {}, "account")
    links = {link: ("endpoint" if link == "privateEndpointConnectionName" else "account",)} if link else {}
    for token, props in (
        ("storage:PrivateEndpointConnection", {"privateLinkServiceConnectionState": {"status": status}}),
        ("keyvault:PrivateEndpointConnection", {"properties": {"privateLinkServiceConnectionState":
                                                               {"status": status}}}),
    ):  # fmt: skip
        connection = Given(f"azure-native:{token}", props, "it", links=links)
        is_refused = "FJ-EXP-209" in blocking(PACK.evaluate_stack(endpoint, account, connection))
        assert is_refused is (status != "Rejected" and link != "privateEndpointConnectionName")


SUBNET = "aws:ec2/subnet:Subnet"
INTERNET = {"destinationIpv6CidrBlock": "::/0", "gatewayId": "igw-1"}


def ipv6_plan(route: dict[str, object], table: str | None) -> tuple[Given, ...]:
    """Returns a subnet with IPv6 addresses, two route tables, a route of the first, and the association of one."""
    subnet = Given(SUBNET, {"assignIpv6AddressOnCreation": True}, "subnet")
    tables = tuple(Given("aws:ec2/routeTable:RouteTable", {}, name) for name in ("public", "private"))
    entry = Given(
        "aws:ec2/route:Route", {"routeTableId": UNKNOWN, **route}, "route", links={"routeTableId": ("public",)}
    )
    links = {"subnetId": ("subnet",), "routeTableId": (table or "private",)}
    association = Given("aws:ec2/routeTableAssociation:RouteTableAssociation", {}, "association", links=links)
    return (subnet, *tables, entry, *((association,) if table else ()))


@pytest.mark.parametrize(
    ("route", "table", "is_refused"),
    [
        (INTERNET, "public", True),
        (INTERNET, None, True),
        (INTERNET, "private", False),
        ({"destinationIpv6CidrBlock": "::/0", "egressOnlyGatewayId": "eigw-1"}, "public", False),
        ({"destinationIpv6CidrBlock": "::/0", "gatewayId": "vgw-1"}, "public", False),
        ({"destinationCidrBlock": "0.0.0.0/0", "gatewayId": "igw-1"}, "public", False),
        ({"destinationIpv6CidrBlock": "2a05:d018:1::/56", "gatewayId": "igw-1"}, "public", False),
    ],
)
def test_ipv6_addresses_are_not_reached_from_the_internet(
    route: dict[str, object], table: str | None, is_refused: bool
) -> None:
    assert ("FJ-EXP-103" in blocking(PACK.evaluate_stack(*ipv6_plan(route, table)))) is is_refused


def test_ipv6_routes_inside_a_table() -> None:
    subnet = Given(SUBNET, {"assignIpv6AddressOnCreation": True}, "subnet")
    for gateway, is_refused in (("gatewayId", True), ("egressOnlyGatewayId", False)):
        routes = [{"ipv6CidrBlock": "::/0", gateway: "x"}]
        table = Given("aws:ec2/routeTable:RouteTable", {"routes": routes}, "table")
        assert ("FJ-EXP-103" in blocking(PACK.evaluate_stack(subnet, table))) is is_refused
    assert "FJ-EXP-103" not in blocking(PACK.evaluate_stack(Given(SUBNET, {}, "subnet"), table))
