"""Further spellings of the twenty-third set's attacks of critical severity (2026-12-01): other services, operators and
types of the same families."""

import json

from ..blind import GROUP, HERE, ME, OURS, RG, TAGS, aws, az, document, k8s, meta, role, statement
from ..harness import UNKNOWN, Given
from . import Attack
from .twenty_third_critical import ORGANISATION, OWNER, R
from .twenty_third_critical_azure import GRAPH, SCHEMA, custom_role
from .twenty_third_critical_kube import everywhere

IDN, ESC, RSL = ("FJ-IDN-",), ("FJ-ESC-102",), ("FJ-RSL-117",)
ARM = f"https://management.azure.com{GROUP}"
ATTACHED = {"Bool": {"iot:Connection.Thing.IsAttached": "true"}}
TOPIC = f"arn:aws:sns:{R}:{ME}:alarms"
PERIMETER = {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*",
             "Condition": {"StringNotEquals": {"aws:PrincipalOrgID": ORGANISATION}}}  # fmt: skip
PLAINTEXT = {"Effect": "Deny", "Principal": "*", "Action": "*", "Resource": "*",
             "Condition": {"Bool": {"aws:SecureTransport": "false"}}}  # fmt: skip
BROKER = """
server_name: payments
jetstream { store_dir: /data }
tls { cert_file: /tls/tls.crt, key_file: /tls/tls.key }
allow_non_tls: true,
"""


def _organisation(*statements: object) -> tuple[Given, ...]:
    content = json.dumps({"Version": "2012-10-17", "Statement": list(statements)})
    return (aws("organizations/Policy", {
        "name": "perimeter", "type": "RESOURCE_CONTROL_POLICY", "content": content, "tags": TAGS}),)  # fmt: skip


def _denied(kind: str) -> Given:
    return az("authorization:PolicyDefinition", {
        "policyDefinitionName": "types", "policyType": "Custom", "mode": "All", "displayName": "Types", "policyRule": {
            "if": {"field": "type", "equals": kind}, "then": {"effect": "deny"}}})  # fmt: skip


def workflow(method: str, uri: str) -> tuple[Given, ...]:
    """Returns a workflow of each month that makes one call with its identity."""
    return (az("logic:Workflow", {
        **HERE, "workflowName": "monthly", "state": "Enabled", "identity": {"type": "SystemAssigned"},
        "accessControl": {"triggers": {"allowedCallerIpAddresses": []},
                          "contents": {"allowedCallerIpAddresses": [{"addressRange": "10.20.0.0/16"}]}},
        "definition": {
            "$schema": SCHEMA, "contentVersion": "1.0.0.0",
            "triggers": {"monthly": {"type": "Recurrence", "recurrence": {"frequency": "Month", "interval": 1}}},
            "actions": {"call": {"type": "Http", "runAfter": {}, "inputs": {
                "method": method, "uri": uri, "authentication": {"type": "ManagedServiceIdentity"}}}}}}),)  # fmt: skip


ATTACKS = (
    Attack("no service may use a bucket of the organisation from outside of its networks", RSL, _organisation({
        "Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*",
        "Condition": {"StringNotEqualsIfExists": {"aws:SourceVpc": "vpc-0123456789abcdef0"}}}),
        "critical", "services write records from networks of their own"),
    Attack("the key of a group of records is for addresses of the bank", RSL, (
        aws("kms/Key", {"description": "records", "enableKeyRotation": True, "deletionWindowInDays": 30, "tags": TAGS,
                        "policy": json.dumps({"Version": "2012-10-17", "Statement": [OWNER]})}, "key", protect=True),
        aws("kms/KeyPolicy", {"keyId": UNKNOWN, "policy": json.dumps({"Version": "2012-10-17", "Statement": [OWNER, {
            "Effect": "Deny", "Principal": {"AWS": "*"}, "Action": "kms:*", "Resource": "*",
            "Condition": {"NotIpAddress": {"aws:SourceIp": "94.200.10.0/24"}}}]})}, "policy",
            links={"keyId": ("key",)}),
        aws("cloudwatch/LogGroup", {"name": "/bank/trail", "retentionInDays": 400, "kmsKeyId": UNKNOWN, "tags": TAGS},
            "records", links={"kmsKeyId": ("key",)})),
        "critical", "the service of logs has no such address, and each record is refused"),
    Attack("the role that sends a trail to its group of records may write nothing", RSL, (
        role({"Service": "cloudtrail.amazonaws.com"}, {"StringEquals": {"aws:SourceAccount": ME}}, name="trail-logs"),
        aws("iam/RolePolicy", {"role": UNKNOWN, "policy": document(
            {"Effect": "Deny", "Action": ["logs:PutLogEvents", "logs:CreateLogStream"],
             "Resource": f"arn:aws:logs:{R}:{ME}:log-group:*"})}, "deny", links={"role": ("trail-logs",)}),
        aws("cloudtrail/Trail", {
            "name": "bank", "s3BucketName": UNKNOWN, "kmsKeyId": UNKNOWN, "isMultiRegionTrail": True,
            "enableLogFileValidation": True, "includeGlobalServiceEvents": True, "enableLogging": True, "tags": TAGS,
            "cloudWatchLogsGroupArn": UNKNOWN, "cloudWatchLogsRoleArn": UNKNOWN}, "trail",
            links={"cloudWatchLogsRoleArn": ("trail-logs",)})),
        "critical", "alarms on calls hear nothing"),
    Attack("connections, requests and alarms of the network are written nowhere", RSL, (
        aws("s3/BucketPolicy", {"bucket": "bank-records", "policy": document(PERIMETER, PLAINTEXT)}, "bucket"),
        aws("ec2/FlowLog", {
            "vpcId": "vpc-0123456789abcdef0", "trafficType": "ALL", "logDestinationType": "s3",
            "logDestination": "arn:aws:s3:::bank-records/flows", "maxAggregationInterval": 60, "tags": TAGS}, "flows")),
        "critical", "the service that delivers has no organisation (Amazon VPC, 'Publish flow logs to Amazon S3')"),
    Attack("accesses to buckets are written nowhere", RSL, (
        aws("s3/BucketPolicy", {"bucket": UNKNOWN, "policy": document(PERIMETER, PLAINTEXT)}, "bucket",
            links={"bucket": ("records",)}),
        aws("s3/Bucket", {"tags": TAGS}, "records"),
        aws("s3/BucketLogging", {"bucket": "bank-ledger", "targetBucket": UNKNOWN, "targetPrefix": "ledger/"}, "log",
            links={"targetBucket": ("records",)})),
        "critical", "the service that writes them has no organisation"),
    Attack("alarms reach a topic that takes them from nobody", RSL, (
        aws("sns/TopicPolicy", {"arn": TOPIC, "policy": document({**PERIMETER, "Action": "sns:Publish"}, PLAINTEXT)},
            "topic"),
        aws("cloudwatch/MetricAlarm", {
            "name": "root", "comparisonOperator": "GreaterThanThreshold", "evaluationPeriods": 1, "threshold": 0,
            "metricName": "RootUse", "namespace": "Bank", "period": 60, "statistic": "Sum", "alarmActions": [TOPIC],
            "tags": TAGS}, "alarm")),
        "major", "CloudWatch has no organisation (Amazon SNS, access control; aws:PrincipalIsAWSService)"),
    Attack("services are refused each group of records", RSL, (
        aws("cloudwatch/LogResourcePolicy", {"policyName": "perimeter", "policyDocument": document({
            **PERIMETER, "Action": "logs:PutLogEvents"})}),),
        "critical", "only services write by such a policy"),
    Attack("nobody may send the records of a vault anywhere", ESC, (_denied("Microsoft.Insights/diagnosticSettings"),),
           "critical", "each setting that would write records is denied (Azure Policy, 'Deny effect')"),
    Attack("nobody may switch Defender on or write down connections", ESC, (
        az("authorization:PolicyDefinition", {
            "policyDefinitionName": "types", "policyType": "Custom", "mode": "All", "displayName": "Types",
            "parameters": {"effect": {"type": "String", "defaultValue": "Deny"}}, "policyRule": {
                "if": {"anyOf": [{"field": "type", "like": "Microsoft.Security/*"},
                                 {"field": "type", "in": ["Microsoft.Network/networkWatchers/flowLogs"]}]},
                "then": {"effect": "[parameters('effect')]"}}}),),
        "critical", "the default of the parameter denies"),
    Attack("reports read every bucket by a grant for the default location of another stack", IDN, (
        aws("s3control/AccessGrant", {
            "accountId": ME, "accessGrantsLocationId": "default", "permission": "READ", "tags": TAGS,
            "grantee": {"granteeType": "IAM", "granteeIdentifier": f"arn:aws:iam::{ME}:role/reports"}}, "grant"),),
        "critical", "without a prefix the grant is for the whole location"),
    Attack("a policy of an account gives devices each role by a pattern of actions", IDN, (aws("iot/Policy", {
        "name": "device", "tags": TAGS, "policy": document(
            statement("iot:Assume*", f"arn:aws:iot:{R}:{ME}:rolealias/*"))}),),
        "critical", "the pattern has the same action"),
    Attack("each device of the account hears all others by one statement", IDN, (aws("iot/Policy", {
        "name": "device", "tags": TAGS, "policy": document(
            statement(["iot:Connect", "iot:Receive"], "*", ATTACHED))}),),
        "critical", "the condition is about the connection, not about the topic"),
    Attack("reports read the buckets of all teams by an access grant", IDN, (
        aws("s3control/AccessGrantsLocation", {
            "accountId": ME, "locationScope": "s3://*", "iamRoleArn": f"arn:aws:iam::{ME}:role/access-grants",
            "tags": TAGS}, "location"),
        aws("s3control/AccessGrant", {
            "accountId": ME, "accessGrantsLocationId": UNKNOWN, "permission": "READ", "tags": TAGS,
            "accessGrantsLocationConfiguration": {"s3SubPrefix": "bank-*"},
            "grantee": {"granteeType": "IAM", "granteeIdentifier": f"arn:aws:iam::{ME}:role/reports"}}, "grant",
            links={"accessGrantsLocationId": ("location",)})),
        "critical", "the prefix stands behind s3://, so that it is the beginning of names of buckets"),
    Attack("a project searches the web with what customers ask", ("FJ-ESC-115",), (
        az("cognitiveservices:ProjectConnection", {
            **RG, "accountName": "aif-bank", "projectName": "desk", "connectionName": "web", "properties": {
                "authType": "AAD", "category": "BingLLMSearch", "target": f"{OURS}.Bing/accounts/bing-bank"}}),),
        "critical", "the search engine is in no region of the country"),
    Attack("operators run scripts as root on each node of a Hadoop cluster", ("FJ-IDN-214",), (custom_role(
        "cluster operators", "Microsoft.HDInsight/clusters/read",
        "Microsoft.HDInsight/clusters/executeScriptActions/action"),),
        "critical", "scripts run as root, with the keys of the cluster's stores"),
    Attack("supporters deploy into the slots of each app", ("FJ-IDN-214",), (custom_role(
        "app support", "Microsoft.Web/sites/slots/read", "Microsoft.Web/sites/slots/extensions/*"),),
        "critical", "a package in a slot runs with its identity"),
    Attack("a workflow hands out the keys of an account of storage", ESC, workflow(
        "POST", f"{ARM}/providers/Microsoft.Storage/storageAccounts/stledger/listKeys?api-version=2023-05-01"),
        "critical", "the history of runs keeps the answer"),
    Attack("a workflow ends the records of the vault", ESC, workflow(
        "DELETE", f"{ARM}/providers/Microsoft.KeyVault/vaults/kv-bank/providers/Microsoft.Insights/diagnosticSettings/"
        "soc?api-version=2021-05-01-preview"),
        "critical", "nobody sees who reads secrets"),
    Attack("a workflow removes what a store of records has", ESC, workflow(
        "POST", f"{ARM}/providers/Microsoft.OperationalInsights/workspaces/log-bank/purge?api-version=2023-09-01"),
        "critical", "rows of the tables that it names are removed (Log Analytics, 'Workspace Purge')"),
    Attack("a workflow does what a batch says in the directory", ESC, workflow("POST", f"{GRAPH}/$batch"),
           "critical", "a batch has any request"),
    Attack("a workflow calls the directory by a method that it computes", ESC, workflow(
        "@{variables('method')}", f"{GRAPH}/groups/@{{variables('group')}}/owners/$ref"),
        "critical", "the owner of a group adds its members"),
    Attack("developers write users of MySQL in every namespace", IDN,
           everywhere("mysql-users", "pxc.percona.com", "perconaxtradbclusters"), "critical",
           "the users of a cluster, with their grants, stand in its object"),
    Attack("developers let a controller bring items of the bank's password store", IDN,
           everywhere("items", "onepassword.com", "onepassworditems"), "critical",
           "the controller reads each item that its own token may read"),
    Attack("developers decide by which accounts people sign in to machines and clusters", IDN,
           everywhere("doors", "resources.teleport.dev", "teleportoidcconnectors"), "critical",
           "a connector maps claims to roles (Teleport, 'Kubernetes operator')"),
    Attack("developers replace the authority that signs for every namespace", IDN,
           everywhere("issuers", "cert-manager.io", "clusterissuers"), "critical",
           "certificates are renewed by whatever issuer has the name"),
    Attack("developers write the vault's policies and sign-in", IDN,
           everywhere("vaults", "vault.banzaicloud.com", "vaults"), "critical",
           "the object has policies, roles and the keys of the vault"),
    Attack("supporters run scripts in the databases of records", ("FJ-IDN-214",), (custom_role(
        "record support", "Microsoft.Kusto/clusters/read", "Microsoft.Kusto/clusters/databases/scripts/write"),),
        "critical", "a script grants roles (Azure Data Explorer, 'Configure a database using a Kusto script')"),
    Attack("supporters make users with keys of their own for an account of storage", ("FJ-IDN-214",), (custom_role(
        "file support", "Microsoft.Storage/storageAccounts/read", "Microsoft.Storage/storageAccounts/localUsers/*"),),
        "critical", "a local user has the folders of every container, by an SSH key that no directory knows"),
    Attack("the broker of payments takes connections without TLS beside its blocks", ("FJ-IDN-313",), (
        k8s("core/v1:ConfigMap", {"metadata": meta("nats"), "data": {"nats.conf": BROKER}, "immutable": True}),),
        "major", "passwords and messages cross the network in plain text"),
)  # fmt: skip
