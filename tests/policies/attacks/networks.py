"""Attacks by networks: doors in firewalls, public addresses by other resources, and connections to other networks."""

import json
from typing import Any

from guardrails.engine.sdk_types import TAGGABLE

from tests.samples import COST_TAGS as TAGS

from ..harness import Given
from . import Attack

_OPEN, _OPEN6 = "0.0.0.0/0", "::/0"


def aws(module: str, kind: str, /, **props: Any) -> Given:
    token = f"aws:{module}/{kind[0].lower()}{kind[1:]}:{kind}"
    return Given(token, {**({"tags": TAGS} if token in TAGGABLE else {}), **props})


def azure(kind: str, /, **props: Any) -> Given:
    return Given(f"azure-native:network:{kind}", {"resourceGroupName": "network", **props})


def _dnat(**change: Any) -> Given:
    rule = {"ruleType": "NatRule", "sourceAddresses": ["*"], "destinationAddresses": ["20.74.1.2"],
            "destinationPorts": ["22"], "translatedAddress": "10.0.0.4", "translatedPort": "22",
            "ipProtocols": ["TCP"], **change}  # fmt: skip
    rules = {"ruleCollectionType": "FirewallPolicyNatRuleCollection", "action": {"type": "DNAT"}, "rules": [rule]}
    return azure("FirewallPolicyRuleCollectionGroup", firewallPolicyName="p", priority=100, ruleCollections=[rules])


def _classic(collections: str, action: str, **rule: Any) -> Given:
    rules = [{"name": "r", "protocols": ["Any"], **rule}]
    entry = {"name": "c", "priority": 100, "action": {"type": action}, "rules": rules}
    return azure("AzureFirewall", location="uaenorth", tags=TAGS, **{collections: [entry]})


def _filter(**rule: Any) -> Given:
    rules = [{"ruleType": "NetworkRule", "ipProtocols": ["Any"], "sourceAddresses": ["10.0.0.0/8"], **rule}]
    entry = {"ruleCollectionType": "FirewallPolicyFilterRuleCollection", "action": {"type": "Allow"}, "rules": rules}
    return azure("FirewallPolicyRuleCollectionGroup", firewallPolicyName="p", priority=200, ruleCollections=[entry])


def _admin_rule(prefix: str, prefix_type: str = "IPPrefix", access: str = "AlwaysAllow") -> Given:
    return azure("AdminRule", access=access, direction="Inbound", kind="Custom", priority=1, protocol="Any",
                 sources=[{"addressPrefix": prefix, "addressPrefixType": prefix_type}], networkManagerName="m",
                 configurationName="c", ruleCollectionName="r")  # fmt: skip


_INGRESS, _EGRESS, _ADDRESS, _CONNECTION = "FJ-EXP-101", "FJ-EXP-109", "FJ-EXP-103", "FJ-EXP-123"
_OFFERED = "FJ-EXP-207"


def _attack(name: str, rule: str, *plan: Given) -> Attack:
    return Attack(f"networks: {name}", (rule,), plan)


ATTACKS: tuple[Attack, ...] = (
    _attack("Azure Firewall forwards ssh from everywhere", _INGRESS, _dnat()),
    _attack("Azure Firewall forwards from two halves", _INGRESS, _dnat(sourceAddresses=["0.0.0.0/1", "128.0.0.0/1"])),
    _attack("Azure Firewall forwards from a range", _INGRESS, _dnat(sourceAddresses=["0.0.0.0-255.255.255.255"])),
    _attack("Azure Firewall forwards from no stated source", _INGRESS, _dnat(sourceAddresses=[])),
    _attack("an IP group of every address", _INGRESS,
            azure("IpGroup", location="uaenorth", tags=TAGS, ipAddresses=["10.0.0.0/8", _OPEN])),
    _attack("a classic Azure Firewall forwards from everywhere", _INGRESS,
            _classic("natRuleCollections", "Dnat", sourceAddresses=["*"], destinationAddresses=["20.74.1.2"],
                     destinationPorts=["22"], translatedAddress="10.0.0.4", translatedPort="22")),
    _attack("Azure Firewall lets everything out", _EGRESS, _filter(destinationAddresses=["*"], destinationPorts=["*"])),
    _attack("Azure Firewall lets everything out to a service tag", _EGRESS,
            _filter(destinationAddresses=["Internet"], destinationPorts=["0-65535"])),
    _attack("a classic Azure Firewall lets everything out", _EGRESS,
            _classic("networkRuleCollections", "Allow", sourceAddresses=["*"], destinationAddresses=[_OPEN],
                     destinationPorts=["1-65535"])),
    _attack("Network Manager always allows everyone", _INGRESS, _admin_rule("*")),
    _attack("Network Manager always allows the internet", _INGRESS, _admin_rule("Internet", "ServiceTag")),
    _attack("Network Manager allows everyone", _INGRESS, _admin_rule(_OPEN, access="Allow")),
    _attack("Network Manager allows every Azure customer of a region", _INGRESS,
            _admin_rule("AzureCloud.uaenorth", "ServiceTag")),
    _attack("a Network Manager rule of users allows everyone", _INGRESS,
            azure("SecurityUserRule", direction="Inbound", protocol="Any", networkManagerName="m",
                  sources=[{"addressPrefix": "*", "addressPrefixType": "IPPrefix"}], configurationName="c",
                  ruleCollectionName="r")),
    _attack("a security group allows every Azure customer of a region", _INGRESS,
            azure("SecurityRule", access="Allow", direction="Inbound", priority=100, protocol="Tcp",
                  sourceAddressPrefix="AzureCloud.UAENorth", networkSecurityGroupName="n")),
    _attack("a perimeter around private services is open", _INGRESS,
            azure("NetworkSecurityPerimeterAccessRule", networkSecurityPerimeterName="p", profileName="p",
                  direction="Inbound", addressPrefixes=["0.0.0.0/1", "128.0.0.0/1"])),
    _attack("a database firewall open to IPv6", _INGRESS,
            Given("azure-native:sql:IPv6FirewallRule", {"resourceGroupName": "g", "serverName": "s",
                                                        "startIPv6Address": "::", "endIPv6Address": "ffff::ffff"})),
    _attack("Lightsail opens a port without a list", _INGRESS,
            aws("lightsail", "InstancePublicPorts", instanceName="i",
                portInfos=[{"protocol": "tcp", "fromPort": 22, "toPort": 22}])),
    _attack("an address for a network interface", _ADDRESS,
            aws("ec2", "EipAssociation", allocationId="eipalloc-1", networkInterfaceId="eni-1")),
    _attack("an address with a network interface", _ADDRESS, aws("ec2", "Eip", networkInterface="eni-1")),
    _attack("a file transfer server with addresses", "FJ-EXP-110",
            aws("transfer", "Server", endpointType="VPC", endpointDetails={
                "addressAllocationIds": ["eipalloc-1"], "subnetIds": ["subnet-1"], "vpcId": "vpc-1"})),
    _attack("client VPN leads every client everywhere", _CONNECTION,
            aws("ec2clientvpn", "AuthorizationRule", clientVpnEndpointId="c", targetNetworkCidr=_OPEN,
                authorizeAllGroups=True)),
    _attack("client VPN leads every client to a half of everything", _CONNECTION,
            aws("ec2clientvpn", "AuthorizationRule", clientVpnEndpointId="c", targetNetworkCidr="128.0.0.0/1",
                authorizeAllGroups=True)),
    _attack("a transit gateway accepts every attachment", _CONNECTION,
            aws("ec2transitgateway", "TransitGateway", autoAcceptSharedAttachments="enable")),
    _attack("a default route through a peering", _CONNECTION,
            aws("ec2", "Route", routeTableId="r", destinationCidrBlock=_OPEN, vpcPeeringConnectionId="pcx-1")),
    _attack("a default route through a peering, IPv6", _CONNECTION,
            aws("ec2", "Route", routeTableId="r", destinationIpv6CidrBlock=_OPEN6, vpcPeeringConnectionId="pcx-1")),
    _attack("half of the internet through a peering", _CONNECTION,
            aws("ec2", "RouteTable", vpcId="v", routes=[
                {"cidrBlock": "0.0.0.0/1", "vpcPeeringConnectionId": "pcx-1"},
                {"cidrBlock": "128.0.0.0/1", "vpcPeeringConnectionId": "pcx-1"}])),
    _attack("a default route in a default table", _CONNECTION,
            aws("ec2", "DefaultRouteTable", defaultRouteTableId="r", routes=[
                {"ipv6CidrBlock": _OPEN6, "vpcPeeringConnectionId": "pcx-1"}])),
    _attack("a private link service for every subscription", _OFFERED,
            azure("PrivateLinkService", location="uaenorth", tags=TAGS, visibility={"subscriptions": ["*"]},
                  autoApproval={"subscriptions": ["*"]})),
    _attack("a private link service approves every subscription", _OFFERED,
            azure("PrivateLinkService", location="uaenorth", tags=TAGS, autoApproval={"subscriptions": ["s", "*"]})),
    _attack("links to a Bastion host that anybody may use", _OFFERED,
            azure("BastionHost", location="uaenorth", tags=TAGS, sku={"name": "Standard"}, enableShareableLink=True)),
    _attack("a load balancer with an address of a prefix", "FJ-EXP-204",
            azure("LoadBalancer", location="uaenorth", tags=TAGS,
                  frontendIPConfigurations=[{"name": "f", "publicIPPrefix": {"id": "/x"}}])),
    _attack("a public controller of application routing", "FJ-EXP-203",
            Given("azure-native:containerservice:ManagedCluster", {
                "resourceGroupName": "network", "location": "uaenorth", "tags": TAGS,
                "networkProfile": {"networkPolicy": "cilium"},
                "apiServerAccessProfile": {"enablePrivateCluster": True},
                "ingressProfile": {"webAppRouting": {"enabled": True}}})),
    _attack("a public gateway of the mesh add-on", "FJ-EXP-203",
            Given("azure-native:containerservice:ManagedCluster", {
                "resourceGroupName": "network", "location": "uaenorth", "tags": TAGS,
                "networkProfile": {"networkPolicy": "cilium"},
                "apiServerAccessProfile": {"enablePrivateCluster": True},
                "serviceMeshProfile": {"mode": "Istio", "istio": {"components": {"ingressGateways": [
                    {"enabled": True, "mode": "Internal"}, {"enabled": True, "mode": "External"}]}}}})),
    _attack("a subnet without a security group", "FJ-EXP-208",
            azure("Subnet", subnetName="GatewaySubnet-2", virtualNetworkName="v", addressPrefix="10.0.1.0/24")),
    _attack("Beanstalk with a public load balancer", "FJ-EXP-125",
            aws("elasticbeanstalk", "Environment", application="a",
                settings=[{"namespace": "aws:ec2:vpc", "name": "ELBScheme", "value": "public"}])),
    _attack("Beanstalk by its defaults", "FJ-EXP-125", aws("elasticbeanstalk", "Environment", application="a")),
    _attack("Beanstalk with a public address by a template", "FJ-EXP-125",
            aws("elasticbeanstalk", "ConfigurationTemplate", application="a", settings=[
                {"namespace": "aws:ec2:vpc", "name": "ELBScheme", "value": "internal"},
                {"namespace": "aws:ec2:vpc", "name": "AssociatePublicIpAddress", "value": "true"}])),
    _attack("a single Beanstalk machine", "FJ-EXP-125",
            aws("elasticbeanstalk", "Environment", application="a", settings=[
                {"namespace": "aws:elasticbeanstalk:environment", "name": "EnvironmentType",
                 "value": "SingleInstance"}])),
    _attack("virtual desktops for every address", "FJ-EXP-120",
            aws("workspaces", "IpGroup", rules=[{"source": _OPEN}])),
    _attack("a quick-created API without authorization", "FJ-EXP-110",
            aws("apigatewayv2", "Api", protocolType="HTTP", target="https://models.bank.ae")),
    _attack("an API definition without authorization", "FJ-EXP-124",
            aws("apigatewayv2", "Api", protocolType="HTTP",
                body=json.dumps({"openapi": "3.0.1", "paths": {"/": {"get": {}}}}))),
    _attack("one operation of an API definition without authorization", "FJ-EXP-124",
            aws("apigateway", "RestApi", endpointConfiguration={"types": "REGIONAL"}, body=json.dumps({
                "openapi": "3.0.1", "security": [{"iam": []}],
                "paths": {"/": {"get": {}, "post": {"security": []}}}}))),
    _attack("an API definition with optional authorization", "FJ-EXP-124",
            aws("apigateway", "RestApi", endpointConfiguration={"types": "REGIONAL"}, body=json.dumps({
                "swagger": "2.0", "paths": {"/x": {"x-amazon-apigateway-any-method": {"security": [{}]}}}}))),
    _attack("an endpoint of Verified Access that permits everyone", "FJ-EXP-110",
            aws("verifiedaccess", "Group", verifiedaccessInstanceId="vai-1",
                policyDocument="permit(principal, action, resource);")),
    _attack("builds that anybody may read", "FJ-EXP-121",
            aws("codebuild", "Project", projectVisibility="PUBLIC_READ", artifacts={"type": "NO_ARTIFACTS"},
                source={"type": "NO_SOURCE"}, serviceRole="arn:aws:iam::123456789012:role/builds",
                environment={"computeType": "BUILD_GENERAL1_SMALL", "image": "aws/codebuild/standard:7.0",
                             "type": "LINUX_CONTAINER"})),
    _attack("a public network policy of a search collection", "FJ-EXP-104",
            Given("aws:opensearch/serverlessSecurityPolicy:ServerlessSecurityPolicy",
                  {"type": "network", "policy": json.dumps([{"Rules": [], "AllowFromPublic": True}])})),
)  # fmt: skip
