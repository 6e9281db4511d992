"""Attached policies of AWS identities: managed policies by what they allow."""

from ..engine.conditions import Condition
from ..engine.families import identity_rule
from ..engine.reading import UNKNOWN, Plain
from ..engine.rows import Check, Guardrail, Severity, aws
from ..engine.verdicts import Verdict

STOLEN_IDENTITY = "an attacker who steals an identity gets all of its permissions"


def _is_broad_policy(value: Plain) -> bool:
    name = str(value).rsplit("/", 1)[-1]
    return value is not UNKNOWN and name in {
        "AdministratorAccess", "IAMFullAccess", "PowerUserAccess", "AdministratorAccess-Amplify",
        "AdministratorAccess-AWSElasticBeanstalk", "AmazonS3FullAccess", "SecretsManagerReadWrite",
    }  # fmt: skip


NARROW_POLICY = Condition(
    "must not be an administrator policy",
    lambda value: not any(_is_broad_policy(item) for item in (value if isinstance(value, list) else [value])),
    missing=Verdict.PASS,
    unknown=Verdict.PASS,
)
"""The policy is not an AWS managed policy with full access to all services, IAM, storage or secrets."""

ATTACHED_ROWS = (
    Check(aws("iam/RolePolicyAttachment", "iam/GroupPolicyAttachment",
              "iam/PolicyAttachment"), "policyArn", NARROW_POLICY),
    Check(aws("iam/Role"), "managedPolicyArns", NARROW_POLICY),
    Check(aws("ssoadmin/ManagedPolicyAttachment"), "managedPolicyArn", NARROW_POLICY),
)  # fmt: skip
AWS_ATTACHMENTS: tuple[Guardrail, ...] = (
    identity_rule(106, Severity.CRITICAL, "No administrator policy is attached",
                  STOLEN_IDENTITY, "Write a policy with the actions that are needed",
                  checks=ATTACHED_ROWS),
)  # fmt: skip
