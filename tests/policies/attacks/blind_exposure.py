"""Attacks on exposure that nobody had written down: other doors, rules split in two, and tunnels (2026-11-27).

Severity stands beside each; the source is the vendor's document that says that the cloud accepts it.
"""

import json

from ..blind import GROUP, ME, TAGS, aws, az, crd, k8s, meta, workload
from ..harness import Given
from . import Attack

STRANGER_TENANT = "11111111-1111-1111-1111-111111111111"
FUNCTION = f"arn:aws:lambda:me-central-1:{ME}:function:f"
OPENAPI = {
    "openapi": "3.0.1",
    "info": {"title": "x", "version": "1"},
    "paths": {"/orders": {"get": {"x-amazon-apigateway-integration": {
        "type": "aws_proxy", "httpMethod": "POST",
        "uri": f"arn:aws:apigateway:me-central-1:lambda:path/2015-03-31/functions/{FUNCTION}/invocations"}}}},
}  # fmt: skip
STORAGE = {
    "resourceGroupName": "g", "accountName": "stdata", "location": "uaenorth", "tags": TAGS, "kind": "StorageV2",
    "sku": {"name": "Standard_ZRS"}, "allowBlobPublicAccess": False, "allowSharedKeyAccess": False,
    "minimumTlsVersion": "TLS1_2", "allowCrossTenantReplication": False, "publicNetworkAccess": "Enabled",
    "encryption": {"keySource": "Microsoft.Keyvault", "keyVaultProperties": {
        "keyName": "k", "keyVaultUri": "https://kv.vault.azure.net"}},
    "networkRuleSet": {"defaultAction": "Deny", "bypass": "AzureServices", "resourceAccessRules": [{
        "tenantId": STRANGER_TENANT, "resourceId":
            f"{GROUP}/providers/Microsoft.Synapse/workspaces/them"}]},
}  # fmt: skip
PERIMETER = {"resourceGroupName": "g", "location": "uaenorth", "tags": TAGS, "networkSecurityPerimeterName": "p"}


def quarter(name: str, cidr: str) -> Given:
    """Returns a rule of a security group for a quarter of all addresses."""
    return aws("vpc/SecurityGroupIngressRule", {"securityGroupId": "sg-1", "ipProtocol": "tcp", "fromPort": 22,
                                                "toPort": 22, "cidrIpv4": cidr, "tags": TAGS}, name)  # fmt: skip


AWS = (
    Attack(  # critical; VPC User Guide, "Security group rules": rules of one group add up
        "four rules of one security group, each for a quarter of all addresses",
        ("FJ-EXP-101",),
        tuple(quarter(f"q{n}", f"{64 * n}.0.0.0/2") for n in range(4)),
    ),
    Attack(  # critical; API Gateway, "OpenAPI extensions": methods of `body` without security are open
        "REST API whose methods stand in an OpenAPI body without security",
        ("FJ-EXP-110", "FJ-EXP-124"),
        (aws("apigateway/RestApi", {"name": "x", "tags": TAGS, "endpointConfiguration": {"types": "REGIONAL"},
                                    "securityPolicy": "SecurityPolicy_TLS13_1_2_2021_06",
                                    "body": json.dumps(OPENAPI)}),),
    ),
    Attack(  # critical; API Gateway, "Quick create": a default route without authorization
        "HTTP API by quick create, with a default route that nobody authorizes",
        ("FJ-EXP-110",),
        (aws("apigatewayv2/Api", {"name": "x", "protocolType": "HTTP", "target": FUNCTION, "tags": TAGS}),),
    ),
    Attack(  # high; Transfer Family, "Create a server in a VPC": address allocation ids make it internet-facing
        "Transfer server in a VPC, with elastic addresses",
        ("FJ-EXP-",),
        (aws("transfer/Server", {
            "endpointType": "VPC", "protocols": ["SFTP"], "securityPolicyName": "TransferSecurityPolicy-2024-01",
            "tags": TAGS, "endpointDetails": {"addressAllocationIds": ["eipalloc-1"], "subnetIds": ["subnet-1"],
                                              "vpcId": "vpc-1", "securityGroupIds": ["sg-1"]}}),),
    ),
    Attack(  # high; VPC User Guide, "Block public access to VPCs": an exclusion lets traffic in both directions
        "exclusion from VPC Block Public Access, in both directions",
        ("FJ-EXP-",),
        (aws("ec2/VpcBlockPublicAccessExclusion", {
            "internetGatewayExclusionMode": "allow-bidirectional", "vpcId": "vpc-1", "tags": TAGS}),
         aws("ec2/VpcBlockPublicAccessOptions", {"internetGatewayBlockMode": "off"}, "options")),
    ),
    Attack(  # high; VPC User Guide, "Subnet settings": IPv6 addresses are public, and the route leads to them
        "subnet that gives each machine a public IPv6 address",
        ("FJ-EXP-103",),
        (aws("ec2/Subnet", {"vpcId": "vpc-1", "cidrBlock": "10.0.1.0/24", "ipv6CidrBlock": "2a05:d018:1::/64",
                            "assignIpv6AddressOnCreation": True, "tags": TAGS}),
         aws("ec2/Route", {"routeTableId": "rtb-1", "destinationIpv6CidrBlock": "::/0", "gatewayId": "igw-1"}, "r")),
    ),
    Attack(  # high; EC2 User Guide, "Elastic IP addresses": an address may be given to a network interface
        "elastic address of a network interface",
        ("FJ-EXP-103",),
        (aws("ec2/Eip", {"domain": "vpc", "networkInterface": "eni-1", "tags": TAGS}),),
    ),
    Attack(  # high; OpenSearch Serverless, "Network access": AllowFromPublic in the policy's JSON
        "OpenSearch Serverless collection that is reached from the internet",
        ("FJ-EXP-",),
        (aws("opensearch/ServerlessSecurityPolicy", {"name": "x", "type": "network", "policy": json.dumps([{
            "Rules": [{"ResourceType": "collection", "Resource": ["collection/x"]}], "AllowFromPublic": True}])}),),
    ),
)  # fmt: skip

AZURE = (
    Attack(  # critical; Network security perimeter, "Access rules": address prefixes that may come in
        "perimeter rule that lets every address in",
        ("FJ-EXP-101",),
        (az("network:NetworkSecurityPerimeterAccessRule", {
            **PERIMETER, "profileName": "x", "accessRuleName": "in", "direction": "Inbound",
            "addressPrefixes": ["0.0.0.0/0"]}),),
    ),
    Attack(  # high; Network security perimeter, "Transition mode": the perimeter only logs
        "perimeter association in learning mode",
        ("FJ-EXP-",),
        (az("network:NetworkSecurityPerimeterAssociation", {
            **PERIMETER, "associationName": "x", "accessMode": "Learning",
            "profile": {"id": f"{GROUP}/providers/Microsoft.Network/networkSecurityPerimeters/p/profiles/x"},
            "privateLinkResource": {"id": f"{GROUP}/providers/Microsoft.Storage/storageAccounts/s"}}),),
    ),
    Attack(  # high; Storage, "Grant access from Azure resource instances": tenantId may be another tenant
        "storage account that lets in a workspace of another tenant",
        ("FJ-EXP-202", "FJ-IDN-"),
        (az("storage:StorageAccount", STORAGE),),
    ),
    Attack(  # high; Private Link, "Manage private endpoint connections": approval of an endpoint of anybody
        "approval of a private endpoint of a stranger",
        ("FJ-EXP-",),
        (az("storage:PrivateEndpointConnection", {
            "resourceGroupName": "g", "accountName": "stdata", "privateEndpointConnectionName": "them",
            "privateLinkServiceConnectionState": {"status": "Approved", "description": "ok"}}),),
    ),
    Attack(  # high; Load Balancer, REST reference: a frontend takes an address of a public prefix
        "load balancer whose frontend is a public prefix",
        ("FJ-EXP-204",),
        (az("network:LoadBalancer", {
            "resourceGroupName": "g", "location": "uaenorth", "tags": TAGS, "sku": {"name": "Standard"},
            "frontendIPConfigurations": [{"name": "f", "publicIPPrefix": {
                "id": f"{GROUP}/providers/Microsoft.Network/publicIPPrefixes/p"}}]}),),
    ),
    Attack(  # high; Application Gateway for Containers, "Components": a frontend has a public name
        "frontend of an Application Gateway for Containers",
        ("FJ-EXP-",),
        (az("servicenetworking:FrontendsInterface", {
            "resourceGroupName": "g", "trafficControllerName": "t", "frontendName": "f", "location": "uaenorth",
            "tags": TAGS}),),
    ),
    Attack(  # high; Azure Relay, REST reference: senders need no token
        "hybrid connection that asks callers for no token",
        ("FJ-EXP-", "FJ-IDN-"),
        (az("relay:HybridConnection", {"resourceGroupName": "g", "namespaceName": "n", "hybridConnectionName": "x",
                                       "requiresClientAuthorization": False}),),
    ),
    Attack(  # medium; Bastion, "Create a shareable link": whoever has the link reaches the machine's sign-in
        "Bastion with shareable links",
        ("FJ-EXP-",),
        (az("network:BastionHost", {
            "resourceGroupName": "g", "location": "uaenorth", "tags": TAGS, "sku": {"name": "Standard"},
            "enableShareableLink": True, "enableIpConnect": True}),),
    ),
)  # fmt: skip

KUBERNETES = (
    Attack(  # high; AWS Load Balancer Controller, "IngressClassParams": its scheme overrides the annotation
        "IngressClassParams that makes each ingress of the class internet-facing",
        ("FJ-EXP-322", "FJ-EXP-330"),
        (crd("elbv2.k8s.aws/v1beta1:IngressClassParams", {"scheme": "internet-facing", "group": {"name": "apps"}}),),
    ),
    Attack(  # critical; Cloudflare, "Cloudflare Tunnel": an outbound connection publishes a service
        "Cloudflare tunnel from a deployment of the cluster",
        ("FJ-EXP-",),
        (workload("apps/v1:Deployment", {
            "image": f"{ME}.dkr.ecr.me-central-1.amazonaws.com/cloudflare/cloudflared@sha256:" + "a" * 64,
            "args": ["tunnel", "--no-autoupdate", "run", "--url", "http://orders.team-a:8080"]}),),
    ),
    Attack(  # high; Network Policy API, "AdminNetworkPolicy": Allow goes before the namespaces' policies
        "AdminNetworkPolicy that allows each namespace everywhere",
        ("FJ-EXP-324",),
        (k8s("policy.networking.k8s.io/v1alpha1:AdminNetworkPolicy", {"metadata": {"name": "x"}, "spec": {
            "priority": 1, "subject": {"namespaces": {}},
            "ingress": [{"name": "all", "action": "Allow", "from": [{"namespaces": {}}]}]}}),),
    ),
    Attack(  # high; AKS, "Application routing add-on": without an internal annotation the controller is public
        "NginxIngressController of AKS with a public load balancer",
        ("FJ-EXP-", "FJ-ESC-103"),
        (k8s("approuting.kubernetes.azure.com/v1alpha1:NginxIngressController", {"metadata": meta(), "spec": {
            "ingressClassName": "nginx-public", "controllerNamePrefix": "nginx-public"}}),),
    ),
)  # fmt: skip

ATTACKS: tuple[Attack, ...] = (*AWS, *AZURE, *KUBERNETES)
