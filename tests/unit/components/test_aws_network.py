"""AWS networks: routes, endpoints and their policies."""

from typing import Any

import pytest

from falaj.components import aws
from falaj.components.core.validation.args import BadArguments
from falaj.components.core.validation.enums import Egress
from tests.unit.components.aws_samples import NETWORK
from tests.unit.components.mocks import ACCOUNT, Recording, RegisteredResource, document
from tests.unit.components.samples import recorded

WITH_A_WAY_OUT = {"ecr.api", "ecr.dkr", "eks-auth", "kms", "logs", "sts"}
WITHOUT = WITH_A_WAY_OUT | {
    "autoscaling", "ec2", "ec2messages", "eks", "elasticloadbalancing", "sqs", "ssm", "ssmmessages",
}  # fmt: skip


def network(**changed: Any) -> Recording:
    return recorded(aws.Network, {**NETWORK, **changed})


def names(found: list[RegisteredResource]) -> set[str]:
    return {resource.name for resource in found}


def routes(seen: Recording) -> dict[str, str]:
    """Returns route table -> target of its default route."""
    result = [route.inputs for route in seen.of("aws:ec2/route:Route")]
    assert {route["destinationCidrBlock"] for route in result} <= {"0.0.0.0/0"}
    out = {route["routeTableId"]: route["gatewayId"] for route in result if "gatewayId" in route}
    assert set(out.values()) <= {"uae-internet-id"}
    return out | {route["routeTableId"]: route["natGatewayId"] for route in result if "natGatewayId" in route}


def tables(seen: Recording) -> dict[str, str]:
    """Returns subnet -> route table."""
    resources = seen.of("aws:ec2/routeTableAssociation:RouteTableAssociation")
    return {link.inputs["subnetId"]: link.inputs["routeTableId"] for link in resources}


def test_without_egress_there_is_no_route_to_the_internet() -> None:
    recording = network(egress=Egress.NONE)
    for kind in ("internetGateway:InternetGateway", "natGateway:NatGateway", "eip:Eip", "route:Route"):
        assert recording.of(f"aws:ec2/{kind}") == []
    assert not any("public" in subnet.name for subnet in recording.of("aws:ec2/subnet:Subnet"))


def test_each_zone_leaves_through_its_own_gateway() -> None:
    recording = network(egress=Egress.NAT_PER_ZONE)
    assert routes(recording) == {
        "uae-public-routes-id": "uae-internet-id",
        "uae-nodes-1-routes-id": "uae-nat-1-id",
        "uae-nodes-2-routes-id": "uae-nat-2-id",
    }
    placed = {nat.name: nat.inputs["subnetId"] for nat in recording.of("aws:ec2/natGateway:NatGateway")}
    assert placed == {f"uae-nat-{i}": f"uae-public-{z}-id" for i, z in ((1, "a"), (2, "c"))}


def test_a_single_gateway_serves_all_zones_and_is_the_default() -> None:
    without = {key: value for key, value in NETWORK.items() if key != "egress"}
    for resource in (network(egress=Egress.NAT_SINGLE), recorded(aws.Network, without)):
        assert names(resource.of("aws:ec2/natGateway:NatGateway")) == {"uae-nat-1"}
        assert {routes(resource)[f"uae-nodes-{zone}-routes-id"] for zone in (1, 2)} == {"uae-nat-1-id"}


def test_public_load_balancers_get_a_tagged_subnet_in_each_zone() -> None:
    plain, facing = network(egress=Egress.NAT_SINGLE), network(egress=Egress.NAT_SINGLE, public_load_balancers=True)
    public = [subnet for subnet in facing.of("aws:ec2/subnet:Subnet") if "-public-" in subnet.name]
    assert [subnet.name for subnet in public] == ["uae-public-a", "uae-public-c"]
    assert all(subnet.inputs["tags"]["kubernetes.io/role/elb"] == "1" for subnet in public)
    assert {tables(facing)[f"{subnet.name}-id"] for subnet in public} == {"uae-public-routes-id"}
    assert names(facing.of("aws:ec2/natGateway:NatGateway")) == {"uae-nat-1"}
    # Nothing of the network without them is another resource.
    assert plain.names() < facing.names()
    assert not any("kubernetes.io/role/elb" in (item.inputs.get("tags") or {}) for item in plain.resources)


@pytest.mark.parametrize("egress", [Egress.NONE, Egress.FIREWALL])
def test_public_load_balancers_need_a_network_with_an_internet_gateway(egress: Egress) -> None:
    gateway = {"id": "tgw-0123456789abcdef0", "routes": ["10.9.0.0/16"]}
    more = {"transit_gateway": gateway} if egress is Egress.FIREWALL else {}
    with pytest.raises(BadArguments, match="public_load_balancers"):
        network(egress=egress, public_load_balancers=True, **more)


def test_control_plane_and_endpoints_have_no_way_out() -> None:
    recording = network()
    inner = {subnet for subnet in tables(recording) if "control-plane" in subnet or "endpoints" in subnet}
    assert inner == {f"uae-{kind}-{zone}-id" for kind in ("control-plane", "endpoints") for zone in "ac"}
    assert {tables(recording)[subnet] for subnet in inner} == {"uae-inner-routes-id"}
    assert "uae-inner-routes-id" not in routes(recording)


def test_every_subnet_is_routed_and_gives_no_public_address() -> None:
    recording = network()
    subnets = recording.of("aws:ec2/subnet:Subnet")
    assert set(tables(recording)) == {f"{subnet.name}-id" for subnet in subnets}
    assert [subnet.inputs["mapPublicIpOnLaunch"] for subnet in subnets] == [False] * 8
    zones = {subnet.name[-1]: subnet.inputs["availabilityZoneId"] for subnet in subnets}
    assert zones == {"a": "mec1-az1", "c": "mec1-az3"}


def test_a_site_of_one_zone_still_has_a_control_plane_in_two() -> None:
    recording = network(zones=1, egress=Egress.NONE)
    assert names(recording.of("aws:ec2/subnet:Subnet")) == {
        "uae-nodes-a", "uae-control-plane-a", "uae-control-plane-c", "uae-endpoints-a",
    }  # fmt: skip


def test_the_default_security_group_has_no_rule() -> None:
    closed = network().one("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup")
    assert (closed.inputs["vpcId"], closed.inputs["ingress"], closed.inputs["egress"]) == ("uae-vpc-id", [], [])


@pytest.mark.parametrize(
    ("egress", "services"),
    [(Egress.NONE, WITHOUT), (Egress.NAT_SINGLE, WITH_A_WAY_OUT), (Egress.NAT_PER_ZONE, WITH_A_WAY_OUT)],
)
def test_private_endpoints_by_egress_mode(egress: Egress, services: set[str]) -> None:
    resources = network(egress=egress).of("aws:ec2/vpcEndpoint:VpcEndpoint")
    interfaces = [point for point in resources if point.inputs["vpcEndpointType"] == "Interface"]
    prefix = "com.amazonaws.me-central-1."
    assert {point.inputs["serviceName"].removeprefix(prefix) for point in interfaces} == services
    for point in interfaces:
        assert point.inputs["privateDnsEnabled"] is True
        assert point.inputs["securityGroupIds"] == ["uae-endpoints-id"]
        assert point.inputs["subnetIds"] == [f"uae-endpoints-{zone}-id" for zone in "ac"]


def policies(seen: Recording) -> dict[str, list[dict[str, Any]]]:
    """Returns service -> statements of its endpoint's policy."""
    resources = seen.of("aws:ec2/vpcEndpoint:VpcEndpoint")
    return {
        point.inputs["serviceName"].split(".", 3)[3]: document(point.inputs["policy"])["Statement"]
        for point in resources
    }


OWN_PRINCIPALS = {
    "Sid": "OwnPrincipals",
    "Effect": "Allow",
    "Principal": {"AWS": "*"},
    "Action": ["*"],
    "Resource": ["*"],
    "Condition": {"StringEquals": {"aws:PrincipalAccount": ACCOUNT}},
}


def test_only_identities_of_the_account_pass_a_private_endpoint() -> None:
    result = policies(network(egress=Egress.NONE))
    assert set(result) == WITHOUT | {"s3"}
    assert {name for name, statements in result.items() if statements == [OWN_PRINCIPALS]} == WITHOUT - {"sts"}


def test_a_token_is_exchanged_for_roles_of_the_account_only() -> None:
    own, exchange = policies(network())["sts"]
    assert own == OWN_PRINCIPALS
    # The holder of a service account token has no principal yet, so the policy can restrict only the role.
    assert (exchange["Action"], exchange["Resource"]) == (
        ["sts:AssumeRoleWithWebIdentity"],
        [f"arn:aws:iam::{ACCOUNT}:role/*"],
    )
    assert "Condition" not in exchange


def test_s3_leads_to_own_buckets_and_to_what_nodes_must_read() -> None:
    own, given = policies(network())["s3"]
    assert (own["Action"], own["Resource"]) == (["s3:*"], ["*"])
    assert own["Condition"] == {
        "StringEquals": {"aws:PrincipalAccount": ACCOUNT, "aws:ResourceAccount": [ACCOUNT]},
    }
    # Read-only for any principal: ECR signs the URLs of layers, and packages are read anonymously.
    assert (given["Action"], "Condition" in given) == (["s3:GetObject"], False)
    assert set(given["Resource"]) == {
        "arn:aws:s3:::prod-me-central-1-starport-layer-bucket/*",
        "arn:aws:s3:::al2023-repos-me-central-1-de612dc2/*",
        "arn:aws:s3:::amazon-ssm-me-central-1/*",
        "arn:aws:s3:::aws-ssm-me-central-1/*",
    }


def test_buckets_of_other_accounts_are_reached_when_these_are_named() -> None:
    own, _ = policies(network(trusted_accounts=["210987654321"]))["s3"]
    assert own["Condition"]["StringEquals"]["aws:ResourceAccount"] == [ACCOUNT, "210987654321"]
    assert own["Condition"]["StringEquals"]["aws:PrincipalAccount"] == ACCOUNT


def test_services_that_an_optional_part_calls_get_an_endpoint_wherever_the_network_leads() -> None:
    services = ["elasticfilesystem", "sqs", "kms", "elasticfilesystem"]
    assert set(policies(network(services=services))) == WITH_A_WAY_OUT | {"s3", "elasticfilesystem", "sqs"}
    assert set(policies(network(services=services, egress=Egress.NONE))) == WITHOUT | {"s3", "elasticfilesystem"}
    assert policies(network(services=services))["elasticfilesystem"] == [OWN_PRINCIPALS]


def test_adding_a_service_replaces_nothing() -> None:
    before, after = network(), network(services=["monitoring"])
    assert after.names() - before.names() == {("aws:ec2/vpcEndpoint:VpcEndpoint", "uae-monitoring")}
    assert before.names() <= after.names()


def test_a_network_says_how_the_world_sees_it_and_what_a_bucket_may_ask_for() -> None:
    recording = network()
    outputs = recording.outputs[recording.one("falaj:aws:Network").urn]
    assert outputs["nat_addresses"] == [f"address-of-uae-nat-{index}" for index in (1, 2)]
    assert (outputs["s3_endpoint_id"], outputs["cidr"]) == ("uae-s3-id", "10.20.0.0/16")
    assert outputs["s3_cidrs"] == ["blocks-of-uae-s3"]
    subnets = [subnet for subnet in recording.of("aws:ec2/subnet:Subnet") if "-endpoints-" in subnet.name]
    assert outputs["endpoint_cidrs"] == [subnet.inputs["cidrBlock"] for subnet in subnets]
    closed = network(egress=Egress.NONE)
    assert closed.outputs[closed.one("falaj:aws:Network").urn]["nat_addresses"] == []


def test_s3_is_reached_over_every_private_route_table() -> None:
    s3 = network().one("aws:ec2/vpcEndpoint:VpcEndpoint", "uae-s3")
    assert (s3.inputs["vpcEndpointType"], s3.inputs["serviceName"]) == ("Gateway", "com.amazonaws.me-central-1.s3")
    private = {"uae-inner-routes-id", *(f"uae-nodes-{zone}-routes-id" for zone in (1, 2))}
    assert set(s3.inputs["routeTableIds"]) == private


def test_endpoints_answer_https_from_inside_only() -> None:
    recording = network()
    rule = recording.one("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule").inputs
    assert (rule["cidrIpv4"], rule["fromPort"], rule["toPort"], rule["ipProtocol"]) == ("10.20.0.0/16", 443, 443, "tcp")
    group = recording.one("aws:ec2/securityGroup:SecurityGroup").inputs
    assert not group.get("ingress")
    assert not group.get("egress")


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"cidr": "10.20.0.0/25"}, r"cidr: \"10.20.0.0/25\" is not allowed; allowed: a block of /16 to /24"),
        ({"cidr": "10.20.0.0/24"}, r"cidr: \"10.20.0.0/24\" is not allowed; allowed: a /23 or larger: with 2 zones"),
        ({"cidr": "10.20.0.1/16"}, r"cidr: \"10.20.0.1/16\" is not allowed"),
        ({"zones": 4}, r"zones: 4 is not allowed"),
        ({"egress": "direct"}, r"egress: \"direct\" is not allowed"),
        (
            {"egress": Egress.FIREWALL},
            r"transit_gateway: required where network.egress is firewall",
        ),
        ({"services": ["Elastic File System"]}, r"services\.0: "),
        ({"trusted_accounts": ["1234"]}, r"trusted_accounts\.0: \"1234\" is not allowed"),
        ({"log_retention_days": 91}, r"log_retention_days: 91 is not allowed; allowed: 30, 60, 90"),
    ],
)
def test_impossible_networks_are_refused(changed: dict[str, Any], message: str) -> None:
    with pytest.raises(BadArguments, match=message):
        network(**changed)


def test_minimal_endpoints_leave_that_for_s3_and_what_is_named() -> None:
    assert set(policies(network(endpoints="minimal"))) == {"s3"}
    assert set(policies(network(endpoints="minimal", services=["monitoring", "sqs"]))) == {"s3", "monitoring", "sqs"}
    with pytest.raises(
        BadArguments, match=r"endpoints: \"minimal\" is not allowed; allowed: full where egress is none"
    ):
        network(endpoints="minimal", egress=Egress.NONE)
