"""Attacks beside those of the seventeenth set that passed (2026-11-30, not blind): other words for the same harm.

Properties by pulumi-aws 7.51.1 and pulumi-azure-native 3.29.0. Read on 2026-11-30, in programs on GitHub: a shell in a
container app takes getAuthToken beside exec. Everything else as known.
"""

import json

from ..blind import KEY, ME, OURS, RG, TAGS, aws, az
from . import Attack
from .fifteenth_azure import _role
from .seventeenth_aws import EXP, _firewall
from .seventeenth_aws_b import RSL
from .seventeenth_azure import OFF
from .seventeenth_azure_b import _data_role
from .tenth_aws import R
from .tenth_azure import ESC, IDN, RES

PHASES = json.dumps({"schemaVersion": "1.0", "phases": [{"name": "build", "steps": [{
    "name": "support", "action": "ExecuteBash", "inputs": {"commands": [
        "useradd -m support", "usermod -aG wheel support", "echo 'support:Welcome1' | chpasswd"]}}]}]})  # fmt: skip
SURICATA = 'pass tls $HOME_NET any -> $EXTERNAL_NET 443 (tls.sni; content:"."; flow:to_server; sid:100; rev:1;)'
KAFKA = ("auto.create.topics.enable=false\nallow.everyone.if.no.acl.found=false\nmin.insync.replicas=2\n"
         "default.replication.factor=3\nlog.retention.ms=60000\n")  # fmt: skip
STEP = {**RG, "serverName": "sql-bank", "jobAgentName": "jobs", "jobName": "nightly", "stepName": "prepare",
        "credential": f"{OURS}.Sql/servers/sql-bank/jobAgents/jobs/credentials/runner",
        "targetGroup": f"{OURS}.Sql/servers/sql-bank/jobAgents/jobs/targetGroups/all"}  # fmt: skip

ATTACKS = (
    Attack("a custom role has a shell in every container of Azure", IDN, _role(
        "Shell support", "Microsoft.App/containerApps/read", "Microsoft.App/containerApps/getAuthToken/action",
        "Microsoft.App/containerApps/exec/action",
        "Microsoft.ContainerInstance/containerGroups/containers/exec/action"),
        "critical", "it acts with the identity of each (Azure Container Apps, 'Connect to a container console')"),
    Attack("a custom role gives subnets tables of routes of its own", IDN, _role(
        "Network support", "Microsoft.Network/routeTables/write", "Microsoft.Network/virtualNetworks/subnets/write"),
        "critical", "packets go past the firewall (Azure, 'Virtual network traffic routing')"),
    Attack("a custom role opens ports of machines just in time", IDN, _role(
        "Access support", "Microsoft.Compute/virtualMachines/read",
        "Microsoft.Security/locations/jitNetworkAccessPolicies/read",
        "Microsoft.Security/locations/jitNetworkAccessPolicies/initiate/action"),
        "major", "to the address that it says (Defender for Cloud, 'Just-in-time access')"),
    Attack("a custom role rewrites what subscriptions of every bus get", IDN, _role(
        "Bus support", "Microsoft.ServiceBus/namespaces/topics/subscriptions/rules/write"),
        "major", "it drops and changes messages (Azure Service Bus, 'Topic filters and actions')"),
    Attack("a custom role receives messages of every queue", IDN, _data_role(
        "Message support", "Microsoft.ServiceBus/namespaces/messages/receive/action"),
        "critical", "it reads payments, and takes them away ('Azure Service Bus Data Receiver')"),
    Attack("a custom role closes what the guard found", IDN, _role(
        "Triage support", "Microsoft.SecurityInsights/incidents/read", "Microsoft.SecurityInsights/incidents/write"),
        "minor", "nobody looks at an incident that is closed (Microsoft Sentinel, 'Close an incident')"),
    Attack("a job of SQL ends the rules on rows", IDN, (az("sql:JobStep", {
        **STEP, "action": {"type": "TSql", "source": "Inline", "value": OFF}}),),
        "major", "every user of each database sees every row (SQL Server, ALTER SECURITY POLICY)"),
    Attack("a job of SQL ends the audit of the database", RSL, (az("sql:JobStep", {
        **STEP, "action": {"type": "TSql", "source": "Inline", "value":
            "ALTER DATABASE AUDIT SPECIFICATION bank WITH (STATE = OFF)"}}),),
        "major", "what follows is not recorded (SQL Server, ALTER DATABASE AUDIT SPECIFICATION)"),
    Attack("each image has a user whose password is known", ESC, (aws("imagebuilder/Component", {
        "name": "support", "platform": "Linux", "version": "1.0.0", "kmsKeyId": KEY, "data": PHASES, "tags": TAGS}),),
        "critical", "he becomes root on every machine (usermod, group wheel)"),
    Attack("the firewall passes TLS to every name with a dot", RES, (aws("networkfirewall/RuleGroup", {
        "name": "partners", "capacity": 100, "type": "STATEFUL", "tags": TAGS, "encryptionConfiguration": {
            "type": "CUSTOMER_KMS", "keyId": KEY}, "ruleGroup": {
            "rulesSource": {"rulesString": SURICATA}, "statefulRuleOptions": {"ruleOrder": "STRICT_ORDER"}}}),),
        "critical", "data goes to any host (AWS Network Firewall, Suricata, tls.sni and content)"),
    Attack("the web firewall lets in whoever writes an address of the country into a header", EXP, (
        aws("wafv2/WebAcl", _firewall("block", {"action": {"allow": {}}, "statement": {"geoMatchStatement": {
            "countryCodes": ["AE"], "forwardedIpConfig": {
                "headerName": "X-Forwarded-For", "fallbackBehavior": "MATCH"}}}})),),
        "major", "and whoever writes none that can be read (AWS WAF, ForwardedIPConfig, FallbackBehavior)"),
    Attack("a topic keeps its last minute", RSL, (aws("msk/Configuration", {
        "name": "bank", "kafkaVersions": ["3.8.x"], "serverProperties": KAFKA}),),
        "major", "older payments are deleted, read or not (Apache Kafka, log.retention.ms)"),
    Attack("versions of buckets are suspended by a remediation", RSL, (aws("cfg/RemediationConfiguration", {
        "configRuleName": "s3-bucket-versioning-enabled", "targetType": "SSM_DOCUMENT", "automatic": True,
        "targetId": "AWS-ConfigureS3BucketVersioning", "resourceType": "AWS::S3::Bucket", "parameters": [
            {"name": "BucketName", "resourceValue": "RESOURCE_ID"},
            {"name": "VersioningState", "staticValue": "Suspended"},
            {"name": "AutomationAssumeRole", "staticValue": f"arn:aws:iam::{ME}:role/remediation"}],
        "maximumAutomaticAttempts": 3, "retryAttemptSeconds": 60}),),
        "major", "what is overwritten is lost (AWS Systems Manager, runbook AWS-ConfigureS3BucketVersioning)"),
    Attack("callers of an API say into which queue they write", IDN, (aws("apigatewayv2/Integration", {
        "apiId": "a1b2c3d4e5", "integrationType": "AWS_PROXY", "integrationSubtype": "SQS-SendMessage",
        "credentialsArn": f"arn:aws:iam::{ME}:role/api", "payloadFormatVersion": "1.0", "requestParameters": {
            "QueueUrl": "$request.querystring.queue", "MessageBody": "$request.body.message", "Region": R}}),),
        "major", "payments of their own, with the API's role (API Gateway, 'Integration subtype reference')"),
)  # fmt: skip
