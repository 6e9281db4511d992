"""Statements of one policy of AWS that add up: rights over the role that has the policy, and tags that its own
conditions rely on; and a policy that relies on tags of the session which whoever takes the role states himself.

IAM User Guide, "Actions defined by AWS Identity and Access Management" and "IAM tutorial: ABAC"; RhinoSecurityLabs/
AWS-IAM-Privilege-Escalation 2b04fa1 README.md; the latter read 2026-11-30.
"""

import re
from collections.abc import Iterator
from fnmatch import fnmatchcase

from falaj.facts.iam_conditions import Narrowing

from ..engine.families import identity_rule
from ..engine.lazy_regex import lazy_regex
from ..engine.plan import Plan
from ..engine.reading import Plain, Resource, one_or_many, walk
from ..engine.rows import Guardrail, Severity, aws
from ..engine.verdicts import Outcome, failed, passed
from ..readers.policy_documents import ParsedStatement, matches, statements
from .aws import POLICIES, is_sensitive
from .aws_boundaries import is_boundary

_OWN_RIGHTS = (
    "iam:AttachRolePolicy", "iam:DeleteRolePermissionsBoundary", "iam:PutRolePermissionsBoundary",
    "iam:PutRolePolicy", "iam:UpdateAssumeRolePolicy",
)  # fmt: skip
"""Actions by which whoever has a role changes what it may do, or who else has it."""
_OWN_POLICIES = ("iam:CreatePolicyVersion", "iam:SetDefaultPolicyVersion")
"""Actions by which whoever has a managed policy, or a boundary, changes what it says (in the same list)."""
_OWN_USER = "/${aws:username}"
"""End of the resource of the user who calls, whoever that is."""
_TAGS_OF_CALLERS = ("iam:TagRole", "iam:TagUser")
_TAG_WRITES = (
    "TagResource", "TagResources", "CreateTags", "AddTags", "AddTagsToResource", "PutBucketTagging",
    "PutObjectTagging", "CreateOrUpdateTags", "ChangeTagsForResource",
)  # fmt: skip
"""Names of the actions of services that put a tag on what exists."""
_ON_MACHINES = frozenset({"ssm", "ec2-instance-connect"})
"""Services whose conditions rely on tags that EC2 writes."""
_OF_ROLES = ("managedPolicyArns", "permissionsBoundary")
_ROLE_POLICY, _ROLE, _POLICY, _ATTACHMENT = aws("iam/RolePolicy", "iam/Role", "iam/Policy", "iam/RolePolicyAttachment")


def _roles_of(resource: Resource, plan: Plan) -> frozenset[str]:
    """Returns the names of the roles that have a policy, as far as they are known."""
    if resource.type == _POLICY:
        names = [item.get("role") for item in plan.by_key(_policies_attached).get(resource.urn, ())]
    else:
        names = [resource.get("name" if resource.type == _ROLE else "role")]
    return frozenset(name for name in names if isinstance(name, str))


def _is_of_role(arn: Plain, role: str) -> bool:
    """Returns whether a resource of a statement is a role of that name, whatever its path."""
    path = str(arn).partition(":role/")[2]
    return bool(path) and fnmatchcase(role, path.rpartition("/")[2])


def _policies_of(resource: Resource, plan: Plan) -> frozenset[str]:
    """Returns the names of a managed policy and of those that a role, or the roles that have the policy, have."""
    own = [resource.get("name")] if resource.type == _POLICY else []
    roles = tuple(_holders(resource, plan))
    arns = [arn for role in roles for key in _OF_ROLES for arn in one_or_many(role.get(key))]
    attachments = [item for role in roles for key in _keys_of_role(role)
                   for item in plan.by_key(_holders_attached).get(key, ())]  # fmt: skip
    made = [policy for item in attachments for policy in plan.dependencies_of(item, "policyArn")]
    arns += [item.get("policyArn") for item in attachments]
    named = [arn.rpartition("/")[2] for arn in arns if isinstance(arn, str) and ":policy/" in arn]
    names = (*own, *named, *(policy.get("name") for policy in made))
    return frozenset(name for name in names if isinstance(name, str))


def _policies_attached(attachment: Resource) -> Iterator[str]:
    """Yields the URN of the policy of an attachment."""
    yield from attachment.dependencies.get("policyArn", ()) if attachment.type == _ATTACHMENT else ()


def _holders_attached(attachment: Resource) -> Iterator[str]:
    """Yields the URN and the name of the role of an attachment."""
    if attachment.type == _ATTACHMENT:
        yield from attachment.dependencies.get("role", ())
        yield from _name(attachment.get("role"))


def _keys_of_role(role: Resource) -> Iterator[str]:
    """Yields the URN and the name of a role."""
    if role.type == _ROLE:
        yield role.urn
        yield from _name(role.get("name"))


def _name(value: Plain) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else ()


def _rewrites_itself(statement: ParsedStatement, policies: frozenset[str]) -> str:
    """Returns the violation of a statement that changes a managed policy, or a boundary, of whoever has it."""
    action = next((name for name in _OWN_POLICIES for item in statement.actions if matches(item, name)), "")
    parts = [str(arn).partition(":policy/")[2].rpartition("/")[2] for arn in statement.resources]
    name = next((name for name in sorted(policies) for part in parts if part and fnmatchcase(name, part)), "")
    return f"allows {action} on {name}, a policy of its own role" if action and name else ""


def _widens_itself(statement: ParsedStatement, roles: frozenset[str]) -> str:
    action = next((name for name in _OWN_RIGHTS for item in statement.actions if matches(item, name)), "")
    role = next((role for role in sorted(roles) for arn in statement.resources if _is_of_role(arn, role)), "")
    if not action or not role or statement.is_narrowed(Narrowing.PERMISSIONS):
        return ""
    return f"allows {action} on {role}, the role that has the policy"


def _tags_itself(statement: ParsedStatement, roles: frozenset[str]) -> str:
    """Returns the violation of a statement by which who has it writes any tag on himself: trusts and policies that rely
    on tags of the caller, of this stack and of others, let him in (IAM User Guide, "Controlling access to AWS resources
    using tags", and actions of the service authorization reference, as above)."""
    keys = (item.key.lower() for item in statement.conditions if not item.operator.lower().startswith("null"))
    if any(key == "aws:tagkeys" or key.startswith("aws:requesttag/") for key in keys):
        return ""
    role = next((role for role in sorted(roles) for arn in statement.resources if _is_of_role(arn, role)), "")
    is_user = any(str(arn).lower().endswith(_OWN_USER) for arn in statement.resources)
    for action in statement.actions:
        if (role and matches(action, "iam:TagRole")) or (is_user and matches(action, "iam:TagUser")):
            return f"allows {action} on {role or 'the user'}, which has the policy, with any tag"
    return ""


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
    services |= {"ec2"} if services & _ON_MACHINES else set()
    tagging = tuple(f"{service}:{name}" for service in services for name in _TAG_WRITES)
    for other in document:
        for action in other.actions if other.allows else ():
            if of_callers and matches(action, *_TAGS_OF_CALLERS) and _may_write(other, of_callers):
                yield action, sorted(of_callers)[0]
            elif of_resources and other.is_broad and matches(action, *tagging) and _may_write(other, of_resources):
                yield action, sorted(of_resources)[0]


_TAG_SESSION = "sts:TagSession"
_OF_SESSIONS = lazy_regex(r"(?:aws:principaltag/|\$\{aws:principaltag/)([\w.:/=+@-]{1,128})", re.IGNORECASE)


def _holders(resource: Resource, plan: Plan) -> Iterator[Resource]:
    """Yields the roles of the plan that have a policy."""
    if resource.type == _ROLE:
        yield resource
        return
    attached = plan.by_key(_policies_attached).get(resource.urn, ())
    holders = attached if resource.type == _POLICY else (resource,)
    linked = [urn for item in holders for urn in item.dependencies.get("role", ())]
    keys = (*linked, *_roles_of(resource, plan))
    yield from dict.fromkeys(role for key in keys for role in plan.by_key(_keys_of_role).get(key, ()))


def _tags_of_session(statement: ParsedStatement) -> frozenset[str]:
    """Returns the tags of its caller, in lower case, that say what a statement is about."""
    texts = (*statement.resources, *(text for item in statement.conditions for text in (item.key, *item.values)))
    found = (match[1].lower() for text in texts if isinstance(text, str) for match in _OF_SESSIONS.finditer(text))
    return frozenset(found)


def _fixes(statement: ParsedStatement, tag: str) -> bool:
    """Returns whether a condition of a trust says which value a tag of a session has, or which tags there may be."""
    for item in statement.conditions:
        key, values = item.key.lower(), [str(value).strip() for value in item.values]
        if key == f"aws:requesttag/{tag}" and values and not any(value.strip("*?") == "" for value in values):
            return True
        if key == "aws:tagkeys" and values and not any(fnmatchcase(tag, value.lower()) for value in values):
            return True
    return False


def _stated_by_caller(role: Resource, tags: frozenset[str]) -> str:
    """Returns a tag that identities of AWS may state when they take a role. Services and providers of identities state
    what they know of the caller (IAM User Guide, "Pass session tags in AWS STS"; read 2026-11-30)."""
    for statement in statements(role.get("assumeRolePolicy"), "assumeRolePolicy") or ():
        is_open = statement.allows and any(kind == "AWS" for kind, _ in statement.principals)
        if is_open and any(matches(action, _TAG_SESSION) for action in statement.actions):
            tag = next((tag for tag in sorted(tags) if not _fixes(statement, tag)), "")
            if tag:
                return tag
    return ""


def _relies_on_session(statement: ParsedStatement, resource: Resource, plan: Plan) -> str:
    tags = _tags_of_session(statement)
    stated = (_stated_by_caller(role, tags) for role in _holders(resource, plan)) if tags else iter(())
    tag = next((tag for tag in stated if tag), "")
    return f"relies on the tag {tag} of the session, which whoever takes the role states himself" if tag else ""


def _check_combined(resource: Resource, plan: Plan) -> Iterator[Outcome]:
    roles, policies = _roles_of(resource, plan), _policies_of(resource, plan)
    for path, document in () if is_boundary(resource) else walk(resource.props, POLICIES[resource.type]):
        allowed = [item for item in statements(document, path) or () if item.allows]
        for statement in allowed:
            own = _widens_itself(statement, roles) or _rewrites_itself(statement, policies)
            own = own or _tags_itself(statement, roles)
            if text := own or _relies_on_session(statement, resource, plan):
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
