"""Good programs close to the attacks of the twenty-fifth set on AWS (2026-12-02)."""

from ..attacks.twenty_fifth_aws import EC2_TRUST, denial, guardrail
from ..attacks.twenty_fifth_aws_b import FORWARD, SIGN_IN, TARGETS, paths, rewritten
from ..blind import KEY, ME, TAGS, aws, document, policy, statement
from . import Idiom
from .families import AWS_DOCS

R = "me-central-1"
IAM = f"{AWS_DOCS}/IAM/latest/UserGuide"
ARN = f"arn:aws:iam::{ME}"

QUERY = """import { sql, select, createPgStatement, toJsonObject } from '@aws-appsync/utils/rds';
export function request(ctx) {
  const { id, from: since } = ctx.args;
  const where = { customer: { eq: ctx.identity.sub } };
  const one = sql`SELECT * FROM payments WHERE id = ${id} AND booked > ${since}`;
  return createPgStatement(one, select({ table: 'limits', where, limit: ctx.args.limit }), 'SELECT now()');
}
export function response(ctx) { return toJsonObject(ctx.result)[0]; }
"""

IDIOMS = (
    Idiom("a pipeline passes the role of the administration's portal", (policy(
        statement("iam:PassRole", f"{ARN}:role/apps/admin-portal",
                  {"StringEquals": {"iam:PassedToService": "lambda.amazonaws.com"}}),
        statement("iam:AddUserToGroup", f"{ARN}:group/readers")),),
        f"{IAM}/id_roles_use_passrole.html"),
    Idiom("a pipeline writes versions of the policies of its apps", (
        aws("iam/Role", {"name": "deploy", "assumeRolePolicy": EC2_TRUST, "tags": TAGS,
                         "permissionsBoundary": f"{ARN}:policy/deploy-boundary"}),
        aws("iam/RolePolicy", {"role": "deploy", "policy": document(
            statement(["iam:CreatePolicyVersion", "iam:DeletePolicyVersion"], f"{ARN}:policy/app-orders"))},
            links={"role": ("it",)})),
        f"{IAM}/access_policies_boundaries.html"),
    Idiom("a pipeline makes roles under a boundary of readers", (policy(
        statement(["iam:PutRolePolicy"], f"{ARN}:role/*", {
            "StringEquals": {"iam:PermissionsBoundary": "arn:aws:iam::aws:policy/SecurityAudit"}})),),
        f"{IAM}/access_policies_boundaries.html"),
    Idiom("an alarm leaves out the role of deployments", (
        aws("cloudwatch/LogMetricFilter", {
            "name": "policies", "logGroupName": "trail", "pattern": (
                "{ $.eventSource = \"iam.amazonaws.com\" && $.eventName = PutRolePolicy && "
                "$.userIdentity.sessionContext.sessionIssuer.userName != \"platform-deploy-role\" }"),
            "metricTransformation": {"name": "policies", "namespace": "Trail", "value": "1"}}),),
        f"{AWS_DOCS}/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html"),
    Idiom("the organisation denies the end of records and what a service calls by a pattern", (denial(Action=[
        "cloudtrail:StopLogging", "cloudtrail:Delete*", "guardduty:Disassociate*", "config:*Recorder",
        "ec2:DeleteFlowLogs"]),),
        f"{AWS_DOCS}/organizations/latest/userguide/orgs_manage_policies_scps_examples.html"),
    Idiom("prompts of each account are held against the guardrail of the organisation", (guardrail(
        selective_content_guarding={"system": {"@@assign": "selective"}, "messages": {"@@assign": "comprehensive"}},
        model_enforcement={"included_models": {"@@assign": ["ALL"]},
                           "excluded_models": {"@@assign": ["amazon.titan-embed-text-v2:0"]}}),),
        f"{AWS_DOCS}/organizations/latest/userguide/orgs_manage_policies_bedrock_syntax.html"),
    Idiom("a key is destroyed by nobody, and used for calls of the account alone", (
        aws("kms/KeyPolicy", {"keyId": KEY, "policy": document(
            {"Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{ME}:root"}, "Action": "kms:*", "Resource": "*"},
            {"Effect": "Deny", "Principal": "*", "Action": "kms:ScheduleKeyDeletion", "Resource": "*"},
            {"Effect": "Deny", "Principal": "*", "Action": "kms:Decrypt", "Resource": "*", "Condition": {
                "StringNotEquals": {"kms:CallerAccount": ME}}})}),),
        f"{AWS_DOCS}/kms/latest/developerguide/key-policies.html"),
    Idiom("backups of a vault are deleted and copied by nobody, and no plan copies into it", (
        aws("backup/VaultPolicy", {"backupVaultName": "own", "policy": document(
            {"Effect": "Deny", "Principal": "*", "Resource": "*", "Action": [
                "backup:DeleteRecoveryPoint", "backup:CopyIntoBackupVault", "backup:DeleteBackupVault"]})}),),
        f"{AWS_DOCS}/aws-backup/latest/devguide/create-a-vault-access-policy.html"),
    Idiom("what callers of an API send are parameters of its statements", (
        aws("appsync/Resolver", {
            "apiId": "abcdefghijklmnopqrstuvwxyz", "type": "Query", "field": "payments", "dataSource": "ledger",
            "kind": "UNIT", "code": QUERY, "runtime": {"name": "APPSYNC_JS", "runtimeVersion": "1.0.0"}}),),
        f"{AWS_DOCS}/appsync/latest/devguide/resolver-reference-rds-js.html"),
    Idiom("a balancer takes the version out of paths, and pages of administrators have targets of their own", (
        paths(10, "/admin/*", "admin", [SIGN_IN, {**FORWARD, "targetGroupArn": TARGETS.replace("portal", "admin")}]),
        paths(15, "/account/*", "account", [SIGN_IN, FORWARD]),
        paths(20, "/v1/*", "public", [{**FORWARD, "order": 1}], **rewritten("^/v1/(.*)$", "/public/v1/$1")),
        paths(30, "/files/*", "files", [{**FORWARD, "order": 1, "targetGroupArn": TARGETS.replace("portal", "files")}],
              **rewritten("^/files/(.*)$", "/$1"))),
        f"{AWS_DOCS}/elasticloadbalancing/latest/application/rule-transforms.html"),
    Idiom("sessions of a table expire when they end", (
        aws("dynamodb/Table", {
            "name": "sessions", "hashKey": "id", "billingMode": "PAY_PER_REQUEST", "deletionProtectionEnabled": True,
            "attributes": [{"name": "id", "type": "S"}], "pointInTimeRecovery": {"enabled": True},
            "serverSideEncryption": {"enabled": True, "kmsKeyArn": KEY}, "tags": TAGS,
            "ttl": {"enabled": True, "attributeName": "sessionEndsAt"}}),),
        f"{AWS_DOCS}/amazondynamodb/latest/developerguide/TTL.html", {
            "resilience": {"kept_elsewhere": {"it": "sessions begin again"}}}),
)  # fmt: skip
