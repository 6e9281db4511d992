"""No property names everybody, and no filter passes everything; where every address is ordinary, nothing is refused."""

import pytest
from guardrails.engine.enforcement import Enforcement

from .blind import Props, az
from .blind import aws as of_aws
from .harness import Given, Pack, blocking

PACK = Pack(
    Enforcement.model_validate({"default": {"all": "disabled", "FJ-EXP-126": "mandatory", "FJ-EXP-127": "mandatory"}})
)
ALL_USERS = "http://acs.amazonaws.com/groups/global/AllUsers"
ALLOW_LIST = ["10.0.0.0/8", "94.200.10.0/24"]


def refused(*plan: Given) -> set[str]:
    """Returns the rules that refuse a plan."""
    return blocking(PACK.evaluate_plan(*plan))


@pytest.mark.parametrize("given", [
    of_aws("cognito/RiskConfiguration", {"riskExceptionConfiguration": {"skippedIpRangeLists": ["0.0.0.0/0"]}}),
    of_aws("cognito/RiskConfiguration", {"riskExceptionConfiguration": {"skippedIpRangeLists": ["::/1", "8000::/1"]}}),
    of_aws("codepipeline/Webhook", {"authenticationConfiguration": {"allowedIpRange": "0.0.0.0/0"}}),
    of_aws("odb/AutonomousDatabase", {"allowlistedIps": ["*"]}),
    of_aws("s3/ObjectCopy", {"grants": [{"type": "Group", "uri": ALL_USERS}]}),
    of_aws("s3/BucketLogging", {"targetGrants": [{"grantee": {"uri": ALL_USERS.replace("AllU", "AuthenticatedU")}}]}),
    of_aws("elastictranscoder/Pipeline", {"contentConfigPermissions": [{"grantee": "AllUsers"}]}),
    az("batch:Pool", {"networkConfiguration": {"endpointConfiguration": {"inboundNatPools": [
        {"networkSecurityGroupRules": [{"access": "Allow", "sourceAddressPrefix": "*"}]}]}}}),
    az("app:ContainerApp", {"configuration": {"ingress": {"ipSecurityRestrictions": [
        {"action": "Allow", "ipAddressRange": "0.0.0.0-255.255.255.255"}]}}}),
    az("apimanagement:ProductGroupLink", {"groupId": "/subscriptions/x/service/a/groups/guests"}),
], ids=lambda given: given.type)  # fmt: skip
def test_everybody_is_refused_in_every_property(given: Given) -> None:
    assert refused(given) == {"FJ-EXP-126"}


@pytest.mark.parametrize("given", [
    of_aws("cognito/RiskConfiguration", {"riskExceptionConfiguration": {"skippedIpRangeLists": ALLOW_LIST}}),
    of_aws("cognito/RiskConfiguration", {"riskExceptionConfiguration": {"blockedIpRangeLists": ["0.0.0.0/1"]}}),
    of_aws("ec2/Route", {"destinationCidrBlock": "0.0.0.0/0"}),
    of_aws("ec2/RouteTable", {"routes": [{"cidrBlock": "0.0.0.0/0", "natGatewayId": "nat-1"}]}),
    of_aws("ec2/Vpc", {"cidrBlock": "0.0.0.0/0"}),
    of_aws("ec2/Subnet", {"cidrBlock": "0.0.0.0/0"}),
    of_aws("ec2/VpcIpv4CidrBlockAssociation", {"cidrBlock": "0.0.0.0/0"}),
    of_aws("s3/BucketPolicy", {"policy": {"Statement": [{"Condition": {"IpAddress": {"aws:SourceIp": "0.0.0.0/0"}}}]}}),
    of_aws("ec2/VpnConnection", {"localIpv4NetworkCidr": "0.0.0.0/0", "remoteIpv4NetworkCidr": "0.0.0.0/0"}),
    of_aws("ec2/SecurityGroup", {"egress": [{"cidrBlocks": ["0.0.0.0/0"], "fromPort": 443, "toPort": 443}]}),
    of_aws("vpc/SecurityGroupEgressRule", {"cidrIpv4": "0.0.0.0/0", "fromPort": 443, "toPort": 443}),
    of_aws("wafv2/IpSet", {"addresses": ["0.0.0.0/1", "128.0.0.0/1"]}),
    of_aws("ecs/TaskDefinition", {"family": "project/0"}),
    of_aws("lambda/Function", {"environment": {"variables": {"LISTEN": "0.0.0.0"}}}),  # noqa: S104
    az("network:RouteTable", {"routes": [{"addressPrefix": "0.0.0.0/0", "nextHopType": "VirtualAppliance"}]}),
    az("batch:Pool", {"networkConfiguration": {"endpointConfiguration": {"inboundNatPools": [
        {"networkSecurityGroupRules": [{"access": "Deny", "sourceAddressPrefix": "*"}]}]}}}),
    az("web:WebApp", {"siteConfig": {"ipSecurityRestrictions": [{"action": "Deny", "ipAddress": "0.0.0.0/0"}]}}),
], ids=lambda given: given.type)  # fmt: skip
def test_every_address_is_ordinary_where_nothing_is_let_in(given: Given) -> None:
    assert refused(given) == set()


def _group(props: Props) -> Given:
    return of_aws("networkfirewall/RuleGroup", props)


def _header(**more: str) -> dict[str, object]:
    ends = dict.fromkeys(("source", "sourcePort", "destination", "destinationPort"), "ANY")
    return {"action": "PASS", "header": {"protocol": "IP", "direction": "ANY", **ends, **more}}


@pytest.mark.parametrize(("given", "is_refused"), [
    (_group({"rules": "pass ip any any -> any any"}), True),
    (_group({"rules": "drop ip 10.0.0.9 any -> any any (sid:1;)\n  PASS tcp any any <> any any (sid:2;)"}), True),
    (_group({"ruleGroup": {"rulesSource": {"rulesString": "pass ip any any <> any any (msg:\"all\"; sid:1;)"}}}), True),
    (_group({"ruleGroup": {"rulesSource": {"statefulRules": [_header()]}}}), True),
    (_group({"ruleGroup": {"rulesSource": {"statefulRules": [_header(destinationPort="443")]}}}), False),
    (_group({"rules": "drop ip any any -> any any (sid:1;)"}), False),
    (_group({"rules": "pass tcp any any -> any any (tls.sni; content:\"api.example.ae\"; sid:1;)"}), False),
    (_group({"rules": "pass tcp $HOME_NET any -> any 443 (sid:1;)"}), True),
], ids=str)  # fmt: skip
def test_a_firewall_does_not_pass_everything(given: Given, is_refused: bool) -> None:
    assert refused(given) == ({"FJ-EXP-127"} if is_refused else set())


@pytest.mark.parametrize(("action", "is_refused"), [("BLOCK", False), ("ALLOW", True)])
def test_the_list_of_every_domain_only_blocks(action: str, is_refused: bool) -> None:
    domains = of_aws("route53/ResolverFirewallDomainList", {"name": "all", "domains": ["*"]}, "all")
    rule = of_aws("route53/ResolverFirewallRule", {"action": action, "priority": 9, "firewallDomainListId": "x"},
                  "rule", links={"firewallDomainListId": ("all",)})  # fmt: skip
    assert refused(domains, rule) == ({"FJ-EXP-127"} if is_refused else set())
    own = of_aws("route53/ResolverFirewallDomainList", {"name": "own", "domains": ["*.example.ae"]}, "all")
    assert refused(own, rule) == set()
