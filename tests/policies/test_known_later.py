"""What no first preview shows, because a resource of the plan gives it, refuses no good program; the same values do
without such a resource, and bad ones once they are known."""

import json
from dataclasses import replace

import pytest

from .blind import HERE, RG, TAGS, aws, az, k8s, meta, release
from .harness import UNKNOWN, Given, Pack, rules

EIP = aws("ec2/Eip", {"domain": "vpc", "tags": TAGS}, "address")
GROUP = aws("ec2/SecurityGroup", {"description": "app", "tags": TAGS}, "group")
VPC = aws("ec2/Vpc", {"ipv4IpamPoolId": "ipam-pool-1", "tags": TAGS}, "address")
PUBLIC = az("network:PublicIPAddress", {**HERE, "publicIPAllocationMethod": "Static"}, "address")
ENDPOINT = aws("ec2/VpcEndpoint", {"serviceName": "x", "tags": TAGS}, "address")
FUNCTION = aws("lambda/Function", {"role": "r", "tags": TAGS}, "address")
IDENTITY = az("managedidentity:UserAssignedIdentity", {**HERE}, "address")
UNIT = aws("organizations/OrganizationalUnit", {"parentId": "r-1", "tags": TAGS}, "address")
ACCOUNT = az("storage:StorageAccount", {**HERE}, "address")
_RULE = {"name": "in", "access": "Allow", "direction": "Inbound", "priority": 200, "protocol": "Tcp",
         "sourcePortRange": "*", "destinationAddressPrefix": "*", "destinationPortRange": "443"}  # fmt: skip


def _cluster(addresses: object) -> Given:
    return aws("eks/Cluster", {"roleArn": "r", "tags": TAGS, "vpcConfig": {
        "endpointPublicAccess": True, "publicAccessCidrs": addresses, "subnetIds": ["subnet-1"]}})  # fmt: skip


def _ingress(addresses: object) -> Given:
    rule = {"protocol": "tcp", "fromPort": 443, "toPort": 443, "cidrBlocks": addresses, "securityGroups": ["sg-1"]}
    return aws("ec2/SecurityGroup", {"description": "x", "tags": TAGS, "ingress": [rule]})


def _network_group(address: object) -> Given:
    return az("network:NetworkSecurityGroup", {**HERE, "securityRules": [{**_RULE, "sourceAddressPrefix": address}]})


def _network_rule(address: object) -> Given:
    return az("network:SecurityRule", {
        **RG, **_RULE, "networkSecurityGroupName": UNKNOWN, "sourceAddressPrefix": address})  # fmt: skip


def _from_block(address: object) -> Given:
    return k8s("networking.k8s.io/v1:NetworkPolicy", {"metadata": meta(), "spec": {
        "podSelector": {"matchLabels": {"app": "x"}}, "policyTypes": ["Ingress"],
        "ingress": [{"from": [{"ipBlock": {"cidr": address}}], "ports": [{"port": 443}]}]}})  # fmt: skip


def _from_caller(address: object) -> Given:
    rule = {"from": [{"source": {"ipBlocks": [address]}}], "to": [{"operation": {"paths": ["/x"]}}]}
    return k8s("security.istio.io/v1:AuthorizationPolicy", {
        "metadata": meta(), "spec": {"selector": {"matchLabels": {"app": "x"}}, "rules": [rule]}})  # fmt: skip


KNOWN_LATER = (
    ("FJ-EXP-106", "vpcConfig", _cluster([UNKNOWN]), EIP, _cluster(["0.0.0.0/0"])),
    ("FJ-EXP-106", "vpcConfig", _cluster(UNKNOWN), EIP, _cluster(["0.0.0.0/1", "128.0.0.0/1"])),
    ("FJ-EXP-101", "ingress", _ingress([UNKNOWN]), EIP, _ingress(["0.0.0.0/0"])),
    ("FJ-EXP-101", "securityRules", _network_group(UNKNOWN), PUBLIC, _network_group("*")),
    ("FJ-EXP-101", "sourceAddressPrefix", _network_rule(UNKNOWN), PUBLIC, _network_rule("Internet")),
    ("FJ-EXP-101", "cidrIpv4",
     aws("vpc/SecurityGroupIngressRule", {"cidrIpv4": UNKNOWN, "securityGroupId": "sg-1", "ipProtocol": "-1"}), VPC,
     aws("vpc/SecurityGroupIngressRule", {"cidrIpv4": "0.0.0.0/0", "securityGroupId": "sg-1", "ipProtocol": "-1"})),
    ("FJ-EXP-120", "ipRules",
     az("eventhub:NamespaceNetworkRuleSet", {**RG, "namespaceName": "n", "ipRules": [{"ipMask": UNKNOWN}]}), PUBLIC,
     az("eventhub:NamespaceNetworkRuleSet", {**RG, "namespaceName": "n", "ipRules": [{"ipMask": "0.0.0.0/0"}]})),
    ("FJ-EXP-203", "apiServerAccessProfile",
     az("containerservice:ManagedCluster", {
         **HERE, "apiServerAccessProfile": {"authorizedIPRanges": UNKNOWN},
         "networkProfile": {"networkPolicy": "cilium"}}), PUBLIC,
     az("containerservice:ManagedCluster", {
         **HERE, "apiServerAccessProfile": {"authorizedIPRanges": ["0.0.0.0/0"]},
         "networkProfile": {"networkPolicy": "cilium"}})),
    ("FJ-EXP-324", "spec", _from_block(UNKNOWN), VPC, _from_block("0.0.0.0/0")),
    ("FJ-EXP-324", "spec", _from_caller(UNKNOWN), VPC, _from_caller("0.0.0.0/0")),
    ("FJ-EXP-124", "body", aws("apigateway/RestApi", {"body": UNKNOWN, "tags": TAGS}), FUNCTION,
     aws("apigateway/RestApi", {"body": '{"openapi": "3.0.1", "paths": {"/x": {"get": {}}}}', "tags": TAGS})),
    ("FJ-EXP-104", "policy", aws("opensearch/ServerlessSecurityPolicy", {"type": "network", "policy": UNKNOWN}),
     ENDPOINT, aws("opensearch/ServerlessSecurityPolicy", {
         "type": "network", "policy": '[{"AllowFromPublic": true}]'})),
    ("FJ-EXP-207", "value", az("apimanagement:Policy", {**RG, "serviceName": "s", "policyId": "policy",
                                                        "value": UNKNOWN}), IDENTITY,
     az("apimanagement:Policy", {**RG, "serviceName": "s", "policyId": "policy", "value":
        '<policies><inbound><validate-jwt header-name="Authorization" require-signed-tokens="false"/></inbound>'
        "</policies>"})),
    ("FJ-EXP-110", "policyDocument", aws("verifiedaccess/Group", {"policyDocument": UNKNOWN, "tags": TAGS}), ENDPOINT,
     aws("verifiedaccess/Group", {"policyDocument": "permit(principal, action, resource);", "tags": TAGS})),
    ("FJ-RES-207", "properties", az("machinelearningservices:ManagedNetworkSettingsRule", {
        **RG, "workspaceName": "w", "properties": {"type": "FQDN", "destination": UNKNOWN}}), ACCOUNT,
     az("machinelearningservices:ManagedNetworkSettingsRule", {
         **RG, "workspaceName": "w", "properties": {"type": "FQDN", "destination": "*"}})),
    ("FJ-RES-111", "principal", aws("ram/PrincipalAssociation", {"principal": UNKNOWN, "resourceShareArn": "a"}), UNIT,
     # With a share, it is evaluated together with that (FJ-RES-111).
     aws("ram/PrincipalAssociation", {"principal": "999999999999"})),
)  # fmt: skip


@pytest.mark.parametrize(("rule", "key", "resource", "source", "bad"), KNOWN_LATER, ids=range(len(KNOWN_LATER)))
def test_values_from_the_plan_are_evaluated_when_known(
    rule: str, key: str, resource: Given, source: Given, bad: Given
) -> None:
    pack = Pack()
    linked = replace(resource, links={key: (source.name,)})
    assert rule not in rules([item for item in pack.evaluate_plan(source, linked) if f"'{linked.name}'" in item.text])
    assert rule in rules(pack.evaluate_plan(resource))
    assert rule in rules(pack.evaluate_resource(bad))


ELSEWHERE = aws("ssm/Parameter", {"type": "String", "value": "x", "tags": TAGS}, "elsewhere")


@pytest.mark.parametrize(("rule", "key", "resource"), [
    ("FJ-EXP-101", "cidrIpv4", KNOWN_LATER[5][2]), ("FJ-EXP-101", "ingress", KNOWN_LATER[2][2]),
    ("FJ-EXP-106", "vpcConfig", KNOWN_LATER[0][2]), ("FJ-RES-111", "principal", KNOWN_LATER[-1][2]),
])  # fmt: skip
def test_values_from_elsewhere_are_not_known(rule: str, key: str, resource: Given) -> None:
    plan = (ELSEWHERE, replace(resource, links={key: (ELSEWHERE.name,)}))
    assert rule in rules(Pack().evaluate_plan(*plan))
    both = replace(resource, links={key: (ELSEWHERE.name, EIP.name)})
    assert (rule in rules(Pack().evaluate_plan(ELSEWHERE, EIP, both))) is (key in ("cidrIpv4", "principal"))


def test_data_is_not_shared_with_an_account_of_the_plan() -> None:
    account = aws("organizations/Account", {"name": "a", "email": "a@bank.ae", "tags": TAGS}, "account")
    share = replace(KNOWN_LATER[-1][2], links={"principal": ("account",)})
    assert "FJ-RES-111" in rules(Pack().evaluate_plan(account, share))


REPOSITORY = aws("ecr/Repository", {"name": "mirror", "tags": TAGS}, "mirror")


@pytest.mark.parametrize(("chart", "values"), [
    ("headlamp", {"image": {"registry": UNKNOWN, "repository": "headlamp-k8s/headlamp"}}),
    ("kube-state-metrics", {"global": {"imageRegistry": UNKNOWN}, "image": {"repository": "any/kube-state-metrics"}}),
    ("kyverno", {"global": {"image": {"registry": UNKNOWN}}, "test": {"image": {"repository": "any/kyverno"}}}),
])  # fmt: skip
def test_images_of_a_registry_of_the_plan_are_evaluated_when_known(chart: str, values: dict[str, object]) -> None:
    installed = replace(release(chart, "1.2.3", values)[0], links={"values": ("mirror",)})
    assert "FJ-ESC-113" not in rules(Pack().evaluate_plan(REPOSITORY, installed))
    known = json.loads(json.dumps(values).replace(UNKNOWN, "registry.stranger.example"))
    assert "FJ-ESC-113" in rules(Pack().evaluate_plan(*release(chart, "1.2.3", known)))


@pytest.mark.parametrize(("chart", "rule"), [("ingress-nginx", "FJ-EXP-332"), ("n8n", "FJ-RES-120")])
def test_values_with_parts_of_the_plan_are_evaluated_when_known(chart: str, rule: str) -> None:
    installed = release(chart, "1.2.3", UNKNOWN)[0]
    assert rule in rules(Pack().evaluate_plan(installed))
    assert rule not in rules(Pack().evaluate_plan(REPOSITORY, replace(installed, links={"values": ("mirror",)})))
    assert rule in rules(Pack().evaluate_plan(*release(chart, "1.2.3", {})))
