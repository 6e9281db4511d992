"""Attacks on AWS: residency, exposure and transport (2026-11-29, fourteenth set, written blind).

Properties by pulumi-aws 7.51.1. Read in excerpts on 2026-11-29: Network Firewall API Reference (PolicyVariables),
Elastic Load Balancing ('HTTP headers and Application Load Balancers'), and an answer on Stack Overflow that quotes the
CloudFront Developer Guide on the minimum TTL. All other pages as known: that access logs of API Gateway may have
identity.apiKey among them.
"""

import json

from ..blind import ME, TAGS, THEM, aws, document, statement
from ..harness import UNKNOWN
from . import Attack
from .fields_aws_accounts import BEHAVIOUR, SITE
from .tenth_aws import RES, R, _ours

EXP = ("FJ-EXP-", "FJ-ESC-", "FJ-IDN-")
ALERTS = f"""alertmanager_config: |
  route:
    receiver: operations
  receivers:
    - name: operations
      sns_configs:
        - topic_arn: arn:aws:sns:{R}:{THEM}:alerts
          sigv4:
            region: {R}
          send_resolved: true
"""
NOTHING = {"cookiesConfig": {"cookieBehavior": "none"}, "headersConfig": {"headerBehavior": "none"},
           "queryStringsConfig": {"queryStringBehavior": "none"}}  # fmt: skip
ALL_VIEWER = "216adef6-5c7f-47e4-b989-5492eafa07d3"
ACCESS_LOG = {"requestId": "$context.requestId", "path": "$context.path", "key": "$context.identity.apiKey"}
BALANCER = {
    "loadBalancerType": "application", "internal": True, "subnets": ["subnet-1", "subnet-2"],
    "securityGroups": ["sg-1"], "dropInvalidHeaderFields": True, "enableDeletionProtection": True, "tags": TAGS,
    "accessLogs": {"enabled": True, "bucket": "awsuae-logs"},
}  # fmt: skip
OLD_TLS = [
    {"namespace": "aws:elbv2:listener:443", "name": name, "value": value}
    for name, value in (("Protocol", "HTTPS"), ("SSLCertificateArns", _ours("acm", "certificate/1")),
                        ("SSLPolicy", "ELBSecurityPolicy-TLS-1-0-2015-04"))
]  # fmt: skip

ATTACKS = (
    Attack("codes of sign-in are sent as text messages through Ireland", ("FJ-RES-",), (aws("cognito/UserPool", {
        "name": "customers", "mfaConfiguration": "ON", "deletionProtection": "ACTIVE", "tags": TAGS,
        "adminCreateUserConfig": {"allowAdminCreateUserOnly": True},
        "softwareTokenMfaConfiguration": {"enabled": True}, "userPoolAddOns": {"advancedSecurityMode": "ENFORCED"},
        "passwordPolicy": {"minimumLength": 14, "requireLowercase": True, "requireUppercase": True,
                           "requireNumbers": True, "requireSymbols": True},
        "smsConfiguration": {"externalId": "customers", "snsCallerArn": f"arn:aws:iam::{ME}:role/messages",
                             "snsRegion": "eu-west-1"}}),),
        "critical", "each telephone number and code passes abroad (Amazon Cognito, SmsConfigurationType, SnsRegion)"),
    Attack("files of a file system are exported to an unlisted bucket", RES, (aws("fsx/DataRepositoryAssociation", {
        "fileSystemId": "fs-0123456789abcdef0", "fileSystemPath": "/training", "tags": TAGS,
        "dataRepositoryPath": "s3://collector-training/in",
        "s3": {"autoExportPolicy": {"events": ["NEW", "CHANGED"]}}}),),
        "critical", "each new file is copied there by itself (FSx for Lustre, 'Automatically export updates')"),
    Attack("notifications of the account are kept in Ireland", ("FJ-RES-",), (aws("notifications/NotificationHub", {
        "notificationHubRegion": "eu-west-1"}),),
        "major", "events of security and health are stored there (AWS User Notifications, 'Notification hubs')"),
    Attack("alerts of the metrics are sent to a topic of a stranger", RES, (aws("amp/AlertManagerDefinition", {
        "workspaceId": "ws-01234567-89ab-cdef-0123-456789abcdef", "definition": ALERTS}),),
        "major", "names, labels and values of what fails stand there (Managed Prometheus, 'Alert receivers')"),
    Attack("those who answer an attack on the network call a stranger", RES, (aws("shield/ProactiveEngagement", {
        "enabled": True, "emergencyContacts": [{
            "contactNotes": "Day and night", "emailAddress": "soc@collector.example",
            "phoneNumber": "+353155501234"}]}),),
        "major", "he hears of each attack and approves what is done (AWS Shield, 'Proactive engagement')"),
    Attack("the use of spot machines is written to an unlisted bucket", RES, (aws("ec2/SpotDatafeedSubscription", {
        "bucket": "collector-spot", "prefix": "in"}),),
        "minor", "each machine with its type and hours stands there (Amazon EC2, 'Spot Instance data feed')"),
    Attack("the edge keeps the account page of one customer for all others", EXP, (
        aws("cloudfront/CachePolicy", {
            "name": "accounts", "minTtl": 3600, "defaultTtl": 3600, "maxTtl": 86400,
            "parametersInCacheKeyAndForwardedToOrigin": NOTHING}, "policy"),
        aws("cloudfront/Distribution", {**SITE, "orderedCacheBehaviors": [{
            **BEHAVIOUR, "pathPattern": "/accounts/*", "cachePolicyId": UNKNOWN,
            "originRequestPolicyId": ALL_VIEWER}]}, links={"orderedCacheBehaviors": ("policy",)})),
        "critical", "no cookie is in the key, and no-store is overruled (CloudFront, 'Manage how long content stays')"),
    Attack("cookies of sessions are written into the records of the edge", EXP, (aws("cloudfront/RealtimeLogConfig", {
        "name": "requests", "samplingRate": 100, "fields": ["timestamp", "c-ip", "cs-uri-stem", "cs-cookie"],
        "endpoint": {"streamType": "Kinesis", "kinesisStreamConfig": {
            "roleArn": f"arn:aws:iam::{ME}:role/edge-records", "streamArn": _ours("kinesis", "stream/edge")}}}),),
        "major", "whoever reads them is signed in as a customer (CloudFront, 'Real-time access logs', cs-cookie)"),
    Attack("the access log of an API has the key of each caller", EXP, (aws("apigateway/Stage", {
        "restApi": "a1b2c3d4e5", "deployment": "d1e2f3", "stageName": "v1", "xrayTracingEnabled": True, "tags": TAGS,
        "accessLogSettings": {"destinationArn": _ours("logs", "log-group:/apis/payments"),
                              "format": json.dumps(ACCESS_LOG)}}),),
        "major", "whoever reads it calls as any partner (API Gateway, 'Variables for access logging', apiKey)"),
    Attack("the private path to S3 leads to every bucket there is", ("FJ-EXP-", "FJ-IDN-", "FJ-RES-", "FJ-ESC-"), (
        aws("ec2/VpcEndpointPolicy", {"vpcEndpointId": "vpce-0123456789abcdef0", "policy": document(
            statement("s3:*", "*", Principal="*"))}),),
        "major", "a workload writes into a stranger's bucket with his keys (Amazon VPC, 'Endpoint policies')"),
    Attack("the firewall takes another network for the bank's", ("FJ-EXP-", "FJ-ESC-"), (
        aws("networkfirewall/FirewallPolicy", {"name": "egress", "tags": TAGS, "firewallPolicy": {
            "statelessDefaultActions": ["aws:forward_to_sfe"],
            "statelessFragmentDefaultActions": ["aws:forward_to_sfe"],
            "statefulEngineOptions": {"ruleOrder": "DEFAULT_ACTION_ORDER"},
            "statefulRuleGroupReferences": [{"resourceArn": f"arn:aws:network-firewall:{R}:aws-managed:"
                                             "stateful-rulegroup/ThreatSignaturesBotnetActionOrder"}],
            "policyVariables": {"ruleVariables": [{
                "key": "HOME_NET", "ipSet": {"definitions": ["192.0.2.0/24"]}}]}}}),),
        "major", "no signature matches a machine of the bank (Network Firewall, PolicyVariables, HOME_NET)"),
    Attack("programs believe the address that a caller states", EXP, (aws("lb/LoadBalancer", {
        **BALANCER, "xffHeaderProcessingMode": "preserve"}),),
        "major", "a header passes each list of addresses (Elastic Load Balancing, X-Forwarded-For, preserve)"),
    Attack("a tunnel in clear leads to an address on the internet", ("FJ-ENC-", "FJ-RES-", "FJ-EXP-", "FJ-ESC-"), (
        aws("ec2transitgateway/ConnectPeer", {
            "transitGatewayAttachmentId": "tgw-attach-0123456789abcdef0", "peerAddress": "51.15.77.20",
            "insideCidrBlocks": ["169.254.100.0/29"], "bgpAsn": "64620", "tags": TAGS}),),
        "major", "GRE is not encrypted, and its far end announces routes (Transit Gateway, 'Connect attachments')"),
    Attack("a template of environments takes TLS 1.0", ("FJ-ENC-", "FJ-EXP-", "FJ-ESC-"), (
        aws("elasticbeanstalk/ConfigurationTemplate", {
            "application": "portal", "name": "web", "settings": OLD_TLS,
            "solutionStackName": "64bit Amazon Linux 2023 v4.7.0 running Python 3.13"}),),
        "major", "passwords pass by a protocol that was broken (Elastic Beanstalk, aws:elbv2:listener, SSLPolicy)"),
)  # fmt: skip
