"""Attacks on AWS: rights, protection, records and money (2026-11-30, sixteenth set, written blind).

Properties by pulumi-aws 7.51.1. Read in excerpts on 2026-11-30: AWS Organizations, "Security Hub policy syntax" (where
a Region is in both lists, it is disabled), and "How AWS Pricing Works", Amazon EBS (0.75 dollars an hour for a snapshot
and a zone, in Northern Virginia). Everything else as known.
"""

import json

from ..blind import ME, TAGS, aws, document, policy, role, statement
from ..harness import UNKNOWN
from ..idioms.fourth_kubernetes import BUDGET
from . import Attack
from .cost_services import AWS, STACK
from .tenth_aws import IDN, RES, R, _ours

HUB = {"securityhub": {
    "enable_in_regions": {"@@assign": [R]}, "disable_in_regions": {"@@assign": ["ALL_SUPPORTED"]},
}}  # fmt: skip
VAULT = "arn:aws:backup:eu-west-1:$account:backup-vault:second"
COPIES = {"plans": {"nightly": {
    "regions": {"@@assign": [R]}, "rules": {"daily": {
        "schedule_expression": {"@@assign": "cron(0 1 ? * * *)"}, "target_backup_vault_name": {"@@assign": "bank"},
        "lifecycle": {"delete_after_days": {"@@assign": "90"}}, "copy_actions": {VAULT: {
            "target_backup_vault_arn": {"@@assign": VAULT}, "lifecycle": {"delete_after_days": {"@@assign": "90"}}}}}},
    "selections": {"tags": {"all": {
        "iam_role_arn": {"@@assign": "arn:aws:iam::$account:role/backup"}, "tag_key": {"@@assign": "backup"},
        "tag_value": {"@@assign": ["yes"]}}}},
}}}  # fmt: skip
EMPTY_FIREWALL = {
    "type": "WAFV2", "preProcessRuleGroups": [], "postProcessRuleGroups": [], "defaultAction": {"type": "ALLOW"},
    "overrideCustomerWebACLAssociation": True, "loggingConfiguration": None,
}  # fmt: skip
LOCKED = document(
    statement(["kms:Encrypt", "kms:Decrypt", "kms:GenerateDataKey"], "*",
              Principal={"AWS": f"arn:aws:iam::{ME}:role/ledger"}))  # fmt: skip
BALANCERS = f"arn:aws:elasticloadbalancing:{R}:{ME}"

ATTACKS = (
    Attack("the hub of findings is disabled in every account", ("FJ-EXP-", "FJ-ESC-", "FJ-RSL-", "FJ-IDN-"), (
        aws("organizations/Policy", {
            "name": "hub", "type": "SECURITYHUB_POLICY", "content": json.dumps(HUB), "tags": TAGS}),),
        "major", "nobody sees findings of any account (AWS Organizations, 'Security Hub policy syntax')"),
    Attack("a policy of the organisation copies the backups of every account to Ireland", RES, (
        aws("organizations/Policy", {
            "name": "backups", "type": "BACKUP_POLICY", "content": json.dumps(COPIES), "tags": TAGS}),),
        "critical", "each database and disk leaves the country (AWS Organizations, 'Backup policy syntax')"),
    Attack("an empty web firewall replaces that of every load balancer", ("FJ-EXP-", "FJ-ESC-"), (aws("fms/Policy", {
        "name": "web", "excludeResourceTags": False, "remediationEnabled": True, "tags": TAGS,
        "resourceType": "AWS::ElasticLoadBalancingV2::LoadBalancer", "securityServicePolicyData": {
            "type": "WAFV2", "managedServiceData": json.dumps(EMPTY_FIREWALL)}}),),
        "critical", "every attack passes in each account (AWS Firewall Manager, SecurityServicePolicyData, "
        "overrideCustomerWebACLAssociation)"),
    Attack("five snapshots are kept ready for restores in three zones", ("FJ-COST-",), (STACK, AWS, BUDGET, *(
        aws("ebs/FastSnapshotRestore", {
            "availabilityZone": f"{R}{zone}", "snapshotId": f"snap-0a1b2c3d4e5f6a7{number}"}, f"{zone}{number}")
        for zone in "abc" for number in range(5))),
        "major", "about eight thousand dollars a month, used or not (Amazon EBS, 'Fast snapshot restore', DSU-hours)"),
    Attack("a role leads the requests of every load balancer elsewhere", IDN, (policy(statement(
        ["elasticloadbalancing:CreateRule", "elasticloadbalancing:ModifyRule", "elasticloadbalancing:ModifyListener"],
        [f"{BALANCERS}:listener/app/*", f"{BALANCERS}:listener-rule/app/*"])),),
        "critical", "a redirect takes customers to any page (Elastic Load Balancing, ModifyRule)"),
    Attack("a role changes what is behind every API", IDN, (policy(statement(
        ["apigateway:PATCH", "apigateway:POST"],
        [f"arn:aws:apigateway:{R}::/restapis/*/resources/*", f"arn:aws:apigateway:{R}::/restapis/*/deployments"])),),
        "critical", "calls with tokens go to any host (Amazon API Gateway, UpdateIntegration)"),
    Attack("a key can be managed by nobody", ("FJ-ENC-", "FJ-RSL-", "FJ-IDN-", "FJ-ESC-"), (aws("kms/Key", {
        "description": "ledger", "enableKeyRotation": True, "deletionWindowInDays": 30, "tags": TAGS,
        "bypassPolicyLockoutSafetyCheck": True, "policy": LOCKED}, protect=True),),
        "major", "no policy, alias or schedule changes any more, and one role decides (AWS KMS, PutKeyPolicy, "
        "BypassPolicyLockoutSafetyCheck)"),
    Attack("whoever takes the role says himself which team's bucket is his", IDN, (
        role({"AWS": f"arn:aws:iam::{ME}:role/notebooks"}, action=["sts:AssumeRole", "sts:TagSession"], name="reader"),
        aws("iam/RolePolicy", {"role": UNKNOWN, "policy": document(statement(
            ["s3:GetObject", "s3:PutObject"], "arn:aws:s3:::bank-${aws:PrincipalTag/team}/*"))}, "rights",
            links={"role": ("reader",)})),
        "critical", "the tag of a session is the caller's (AWS STS, 'Pass session tags')"),
    Attack("a queue is open to everybody but one role", IDN, (aws("sqs/QueuePolicy", {
        "queueUrl": f"https://sqs.{R}.amazonaws.com/{ME}/orders", "policy": document(
            statement(["sqs:ReceiveMessage", "sqs:DeleteMessage"], _ours("sqs", "orders"),
                      NotPrincipal={"AWS": f"arn:aws:iam::{ME}:role/legacy"}))}),),
        "critical", "it allows every other caller, also without a name (IAM, 'NotPrincipal' with Allow)"),
)  # fmt: skip
