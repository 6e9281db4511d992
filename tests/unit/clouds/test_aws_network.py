"""Inputs that the emulated AWS rejects and accepts: VPCs, subnets, gateways, endpoints, security groups."""

from ipaddress import ip_network

import pytest

from falaj.sandbox.clouds.values import UNKNOWN, Json
from tests.unit.clouds.aws_site import (
    ASSOCIATION,
    EIP,
    GATEWAY,
    GROUP,
    INGRESS,
    NAT,
    ROUTE,
    SUBNET,
    TABLE,
    TEMPLATE,
    VPC,
    Site,
)
from tests.unit.clouds.driver import Driver, refused


@pytest.fixture
def site(aws: Driver) -> Site:
    """A VPC with two subnets in two zones."""
    return Site(aws)


@pytest.mark.parametrize(
    ("block", "zone", "message"),
    [
        ("10.0.0.0/25", "a", "InvalidSubnet.Conflict: The CIDR '10.0.0.0/25' conflicts with another subnet"),
        ("10.1.0.0/24", "a", "InvalidSubnet.Range: The CIDR '10.1.0.0/24' is invalid."),
        ("10.0.9.0/29", "a", "InvalidSubnet.Range: The CIDR '10.0.9.0/29' is invalid."),
        # AWS lists a lost zone as available and refuses subnets in it: `availability_zone_exclusions` in a public
        # Terraform module names mec1-az2 as its example.
        ("10.0.9.0/24", "b", "Value (me-central-1b) for parameter availabilityZone is invalid."),
        ("10.0.9.0/24", "d", "Value (me-central-1d) for parameter availabilityZone is invalid."),
    ],
)
def test_subnets(site: Site, block: str, zone: str, message: str) -> None:
    text = refused(lambda: site.subnet(block, zone))
    assert text.startswith("creating EC2 Subnet: operation error EC2: CreateSubnet, api error ")
    assert message in text
    assert len(site.aws.everything()) == 3


def test_a_subnet_does_not_conflict_with_itself(site: Site) -> None:
    inputs = {"vpcId": site.vpc.id, "cidrBlock": "10.0.0.0/24", "availabilityZone": "me-central-1a"}
    site.aws.update(site.subnets[0], **inputs, mapPublicIpOnLaunch=False)


def test_a_vpc_has_a_sensible_block(aws: Driver) -> None:
    assert "InvalidVpc.Range" in refused(lambda: aws.create(VPC, "v", cidrBlock="10.0.0.0/8"))
    assert "not a valid CIDR block" in refused(lambda: aws.create(VPC, "v", cidrBlock="10.0.0.1/16"))


@pytest.mark.parametrize(
    ("inputs", "message"),
    [
        (
            {"vpcId": "vpc-0123456789abcdef0"},
            "InvalidVpcID.NotFound: The vpc ID 'vpc-0123456789abcdef0' does not exist",
        ),
        ({"tags": {"sees": "subnet-0123456789abcdef0"}}, "InvalidSubnetID.NotFound"),
        ({"tags": {"sees": "arn:aws:kms:me-central-1:123456789012:key/none"}}, "NotFoundException: Key"),
        ({"tags": {"sees": "arn:aws:iam::123456789012:role/none"}}, "NoSuchEntity"),
    ],
)
def test_references_must_exist(aws: Driver, inputs: dict[str, Json], message: str) -> None:
    assert message in refused(lambda: aws.create(GROUP, "g", **inputs))


def test_references_into_other_accounts_and_default_groups_pass(site: Site) -> None:
    group = {"sees": "arn:aws:iam::999999999999:role/theirs", "own": str(site.vpc["defaultSecurityGroupId"])}
    site.aws.create(GROUP, "g", vpcId=site.vpc.id, tags=group)


def test_an_id_of_another_region_does_not_exist_here(site: Site) -> None:
    message = refused(
        lambda: site.aws.create(SUBNET, "s", vpcId=site.vpc.id, cidrBlock="10.0.5.0/24", region="eu-west-1")
    )
    assert "InvalidVpcID.NotFound" in message


def test_resources_in_use_cannot_be_deleted(site: Site) -> None:
    message = refused(lambda: site.aws.delete(site.vpc))
    assert "api error DependencyViolation: The vpc '" in message
    assert message.startswith("deleting EC2 Vpc")
    for subnet in site.subnets:
        site.aws.delete(subnet)
    site.aws.delete(site.vpc)
    assert site.aws.everything() == []


def test_an_association_blocks_its_table_and_not_its_subnet(site: Site) -> None:
    aws = site.aws
    table = aws.create(TABLE, "t", vpcId=site.vpc.id)
    both = aws.create(ASSOCIATION, "a", routeTableId=table.id, subnetId=site.subnets[0].id)
    assert "DependencyViolation" in refused(lambda: aws.delete(table))
    assert "Resource.AlreadyAssociated" in refused(
        lambda: aws.create(ASSOCIATION, "b", routeTableId=table.id, subnetId=site.subnets[0].id)
    )
    aws.delete(both)
    aws.delete(table)


def test_nat_gateways(site: Site) -> None:
    aws, subnet = site.aws, site.subnets[0].id
    gateway = aws.create(GATEWAY, "g", vpcId=site.vpc.id)
    assert "already attached" in refused(lambda: aws.create(GATEWAY, "h", vpcId=site.vpc.id))
    assert "allocationId" in refused(lambda: aws.create(NAT, "n", subnetId=subnet))
    address = aws.create(EIP, "e", domain="vpc")
    nat = aws.create(NAT, "n", subnetId=subnet, allocationId=address.id)
    assert nat["publicIp"] == address["publicIp"]
    assert nat["vpcId"] == site.vpc.id
    assert "already associated" in refused(lambda: aws.create(NAT, "m", subnetId=subnet, allocationId=address.id))
    assert "InvalidIPAddress.InUse" in refused(lambda: aws.delete(address))
    assert "DependencyViolation" in refused(lambda: aws.delete(site.subnets[0]))
    assert "mapped public address" in refused(lambda: aws.delete(gateway))
    table = aws.create(TABLE, "t", vpcId=site.vpc.id)
    aws.create(ROUTE, "r", routeTableId=table.id, destinationCidrBlock="0.0.0.0/0", natGatewayId=nat.id)
    assert "RouteAlreadyExists" in refused(
        lambda: aws.create(ROUTE, "s", routeTableId=table.id, destinationCidrBlock="0.0.0.0/0", gatewayId=gateway.id)
    )
    aws.delete(nat)
    aws.delete(address)
    aws.delete(gateway)


def test_security_groups(site: Site) -> None:
    aws = site.aws
    one = aws.create(GROUP, "one", name="one", vpcId=site.vpc.id)
    assert "InvalidGroup.Duplicate" in refused(lambda: aws.create(GROUP, "x", name="one", vpcId=site.vpc.id))
    two = aws.create(GROUP, "two", name="two", vpcId=site.vpc.id)
    rule: dict[str, Json] = {"securityGroupId": two.id, "ipProtocol": "-1", "referencedSecurityGroupId": one.id}
    resource = aws.create(INGRESS, "r", **rule)
    assert "InvalidPermission.Duplicate" in refused(lambda: aws.create(INGRESS, "s", **rule))
    assert "has a dependent object" in refused(lambda: aws.delete(one))
    aws.delete(two)  # deletes its own rules too
    aws.delete(resource)
    aws.delete(one)


def test_endpoint_services_are_of_the_region(site: Site) -> None:
    endpoint = "aws:ec2/vpcEndpoint:VpcEndpoint"
    wrong = {"vpcId": site.vpc.id, "serviceName": "com.amazonaws.eu-west-1.s3"}
    assert "InvalidServiceName" in refused(lambda: site.aws.create(endpoint, "e", **wrong))
    resource = site.aws.create(endpoint, "e", vpcId=site.vpc.id, serviceName="com.amazonaws.me-central-1.s3")
    # Network policies in the cluster may refer to these addresses, which are unknown before the endpoint exists.
    blocks = resource["cidrBlocks"]
    assert isinstance(blocks, list)
    assert [ip_network(str(block)).is_private for block in blocks] == [False]
    planned = site.aws.plan(endpoint, "f", vpcId=site.vpc.id, serviceName="com.amazonaws.me-central-1.s3")
    assert planned["cidrBlocks"] is UNKNOWN


def test_each_update_adds_a_launch_template_version(aws: Driver) -> None:
    template = aws.create(TEMPLATE, "t", name="t", imageId="ami-1")
    assert "AlreadyExists" in refused(lambda: aws.create(TEMPLATE, "u", name="t"))
    assert (template["latestVersion"], template["defaultVersion"]) == (1, 1)
    # The new version is unknown in a preview, so that the plan shows the node groups that use it.
    assert aws.plan_update(template, name="t", imageId="ami-2")["latestVersion"] is UNKNOWN
    aws.update(template, name="t", imageId="ami-2", updateDefaultVersion=True)
    assert (template["latestVersion"], template["defaultVersion"]) == (2, 2)
    assert aws.read(template).properties == template.outputs
    disk: Json = [{"deviceName": "/dev/xvda", "ebs": {"kmsKeyId": "k"}}]
    assert "Encrypted" in refused(lambda: aws.create(TEMPLATE, "v", blockDeviceMappings=disk))


def test_a_subnet_may_name_its_zone_by_id(site: Site) -> None:
    inputs: dict[str, Json] = {"vpcId": site.vpc.id, "cidrBlock": "10.0.9.0/24"}
    subnet = site.aws.create("aws:ec2/subnet:Subnet", "s", **inputs, availabilityZone="me-central-1c")
    assert subnet["availabilityZoneId"] == "mec1-az3"
    assert not site.aws.diff(subnet, **inputs, availabilityZoneId="mec1-az3").changes
    assert site.aws.diff(subnet, **inputs, availabilityZoneId="mec1-az1").replaces == ["availabilityZoneId"]
    lost: dict[str, Json] = {**inputs, "cidrBlock": "10.0.10.0/24", "availabilityZoneId": "mec1-az2"}
    message = refused(lambda: site.aws.create("aws:ec2/subnet:Subnet", "t", **lost))
    assert "Value (mec1-az2) for parameter availabilityZoneId is invalid" in message
