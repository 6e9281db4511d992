"""Default security groups, and services with public access off."""

from .exposure_cases import refused, reported
from .harness import UNKNOWN

GROUP = "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup"


WITHIN = {"protocol": "tcp", "fromPort": 443, "toPort": 443, "cidrBlocks": ["10.20.0.0/16"]}


def test_the_default_group_is_empty() -> None:
    assert reported(GROUP, {"vpcId": "vpc-1"}) == set()
    assert reported(GROUP, {"ingress": [], "egress": []}) == set()
    for key in ("ingress", "egress"):
        assert refused(GROUP, {key: [WITHIN]}) == {"FJ-EXP-117"}
    assert reported("aws:ec2/securityGroup:SecurityGroup", {"ingress": [WITHIN]}) == set()


STORAGE = "azure-native:storage:StorageAccount"


def test_a_switch_that_shuts_everybody_out_says_enough() -> None:
    closed = {"allowBlobPublicAccess": False, "allowSharedKeyAccess": False}
    off = {**closed, "publicNetworkAccess": "Disabled"}
    assert reported(STORAGE, off) == set()
    assert refused(STORAGE, {**off, "networkRuleSet": {"defaultAction": "Allow"}}) == {"FJ-EXP-202"}
    assert refused(STORAGE, closed) == {"FJ-EXP-201", "FJ-EXP-202"}
    assert refused(STORAGE, {**closed, "publicNetworkAccess": UNKNOWN}) == {"FJ-EXP-201", "FJ-EXP-202"}
