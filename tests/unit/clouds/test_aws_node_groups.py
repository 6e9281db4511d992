"""Node groups of the emulated EKS: launch templates, placement groups and reservations that do not match; add-ons."""

import base64

import pytest

from falaj.sandbox.clouds.values import Json
from tests.unit.clouds.aws_site import GROUP, TEMPLATE, Site
from tests.unit.clouds.driver import CreatedResource, Driver, Rejected, refused

ADDON, VERSION = "aws:eks/addon:Addon", "aws:eks/getAddonVersion:getAddonVersion"
PLACEMENT, RESERVATION = "aws:ec2/placementGroup:PlacementGroup", "aws:ec2/capacityReservation:CapacityReservation"
ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint"
BLOCK, ON_DEMAND = "cr-0123456789abcdef0", "cr-0fedcba9876543210"


class Nodes(Site):
    """A cluster whose node groups use launch templates."""

    def __init__(self, aws: Driver) -> None:
        super().__init__(aws)
        self.nodes_role = self.role()
        self.made_cluster = self.cluster(self.nodes_role)
        self.count = 0

    def group(self, template: dict[str, Json], **inputs: Json) -> CreatedResource:
        self.count += 1
        resource = self.aws.create(TEMPLATE, f"t{self.count}", **template)
        return self.nodes(self.nodes_role, launchTemplate={"id": resource.id, "version": "1"}, **inputs)

    def refusal(self, template: dict[str, Json], **inputs: Json) -> str:
        return refused(lambda: self.group(template, **inputs))


@pytest.fixture
def site(aws: Driver) -> Nodes:
    """A cluster in two zones."""
    return Nodes(aws)


def targets(reservation: str) -> dict[str, Json]:
    target: Json = {"capacityReservationId": reservation}
    return {"capacityReservationSpecification": {"capacityReservationTarget": target}}


def block(reservation: str = BLOCK) -> dict[str, Json]:
    market: Json = {"marketType": "capacity-block"}
    return {**targets(reservation), "instanceMarketOptions": market, "instanceType": "p5en.48xlarge"}


def test_a_group_needs_a_subnet(site: Nodes) -> None:
    assert "subnet ID list must not be empty" in refused(lambda: site.nodes(site.nodes_role, subnetIds=[]))


def test_a_purchased_capacity_block_is_accepted(site: Nodes) -> None:
    resource = site.group(block(), capacityType="CAPACITY_BLOCK")
    assert resource["capacityType"] == "CAPACITY_BLOCK"


@pytest.mark.parametrize(
    ("template", "inputs", "message"),
    [
        (block(), {}, "CAPACITY_BLOCK and the market type capacity-block of the launch template go together"),
        (targets(BLOCK), {"capacityType": "CAPACITY_BLOCK"}, "go together"),
        (
            {**block(), "instanceType": None},
            {"capacityType": "CAPACITY_BLOCK"},
            "for a capacity block must specify the instance type",
        ),
        ({"instanceMarketOptions": {"marketType": "spot"}}, {}, "use the capacity type SPOT"),
        (block("cr-00000000000000000"), {"capacityType": "CAPACITY_BLOCK"}, "InvalidCapacityReservationId.NotFound"),
        (block(ON_DEMAND), {"capacityType": "CAPACITY_BLOCK"}, "is an On-Demand Capacity Reservation"),
        (targets(BLOCK), {"instanceTypes": ["p5en.48xlarge"]}, "is a Capacity Block"),
        (
            {**block(), "instanceType": "g5.12xlarge"},
            {"capacityType": "CAPACITY_BLOCK"},
            "a reservation of p5en.48xlarge, not of g5.12xlarge",
        ),
    ],
)
def test_a_reservation_that_does_not_match_is_rejected(
    site: Nodes, template: dict[str, Json], inputs: dict[str, Json], message: str
) -> None:
    assert message in site.refusal(template, **inputs)


def test_a_node_group_takes_twenty_types(site: Nodes) -> None:
    sizes = ("large", "xlarge", "2xlarge", "4xlarge", "8xlarge", "12xlarge", "16xlarge")
    types: Json = [f"{family}.{size}" for family in ("m7g", "c6g", "r7g") for size in sizes]
    assert "0-20 instance types" in site.refusal({}, instanceTypes=types)
    site.group({}, instanceTypes=types[:20])


def test_a_reservation_is_of_one_zone(site: Nodes) -> None:
    here, there = site.subnets[0].id, site.subnets[1].id
    expected: dict[str, Json] = {"instanceTypes": ["g5.12xlarge"]}
    message = site.refusal(targets(ON_DEMAND), **expected, subnetIds=[here, there])
    assert f"{ON_DEMAND} is a reservation in me-central-1c, not in me-central-1a." in message
    site.group(targets(ON_DEMAND), **expected, subnetIds=[there])


def test_a_stack_can_create_a_reservation(site: Nodes) -> None:
    expected: dict[str, Json] = {
        "instanceType": "m7g.large",
        "instanceCount": 2,
        "availabilityZone": "me-central-1a",
        "instancePlatform": "Linux/UNIX",
    }
    resource = site.aws.create(RESERVATION, "r", **expected)
    assert resource.id.startswith("cr-")
    site.group(targets(resource.id), instanceTypes=["m7g.large"])
    elsewhere = {**expected, "availabilityZone": "eu-west-1a"}
    assert "availabilityZone is invalid" in refused(lambda: site.aws.create(RESERVATION, "s", **elsewhere))


def test_a_cluster_placement_group_is_in_one_zone_and_cannot_be_deleted_while_in_use(site: Nodes) -> None:
    group = site.aws.create(PLACEMENT, "p", name="p", strategy="cluster")
    assert "'q' is unknown" in site.refusal({"placement": {"groupName": "q"}})
    both: Json = [subnet.id for subnet in site.subnets]
    inside: dict[str, Json] = {"placement": {"groupName": "p"}}
    assert "can't span multiple Availability Zones" in site.refusal(inside, subnetIds=both)
    nodes = site.group(inside)
    assert "InvalidPlacementGroup.InUse" in refused(lambda: site.aws.delete(group))
    site.aws.delete(nodes)
    site.aws.delete(group)


def test_a_security_group_cannot_be_deleted_while_instances_use_it(site: Nodes) -> None:
    group = site.aws.create(GROUP, "g", vpcId=site.vpc.id)
    interfaces: Json = [{"interfaceType": "efa", "securityGroups": [group.id]}]
    nodes = site.group({"networkInterfaces": interfaces})
    assert "DependencyViolation" in refused(lambda: site.aws.delete(group))
    site.aws.delete(nodes)
    site.aws.delete(group)


def test_security_groups_are_set_once(site: Nodes) -> None:
    group = site.aws.create(GROUP, "g", vpcId=site.vpc.id).id
    both: dict[str, Json] = {"vpcSecurityGroupIds": [group], "networkInterfaces": [{"securityGroups": [group]}]}
    assert "InvalidParameterCombination" in refused(lambda: site.aws.create(TEMPLATE, "t", **both))


@pytest.mark.parametrize(
    ("inputs", "path"),
    [
        ({"networkInterfaces": [{"interfaceType": "infiniband"}]}, "networkInterfaces[0].interfaceType"),
        ({"instanceMarketOptions": {"marketType": "block"}}, "instanceMarketOptions.marketType"),
    ],
)
def test_enum_values_of_launch_templates_are_checked(site: Nodes, inputs: dict[str, Json], path: str) -> None:
    with pytest.raises(Rejected) as caught:
        site.aws.create(TEMPLATE, "t", **inputs)
    assert path in caught.value.failures


def test_user_data_must_be_mime_multipart(site: Nodes) -> None:
    script = base64.b64encode(b"#!/bin/sh\n").decode()
    assert "not in the MIME multipart format" in site.refusal({"userData": script})
    assert "not valid base64" in site.refusal({"userData": "#!/bin/sh"})
    parts = base64.b64encode(b'Content-Type: multipart/mixed; boundary="//"\n\n--//--\n').decode()
    site.group({"userData": parts})


def test_the_default_add_on_version_matches_the_kubernetes_version(site: Nodes) -> None:
    result = [
        site.aws.invoke(VERSION, addonName="kube-proxy", kubernetesVersion=kubernetes)["version"]
        for kubernetes in ("1.33", "1.34")
    ]
    assert result == ["v1.33.0-eksbuild.2", "v1.34.0-eksbuild.2"]
    assert "couldn't find resource" in refused(
        lambda: site.aws.invoke(VERSION, addonName="coredns", kubernetesVersion="1.12")
    )


@pytest.mark.parametrize(
    ("inputs", "message"),
    [
        ({"addonName": "vpc-cnj"}, "Addon vpc-cnj specified is not supported in 1.36 kubernetes version"),
        ({"addonName": "coredns", "addonVersion": "latest"}, "Addon version specified is not supported"),
        ({"addonName": "kube-proxy", "addonVersion": "v1.37.0-eksbuild.2"}, "Addon version specified is not supported"),
        ({"addonName": "vpc-cni", "configurationValues": "{env"}, "ConfigurationValue provided in request is not"),
        ({"addonName": "vpc-cni", "configurationValues": "[]"}, "ConfigurationValue provided in request is not"),
    ],
)
def test_add_ons_that_a_cluster_rejects(site: Nodes, inputs: dict[str, Json], message: str) -> None:
    assert message in refused(lambda: site.aws.create(ADDON, "a", clusterName="c", **inputs))


def test_an_add_on_without_a_version_gets_the_default(site: Nodes) -> None:
    resource = site.aws.create(ADDON, "a", clusterName="c", addonName="kube-proxy")
    assert resource["addonVersion"] == "v1.36.0-eksbuild.2"
    older = site.aws.create(ADDON, "b", clusterName="c", addonName="coredns", addonVersion="v1.11.4-eksbuild.2")
    assert older["addonVersion"] == "v1.11.4-eksbuild.2"


def test_an_endpoint_has_a_policy_and_a_service_one_private_name(site: Nodes) -> None:
    sts: dict[str, Json] = {
        "vpcId": site.vpc.id,
        "serviceName": "com.amazonaws.me-central-1.sts",
        "vpcEndpointType": "Interface",
        "privateDnsEnabled": True,
    }
    assert "InvalidPolicyDocument" in refused(lambda: site.aws.create(ENDPOINT, "e", **sts, policy="{}"))
    allowed = '{"Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}'
    site.aws.create(ENDPOINT, "e", **sts, policy=allowed)
    assert "conflicting DNS domain" in refused(lambda: site.aws.create(ENDPOINT, "f", **sts))
    site.aws.create(ENDPOINT, "g", **{**sts, "privateDnsEnabled": False})
