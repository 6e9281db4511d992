"""Good idioms that come closest to what stays refused after set 21: runners by a chart, limits of delegated rights."""

from ..blind import ME, TAGS, aws, document, statement
from ..harness import UNKNOWN
from . import Idiom
from .eleventh_charts import CLOSED, SMALL
from .ninth_aws import arn
from .sixteenth_stores import password
from .thirteenth_aws import OURS
from .twelfth_charts import MIRROR, mirrored, ours
from .twentieth_goodb_charts import approved, namespace
from .twenty_first_xcharts import GITLAB, leaving

LIMIT = document(
    statement(["s3:GetObject", "s3:PutObject", "s3:ListBucket", "kms:Decrypt", "kms:GenerateDataKey",
               "secretsmanager:GetSecretValue", "logs:CreateLogStream", "logs:PutLogEvents"]),
    {"Effect": "Deny", "Action": ["iam:*", "organizations:*", "cloudtrail:StopLogging"], "Resource": "*"},
)  # fmt: skip

IDIOMS: tuple[Idiom, ...] = (
    *approved(Idiom("GitLab's runner and its jobs have one closed namespace, and the chart's role has what jobs need", (
        *namespace("builds"), password("runner-token", "builds", "runner-token"),
        leaving("forge", "builds", "10.40.1.10/32"),
        mirrored("gitlab-runner", "0.83.0", {
            "gitlabUrl": "https://gitlab.bank.ae", "concurrent": 10, "image": {
                "registry": MIRROR, "image": "gitlab/gitlab-runner", "tag": "alpine-v18.6.0"}, "rbac": {
                "create": True, "clusterWideAccess": False, "rules": [
                    {"apiGroups": [""], "resources": ["pods"], "verbs": ["get", "list", "watch", "create", "delete"]},
                    {"apiGroups": [""], "resources": ["pods/attach", "pods/exec"], "verbs": ["create", "patch",
                        "delete"]},
                    {"apiGroups": [""], "resources": ["pods/log"], "verbs": ["get", "list", "watch"]},
                    {"apiGroups": [""], "resources": ["secrets", "configmaps"], "verbs": [
                        "get", "create", "update", "delete"]}]},
            "runners": {"secret": "runner-token", "executor": "kubernetes", "config": GITLAB}, "resources": SMALL,
            "securityContext": CLOSED, "podLabels": TAGS}, "builds")),
        "docs.gitlab.com/runner/install/kubernetes (limit the permissions that the chart grants), read 2026-12-01",
        ours(), charts=("gitlab-runner",))),
    Idiom("teams make roles of their own below a limit that the platform sets, and without it none", (
        aws("iam/Policy", {"name": "TeamsBoundary", "path": "/platform/", "policy": LIMIT, "tags": TAGS}, "limit"),
        aws("iam/Role", {
            "name": "payments-worker", "path": "/teams/", "permissionsBoundary": UNKNOWN, "tags": TAGS,
            "assumeRolePolicy": document({
                "Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole",
                "Condition": {"StringEquals": {"aws:SourceAccount": ME}}})}, "worker", links={
                    "permissionsBoundary": ("limit",)}),
        aws("iam/RolePolicy", {"role": UNKNOWN, "policy": document(statement(
            "secretsmanager:GetSecretValue", arn("secretsmanager", "secret:payments/db-AbCdEf")))}, "worker-rights",
            links={"role": ("worker",)})),
        "docs.aws.amazon.com/IAM/latest/APIReference/API_PutUserPermissionsBoundary.html, read 2026-12-01", OURS),
)  # fmt: skip
