"""Statements of one policy of AWS that add up: rights over the role that has the policy, and tags that its own
conditions rely on.

IAM User Guide, "Actions defined by AWS Identity and Access Management" and "IAM tutorial: ABAC"; RhinoSecurityLabs/
AWS-IAM-Privilege-Escalation 2b04fa1 README.md; the latter read 2026-11-30.
"""

from collections.abc import Iterator
from fnmatch import fnmatchcase

from falaj.facts.iam_conditions import Narrowing

from ..engine.families import identity_rule
from ..engine.plan import Plan
from ..engine.reading import Plain, Resource, walk
from ..engine.rows import Guardrail, Severity, aws
from ..engine.verdicts import Outcome, failed, passed
from ..readers.policy_documents import ParsedStatement, matches, statements
from .aws import POLICIES, is_sensitive

_OWN_RIGHTS = (
    "iam:AttachRolePolicy", "iam:DeleteRolePermissionsBoundary", "iam:PutRolePermissionsBoundary",
    "iam:PutRolePolicy", "iam:UpdateAssumeRolePolicy",
)  # fmt: skip
"""Actions by which whoever has a role changes what it may do, or who else has it."""
_TAGS_OF_CALLERS = ("iam:TagRole", "iam:TagUser")
_TAG_WRITES = (
    "TagResource", "TagResources", "CreateTags", "AddTags", "AddTagsToResource", "PutBucketTagging",
    "PutObjectTagging", "CreateOrUpdateTags", "ChangeTagsForResource",
)  # fmt: skip
"""Names of the actions of services that put a tag on what exists."""
_ROLE_POLICY, _ROLE, _POLICY, _ATTACHMENT = aws("iam/RolePolicy", "iam/Role", "iam/Policy", "iam/RolePolicyAttachment")


def _roles_of(resource: Resource, plan: Plan) -> frozenset[str]:
    """Returns the names of the roles that have a policy, as far as they are known."""
    if resource.type == _POLICY:
        holders = (item for item in plan.of_type(_ATTACHMENT) if resource.urn in item.dependencies.get("policyArn", ()))
        names = [item.get("role") for item in holders]
    else:
        names = [resource.get("name" if resource.type == _ROLE else "role")]
    return frozenset(name for name in names if isinstance(name, str))


def _is_of_role(arn: Plain, role: str) -> bool:
    """Returns whether a resource of a statement is a role of that name, whatever its path."""
    path = str(arn).partition(":role/")[2]
    return bool(path) and fnmatchcase(role, path.rpartition("/")[2])


def _widens_itself(statement: ParsedStatement, roles: frozenset[str]) -> str:
    action = next((name for name in _OWN_RIGHTS for item in statement.actions if matches(item, name)), "")
    role = next((role for role in sorted(roles) for arn in statement.resources if _is_of_role(arn, role)), "")
    if not action or not role or statement.is_narrowed(Narrowing.PERMISSIONS):
        return ""
    return f"allows {action} on {role}, the role that has the policy"


def _tags_by_which(statement: ParsedStatement, mark: str) -> frozenset[str]:
    """Returns the tags, in lower case, whose values limit a statement by keys with a mark, such as `:resourcetag/`."""
    return frozenset(
        text.partition(mark)[2].rstrip("}")
        for condition in statement.conditions
        for text in (condition.key.lower(), *(str(value).lower() for value in condition.values))
        if mark in text
    )


def _may_write(statement: ParsedStatement, tags: frozenset[str]) -> bool:
    """Returns whether no condition keeps a statement that writes tags from one of them, or to what it creates."""
    for condition in statement.conditions:
        if condition.key.lower().endswith(":createaction"):
            return False
        if condition.key.lower() == "aws:tagkeys" and not condition.operator.lower().startswith("null"):
            listed = frozenset(str(value).lower() for value in condition.values)
            return any(fnmatchcase(tag, pattern) for tag in tags for pattern in listed)
    return not statement.is_narrowed(Narrowing.RESOURCE)


def _writers(document: list[ParsedStatement], limited: ParsedStatement) -> Iterator[tuple[Plain, str]]:
    """Yields the actions that write a tag on which a statement relies, with the tag."""
    of_callers = _tags_by_which(limited, ":principaltag/")
    of_resources = _tags_by_which(limited, ":resourcetag/")
    services = {str(action).lower().partition(":")[0] for action in limited.actions}
    tagging = tuple(f"{service}:{name}" for service in services for name in _TAG_WRITES)
    for other in document:
        for action in other.actions if other.allows else ():
            if of_callers and matches(action, *_TAGS_OF_CALLERS) and _may_write(other, of_callers):
                yield action, sorted(of_callers)[0]
            elif of_resources and other.is_broad and matches(action, *tagging) and _may_write(other, of_resources):
                yield action, sorted(of_resources)[0]


def _check_combined(resource: Resource, plan: Plan) -> Iterator[Outcome]:
    roles = _roles_of(resource, plan)
    for path, document in walk(resource.props, POLICIES[resource.type]):
        allowed = [item for item in statements(document, path) or () if item.allows]
        for statement in allowed:
            if text := _widens_itself(statement, roles):
                yield failed(f"{statement.path} {text}", statement.path)
                continue
            writer = next(_writers(allowed, statement), None) if is_sensitive(statement) else None
            text = f"relies on the tag {writer[1]}, which the same policy may write ({writer[0]})" if writer else ""
            yield failed(f"{statement.path} {text}", statement.path) if text else passed()


COMBINED_GRANTS: tuple[Guardrail, ...] = (
    identity_rule(123, Severity.CRITICAL, "No policy lets its identity widen its own rights",
                  "two narrow grants add up to everything that the role may be given or tagged for",
                  "Remove the action, or limit it: iam:PermissionsBoundary for changes of roles, aws:TagKeys without "
                  "the tag for writes of tags",
                  plan_predicate=_check_combined, types=(_ROLE_POLICY, _ROLE, _POLICY)),
)  # fmt: skip
