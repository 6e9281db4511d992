"""Good idioms of platform teams on networks, load balancers and meshes that no rule of exposure or transit may refuse.

Each follows the documentation or an example of its upstream, named in its id: modules of terraform-aws-modules, AWS's
guides and EKS blueprints, Azure's landing zones and verified modules, and the documentation of each controller.
"""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.samples import COST_TAGS as TAGS

from .exposure_cases import ON_AKS, ON_EKS, ON_PREMISES, PACK
from .harness import UNKNOWN, Given

OPEN = "0.0.0.0/0"


def aws(token: str, **props: Any) -> Given:
    module, kind = token.split("/")
    return Given(f"aws:{module}/{kind[0].lower()}{kind[1:]}:{kind}", {"tags": TAGS, **props})


def azure(token: str, **props: Any) -> Given:
    return Given(f"azure-native:{token}", {"location": "uaenorth", "tags": TAGS, **props})


def kubernetes(kind: str, spec: dict[str, Any], provider: dict[str, str] = ON_EKS, **metadata: Any) -> Given:
    named = {"name": "it", "namespace": "team-a", "labels": TAGS, **metadata}
    return Given(f"kubernetes:{kind}", {"metadata": named, "spec": spec}, provider=provider)


def balancer(annotations: dict[str, str], provider: dict[str, str], **spec: Any) -> Given:
    return kubernetes("core/v1:Service", {"type": "LoadBalancer", **spec}, provider, annotations=annotations)


def ingress(annotations: dict[str, str], hosts: list[str], *listed: list[str], **spec: Any) -> Given:
    rules = [{"host": host, "http": {"paths": []}} for host in hosts]
    tls = [{"hosts": names, "secretName": "tls"} for names in listed]
    return kubernetes("networking.k8s.io/v1:Ingress", {"rules": rules, **({"tls": tls} if tls else {}), **spec},
                      annotations=annotations)  # fmt: skip


def collection(action: str, *rules: dict[str, Any]) -> Given:
    kind = "Nat" if action == "DNAT" else "Filter"
    return azure("network:FirewallPolicyRuleCollectionGroup", priority=200, ruleCollections=[
        {"ruleCollectionType": f"FirewallPolicy{kind}RuleCollection", "action": {"type": action}, "rules": list(rules)},
    ])  # fmt: skip


ALB = "alb.ingress.kubernetes.io/"
SCHEME = "service.beta.kubernetes.io/aws-load-balancer-"
AKS = {"service.beta.kubernetes.io/azure-load-balancer-internal": "true"}
DEFINITION = {"openapi": "3.0.1", "paths": {"/models": {
    "get": {"security": [{"jwt": []}]},
    "options": {"x-amazon-apigateway-integration": {"type": "mock"}},
}}}  # fmt: skip

IDIOMS: dict[str, Given] = {
    "vpc module: default route to the internet gateway": aws(
        "ec2/Route", routeTableId="r", destinationCidrBlock=OPEN, gatewayId="igw-1"),
    "vpc module: default route to the NAT gateway": aws(
        "ec2/Route", routeTableId="r", destinationCidrBlock=OPEN, natGatewayId="nat-1"),
    "vpc module: egress-only gateway for IPv6": aws(
        "ec2/Route", routeTableId="r", destinationIpv6CidrBlock="::/0", egressOnlyGatewayId="eigw-1"),
    "vpc module: address of a NAT gateway": aws("ec2/Eip", domain="vpc"),
    "vpc module: private NAT gateway": aws("ec2/NatGateway", connectivityType="private", subnetId="subnet-1"),
    "landing zone: central egress through a transit gateway": aws(
        "ec2/Route", routeTableId="r", destinationCidrBlock=OPEN, transitGatewayId="tgw-1"),
    "landing zone: inspection by a firewall endpoint": aws(
        "ec2/RouteTable", vpcId="v", routes=[{"cidrBlock": OPEN, "vpcEndpointId": "vpce-1"}]),
    "vpc guide: routes to a peered VPC": aws("ec2/RouteTable", vpcId="v", routes=[
        {"cidrBlock": OPEN, "natGatewayId": "nat-1"}, {"cidrBlock": "10.8.0.0/16", "vpcPeeringConnectionId": "pcx-1"}]),
    "vpc guide: accepting a peering of one's own": aws(
        "ec2/VpcPeeringConnectionAccepter", vpcPeeringConnectionId="pcx-1", autoAccept=True),
    "transit-gateway module: its defaults": aws(
        "ec2transitgateway/TransitGateway", autoAcceptSharedAttachments="disable", vpnEcmpSupport="enable"),
    "client VPN guide: everyone reaches the VPC": aws(
        "ec2clientvpn/AuthorizationRule", targetNetworkCidr="10.0.0.0/16", authorizeAllGroups=True),
    "client VPN guide: a group of administrators reaches everything": aws(
        "ec2clientvpn/AuthorizationRule", targetNetworkCidr=OPEN, accessGroupId="S-1-2-34"),
    "Beanstalk guide: internal environment": aws("elasticbeanstalk/Environment", application="a", settings=[
        {"namespace": "aws:ec2:vpc", "name": "VPCId", "value": UNKNOWN},
        {"namespace": "aws:ec2:vpc", "name": "ELBScheme", "value": "internal"},
        {"namespace": "aws:ec2:vpc", "name": "AssociatePublicIpAddress", "value": "false"},
        {"namespace": "aws:elasticbeanstalk:environment", "name": "LoadBalancerType", "value": "application"}]),
    "Beanstalk guide: worker": aws("elasticbeanstalk/Environment", application="a", tier="Worker", settings=[]),
    "API Gateway guide: authorizer in the definition": aws(
        "apigatewayv2/Api", protocolType="HTTP", body=json.dumps(DEFINITION)),
    "OpenSearch Serverless guide: collections for endpoints and Bedrock": Given(
        "aws:opensearch/serverlessSecurityPolicy:ServerlessSecurityPolicy", {"type": "network", "policy": json.dumps([
            {"Rules": [], "AllowFromPublic": False, "SourceVPCEs": ["vpce-1"],
             "SourceServices": ["bedrock.amazonaws.com"]}])}),
    "OpenSearch Serverless guide: encryption policy": Given(
        "aws:opensearch/serverlessSecurityPolicy:ServerlessSecurityPolicy",
        {"type": "encryption", "policy": json.dumps({"Rules": [], "AWSOwnedKey": False, "KmsARN": UNKNOWN})}),
    "RDS guide: Db2 by TLS only": aws(
        "rds/ParameterGroup", family="db2-se-11.5",
        parameters=[{"name": "DB2COMM", "value": "SSL"}, {"name": "SSL_SVCENAME", "value": "50443"}]),
    "Azure landing zone: gateway subnet": azure(
        "network:Subnet", subnetName="GatewaySubnet", addressPrefix="10.0.1.0/27"),
    "Azure landing zone: hub network": azure("network:VirtualNetwork", subnets=[
        {"name": "GatewaySubnet", "addressPrefix": "10.0.1.0/27"},
        {"name": "AzureFirewallSubnet", "addressPrefix": "10.0.2.0/26"},
        {"name": "AzureFirewallManagementSubnet", "addressPrefix": "10.0.3.0/26"},
        {"name": "AzureBastionSubnet", "addressPrefix": "10.0.4.0/26", "networkSecurityGroup": {"id": "/g"}}]),
    "AKS guide: what nodes need, by application rules": collection(
        "Allow", {"ruleType": "ApplicationRule", "sourceAddresses": ["*"], "fqdnTags": ["AzureKubernetesService"],
                  "protocols": [{"protocolType": "Https", "port": 443}]}),
    "AKS guide: what nodes need, by network rules": collection(
        "Allow", {"ruleType": "NetworkRule", "sourceAddresses": ["10.42.0.0/16"], "ipProtocols": ["UDP"],
                  "destinationAddresses": ["AzureCloud.uaenorth"], "destinationPorts": ["1194"]},
        {"ruleType": "NetworkRule", "sourceAddresses": ["*"], "ipProtocols": ["UDP"], "destinationAddresses": ["*"],
         "destinationPorts": ["123"]}),
    "firewall policy module: forwarding for a partner": collection(
        "DNAT", {"ruleType": "NatRule", "sourceAddresses": ["203.0.113.0/28"], "destinationAddresses": ["20.74.1.2"],
                 "destinationPorts": ["443"], "translatedAddress": "10.0.0.4", "translatedPort": "443"}),
    "Network Manager guide: nobody reaches ssh from the internet": azure(
        "network:AdminRule", access="Deny", direction="Inbound",
        sources=[{"addressPrefix": "Internet", "addressPrefixType": "ServiceTag"}]),
    "Network Manager guide: the monitoring network always reaches machines": azure(
        "network:AdminRule", access="AlwaysAllow", direction="Inbound",
        sources=[{"addressPrefix": "10.9.0.0/24", "addressPrefixType": "IPPrefix"}]),
    "private link module: for one's subscriptions": azure(
        "network:PrivateLinkService", visibility={"subscriptions": ["00000000-0000-0000-0000-000000000001"]},
        autoApproval={"subscriptions": ["00000000-0000-0000-0000-000000000001"]}),
    "private link guide: by role only": azure("network:PrivateLinkService", visibility={"subscriptions": []}),
    "Bastion module: its defaults": azure("network:BastionHost", sku={"name": "Standard"}, enableTunneling=True),
    "application security groups as sources": azure(
        "network:SecurityRule", access="Allow", direction="Inbound",
        sourceApplicationSecurityGroups=[{"id": "/a"}], destinationPortRange="443"),
    "AWS Load Balancer Controller guide: internal NLB": balancer(
        {f"{SCHEME}type": "external", f"{SCHEME}nlb-target-type": "ip", f"{SCHEME}scheme": "internal"}, ON_EKS),
    "AWS Load Balancer Controller guide: its class": balancer({}, ON_EKS, loadBalancerClass="service.k8s.aws/nlb"),
    "EKS Auto Mode guide: internal NLB": balancer(
        {f"{SCHEME}scheme": "internal"}, ON_EKS, loadBalancerClass="eks.amazonaws.com/nlb"),
    "AKS guide: internal load balancer with a static address": balancer(
        {**AKS, "service.beta.kubernetes.io/azure-load-balancer-ipv4": "10.224.0.42"}, ON_AKS),
    "MetalLB guide: a pool": balancer({"metallb.io/address-pool": "production"}, ON_PREMISES),
    "MetalLB guide: an address": balancer({"metallb.io/loadBalancerIPs": "192.168.1.100"}, ON_PREMISES),
    "EKS blueprint: internal ALB with certificate discovery": ingress(
        {f"{ALB}scheme": "internal", f"{ALB}target-type": "ip", f"{ALB}listen-ports": '[{"HTTPS": 443}]'},
        ["a.bank.ae"], ingressClassName="alb"),
    "EKS blueprint: internal ALB that redirects": ingress(
        {f"{ALB}scheme": "internal", f"{ALB}certificate-arn": UNKNOWN, f"{ALB}ssl-redirect": "443",
         f"{ALB}listen-ports": '[{"HTTP": 80}, {"HTTPS": 443}]'}, ["a.bank.ae"], ingressClassName="alb"),
    "cert-manager guide: ingress with an issuer": ingress(
        {"cert-manager.io/cluster-issuer": "bank"}, ["a.bank.ae", "b.bank.ae"], ["a.bank.ae", "b.bank.ae"]),
    "ingress-nginx guide: a wildcard certificate": ingress({}, ["a.bank.ae", "b.bank.ae"], ["*.bank.ae"]),
    "ingress-nginx guide: the default certificate": kubernetes(
        "networking.k8s.io/v1:Ingress", {"rules": [{"host": "a.bank.ae"}], "tls": [{"secretName": "wildcard"}]}),
    "Istio guide: strict mutual TLS of the mesh": kubernetes(
        "security.istio.io/v1:PeerAuthentication", {"mtls": {"mode": "STRICT"}}, namespace="istio-system"),
    "Istio guide: TLS to an external service": kubernetes("networking.istio.io/v1:DestinationRule", {
        "host": "db.bank.ae", "trafficPolicy": {"tls": {"mode": "MUTUAL", "credentialName": "client"}}}),
    "Istio guide: subsets with the mesh's TLS": kubernetes("networking.istio.io/v1:DestinationRule", {
        "host": "a", "trafficPolicy": {"tls": {"mode": "ISTIO_MUTUAL"}}, "subsets": [{"name": "v1", "labels": {}}]}),
    "Istio guide: the API server": kubernetes("networking.istio.io/v1:DestinationRule", {
        "host": "kubernetes.default.svc.cluster.local", "trafficPolicy": {"tls": {"mode": "DISABLE"}}}),
    "Istio guide: a waypoint of a namespace": kubernetes("gateway.networking.k8s.io/v1:Gateway", {
        "gatewayClassName": "istio-waypoint", "listeners": [{"name": "mesh", "port": 15008, "protocol": "HBONE"}]}),
    "Istio guide: the chart of an internal gateway": Given("kubernetes:helm.sh/v3:Release", {
        "chart": "gateway", "version": "1.31.0", "values": {"service": {"annotations": AKS}}}, provider=ON_AKS),
    "ingress-nginx guide: an internal controller only": Given("kubernetes:helm.sh/v3:Release", {
        "chart": "ingress-nginx", "version": "4.14.0", "values": {"controller": {"service": {
            "external": {"enabled": False}, "internal": {"enabled": True, "annotations": AKS}}}}}, provider=ON_AKS),
    "MetalLB guide: a pool of the site": kubernetes(
        "metallb.io/v1beta1:IPAddressPool", {"addresses": ["192.168.10.0/24", "10.5.0.10-10.5.0.20"]}, ON_PREMISES),
    "Istio guide: deny everything": kubernetes("security.istio.io/v1:AuthorizationPolicy", {}),
    "Istio guide: a gateway that redirects": kubernetes("networking.istio.io/v1:Gateway", {
        "selector": {"istio": "ingressgateway"}, "servers": [
            {"port": {"number": 80, "name": "http", "protocol": "HTTP"}, "hosts": ["a.bank.ae"],
             "tls": {"httpsRedirect": True}},
            {"port": {"number": 443, "name": "https", "protocol": "HTTPS"}, "hosts": ["a.bank.ae"],
             "tls": {"mode": "SIMPLE", "credentialName": "a"}}]}),
    "Cilium guide: the API server's probes": kubernetes(
        "cilium.io/v2:CiliumNetworkPolicy", {"ingress": [{"fromEntities": ["kube-apiserver", "remote-node"]}]}),
    "Cilium guide: pods of the namespace": kubernetes(
        "cilium.io/v2:CiliumNetworkPolicy", {"endpointSelector": {}, "ingress": [{"fromEndpoints": [{}]}]}),
    "Calico guide: pods with a label": kubernetes("projectcalico.org/v3:NetworkPolicy", {
        "selector": "app == 'a'", "ingress": [{"action": "Allow", "source": {"selector": "app == 'b'"}}]}),
    "network policy API guide: monitoring from one namespace": kubernetes(
        "policy.networking.k8s.io/v1alpha1:AdminNetworkPolicy", {"subject": {"namespaces": {}}, "ingress": [
            {"action": "Allow", "from": [{"namespaces": {"matchLabels": {"kubernetes.io/metadata.name": "mon"}}}]}]}),
    "Linkerd guide: a server for authenticated clients": kubernetes(
        "policy.linkerd.io/v1beta3:Server", {"port": "http", "accessPolicy": "deny"}),
    "Strimzi guide: internal listener": kubernetes("kafka.strimzi.io/v1beta2:Kafka", {"kafka": {"listeners": [
        {"name": "tls", "port": 9093, "type": "internal", "tls": True}]}}),
    "Strimzi guide: internal load balancer": kubernetes("kafka.strimzi.io/v1beta2:Kafka", {"kafka": {"listeners": [
        {"name": "external", "port": 9094, "type": "loadbalancer", "tls": True,
         "configuration": {"bootstrap": {"annotations": AKS}}}]}}, ON_AKS),
    "Contour guide: a proxy with TLS": kubernetes("projectcontour.io/v1:HTTPProxy", {
        "virtualhost": {"fqdn": "a.bank.ae", "tls": {"secretName": "a"}}, "routes": [{"services": []}]}),
    "OpenShift guide: an edge route": kubernetes("route.openshift.io/v1:Route", {
        "host": "a.bank.ae", "tls": {"termination": "edge", "insecureEdgeTerminationPolicy": "Redirect"}}, ON_PREMISES),
    "AWS Load Balancer Controller guide: binding for a security group": kubernetes(
        "elbv2.k8s.aws/v1beta1:TargetGroupBinding", {"serviceRef": {"name": "a", "port": 80}, "networking": {
            "ingress": [{"from": [{"securityGroup": {"groupID": "sg-1"}}], "ports": [{"protocol": "TCP"}]}]}}),
}  # fmt: skip


def alarms(idiom: Given) -> Iterator[str]:
    for report in PACK.evaluate_plan(idiom):
        if report.rule.startswith(("FJ-EXP", "FJ-ENC-4", "FJ-PACK")):
            yield report.text


@pytest.mark.parametrize("idiom", IDIOMS.values(), ids=IDIOMS.keys())
def test_a_good_idiom_is_not_refused(idiom: Given) -> None:
    assert list(alarms(idiom)) == []


def test_there_are_enough_of_them() -> None:
    assert len(IDIOMS) >= 50
