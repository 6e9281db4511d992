"""Services that strangers reach: unseen attacks, written on 2026-11-28 before any of them was evaluated."""

import json

from ..blind import GROUP, ME, SUB, TAGS, THEM, aws, az, k8s, meta
from . import Attack

RG = {"resourceGroupName": "rg-platform"}
OPEN = ("FJ-EXP-", "FJ-IDN-", "FJ-RES-", "FJ-ESC-112")
ALB = f"arn:aws:elasticloadbalancing:me-central-1:{ME}:loadbalancer/app/internal/0123456789abcdef"
SUBNET = f"{SUB}/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/v/subnets"
OPENAPI = {"openapi": "3.0.1", "info": {"title": "loans", "version": "1"}, "paths": {"/loans": {"get": {
    "responses": {"200": {"description": "ok"}},
    "x-amazon-apigateway-integration": {"type": "aws_proxy", "httpMethod": "POST", "uri":
        "arn:aws:apigateway:me-central-1:lambda:path/2015-03-31/functions/"
        f"arn:aws:lambda:me-central-1:{ME}:function:loans/invocations"}}}}}  # fmt: skip

ATTACKS = (
    Attack("Account of a stranger may attach a network interface", OPEN, (
        aws("ec2/NetworkInterfacePermission", {"awsAccountId": THEM, "networkInterfaceId": "eni-1",
                                               "permission": "INSTANCE-ATTACH"}),), "critical",
        "Their machine gets an address in the VPC (Amazon EC2 API, CreateNetworkInterfacePermission)"),
    Attack("Transit gateway is peered with one of a stranger in the same region", OPEN, (
        aws("ec2transitgateway/PeeringAttachment", {"transitGatewayId": "tgw-1", "peerTransitGatewayId": "tgw-9",
            "peerAccountId": THEM, "peerRegion": "me-central-1", "tags": TAGS}),), "major",
        "Routes lead from their network into every attached VPC (Amazon VPC, 'Transit gateway peering attachments')"),
    Attack("Global Accelerator publishes an internal load balancer", OPEN, (
        aws("globalaccelerator/EndpointGroup", {
            "listenerArn": f"arn:aws:globalaccelerator::{ME}:accelerator/a/listener/l",
            "endpointGroupRegion": "me-central-1", "endpointConfigurations": [{"endpointId": ALB, "weight": 100}]}),),
        "critical",
        "The internal balancer is reached from the internet (Global Accelerator, 'Endpoints': internal ALBs)"),
    Attack("Network of VPC Lattice without authentication", OPEN, (
        aws("vpclattice/ServiceNetwork", {"name": "shared", "authType": "NONE", "tags": TAGS}),), "major",
        "Every client of an associated VPC calls every service (VPC Lattice, 'Auth policies')"),
    Attack("Traffic of a database is mirrored to a target of others", OPEN, (
        aws("ec2/TrafficMirrorSession", {"networkInterfaceId": "eni-db", "sessionNumber": 1, "tags": TAGS,
            "trafficMirrorFilterId": "tmf-1", "trafficMirrorTargetId": "tmt-9"}),), "major",
        "The target gets a copy of every packet (Amazon VPC, 'Traffic Mirroring', shared targets)"),
    Attack("Definition of an API without security, put into an existing one", OPEN, (
        aws("apigateway/RestApiPut", {"restApiId": "a1b2c3", "body": json.dumps(OPENAPI)}),), "critical",
        "The operation needs no authorization (API Gateway, 'OpenAPI extensions', security)"),
    Attack("Channel of AppSync Events takes API keys", OPEN, (
        aws("appsync/ChannelNamespace", {"apiId": "events", "name": "loans", "tags": TAGS,
            "publishAuthModes": [{"authType": "API_KEY"}], "subscribeAuthModes": [{"authType": "API_KEY"}]}),),
        "major", "Whoever has the key of the app reads every event (AWS AppSync Events, 'Authorization')"),
    Attack("Filter of DNS queries allows every domain first", OPEN, (
        aws("route53/ResolverFirewallRule", {"action": "ALLOW", "firewallRuleGroupId": "rslvr-frg-1", "priority": 1,
            "firewallDomainListId": "rslvr-fdl-all", "name": "all"}),
        aws("route53/ResolverFirewallDomainList", {"name": "all", "domains": ["*"], "tags": TAGS}, "all")), "minor",
        "Data leaves in names that the filter would block (Route 53 Resolver, 'DNS Firewall rule actions')"),
    Attack("Webhook of a pipeline without authentication", OPEN, (
        aws("codepipeline/Webhook", {"name": "hook", "authentication": "UNAUTHENTICATED", "tags": TAGS,
            "targetAction": "Source", "targetPipeline": "deploy",
            "filters": [{"jsonPath": "$.ref", "matchEquals": "refs/heads/{Branch}"}]}),), "critical",
        "Anyone starts the deployment (CodePipeline API, PutWebhook: 'accepts all requests')"),
    Attack("Route of a subnet leads to the internet, past the firewall", OPEN, (
        az("network:Route", {**RG, "routeTableName": "spoke", "routeName": "out", "addressPrefix": "0.0.0.0/0",
                             "nextHopType": "Internet"}),), "major",
        "Traffic is not inspected any more (Azure, 'Virtual network traffic routing', next hop Internet)"),
    Attack("Draft of firewall rules translates from everywhere to a machine", OPEN, (
        az("network:FirewallPolicyRuleCollectionGroupDraft", {**RG, "firewallPolicyName": "hub", "priority": 100,
            "ruleCollectionGroupName": "dnat", "ruleCollections": [{
                "ruleCollectionType": "FirewallPolicyNatRuleCollection", "name": "in", "priority": 100,
                "action": {"type": "DNAT"}, "rules": [{
                    "ruleType": "NatRule", "name": "ssh", "sourceAddresses": ["*"], "ipProtocols": ["TCP"],
                    "destinationAddresses": ["20.0.0.4"], "destinationPorts": ["22"],
                    "translatedAddress": "10.0.0.4", "translatedPort": "22"}]}]}),), "critical",
        "Once the draft is deployed, ssh is open to all (Azure Firewall, 'Draft and deploy')"),
    Attack("Inbound NAT rule leads to ssh of a machine", OPEN, (
        az("network:InboundNatRule", {**RG, "loadBalancerName": "lb", "inboundNatRuleName": "ssh", "protocol": "Tcp",
            "frontendPort": 50022, "backendPort": 22, "frontendIPConfiguration": {"id":
            f"{GROUP}/providers/Microsoft.Network/loadBalancers/lb/frontendIPConfigurations/public"}}),), "major",
        "The balancer forwards its public port (Azure Load Balancer, 'Inbound NAT rules')"),
    Attack("Address rule of an Event Hubs namespace accepts everybody", OPEN, (
        az("eventhub:NamespaceIpFilterRule", {**RG, "namespaceName": "events", "ipFilterRuleName": "all",
            "filterName": "all", "action": "Accept", "ipMask": "0.0.0.0/0"}),), "major",
        "The namespace is reachable from the internet (Event Hubs, 'Allow access from specific IP addresses')"),
    Attack("Hub of a fleet has a public API server", OPEN, (
        az("containerservice:Fleet", {**RG, "fleetName": "fleet", "location": "uaenorth", "tags": TAGS, "hubProfile": {
            "dnsPrefix": "fleet", "apiServerAccessProfile": {"enablePrivateCluster": False}}}),), "critical",
        "The server that controls every member cluster is public (Azure Kubernetes Fleet Manager, 'Hub cluster')"),
    Attack("App Service Environment has a public address", OPEN, (
        az("web:AppServiceEnvironment", {**RG, "name": "ase", "location": "uaenorth", "kind": "ASEV3", "tags": TAGS,
            "internalLoadBalancingMode": "None", "virtualNetwork": {"id": f"{SUBNET}/ase"}}),), "critical",
        "Every app in it is reachable from the internet (App Service Environment, 'External VIP')"),
    Attack("Function with an anonymous trigger", OPEN, (
        az("web:WebAppFunction", {**RG, "name": "loans", "functionName": "export", "language": "python", "config": {
            "bindings": [{"type": "httpTrigger", "direction": "in", "authLevel": "anonymous", "name": "req"}]}}),),
        "major", "Whoever reaches the app calls it without a key (Azure Functions, 'HTTP trigger', authLevel)"),
    Attack("Export policy of a NetApp volume is for every client as root", OPEN, (
        az("netapp:CapacityPoolVolume", {**RG, "accountName": "na", "poolName": "p", "volumeName": "v",
            "location": "uaenorth", "creationToken": "v", "subnetId": f"{SUBNET}/anf", "usageThreshold": 107374182400,
            "tags": TAGS, "encryptionKeySource": "Microsoft.KeyVault", "protocolTypes": ["NFSv3"], "exportPolicy": {
                "rules": [{"ruleIndex": 1, "allowedClients": "0.0.0.0/0", "nfsv3": True, "unixReadWrite": True,
                           "hasRootAccess": True}]}}),), "major",
        "Each routed machine reads and writes all files (Azure NetApp Files, 'Configure export policy')"),
    Attack("Product of API Management that needs no subscription", OPEN, (
        az("apimanagement:Product", {**RG, "serviceName": "apim", "productId": "open", "displayName": "Open",
            "state": "published", "subscriptionRequired": False}),), "major",
        "Its APIs are called without a key (API Management, 'Products', open access)"),
    Attack("Service that Tailscale publishes in another network", OPEN, (
        k8s("core/v1:Service", {"metadata": meta(annotations={"tailscale.com/expose": "true",
                                                              "tailscale.com/tags": "tag:contractors"}),
            "spec": {"type": "ClusterIP", "selector": {"app": "x"}, "ports": [{"port": 8443}]}}),), "major",
        "Devices of the tailnet reach it past every entry (Tailscale Kubernetes operator, 'Cluster ingress')"),
    Attack("Ingress of ngrok's class", OPEN, (
        k8s("networking.k8s.io/v1:Ingress", {"metadata": meta(), "spec": {
            "ingressClassName": "ngrok", "tls": [{"hosts": ["loans.example.ae"], "secretName": "tls"}],
            "rules": [{"host": "loans.example.ae", "http": {"paths": [{"path": "/", "pathType": "Prefix", "backend": {
                "service": {"name": "loans", "port": {"number": 8443}}}}]}}]}}),), "critical",
        "A tunnel publishes it from ngrok's cloud (ngrok Kubernetes operator, 'Ingress')"),
)  # fmt: skip
