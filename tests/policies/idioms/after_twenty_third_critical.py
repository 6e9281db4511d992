"""Good idioms close to the twenty-third set's attacks of critical severity (2026-12-01)."""

import json

from ..attacks.after_twenty_third_critical import ARM, ATTACHED, PERIMETER, PLAINTEXT, TOPIC, workflow
from ..attacks.twenty_third_critical import ORGANISATION, OWNER, TRAIL_MAY, R
from ..attacks.twenty_third_critical_azure import GRAPH, custom_role
from ..blind import GROUP, ME, OURS, RG, TAGS, aws, az, document, k8s, meta, role, statement
from ..harness import UNKNOWN
from . import Idiom
from .fourth import AWS_DOCS, LEARN

HOST = {"residency": {"known": {"graph.microsoft.com": "mail of the bank, in the country by contract"}}}
IDENTITY_PERIMETER = {
    "Effect": "Deny", "Principal": "*", "Action": ["s3:*", "kms:*", "sqs:*"], "Resource": "*",
    "Condition": {"StringNotEqualsIfExists": {"aws:PrincipalOrgID": ORGANISATION},
                  "BoolIfExists": {"aws:PrincipalIsAWSService": "false"}}}  # fmt: skip
BROKER = """
server_name: payments
jetstream { store_dir: /data }
tls { cert_file: /tls/tls.crt, key_file: /tls/tls.key, verify: true }
max_payload: 1MB
write_deadline: "10s"
"""

IDIOMS: tuple[Idiom, ...] = (
    Idiom("resources of the organisation are for its own identities and for services", (
        aws("organizations/Policy", {
            "name": "identities", "type": "RESOURCE_CONTROL_POLICY", "tags": TAGS, "content": json.dumps(
                {"Version": "2012-10-17", "Statement": [IDENTITY_PERIMETER]})}),),
        f"{AWS_DOCS}/organizations/latest/userguide/orgs_manage_policies_rcps_examples.html"),
    Idiom("the key of a trail is for the organisation and for the trail", (
        aws("kms/Key", {
            "description": "records of calls", "enableKeyRotation": True, "deletionWindowInDays": 30, "tags": TAGS,
            "policy": json.dumps({"Version": "2012-10-17", "Statement": [OWNER, TRAIL_MAY, IDENTITY_PERIMETER]})},
            "key", protect=True),
        aws("cloudtrail/Trail", {
            "name": "bank", "s3BucketName": "bank-audit-trail", "kmsKeyId": UNKNOWN, "isMultiRegionTrail": True,
            "enableLogFileValidation": True, "includeGlobalServiceEvents": True, "enableLogging": True,
            "cloudWatchLogsGroupArn": f"arn:aws:logs:{R}:{ME}:log-group:trail:*",
            "cloudWatchLogsRoleArn": f"arn:aws:iam::{ME}:role/trail", "tags": TAGS}, "trail",
            links={"kmsKeyId": ("key",)})),
        f"{AWS_DOCS}/awscloudtrail/latest/userguide/create-kms-key-policy-for-cloudtrail.html",
        {"residency": {"known": {"bank-audit-trail": "me-central-1, confirmed by the security team"}}}),
    Idiom("the role of a log of connections writes, and may not delete", (
        role({"Service": "vpc-flow-logs.amazonaws.com"}, {"StringEquals": {"aws:SourceAccount": ME}}, name="flows"),
        aws("iam/RolePolicy", {"role": "flows", "policy": document(
            statement(["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"],
                      f"arn:aws:logs:{R}:{ME}:log-group:flows:*"),
            {"Effect": "Deny", "Action": ["logs:Delete*", "logs:PutRetentionPolicy"], "Resource": "*"})}, "write",
            links={"role": ("flows",)}),
        aws("ec2/FlowLog", {
            "vpcId": "vpc-0123456789abcdef0", "trafficType": "ALL", "logDestinationType": "cloud-watch-logs",
            "logDestination": f"arn:aws:logs:{R}:{ME}:log-group:flows",
            "iamRoleArn": f"arn:aws:iam::{ME}:role/flows", "maxAggregationInterval": 60, "tags": TAGS}, "log")),
        f"{AWS_DOCS}/vpc/latest/userguide/flow-logs-iam-role.html"),
    Idiom("a bucket of records is for the organisation and for services, and a topic for its own alarms", (
        aws("s3/BucketPolicy", {"bucket": "bank-records", "policy": document(IDENTITY_PERIMETER, PLAINTEXT)}, "bucket"),
        aws("ec2/FlowLog", {
            "vpcId": "vpc-0123456789abcdef0", "trafficType": "ALL", "logDestinationType": "s3",
            "logDestination": "arn:aws:s3:::bank-records/flows", "maxAggregationInterval": 60, "tags": TAGS}, "flows"),
        aws("sns/TopicPolicy", {"arn": f"{TOPIC}-apps", "policy": document(
            {**PERIMETER, "Action": "sns:Publish"}, PLAINTEXT)}, "apps"),
        aws("sns/TopicPolicy", {"arn": TOPIC, "policy": document(IDENTITY_PERIMETER, PLAINTEXT)}, "alarms"),
        aws("cloudwatch/MetricAlarm", {
            "name": "root", "comparisonOperator": "GreaterThanThreshold", "evaluationPeriods": 1, "threshold": 0,
            "metricName": "RootUse", "namespace": "Bank", "period": 60, "statistic": "Sum", "alarmActions": [TOPIC],
            "treatMissingData": "notBreaching", "tags": TAGS}, "alarm")),
        "aws-samples/data-perimeter-policy-examples 8e0d3c5 resource_control_policies",
        {"residency": {"known": {"bank-records": "me-central-1, confirmed by the security team"}}}),
    Idiom("records of resources may go to the bank's store only, and locks stay", (
        az("authorization:PolicyDefinition", {
            "policyDefinitionName": "store", "policyType": "Custom", "mode": "All", "displayName": "Store of records",
            "policyRule": {
                "if": {"allOf": [
                    {"field": "type", "equals": "Microsoft.Insights/diagnosticSettings"},
                    {"field": "Microsoft.Insights/diagnosticSettings/workspaceId", "notEquals":
                        f"{OURS}.OperationalInsights/workspaces/log-bank"}]},
                "then": {"effect": "deny"}}}, "store"),
        az("authorization:PolicyDefinition", {
            "policyDefinitionName": "public", "policyType": "Custom", "mode": "All", "displayName": "No addresses",
            "policyRule": {"if": {"field": "type", "equals": "Microsoft.Network/publicIPAddresses"},
                           "then": {"effect": "deny"}}}, "public")),
        f"{LEARN}/governance/policy/concepts/effect-deny"),
    Idiom("devices connect as their thing, and have the credentials of one role", (
        aws("iot/Policy", {"name": "terminal", "tags": TAGS, "policy": document(
            statement("iot:Connect", f"arn:aws:iot:{R}:{ME}:client/*", ATTACHED),
            statement(["iot:Publish", "iot:Receive"],
                      f"arn:aws:iot:{R}:{ME}:topic/terminals/${{iot:Connection.Thing.ThingName}}/*", ATTACHED),
            statement("iot:AssumeRoleWithCertificate", f"arn:aws:iot:{R}:{ME}:rolealias/terminal-logs"))}),),
        f"{AWS_DOCS}/iot/latest/developerguide/authorizing-direct-aws.html"),
    Idiom("reports read one folder of a bucket, and a team its own location, by access grants", (
        aws("s3control/AccessGrant", {
            "accountId": ME, "accessGrantsLocationId": "default", "permission": "READ", "tags": TAGS,
            "accessGrantsLocationConfiguration": {"s3SubPrefix": "bank-reports/monthly/*"},
            "grantee": {"granteeType": "IAM", "granteeIdentifier": f"arn:aws:iam::{ME}:role/reports"}}, "folder"),
        aws("s3control/AccessGrantsLocation", {
            "accountId": ME, "locationScope": "s3://bank-models/", "iamRoleArn": f"arn:aws:iam::{ME}:role/models",
            "tags": TAGS}, "location"),
        aws("s3control/AccessGrant", {
            "accountId": ME, "accessGrantsLocationId": UNKNOWN, "permission": "READWRITE", "tags": TAGS,
            "accessGrantsLocationConfiguration": {"s3SubPrefix": "*"},
            "grantee": {"granteeType": "IAM", "granteeIdentifier": f"arn:aws:iam::{ME}:role/training"}}, "team",
            links={"accessGrantsLocationId": ("location",)})),
        f"{AWS_DOCS}/AmazonS3/latest/userguide/access-grants-grant-create.html",
        {"residency": {"known": {"bank-models": "me-central-1, of the platform", "bank-reports": "me-central-1"}}}),
    Idiom("a project finds documents in the bank's own index", (
        az("cognitiveservices:ProjectConnection", {
            **RG, "accountName": "aif-bank", "projectName": "desk", "connectionName": "index", "properties": {
                "authType": "AAD", "category": "CognitiveSearch", "target": "https://srch-bank.search.windows.net",
                "metadata": {"ApiType": "Azure", "ResourceId": f"{OURS}.Search/searchServices/srch-bank"}}}),),
        f"{LEARN}/ai-foundry/how-to/connections-add",
        {"residency": {"known": {"srch-bank.search.windows.net": "the bank's index, in uaenorth"}}}),
    Idiom("operators restart containers and read what they write", (custom_role(
        "container operators", "Microsoft.ContainerInstance/containerGroups/read",
        "Microsoft.ContainerInstance/containerGroups/restart/action",
        "Microsoft.ContainerInstance/containerGroups/containers/logs/read"),),
        f"{LEARN}/role-based-access-control/permissions/containers"),
    Idiom("developers deploy APIs with what the gateway does for them, and a pipeline databases with their rules", (
        custom_role("api developers", "Microsoft.ApiManagement/service/apis/write",
                    "Microsoft.ApiManagement/service/apis/policies/write"),
        az("authorization:RoleDefinition", {
            "scope": GROUP, "assignableScopes": [GROUP], "roleName": "database pipeline", "roleType": "CustomRole",
            "description": "deploys databases", "permissions": [{"actions": [
                "Microsoft.Sql/servers/write", "Microsoft.Sql/servers/firewallRules/write"], "notActions": []}]},
            "pipeline")),
        f"{LEARN}/role-based-access-control/permissions/integration"),
    Idiom("a pipeline deploys apps with their settings and packages", (custom_role(
        "app pipeline", "Microsoft.Web/sites/read", "Microsoft.Web/sites/write", "Microsoft.Web/sites/config/write",
        "Microsoft.Web/sites/extensions/write", "Microsoft.Web/sites/restart/action"),),
        f"{LEARN}/role-based-access-control/permissions/web-and-mobile"),
    Idiom("a workflow writes mail to the owners of machines", workflow(
        "POST", f"{GRAPH}/users/ops@bank.ae/sendMail"), "learn.microsoft.com/graph/api/user-sendmail", HOST),
    Idiom("a workflow ends the sessions of an account that was stolen", workflow(
        "POST", f"{GRAPH}/users/@{{variables('user')}}/revokeSignInSessions"),
        "learn.microsoft.com/graph/api/user-revokesigninsessions", HOST),
    Idiom("a workflow empties the cache of the website", workflow(
        "POST", f"{ARM}/providers/Microsoft.Cdn/profiles/site/endpoints/site/purge?api-version=2024-02-01"),
        "learn.microsoft.com/rest/api/cdn/endpoints/purge-content"),
    Idiom("a workflow asks who is in a group", workflow(
        "GET", f"{GRAPH}/groups/44444444-5555-6666-7777-888888888888/members"),
        "learn.microsoft.com/graph/api/group-list-members", HOST),
    Idiom("a workflow stops a machine in the evening", workflow(
        "POST", f"{ARM}/providers/Microsoft.Compute/virtualMachines/vm-train/deallocate?api-version=2024-07-01"),
        "learn.microsoft.com/rest/api/compute/virtual-machines/deallocate"),
    Idiom("a team writes the users of its own database", (
        k8s("rbac.authorization.k8s.io/v1:Role", {
            "metadata": meta("databases"), "rules": [{
                "apiGroups": ["k8s.mariadb.com"], "resources": ["users", "grants", "databases"],
                "verbs": ["get", "list", "create", "update", "patch"]}]}, "role"),
        k8s("rbac.authorization.k8s.io/v1:RoleBinding", {
            "metadata": meta("databases"),
            "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": "databases"},
            "subjects": [{"apiGroup": "rbac.authorization.k8s.io", "kind": "Group", "name": "team-a"}]}, "binding")),
        "mariadb-operator/mariadb-operator docs (SQL resources)"),
    Idiom("a broker asks for certificates, in a file with blocks", (
        k8s("core/v1:ConfigMap", {"metadata": meta("nats"), "data": {"nats.conf": BROKER}, "immutable": True}),),
        "nats-io/nats.docs 9885608 running-a-nats-service/configuration/securing_nats/tls.md"),
)  # fmt: skip
