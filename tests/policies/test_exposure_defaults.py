"""Default security groups, and services with public access disabled."""

from .exposure_cases import refused, reported
from .harness import UNKNOWN

GROUP = "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup"


PRIVATE_RULE = {"protocol": "tcp", "fromPort": 443, "toPort": 443, "cidrBlocks": ["10.20.0.0/16"]}


def test_the_default_security_group_has_no_rules() -> None:
    assert reported(GROUP, {"vpcId": "vpc-1"}) == set()
    assert reported(GROUP, {"ingress": [], "egress": []}) == set()
    for key in ("ingress", "egress"):
        assert refused(GROUP, {key: [PRIVATE_RULE]}) == {"FJ-EXP-117"}
    assert reported("aws:ec2/securityGroup:SecurityGroup", {"ingress": [PRIVATE_RULE]}) == set()


STORAGE = "azure-native:storage:StorageAccount"


def test_disabled_public_access_needs_no_network_rules() -> None:
    closed = {"allowBlobPublicAccess": False, "allowSharedKeyAccess": False}
    access_disabled = {**closed, "publicNetworkAccess": "Disabled"}
    assert reported(STORAGE, access_disabled) == set()
    assert refused(STORAGE, {**access_disabled, "networkRuleSet": {"defaultAction": "Allow"}}) == {"FJ-EXP-202"}
    assert refused(STORAGE, closed) == {"FJ-EXP-201", "FJ-EXP-202"}
    assert refused(STORAGE, {**closed, "publicNetworkAccess": UNKNOWN}) == {"FJ-EXP-201", "FJ-EXP-202"}


def test_public_access_is_for_trusted_services_only() -> None:
    closed = {"allowBlobPublicAccess": False, "allowSharedKeyAccess": False, "publicNetworkAccess": "Enabled"}
    trusting = {"bypass": "AzureServices", "defaultAction": "Deny"}
    assert reported(STORAGE, {**closed, "networkRuleSet": trusting}) == set()
    assert refused(STORAGE, {**closed, "networkRuleSet": {**trusting, "defaultAction": "Allow"}}) == {"FJ-EXP-202"}
    for wider in (
        {"bypass": "None"},
        {"bypass": UNKNOWN},
        {"ipRules": [{"iPAddressOrRange": "203.0.113.0/24"}]},
        {"virtualNetworkRules": [{"virtualNetworkResourceId": "/subscriptions/x"}]},
        {"ipRules": UNKNOWN},
    ):
        assert "FJ-EXP-201" in refused(STORAGE, {**closed, "networkRuleSet": {**trusting, **wider}}), wider
