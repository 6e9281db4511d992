"""A site in a VPC that exists: what is created in it, and what it must have."""

from typing import Any

import pytest

from falaj.components import aws
from falaj.components.core.validation.args import BadArguments
from tests.unit.components.aws_samples import NETWORK
from tests.unit.components.mocks import ANSWERS, Recording, build

VPC = "vpc-0123456789abcdef0"
NODES = [f"subnet-0000000{zone}" for zone in "13"]
CONTROL = [f"subnet-0000001{zone}" for zone in "13"]
EXISTING: dict[str, Any] = {
    "vpc_id": VPC,
    "node_subnet_ids": NODES,
    "control_plane_subnet_ids": CONTROL,
    "route_table_ids": ["rtb-0000000a"],
}
SUBNET = {
    "vpcId": VPC,
    "availabilityZoneId": "mec1-az1",
    "cidrBlock": "10.20.0.0/18",
    "mapPublicIpOnLaunch": False,
    "tags": {"kubernetes.io/role/internal-elb": "1"},
}
FOUND_VPC = {
    "id": VPC,
    "cidrBlock": "10.20.0.0/16",
    "cidrBlockAssociations": [],
    "enableDnsSupport": True,
    "enableDnsHostnames": True,
}


def network(vpc: dict[str, Any] | None = None, subnet: dict[str, Any] | None = None, **changed: Any) -> Recording:
    """Returns what a network registers in a VPC with these properties. All subnets have the same ones, except that
    `subnet` may have functions of their ID."""

    def describe(args: dict[str, Any]) -> dict[str, Any]:
        zone = f"mec1-az{args['id'][-1]}"
        return {**SUBNET, "id": args["id"], "availabilityZoneId": zone, **(subnet or {})}

    answers = ANSWERS | {
        "aws:ec2/getVpc:getVpc": {**FOUND_VPC, **(vpc or {})},
        "aws:ec2/getSubnet:getSubnet": describe,
        "aws:ec2/getVpcEndpoint:getVpcEndpoint": {"id": "vpce-0000000a", "cidrBlocks": ["3.28.0.0/24"]},
    }
    existing = {**EXISTING, **changed.pop("existing", {})}
    args = {**NETWORK, "egress": "firewall", "existing": existing, **changed}
    return build(lambda: aws.Network("uae", args), answers)  # type: ignore[arg-type]


def kinds(recording: Recording) -> set[str]:
    return {resource.typ for resource in recording.resources if resource.custom}


def test_a_site_in_an_existing_vpc_makes_the_endpoint_for_s3_only() -> None:
    recording = network()
    assert kinds(recording) == {"aws:ec2/vpcEndpoint:VpcEndpoint"}
    endpoint = recording.one("aws:ec2/vpcEndpoint:VpcEndpoint").inputs
    assert (endpoint["vpcId"], endpoint["routeTableIds"]) == (VPC, ["rtb-0000000a"])
    outputs = recording.outputs[recording.one("falaj:aws:Network").urn]
    assert (outputs["network_id"], outputs["node_subnet_ids"]) == (VPC, NODES)
    assert (outputs["control_plane_subnet_ids"], outputs["pod_subnet_ids"]) == (CONTROL, [])
    assert outputs["nat_addresses"] == []
    assert outputs["endpoint_cidrs"] == ["10.20.0.0/16"]


def test_lookups_are_in_the_region_of_the_arguments() -> None:
    asked: list[str | None] = []

    def describe(args: dict[str, Any]) -> dict[str, Any]:
        asked.append(args.get("region"))
        return {**SUBNET, "id": args["id"]}

    lookups = ANSWERS | {"aws:ec2/getVpc:getVpc": FOUND_VPC, "aws:ec2/getSubnet:getSubnet": describe}
    existing = {**EXISTING, "node_subnet_ids": NODES[:1]}
    args = {**NETWORK, "egress": "firewall", "zones": 1, "existing": existing}
    with pytest.raises(BadArguments, match="at least two zones"):
        build(lambda: aws.Network("uae", args), lookups)  # type: ignore[arg-type]
    assert set(asked) == {"me-central-1"}


def test_endpoints_and_flow_logs_are_made_on_request() -> None:
    recording = network(existing={"endpoint_subnet_ids": CONTROL, "flow_logs": True})
    outputs = recording.outputs[recording.one("falaj:aws:Network").urn]
    assert outputs["endpoint_cidrs"] == [SUBNET["cidrBlock"]] * len(CONTROL)
    interfaces = [e for e in recording.of("aws:ec2/vpcEndpoint:VpcEndpoint") if "subnetIds" in e.inputs]
    assert len(interfaces) > 5
    assert all(endpoint.inputs["subnetIds"] == CONTROL for endpoint in interfaces)
    assert recording.one("aws:ec2/flowLog:FlowLog").inputs["vpcId"] == VPC


def test_minimal_endpoints_are_those_of_the_named_services() -> None:
    recording = network(existing={"endpoint_subnet_ids": CONTROL}, endpoints="minimal", services=["fsx"])
    services = [endpoint.inputs["serviceName"] for endpoint in recording.of("aws:ec2/vpcEndpoint:VpcEndpoint")]
    assert sorted(services) == ["com.amazonaws.me-central-1.fsx", "com.amazonaws.me-central-1.s3"]


def test_subnets_are_in_the_order_of_the_chosen_zones() -> None:
    network(zone_ids=["mec1-az3", "mec1-az1"], existing={"node_subnet_ids": [*reversed(NODES)]})
    with pytest.raises(BadArguments, match=r"node_subnet_ids\.0: .*a subnet of mec1-az3"):
        network(zone_ids=["mec1-az3", "mec1-az1"])


def test_an_existing_endpoint_for_s3_is_used() -> None:
    recording = network(existing={"route_table_ids": [], "s3_endpoint_id": "vpce-0000000a"})
    assert kinds(recording) == set()


@pytest.mark.parametrize(
    ("vpc", "subnet", "args", "messages"),
    [
        ({"enableDnsSupport": False, "enableDnsHostnames": False}, {}, {}, ["DNS support", "DNS hostnames"]),
        ({"cidrBlock": "10.99.0.0/16"}, {}, {}, [r"existing\.vpc_id: .*10\.99\.0\.0/16"]),
        ({}, {"vpcId": "vpc-00000000"}, {}, [rf"{path}\.0: .*a subnet of {VPC}" for path in (
            r"existing\.node_subnet_ids", r"existing\.control_plane_subnet_ids",
        )]),
        ({}, {"mapPublicIpOnLaunch": True}, {}, [r"node_subnet_ids\.1: .*a private subnet"]),
        ({}, {"availabilityZoneId": "mec1-az1"}, {}, [
            r"node_subnet_ids\.1: .*a subnet of mec1-az3", "at least two zones",
        ]),
        ({}, {"tags": {}}, {}, [r"node_subnet_ids\.0: .*kubernetes\.io/role/internal-elb"]),
        ({}, {"cidrBlock": "10.20.0.0/24"}, {"node_addresses": 300}, [r"node_subnet_ids\.1: .*300 addresses"]),
        ({}, {"cidrBlock": "10.20.0.0/29"}, {}, [r"control_plane_subnet_ids\.1: 3 is"]),
    ],
)  # fmt: skip
def test_all_that_a_vpc_lacks_is_told_at_once(
    vpc: dict[str, Any], subnet: dict[str, Any], args: dict[str, Any], messages: list[str]
) -> None:
    for message in messages:
        with pytest.raises(BadArguments, match=message):
            network(vpc, subnet, **args)


def test_a_secondary_block_may_be_the_block_of_the_site() -> None:
    more = [{"cidrBlock": "10.20.0.0/16", "associationId": "a", "state": "associated"}]
    network({"cidrBlock": "10.99.0.0/16", "cidrBlockAssociations": more})


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"egress": "nat-single"}, r"existing: .* no gateway is created in it"),
        ({"zones": 1}, r"existing\.node_subnet_ids: 2 .* 1, one per zone"),
        ({"existing": {"route_table_ids": []}}, r"existing\.route_table_ids: required where"),
        ({"existing": {"s3_endpoint_id": "vpce-0000000a"}}, r"existing\.route_table_ids: .*none with"),
        ({"existing": {"control_plane_subnet_ids": CONTROL[:1]}}, r"existing\.control_plane_subnet_ids: "),
        ({"existing": {"pod_subnet_ids": CONTROL[:1]}}, r"existing\.pod_subnet_ids: 1 .* 2: one per node subnet"),
        ({"pods_cidr": "100.64.0.0/16"}, r"pods_cidr: .*only for a VPC that is created"),
        (
            {"transit_gateway": {"id": "tgw-00000000", "routes": ["10.0.0.0/16"]}},
            r"transit_gateway: .*only for a VPC that is created",
        ),
    ],
)
def test_settings_that_contradict_an_existing_vpc(changed: dict[str, Any], message: str) -> None:
    with pytest.raises(BadArguments, match=message):
        network(**changed)
