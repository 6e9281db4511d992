"""Attacks beside the mends of choices that were too strict: ports but a few, shares of anybody, peers of a hub."""

import json

from ..blind import HERE, ME, OURS, RG, TAGS, aws, az, k8s, meta, policy, statement
from . import Attack

EXP, ESC, IDN, RES = ("FJ-EXP-",), ("FJ-ESC-",), ("FJ-IDN-",), ("FJ-RES-",)
ANY = "0.0.0.0/0"
_RULE = {"access": "Allow", "direction": "Outbound", "protocol": "Tcp", "sourceAddressPrefix": "*",
         "sourcePortRange": "*", "destinationAddressPrefix": "Internet"}  # fmt: skip

ATTACKS = (
    Attack("machines call every address on all ports but the last", EXP, (aws("ec2/SecurityGroup", {
        "description": "app", "vpcId": "vpc-0123456789abcdef0", "tags": TAGS, "egress": [
            {"protocol": "tcp", "fromPort": 1, "toPort": 65534, "cidrBlocks": [ANY]}]}),),
        "major", "an intruder's server listens on any of them (RFC 6335)"),
    Attack("two rules of a group leave one port out", EXP, (az("network:NetworkSecurityGroup", {
        **HERE, "networkSecurityGroupName": "app", "securityRules": [
            {**_RULE, "name": "low", "priority": 200, "destinationPortRange": "1-442"},
            {**_RULE, "name": "high", "priority": 210, "destinationPortRange": "444-65535"}]}),),
        "major", "an intruder's server listens on any of them (RFC 6335)"),
    Attack("the firewall passes packets on all ports but two", EXP, (aws("networkfirewall/RuleGroup", {
        "name": "out", "capacity": 100, "type": "STATEFUL", "tags": TAGS, "ruleGroup": {"rulesSource": {
            "rulesString": 'pass tcp 10.0.0.0/16 any -> any [1:24,26:444,446:65535] (msg:"out"; sid:1; rev:1;)'}}}),),
        "major", "an intruder's server listens on any of them (RFC 6335)"),
    Attack("a rule of AWS Config finds no group whose ports are all but one", ESC, (aws("cfg/Rule", {
        "name": "ports", "tags": TAGS, "inputParameters": json.dumps({"authorizedTcpPorts": "2-65534"}),
        "source": {"owner": "AWS", "sourceIdentifier": "VPC_SG_OPEN_ONLY_TO_AUTHORIZED_PORTS"}}),),
        "minor", "it reports nothing (AWS Config, vpc-sg-open-only-to-authorized-ports, as known)"),
    Attack("an identity accepts what any account shares", IDN, (
        policy(statement(["ram:AcceptResourceShareInvitation", "ram:GetResourceShareInvitations"])),),
        "major", "resolver rules and prefix lists of strangers come in (AWS RAM, AcceptResourceShareInvitation)"),
    Attack("a machine of another stack's network announces routes to the hub", RES, (
        az("network:PublicIPAddress", {**HERE, "publicIpAddressName": "out", "publicIPAllocationMethod": "Static",
                                       "sku": {"name": "Standard"}}, "out"),
        az("network:VirtualHubBgpConnection", {
            **RG, "virtualHubName": "hub", "connectionName": "branch", "peerIp": "10.20.77.10", "peerAsn": 64999,
            "hubVirtualNetworkConnection": {
                "id": f"{OURS}.Network/virtualHubs/hub/hubVirtualNetworkConnections/tools"}}, "peer")),
        "critical", "packets of each spoke go through it (Azure Virtual WAN, 'BGP peering with a virtual hub')"),
    Attack("a policy of pods leaves out the ports of mail", EXP, (k8s("networking.k8s.io/v1:NetworkPolicy", {
        "metadata": meta(), "spec": {
            "podSelector": {"matchLabels": {"app": "x"}}, "policyTypes": ["Egress"], "egress": [{
                "to": [{"ipBlock": {"cidr": ANY}}],
                "ports": [{"port": 1, "endPort": 24}, {"port": 26, "endPort": 65535}]}]}}),),
        "major", "an intruder's server listens on any of them (RFC 6335)"),
    Attack("a cluster's API is open to every address beside one's own", EXP, (aws("eks/Cluster", {
        "name": "models", "roleArn": f"arn:aws:iam::{ME}:role/eks", "tags": TAGS, "vpcConfig": {
            "endpointPublicAccess": True, "endpointPrivateAccess": True, "subnetIds": ["subnet-0123456789abcdef0"],
            "publicAccessCidrs": ["94.200.10.20/32", "0.0.0.0/1", "128.0.0.0/1"]}}),),
        "critical", "everybody tries keys there (Amazon EKS, 'Cluster API server endpoint')"),
)  # fmt: skip
