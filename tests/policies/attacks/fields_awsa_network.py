"""Attacks on AWS by properties of reviewed types of networks, names and firewalls that nothing read (2026-11-29).

Found by reading every property of those types in pulumi-aws 7.51.1; what one does stands in the guide that is named, as
known, or in the service models of botocore 1.44.8.
"""

from ..blind import ME, TAGS, aws
from ..harness import Given
from . import Attack
from .fields_aws_numbers import METRIC
from .tenth_aws import CANONICAL, _ours

SWITCH = ("FJ-ESC-115",)
T = {"tags": TAGS}
WEAK_KEY = "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQC7 ops"
TARGETS = _ours("elasticloadbalancing", "targetgroup/x/1")
LISTENER = _ours("elasticloadbalancing", "listener/app/x/1/2")
TO_HTTP = {"type": "redirect", "redirect": {"host": "#{host}", "protocol": "HTTP", "port": "80",
                                            "statusCode": "HTTP_302"}}  # fmt: skip
OWN_KEY = {"type": "CUSTOMER_KMS", "keyId": _ours("kms", "key/1")}
SHARED = {"vpcIdentifier": "vpc-1", "serviceNetworkIdentifier": "sn-1", "securityGroupIds": ["sg-1"], **T}


def suricata(rules: str) -> tuple[Given, ...]:
    """Returns a group of rules for the firewall."""
    return rule_group({"rulesString": rules})


def rule_group(source: object) -> tuple[Given, ...]:
    """Returns a group of rules for the firewall of any source."""
    return (aws("networkfirewall/RuleGroup", {"name": "x", "capacity": 100, "type": "STATEFUL", **T, "ruleGroup": {
        "rulesSource": source}, "encryptionConfiguration": OWN_KEY}),)  # fmt: skip


def let_in(statement: object) -> tuple[Given, ...]:
    """Returns a web ACL whose first rule lets requests pass all others."""
    managed = {"managedRuleGroupStatement": {"name": "AWSManagedRulesCommonRuleSet", "vendorName": "AWS"}}
    rules = [{"name": "a", "priority": 0, "action": {"allow": {}}, "statement": statement, "visibilityConfig": METRIC},
             {"name": "b", "priority": 1, "overrideAction": {"none": {}}, "statement": managed,
              "visibilityConfig": METRIC}]  # fmt: skip
    return (aws("wafv2/WebAcl", {"name": "x", "scope": "REGIONAL", "defaultAction": {"allow": {}}, "rules": rules,
                                 "visibilityConfig": METRIC, **T}),)  # fmt: skip


def _match(field: object, text: str, where: str = "STARTS_WITH") -> dict[str, object]:
    return {"byteMatchStatement": {"fieldToMatch": field, "positionalConstraint": where, "searchString": text,
                                   "textTransformations": [{"priority": 0, "type": "NONE"}]}}  # fmt: skip


ATTACKS = (
    Attack("records of connections say nothing but their version", SWITCH, (aws("ec2/FlowLog", {
        "vpcId": "vpc-1", "trafficType": "ALL", "logFormat": "${version}", **T,
        "logDestination": _ours("logs", "log-group:flows"), "iamRoleArn": f"arn:aws:iam::{ME}:role/flows"}),),
        "major", "nobody sees who talked to whom (Amazon VPC, 'Flow log records', custom format)"),
    Attack("machines are opened by a key of 1024 bits", SWITCH, (
        aws("ec2/KeyPair", {"keyName": "ops", "publicKey": WEAK_KEY, **T}),),
        "minor", "NIST SP 800-131A disallows it since 2013 (Amazon EC2, 'Create a key pair', supported lengths)"),
    Attack("files are sent by a key of 1024 bits", SWITCH, (
        aws("transfer/SshKey", {"serverId": "s-1", "userName": "u", "body": WEAK_KEY}),),
        "minor", "NIST SP 800-131A disallows it since 2013 (AWS Transfer Family, 'SSH keys')"),
    Attack("an old key of DSA opens machines", SWITCH, (
        aws("ec2/KeyPair", {"keyName": "ops", "publicKey": "ssh-dss AAAAB3NzaC1kc3MAAACBAP ops", **T}),),
        "minor", "OpenSSH removed it as broken (OpenSSH 7.0, release notes)"),
    Attack("machines get an address of the mobile network", SWITCH, (aws("ec2/LaunchTemplate", {
        "imageId": "ami-1", "metadataOptions": {"httpTokens": "required"}, "networkInterfaces": [
            {"associateCarrierIpAddress": "true", "subnetId": "subnet-1"}], **T}),),
        "major", "the carrier's network and the internet reach it (Amazon EC2, AssociateCarrierIpAddress)"),
    *(Attack(f"browsers are sent from TLS to plain text by a {kind}", SWITCH, (aws(kind, props),),
             "major", "cookies and passwords travel in clear (Elastic Load Balancing, RedirectActionConfig)")
      for kind, props in (
          ("lb/Listener", {"loadBalancerArn": "x", "port": 443, "protocol": "HTTPS", "defaultActions": [TO_HTTP], **T}),
          ("lb/ListenerRule", {"listenerArn": LISTENER, "actions": [TO_HTTP], "conditions": [
              {"pathPattern": {"values": ["/*"]}}], **T}))),
    *(Attack(f"whoever shares a resource takes over {names} in a network", SWITCH, (aws(kind, props),),
             "critical", "he answers what the network asks for (Amazon VPC Lattice, PrivateDnsSpecifiedDomains)")
      for names, kind, props in (
          ("every name of .com", "vpclattice/ServiceNetworkVpcAssociation", {
              **SHARED, "privateDnsEnabled": True, "dnsOptions": {
                  "privateDnsPreference": "SPECIFIED_DOMAINS_ONLY", "privateDnsSpecifiedDomains": ["*.com"]}}),
          ("the names of AWS's services", "ec2/VpcEndpoint", {
              "vpcId": "vpc-1", "vpcEndpointType": "ServiceNetwork", "subnetIds": ["subnet-1"], **T,
              "serviceNetworkArn": _ours("vpc-lattice", "servicenetwork/sn-1"), "privateDnsEnabled": True,
              "dnsOptions": {"privateDnsPreference": "VERIFIED_DOMAINS_AND_SPECIFIED_DOMAINS",
                             "privateDnsSpecifiedDomains": ["*.amazonaws.com"]}}))),
    Attack("a tunnel keeps no log", SWITCH, (aws("ec2/VpnConnection", {
        "customerGatewayId": "cgw-1", "type": "ipsec.1", "transitGatewayId": "tgw-1", **T,
        "tunnel2LogOptions": {"cloudwatchLogOptions": {"logEnabled": False}}}),),
        "minor", "nobody sees attempts to negotiate it (AWS Security Hub, control EC2.171)"),
    Attack("routes of the bank are announced with a word as the key", SWITCH, (aws("directconnect/BgpPeer", {
        "virtualInterfaceId": "dxvif-1", "addressFamily": "ipv4", "bgpAsn": 65000, "bgpAuthKey": "password1"}),),
        "major", "whoever guesses it leads traffic to himself (AWS Direct Connect, BGPPeer authKey)"),
    Attack("a line is encrypted with noughts", SWITCH, (aws("directconnect/MacsecKeyAssociation", {
        "connectionId": "dxcon-1", "ckn": "0123456789abcdef" * 4, "cak": "0" * 64}),),
        "major", "whoever taps the line knows the key (AWS Direct Connect, AssociateMacSecKey)"),
    Attack("a name leads to the website of a bucket", SWITCH, (aws("route53/Record", {
        "zoneId": "Z1", "name": "pay.bank.ae", "type": "A", "aliases": [
            {"name": "s3-website.me-central-1.amazonaws.com", "zoneId": "Z2", "evaluateTargetHealth": False}]}),),
        "critical", "whoever makes the bucket serves the name, in clear (Amazon S3, 'Website endpoints')"),
    Attack("half of the internet may send mail in the bank's name", SWITCH, (aws("route53/Record", {
        "zoneId": "Z1", "name": "bank.ae", "type": "TXT", "ttl": 300, "records": ["v=spf1 ip4:0.0.0.0/1 -all"]}),),
        "major", "customers get forged mails that pass (RFC 7208, 'ip4')"),
    Attack("names of known malware are only recorded", SWITCH, (aws("route53/ResolverFirewallRule", {
        "name": "x", "action": "ALERT", "firewallRuleGroupId": "g", "priority": 1, "firewallDomainListId": "l"}),),
        "major", "the program reaches who steers it (Amazon Route 53, FirewallRule Action)"),
    Attack("a shared rule of unknown owner answers names", ("FJ-RES-",), (aws("route53/ResolverRuleAssociation", {
        "resolverRuleId": "rslvr-rr-0fedcba987654321", "vpcId": "vpc-1"}),),
        "critical", "he answers the names of its domain (Amazon Route 53, 'Sharing Resolver rules')"),
    Attack("every name that is asked for is recorded at an unknown owner's", ("FJ-RES-",), (
        aws("route53/ResolverQueryLogConfigAssociation", {
            "resolverQueryLogConfigId": "rqlc-0fedcba987654321", "resourceId": "vpc-1"}),),
        "major", "he sees what each workload talks to (Amazon Route 53, 'Sharing query logging configurations')"),
    Attack("all sessions of TLS pass the firewall without a look", ("FJ-EXP-127",), suricata(
        "pass tls $HOME_NET any -> $EXTERNAL_NET any (sid:1;)"),
        "critical", "data leaves to any host (AWS Network Firewall, 'Stateful rule groups')"),
    Attack("all packets to the web pass the firewall without a look", ("FJ-EXP-127",), suricata(
        "drop dns any any -> any 53 (sid:1;)\npass ip 10.0.0.0/8 any -> 0.0.0.0/0 443 (msg:\"web\"; sid:2;)"),
        "critical", "data leaves to any host (AWS Network Firewall, 'Stateful rule groups')"),
    Attack("every host of .com passes the firewall", ("FJ-EXP-127",), rule_group({"rulesSourceList": {
        "generatedRulesType": "ALLOWLIST", "targetTypes": ["TLS_SNI", "HTTP_HOST"], "targets": [".bank.ae", ".com"]}}),
        "critical", "data leaves to any host there (AWS Network Firewall, 'Stateful domain list rule groups')"),
    Attack("subnets may be taken off the firewall", SWITCH, (aws("networkfirewall/Firewall", {
        "firewallPolicyArn": _ours("network-firewall", "firewall-policy/x"), "vpcId": "vpc-1", "deleteProtection": True,
        "subnetMappings": [{"subnetId": "subnet-1"}], "subnetChangeProtection": False,
        "encryptionConfiguration": OWN_KEY, **T}),),
        "minor", "traffic goes past it after a mistake (AWS Security Hub, control NetworkFirewall.10)"),
    Attack("every path passes the web firewall", ("FJ-EXP-",), let_in(_match({"uriPath": {}}, "/")),
           "critical", "no other rule is evaluated (AWS WAF, 'Rule actions', Allow ends the evaluation)"),
    Attack("what managed rules find is only counted, in a text", SWITCH, (aws("wafv2/WebAcl", {
        "name": "x", "scope": "REGIONAL", "defaultAction": {"allow": {}}, "visibilityConfig": METRIC, **T,
        "ruleJson": '[{"Name": "a", "Priority": 0, "OverrideAction": {"Count": {}}}]'}),),
        "critical", "injections pass (AWS WAF, OverrideAction)"),
    Attack("records of the web firewall go to a stranger's bucket", ("FJ-RES-",), (
        aws("wafv2/WebAclLoggingConfiguration", {
            "resourceArn": _ours("wafv2", "regional/webacl/x/1"),
            "logDestinationConfigs": ["arn:aws:s3:::aws-waf-logs-collector"]}),),
        "major", "addresses and cookies of customers lie there (AWS WAF, 'Logging to Amazon S3')"),
    Attack("callers pay into a stranger's wallet", SWITCH, (aws("wafv2/RuleGroup", {
        "name": "x", "scope": "REGIONAL", "capacity": 10, "visibilityConfig": METRIC, **T, "monetizationConfig": {
            "currencyMode": "CRYPTO", "cryptoConfig": {"paymentNetworks": [{
                "chain": "base", "walletAddress": "0xabc", "prices": {"amount": "1", "currency": "USDC"}}]}}}),),
        "major", "its owner stands nowhere (pulumi-aws, RuleGroupMonetizationConfig)"),
    Attack("a policy of a service is switched off", SWITCH, (aws("vpclattice/AuthPolicy", {
        "resourceIdentifier": "svc-1", "state": "Inactive", "policy": "{}"}),),
        "major", "whoever is in the network calls it (Amazon VPC Lattice, AuthPolicyState)"),
    Attack("a stranger reads the records of a bucket", ("FJ-IDN-",), (aws("s3/BucketLogging", {
        "bucket": "b", "targetBucket": "b2", "targetPrefix": "x", "targetGrants": [
            {"permission": "FULL_CONTROL", "grantee": {"type": "CanonicalUser", "id": CANONICAL}}]}),),
        "major", "paths and callers of every request (Amazon S3, 'Permissions for log delivery')"),
)  # fmt: skip
