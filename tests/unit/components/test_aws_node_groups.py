"""Optional settings of a node pool on AWS: tenant, zone, reservation, placement group, local disks."""

import base64
import email
from typing import Any

import pytest
import yaml

from falaj.components import aws
from falaj.components.core.validation.args import BadArguments
from falaj.components.core.validation.enums import Capacity, Profile
from tests.samples import COST_TAGS as TAGS
from tests.unit.components.aws_samples import POOL
from tests.unit.components.mocks import Recording
from tests.unit.components.samples import changed_args, recorded

GROUP = "aws:eks/nodeGroup:NodeGroup"
HINT = "k8s.io/cluster-autoscaler/node-template"
RESERVATION = "cr-0123456789abcdef0"
IN_ZONE_A = {"zone": "me-central-1a", "node_subnet_ids": ["subnet-a", "subnet-c"]}
TOGETHER = {
    **IN_ZONE_A,
    "capacity": Capacity.ON_DEMAND,
    "machines": ["p5en.48xlarge"],
    "interconnect": True,
    "network_id": "vpc-1",
    "cluster_security_group_id": "sg-cluster",
}


def pool(**changed: Any) -> Recording:
    return recorded(aws.NodePool, changed_args(aws.NodePoolArgs, POOL, changed))


def template(seen: Recording) -> dict[str, Any]:
    return seen.one("aws:ec2/launchTemplate:LaunchTemplate").inputs


def reserved(**changed: Any) -> Recording:
    arguments = {"capacity": Capacity.RESERVED, "machines": ["g5.12xlarge"], "reservation": RESERVATION, **IN_ZONE_A}
    return pool(**{**arguments, **changed})


def test_a_pool_of_one_zone_has_the_subnet_of_that_zone() -> None:
    for zone, subnet in (("me-central-1a", "subnet-a"), ("mec1-az1", "subnet-a"), ("mec1-az3", "subnet-c")):
        recording = pool(**{**IN_ZONE_A, "zone": zone})
        assert recording.one(GROUP).inputs["subnetIds"] == [subnet]
    chosen = pool(**{**IN_ZONE_A, "zone": "mec1-az3", "zone_ids": ["mec1-az3", "mec1-az1"]})
    assert chosen.one(GROUP).inputs["subnetIds"] == ["subnet-a"]
    in_both = {**POOL["pool"], "zones": ["mec1-az3", "mec1-az1"]}
    both = pool(node_subnet_ids=IN_ZONE_A["node_subnet_ids"], pool=in_both)
    assert both.one(GROUP).inputs["subnetIds"] == ["subnet-c", "subnet-a"]
    assert pool(node_subnet_ids=IN_ZONE_A["node_subnet_ids"]).one(GROUP).inputs["subnetIds"] == [
        "subnet-a", "subnet-c",
    ]  # fmt: skip


def test_machines_of_a_tenant_say_whose_they_are() -> None:
    recording = pool(tenant="radiology")
    assert recording.one(GROUP).inputs["labels"]["falaj/tenant"] == "radiology"
    hint = recording.one("aws:autoscaling/tag:Tag", "uae-label-falaj-tenant").inputs["tag"]
    assert (hint["key"], hint["value"]) == (f"{HINT}/label/falaj/tenant", "radiology")
    for tags in [recording.one(GROUP).inputs["tags"], *(s["tags"] for s in template(recording)["tagSpecifications"])]:
        assert tags["tenant"] == "radiology"
        assert TAGS.items() <= tags.items()
    shared = pool()
    assert "falaj/tenant" not in shared.one(GROUP).inputs["labels"]
    assert "tenant" not in shared.one(GROUP).inputs["tags"]


def test_reserved_machines_come_from_the_reservation_only() -> None:
    recording = reserved()
    assert template(recording)["capacityReservationSpecification"] == {
        "capacityReservationTarget": {"capacityReservationId": RESERVATION}
    }
    group = recording.one(GROUP).inputs
    assert (group["capacityType"], group["instanceTypes"]) == ("ON_DEMAND", ["g5.12xlarge"])
    assert group["labels"]["falaj/capacity"] == "reserved"
    assert not {"instanceMarketOptions", "instanceType"} & set(template(recording))
    assert not {"capacityReservationSpecification", "instanceMarketOptions"} & set(template(pool()))


def test_a_capacity_block_is_named_by_its_template() -> None:
    recording = reserved(capacity=Capacity.CAPACITY_BLOCK, machines=["p5en.48xlarge"])
    assert template(recording)["instanceMarketOptions"] == {"marketType": "capacity-block"}
    assert template(recording)["instanceType"] == "p5en.48xlarge"
    assert template(recording)["capacityReservationSpecification"]["capacityReservationTarget"] == {
        "capacityReservationId": RESERVATION
    }
    group = recording.one(GROUP).inputs
    assert (group["capacityType"], group["subnetIds"]) == ("CAPACITY_BLOCK", ["subnet-a"])
    # EKS rejects duplicate instance types.
    assert "instanceTypes" not in group
    assert group["scalingConfig"]["desiredSize"] == 0


@pytest.mark.parametrize(("machine", "count"), [("g5.8xlarge", 1), ("g6e.48xlarge", 4), ("p5en.48xlarge", 16)])
def test_interconnected_machines_have_all_their_interfaces(machine: str, count: int) -> None:
    recording = pool(**{**TOGETHER, "machines": [machine]})
    network_interfaces = template(recording)["networkInterfaces"]
    assert [interface["networkCardIndex"] for interface in network_interfaces] == list(range(count))
    assert [interface["deviceIndex"] for interface in network_interfaces] == [0] + [1] * (count - 1)
    assert [interface["interfaceType"] for interface in network_interfaces] == ["efa"] + ["efa-only"] * (count - 1)
    for interface in network_interfaces:
        # They replace the default security groups of EKS, so the cluster's own must be among them.
        assert interface["securityGroups"] == ["sg-cluster", "uae-interconnect-id"]
    tag = recording.one("aws:autoscaling/tag:Tag", "uae-resources-vpc.amazonaws.com-efa").inputs["tag"]
    assert (tag["key"], tag["value"]) == (f"{HINT}/resources/vpc.amazonaws.com/efa", str(count))


def test_interconnected_machines_stand_together_and_open_to_each_other_only() -> None:
    recording = pool(**TOGETHER)
    assert recording.one("aws:ec2/placementGroup:PlacementGroup").inputs["strategy"] == "cluster"
    assert template(recording)["placement"] == {"groupName": "uae-together"}
    group = recording.one("aws:ec2/securityGroup:SecurityGroup").inputs
    assert group["vpcId"] == "vpc-1"
    rules = [
        rule
        for way in ("Ingress", "Egress")
        for rule in recording.of(f"aws:vpc/securityGroup{way}Rule:SecurityGroup{way}Rule")
    ]
    assert len(rules) == 2
    for rule in rules:
        assert rule.inputs["securityGroupId"] == rule.inputs["referencedSecurityGroupId"] == "uae-interconnect-id"
        assert not {"cidrIpv4", "cidrIpv6"} & set(rule.inputs)


def test_what_a_pool_may_have_beside_the_usual_is_added_and_replaces_nothing() -> None:
    plain = pool(**{**TOGETHER, "interconnect": False})
    assert plain.names() < pool(**TOGETHER).names()
    assert not {"placement", "networkInterfaces"} & set(template(plain))


def test_local_disks_hold_images_where_every_machine_has_some() -> None:
    text = base64.b64decode(template(pool())["userData"]).decode()
    parts = email.message_from_string(text)
    assert parts.get_content_type() == "multipart/mixed"
    [section] = [entry for entry in parts.walk() if not entry.is_multipart()]
    assert section.get_content_type() == "application/node.eks.aws"
    assert yaml.safe_load(str(section.get_payload())) == {
        "apiVersion": "node.eks.aws/v1alpha1",
        "kind": "NodeConfig",
        "spec": {"instance": {"localStorage": {"strategy": "RAID0"}}},
    }
    assert "userData" not in template(pool(profile=Profile.BATCH, machines=["m7g.large", "m6g.large"]))
    assert "userData" not in template(pool(machines=["m7gd.large", "m7g.large"]))


def test_a_pool_names_the_group_that_scales_it() -> None:
    recording = pool()
    assert recording.outputs[recording.one("falaj:aws:NodePool").urn] == {
        "pool_name": "train",
        "node_group_name": "uae-group",
        "scaling_group_name": "eks-uae-group-asg",
    }


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        (
            {"capacity": Capacity.SPOT_FIRST},
            r"capacity: \"spot-first\" is not allowed; allowed: spot or on-demand in a managed node group",
        ),
        ({"gpu_partition": "MIG1g"}, r"gpu_partition: \"MIG1g\" is not allowed"),
        ({"zone": "me-central-1d"}, r"zone: \"me-central-1d\" is not allowed"),
        ({**TOGETHER, "zone": None}, r"zone: required where interconnect is true"),
        (
            {**TOGETHER, "machines": ["p5en.48xlarge", "g6e.48xlarge"]},
            r"machines: .*not allowed; allowed: one type where interconnect is true",
        ),
        ({**TOGETHER, "network_id": None}, r"network_id: required where pool\.aws\.interconnect is true.*add"),
        ({**TOGETHER, "cluster_security_group_id": None}, r"cluster_security_group_id: required where pool"),
        (
            {**IN_ZONE_A, "capacity": Capacity.RESERVED, "reservation": RESERVATION},
            r"machines: .*not allowed; allowed: the one type that was reserved",
        ),
    ],
)
def test_what_a_managed_group_cannot_be_is_refused(changed: dict[str, Any], message: str) -> None:
    with pytest.raises(BadArguments, match=message):
        pool(**changed)
