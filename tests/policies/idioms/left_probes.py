"""Good idioms close to the attacks that earlier readings had left open (2026-12-01)."""

from ..attacks.left_probes import ROLES, VAULTS, carried, denial, organisation
from ..blind import GROUP, ME, policy, statement
from . import Idiom
from .fourth import AWS_DOCS, LEARN

_SCPS = f"{AWS_DOCS}/organizations/latest/userguide/orgs_manage_policies_scps_examples.html"

IDIOMS: tuple[Idiom, ...] = (
    Idiom("nobody ends what the accounts of the organisation record", organisation(
        denial(["config:StopConfigurationRecorder", "config:DeleteConfigurationRecorder", "cloudtrail:StopLogging",
                "guardduty:DeleteDetector", "ec2:DeleteFlowLogs"])), _SCPS),
    Idiom("nobody changes what the detectors of the organisation are, either way", organisation(
        denial(["guardduty:CreateDetector", "guardduty:CreateFilter", "guardduty:DeleteDetector",
                "guardduty:UpdateDetector", "guardduty:StopMonitoringMembers"])),
        f"{AWS_DOCS}/organizations/latest/userguide/orgs_manage_policies_scps_examples_guardduty.html"),
    Idiom("the team of security alone sets up recorders and trails", organisation(denial(
        ["config:PutConfigurationRecorder", "config:StartConfigurationRecorder", "cloudtrail:StartLogging",
         "ec2:CreateFlowLogs"],
        {"ArnNotLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/security-automation"}})), _SCPS),
    Idiom("nothing is recorded in regions where nothing runs, and nobody makes a second trail", organisation(
        denial(["config:*", "guardduty:*", "cloudtrail:StartLogging"],
               {"StringNotEquals": {"aws:RequestedRegion": ["me-central-1", "us-east-1"]}}),
        denial("cloudtrail:CreateTrail")), _SCPS),
    Idiom("a program deploys vaults of a resource group by a custom role", carried(*VAULTS, kind="ServicePrincipal"),
          f"{LEARN}/key-vault/general/rbac-guide"),
    Idiom("a group sees vaults, and writes other things", carried(
        "Microsoft.KeyVault/vaults/read", "Microsoft.Insights/components/write"), f"{LEARN}/role-based-access-control"),
    Idiom("a group has one vault of its own", carried(
        *VAULTS, scope=f"{GROUP}/providers/Microsoft.KeyVault/vaults/kv-cards"),
        f"{LEARN}/key-vault/general/rbac-guide"),
    Idiom("a pipeline attaches the bank's own policies to roles with a prefix, and any to one role", (policy(
        statement("iam:AttachRolePolicy", f"{ROLES}/app-*",
                  {"ArnLike": {"iam:PolicyARN": f"arn:aws:iam::{ME}:policy/apps/*"}}),
        statement("iam:AttachRolePolicy", f"{ROLES}/reports")),),
        f"{AWS_DOCS}/IAM/latest/UserGuide/access_controlling.html"),
    Idiom("a pipeline attaches policies to roles below the boundary of the platform", (policy(
        statement(["iam:AttachRolePolicy", "iam:PutRolePolicy"], f"{ROLES}/app-*",
                  {"StringEquals": {"iam:PermissionsBoundary": f"arn:aws:iam::{ME}:policy/apps-boundary"}})),),
        f"{AWS_DOCS}/IAM/latest/UserGuide/access_policies_boundaries.html"),
    Idiom("a pipeline attaches policies to the roles that have its tag, and writes those of its own roles", (policy(
        statement("iam:AttachRolePolicy", f"{ROLES}/app-*",
                  {"StringEquals": {"aws:ResourceTag/deployer": "apps-pipeline"}}),
        statement(["iam:CreateRole", "iam:PutRolePolicy"], f"{ROLES}/app-*")),),
        f"{AWS_DOCS}/IAM/latest/UserGuide/access_iam-tags.html"),
)  # fmt: skip
