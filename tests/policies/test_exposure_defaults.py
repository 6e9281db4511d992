"""Default security groups, and services with public access disabled."""

import pytest

from .exposure_cases import refused, reported
from .harness import UNKNOWN, Given, Pack, blocking

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


@pytest.mark.parametrize(
    ("owners", "is_refused"),
    [
        ((Given(GROUP, {"vpcId": UNKNOWN}, "default"),), True),
        ((Given("aws:ec2/vpc:Vpc", {"cidrBlock": "10.0.0.0/16"}, "vpc"),), True),
        ((Given("aws:ec2/securityGroup:SecurityGroup", {"description": "api"}, "api"),), False),
        (
            (
                Given("aws:ec2/vpc:Vpc", {"cidrBlock": "10.0.0.0/16"}, "vpc"),
                Given("aws:ec2/securityGroup:SecurityGroup", {"description": "api"}, "api"),
            ),
            False,
        ),
        ((), False),
    ],
)
def test_a_rule_of_its_own_does_not_open_the_default_group(owners: tuple[Given, ...], is_refused: bool) -> None:
    """After Checkov's CKV2_AWS_12 (2026-08)."""
    links = {"securityGroupId": tuple(owner.name for owner in owners)}
    for token, props in (
        ("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", {"cidrIpv4": "10.0.0.0/8", "ipProtocol": "tcp"}),
        ("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule", {"cidrIpv4": "10.0.0.0/8", "ipProtocol": "tcp"}),
        ("aws:ec2/securityGroupRule:SecurityGroupRule", {"type": "ingress", "cidrBlocks": ["10.0.0.0/8"]}),
    ):
        rule = Given(token, {"securityGroupId": UNKNOWN, "fromPort": 80, "toPort": 80, **props}, "rule", links=links)
        assert ("FJ-EXP-117" in blocking(Pack().evaluate_stack(*owners, rule))) is is_refused


def test_a_document_that_is_shared_with_everybody_is_refused() -> None:
    """The keys of the map are those of the provider: Pulumi does not rename them (Checkov, CKV_AWS_303)."""
    document = "aws:ssm/document:Document"
    assert "FJ-EXP-110" in refused(document, {"permissions": {"type": "Share", "account_ids": "All"}})
    assert "FJ-EXP-110" not in refused(document, {"permissions": {"type": "Share", "account_ids": "123456789012"}})
    assert "FJ-EXP-110" not in refused(document, {})
