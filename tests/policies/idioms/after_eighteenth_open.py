"""Good programs beside the mends of choices that were too strict: listed ports, own addresses of the plan, one owner
of shares, and peers of a hub in networks that the plan connects."""

from ..attacks.eighteenth_azure import ROOT
from ..blind import HERE, KEY, ME, OURS, RG, TAGS, aws, az, policy, statement
from ..harness import UNKNOWN
from . import Idiom

ANY = "0.0.0.0/0"
LEARN = "learn.microsoft.com/azure"
AWS = "docs.aws.amazon.com"
_PEER = {**RG, "virtualHubName": "hub", "connectionName": "firewall", "peerIp": "10.20.7.4", "peerAsn": 64999}

IDIOMS = (
    Idiom("machines call on the ports of the web and of one range", (aws("ec2/SecurityGroup", {
        "description": "app", "vpcId": "vpc-0123456789abcdef0", "tags": TAGS, "egress": [
            {"description": "web", "protocol": "tcp", "fromPort": 443, "toPort": 443, "cidrBlocks": [ANY]},
            {"description": "media", "protocol": "udp", "fromPort": 50000, "toPort": 60000, "cidrBlocks": [ANY]}]}),),
        f"{AWS}/vpc/latest/userguide/security-group-rules"),
    Idiom("the firewall passes answers of the upper ports to the network's own hosts", (
        aws("networkfirewall/RuleGroup", {
            "name": "in", "capacity": 100, "type": "STATEFUL", "tags": TAGS,
            "encryptionConfiguration": {"type": "CUSTOMER_KMS", "keyId": KEY}, "ruleGroup": {"rulesSource": {
                "rulesString": 'pass tcp 10.0.0.0/16 any -> 10.1.0.0/16 [443,49152:65535] (msg:"in"; sid:1; rev:1;)'
            }}}),), f"{AWS}/network-firewall/latest/developerguide/suricata-examples"),
    Idiom("a function accepts what the network account shares, and nothing else", (policy(
        statement(["ram:AcceptResourceShareInvitation", "ram:GetResourceShareInvitations"], "*",
                  {"StringEqualsIfExists": {"ram:ShareOwnerAccountId": "111122223333"}})),),
        f"{AWS}/ram/latest/userguide/iam-policies"),
    Idiom("the hub learns routes from a firewall in a network that the plan connects", (
        az("network:HubVirtualNetworkConnection", {
            **RG, "virtualHubName": "hub", "connectionName": "firewall",
            "remoteVirtualNetwork": {"id": f"{OURS}.Network/virtualNetworks/vnet-firewall"}}, "connection"),
        az("network:VirtualHubBgpConnection", {**_PEER, "hubVirtualNetworkConnection": {"id": UNKNOWN}}, "peer", links={
            "hubVirtualNetworkConnection": ("connection",)})), f"{LEARN}/virtual-wan"),
    Idiom("the hub learns routes from a firewall that another stack keeps, and that is listed", (
        az("network:VirtualHubBgpConnection", {**_PEER, "hubVirtualNetworkConnection": {
            "id": f"{OURS}.Network/virtualHubs/hub/hubVirtualNetworkConnections/firewall"}}),), f"{LEARN}/virtual-wan",
        {"residency": {"known": {"10.20.7.4": "the bank's own firewall in the hub's network, in uaenorth"}}}),
    Idiom("machines enter by VPN with certificates of the bank's own authority, which is listed", (
        az("network:VpnServerConfiguration", {
            **HERE, "vpnServerConfigurationName": "remote", "properties": {
                "vpnProtocols": ["OpenVPN"], "vpnAuthenticationTypes": ["Certificate"],
                "vpnClientRootCertificates": [{"name": "machines", "publicCertData": ROOT}]}}),),
        f"{LEARN}/vpn-gateway/point-to-site-certificate-gateway", {"escape": {"allowed_switches": {
            "azure-native:network:VpnServerConfiguration:properties.vpnClientRootCertificates.publicCertData":
                "the bank's own authority for machines"}}}),
    Idiom("a group lets in the address of the firewall that the plan makes", (
        az("network:NetworkSecurityGroup", {**HERE, "networkSecurityGroupName": "app", "securityRules": [{
            "name": "in", "access": "Allow", "direction": "Inbound", "priority": 200, "protocol": "Tcp",
            "sourcePortRange": "*", "sourceAddressPrefix": UNKNOWN, "destinationAddressPrefix": "10.0.1.0/24",
            "destinationPortRange": "443"}]}, "group", links={"securityRules": ("subnet",)}),
        az("network:Subnet", {
            **RG, "virtualNetworkName": "vnet", "subnetName": "firewall", "addressPrefix": "10.0.9.0/26",
            "networkSecurityGroup": {"id": f"{OURS}.Network/networkSecurityGroups/firewall"}}, "subnet")),
        f"{LEARN}/virtual-network/network-security-groups-overview"),
    Idiom("a collection is reached by the endpoint that the plan makes", (
        aws("ec2/VpcEndpoint", {
            "serviceName": "com.amazonaws.me-central-1.aoss", "vpcId": "vpc-0123456789abcdef0", "tags": TAGS,
            "vpcEndpointType": "Interface", "subnetIds": ["subnet-0123456789abcdef0"], "privateDnsEnabled": True,
            "securityGroupIds": ["sg-0123456789abcdef0"]}, "endpoint"),
        aws("opensearch/ServerlessSecurityPolicy", {"name": "vectors", "type": "network", "policy": UNKNOWN}, "network",
            links={"policy": ("endpoint",)})), f"{AWS}/opensearch-service/latest/developerguide/serverless-network"),
    Idiom("subnets are shared with a unit that the plan makes", (
        aws("organizations/OrganizationalUnit", {"name": "workloads", "parentId": "r-ab12", "tags": TAGS}, "unit"),
        aws("ram/PrincipalAssociation", {
            "principal": UNKNOWN, "resourceShareArn": f"arn:aws:ram:me-central-1:{ME}:resource-share/1b2c3d4e"}, "to",
            links={"principal": ("unit",)})), f"{AWS}/ram/latest/userguide/getting-started-sharing"),
    Idiom("an app refers to its password in the vault of the plan", (
        az("keyvault:Secret", {**RG, "vaultName": "kv-bank", "secretName": "database", "tags": TAGS,
                               "properties": {"value": UNKNOWN, "attributes": {"expires": 1795996800}}}, "password"),
        az("web:WebAppApplicationSettings", {**RG, "name": "portal", "properties": {
            "DB_PASSWORD": UNKNOWN, "WEBSITE_RUN_FROM_PACKAGE": "1"}}, "settings", links={
                "properties": ("password",)})),
        f"{LEARN}/app-service/app-service-key-vault-references"),
)  # fmt: skip
