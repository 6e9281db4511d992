"""Good programs close to the attacks of the twenty-fifth set on AWS (2026-12-02)."""

from ..attacks.twenty_fifth_aws import EC2_TRUST
from ..blind import ME, TAGS, aws, document, policy, statement
from . import Idiom
from .families import AWS_DOCS

R = "me-central-1"
IAM = f"{AWS_DOCS}/IAM/latest/UserGuide"
ARN = f"arn:aws:iam::{ME}"

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
)  # fmt: skip
