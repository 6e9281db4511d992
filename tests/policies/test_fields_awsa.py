"""Good values of properties of AWS's machines, networks and files, beside the attacks of `attacks.fields_awsa_*`."""

import pytest

from .attacks.fields_aws_numbers import METRIC
from .attacks.fields_awsa_compute import LOGS, daemon, portal, task
from .attacks.fields_awsa_network import OWN_KEY, let_in, rule_group, suricata
from .blind import ME, TAGS, aws
from .harness import Given, Pack, blocking

PACK = Pack()
RULES = {"FJ-ESC-109", "FJ-ESC-111", "FJ-ESC-115", "FJ-EXP-113", "FJ-EXP-115", "FJ-EXP-127", "FJ-RES-002", "FJ-RES-003",
         "FJ-RES-106", "FJ-RES-112", "FJ-RES-113", "FJ-RSL-117"}  # fmt: skip
T = {"tags": TAGS}
CALLS = {"action": "lambda:InvokeFunction", "function": "x", "principal": "s3.amazonaws.com"}
INBOX = aws("s3/Bucket", {"bucket": "bank-inbox", **T}, "inbox")
OFFICES = {"ipSetReferenceStatement": {"arn": f"arn:aws:wafv2:me-central-1:{ME}:regional/ipset/offices/1"}}
GOOD: tuple[tuple[Given, ...], ...] = (
    (aws("ec2/KeyPair", {"publicKey": "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIL ops", **T}),),
    (aws("ec2/KeyPair", {"publicKey": "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAACAQC7 ops", **T}),),
    (aws("lb/Listener", {"loadBalancerArn": "x", "port": 80, "protocol": "HTTP", "defaultActions": [{
        "type": "redirect", "redirect": {"protocol": "HTTPS", "port": "443", "statusCode": "HTTP_301"}}], **T}),),
    (aws("lb/ListenerRule", {**T, "listenerArn": "x", "conditions": [{"pathPattern": {"values": ["/o"]}}], "actions": [
        {"type": "redirect", "redirect": {"protocol": "#{protocol}", "path": "/new", "statusCode": "HTTP_301"}}]}),),
    (aws("vpclattice/ServiceNetworkVpcAssociation", {
        "vpcIdentifier": "vpc-1", "serviceNetworkIdentifier": "sn-1", "privateDnsEnabled": True, **T, "dnsOptions": {
            "privateDnsPreference": "SPECIFIED_DOMAINS_ONLY", "privateDnsSpecifiedDomains": ["*.core.internal"]}}),),
    (aws("route53/Record", {"zoneId": "Z1", "name": "bank.ae", "type": "TXT", "ttl": 300, "records": [
        "v=spf1 ip4:203.0.113.0/24 ip6:2001:db8::/32 include:amazonses.com -all"]}),),
    (aws("route53/ResolverRuleAssociation", {
        "resolverRuleId": "rslvr-autodefined-rr-internet-resolver", "vpcId": "vpc-1"}),),
    suricata('pass tls $HOME_NET any -> $EXTERNAL_NET 443 (tls.sni; content:"bank.ae"; endswith; sid:1;)'),
    suricata("pass tcp $HOME_NET any <> $EXTERNAL_NET 443 (flow:not_established; sid:2;)"),
    *(rule_group({"rulesSourceList": {"generatedRulesType": kind, "targetTypes": ["TLS_SNI"], "targets": [target]}})
      for kind, target in (("ALLOWLIST", ".bank.ae"), ("DENYLIST", ".zip"))),
    (aws("wafv2/IpSet", {"name": "x", "scope": "REGIONAL", "ipAddressVersion": "IPV4", "addresses": ["203.0.113.0/24"],
                         **T}),),
    let_in(OFFICES),
    let_in({"andStatement": {"statements": [OFFICES, {"geoMatchStatement": {"countryCodes": ["AE"]}}]}}),
    (aws("lambda/Permission", {**CALLS, "sourceArn": "arn:aws:s3:::bank-inbox", "sourceAccount": ME}),),
    (aws("lambda/Permission", {**CALLS, "sourceArn": "arn:aws:s3:::bank-inbox"}), INBOX),
    (aws("lambda/EventSourceMapping", {"functionName": "x", "topics": ["t"], "selfManagedEventSource": {"endpoints": {
        "KAFKA_BOOTSTRAP_SERVERS": "b-1.core.internal:9094"}}, "sourceAccessConfigurations": [
            {"type": "SASL_SCRAM_512_AUTH", "uri": f"arn:aws:secretsmanager:me-central-1:{ME}:secret:kafka"},
            {"type": "VPC_SUBNET", "uri": "subnet:subnet-1"}], **T}),),
    (aws("lambda/EventSourceMapping", {"functionName": "x", "topics": ["t"], "amazonManagedKafkaEventSourceConfig": {
        "schemaRegistryConfig": {"schemaRegistryUri": f"arn:aws:glue:me-central-1:{ME}:registry/x"}}, **T}),),
    task({"linuxParameters": {"devices": [{"hostPath": "/dev/neuron0"}]}, "logConfiguration": LOGS}),
    task({"extraHosts": [{"hostname": "vault.core.internal", "ipAddress": "10.0.0.7"}]}),
    task({"firelensConfiguration": {"type": "fluentbit", "options": {
        "config-file-type": "file", "config-file-value": "/fluent-bit/configs/parse-json.conf"}}}),
    daemon({"commands": ["agent", "--config", "/etc/agent.yaml"]}, volumes=[
        {"name": "logs", "hosts": [{"sourcePath": "/var/log"}]}, {"name": "proc", "hosts": [{"sourcePath": "/proc"}]}]),
    portal("autoscaling:launchconfiguration:DisableIMDSv1", "true"),
    portal("autoscaling:launchconfiguration:SSHSourceRestriction", "tcp,22,22,10.0.0.0/8"),
    portal("elasticbeanstalk:cloudwatch:logs:StreamLogs", "true"),
    portal("autoscaling:launchconfiguration:InstanceType", "m6i.large"),
    (aws("s3/Bucket", {"bucket": "scratch-results", "lifecycleRules": [
        {"enabled": True, "expiration": {"days": 1}}], **T}),),
    (aws("s3/Bucket", {"bucket": "payments", "lifecycleRules": [
        {"enabled": True, "prefix": "tmp/", "expiration": {"days": 1}}], **T}),),
    (aws("networkfirewall/FirewallPolicy", {"firewallPolicy": {
        "statelessDefaultActions": ["aws:forward_to_sfe"], "statelessFragmentDefaultActions": ["aws:forward_to_sfe"],
        "statefulDefaultActions": ["aws:drop_established"]}, "encryptionConfiguration": OWN_KEY, **T}),),
    (aws("wafv2/WebAcl", {"name": "x", "scope": "REGIONAL", "defaultAction": {"block": {}}, "rules": [{
        "name": "a", "priority": 0, "action": {"allow": {}}, "visibilityConfig": METRIC, "statement": {
            "geoMatchStatement": {"countryCodes": ["AE"]}}}], "visibilityConfig": METRIC, **T}),),
)  # fmt: skip
"""Good values of properties beside those of `attacks.fields_awsa_*`; of the resources only the property counts."""


@pytest.mark.parametrize("plan", GOOD, ids=lambda plan: plan[0].type)
def test_good_values_pass(plan: tuple[Given, ...]) -> None:
    assert blocking(PACK.evaluate_plan(*plan)) & RULES == set()
