"""Attached policies of AWS identities: managed policies by what they allow, from the list in `falaj.facts`.

Property names checked against pulumi-aws 7.51.1 on 2026-11-27 (a test repeats it).
"""

import re
from collections.abc import Callable, Collection, Iterator
from fnmatch import fnmatchcase
from functools import partial

from falaj.facts.aws_managed_policies import READ_ON, managed_policies
from falaj.facts.iam_conditions import Narrowing
from falaj.facts.predefined_roles import Level, PredefinedRole

from ..engine.conditions import Condition, one_of
from ..engine.families import identity_rule
from ..engine.lazy_regex import lazy_regex
from ..engine.plan import Plan
from ..engine.reading import Plain, Resource, one_or_many, walk
from ..engine.rows import Check, Guardrail, Severity, aws
from ..engine.verdicts import Outcome, failed, passed, undetermined
from ..readers.iam_conditions import StatementCondition
from ..readers.policy_documents import ParsedStatement, matches, statements
from ..readers.related_resources import referred_to
from .aws_boundaries import BY_NAME, check_attached, check_attached_in_plan

STOLEN_IDENTITY = "an attacker who steals an identity gets all of its permissions"

ATTACHMENTS: dict[str, str] = {
    **dict.fromkeys(aws("iam/RolePolicyAttachment", "iam/GroupPolicyAttachment", "iam/PolicyAttachment",
                        "quicksight/IamPolicyAssignment"), "policyArn"),
    **dict.fromkeys(aws("iam/RolePolicyAttachmentsExclusive", "iam/GroupPolicyAttachmentsExclusive",
                        "iam/UserPolicyAttachmentsExclusive"), "policyArns"),
    **dict.fromkeys(aws("iam/Role", "ssoadmin/ManagedPolicyAttachmentsExclusive"), "managedPolicyArns"),
    **dict.fromkeys(aws("ssoadmin/ManagedPolicyAttachment"), "managedPolicyArn"),
    **dict.fromkeys(aws("budgets/BudgetAction"), "definition.iamActionDefinition?.policyArn"),
}  # fmt: skip
"""Type -> path of the policies that it attaches."""
BOUNDARIES: dict[str, str] = {
    **dict.fromkeys(aws("iam/Role", "iam/User"), "permissionsBoundary"),
    **dict.fromkeys(aws("ssoadmin/PermissionsBoundaryAttachment"), "permissionsBoundary?.managedPolicyArn"),
    **dict.fromkeys(aws("chatbot/SlackChannelConfiguration", "chatbot/TeamsChannelConfiguration"),
                    "guardrailPolicyArns"),
    **dict.fromkeys(aws("rolesanywhere/Profile"), "managedPolicyArns"),
    **dict.fromkeys(aws("emr/StudioSessionMapping"), "sessionPolicyArn"),
}  # fmt: skip
"""Type -> path of the policies that limit an identity: boundaries and policies of sessions."""

_EVERY_ACTION = "every action"
_CUSTOMER_POLICY = lazy_regex(r"arn:[^:]*:iam::\d{12}:policy/.*", re.IGNORECASE)
"""A policy of an account, whose document other rules evaluate."""
_AWS_POLICY = lazy_regex(r"arn:[^:]*:iam::aws:policy/.*", re.IGNORECASE)


def _name(arn: str) -> str:
    return arn.strip().rsplit("/", 1)[-1]


def _managed_policy(arn: str) -> PredefinedRole | None:
    return None if _CUSTOMER_POLICY.fullmatch(arn.strip()) else managed_policies().get(_name(arn).lower())


def _is_service_role(policy: PredefinedRole) -> bool:
    """Returns whether a policy is for a role of a service, by its path or, as AWS Backup's for S3, by its name."""
    return policy.name.startswith("service-role/") or "ServiceRolePolicy" in policy.name


def _problem(arn: str) -> str:
    """Returns why a policy must not be attached; empty if it may be."""
    policy = _managed_policy(arn)
    if policy is None:
        is_unlisted = _AWS_POLICY.fullmatch(arn.strip()) is not None
        return f"{_name(arn)} is not in the list of AWS managed policies of {READ_ON}" * is_unlisted
    return f"{_name(arn)} grants {policy.grants}" if policy.is_broad else ""


_ATTACHING = ("iam:AttachGroupPolicy", "iam:AttachRolePolicy", "iam:AttachUserPolicy")
_OF_AWS = "arn:aws:iam::aws:policy/"
_ADMINISTRATORS = frozenset({"AdministratorAccess", "IAMFullAccess", "PowerUserAccess"})


def _left_by(condition: StatementCondition, allowed: Collection[str]) -> frozenset[str]:
    """Returns the broad policies of AWS that a condition on iam:PolicyARN leaves. What may be attached in any case
    (identity.managed_policies) is not among them if the condition names it in full."""
    broad = frozenset(policy.name for policy in managed_policies().values() if policy.is_broad)
    operator = condition.operator.lower()
    if operator == "null":
        return broad
    values = [str(value) for value in condition.values]
    is_denial = "not" in operator
    named = frozenset(
        name for name in broad for value in values
        if fnmatchcase(f"{_OF_AWS}{name}", value)
        and (is_denial or name in _ADMINISTRATORS or _name(value).lower() not in allowed)
    )  # fmt: skip
    return broad - named if is_denial else named


_PATTERN_OF_IDENTITIES = lazy_regex(r"arn:[^:]*:iam::[^:]*:(?:group|role|user)/(?!aws-service-role/)[^*?]*[*?].*")
"""Several roles, users or groups. Nobody but its service attaches policies to a role that is linked to a service."""


def attaches_broadly(statement: ParsedStatement, allowed: Collection[str]) -> str:
    """Returns the violation of a statement that attaches policies of AWS under conditions that leave the broad ones, or
    without a condition to whatever has a name like a pattern (IAM User Guide, "Controlling access to managed policies",
    read 2026-12-01). A boundary limits what they allow, and a tag whose they are. Policies that are written into roles
    have no key that names what they allow, so whoever deploys roles with generated names needs a pattern for these."""
    limits = [item for item in statement.conditions if item.key.lower() == "iam:policyarn"]
    action = next((item for item in statement.actions if matches(item, *_ATTACHING)), "")
    is_bounded = any(item.key.lower() == "iam:permissionsboundary" and item.narrows(Narrowing.PERMISSIONS)
                     for item in statement.conditions)  # fmt: skip
    if not action or is_bounded:
        return ""
    if not limits:
        named = (item for item in statement.resources if isinstance(item, str))
        pattern = next((item for item in named if _PATTERN_OF_IDENTITIES.fullmatch(item.strip())), "")
        is_open = pattern and not statement.is_narrowed(Narrowing.RESOURCE)
        return f"allows {action} on {pattern} for each policy: add a condition on iam:PolicyARN" if is_open else ""
    left = frozenset.intersection(*(_left_by(item, allowed) for item in limits))
    name = min(left & _ADMINISTRATORS or left, default="")
    return f"allows {action}, and its condition on iam:PolicyARN leaves {name}" if name else ""


def _arns(resource: Resource, path: str) -> Iterator[tuple[str, Plain]]:
    for found, value in walk(resource.props, path):
        items = one_or_many(value)
        yield from ((f"{found}[{index}]" if isinstance(value, list) else found, item)
                    for index, item in enumerate(items))  # fmt: skip


def _check_attachments(allowed: frozenset[str], resource: Resource) -> Iterator[Outcome]:
    """Policies of services (`service-role/`) are evaluated with their role, in the plan."""
    for path, arn in _arns(resource, ATTACHMENTS.get(resource.type, "")):
        if isinstance(arn, str) and _name(arn).lower() not in allowed:
            policy = _managed_policy(arn)
            text = "" if policy and _is_service_role(policy) else _problem(arn)
            yield failed(f"{path}: {text}", path) if text else passed()


def _check_boundaries(resource: Resource) -> Iterator[Outcome]:
    yield from check_attached(resource, ATTACHMENTS)
    for path, arn in _arns(resource, BOUNDARIES[resource.type]) if resource.type in BOUNDARIES else ():
        policy = _managed_policy(arn) if isinstance(arn, str) else None
        is_no_limit = policy is not None and _EVERY_ACTION in policy.grants.split("; ")
        yield failed(f"{path}: {_name(str(arn))} limits nothing", path) if is_no_limit else passed()


_ROLE = aws("iam/Role")[0]
_ROLE_LINKS = {**dict.fromkeys(aws("iam/RolePolicyAttachment"), "role"),
               **dict.fromkeys(aws("iam/RolePolicyAttachmentsExclusive"), "roleName")}  # fmt: skip


def _role_of(resource: Resource, plan: Plan) -> Resource | None:
    if resource.type == _ROLE:
        return resource
    link = _ROLE_LINKS.get(resource.type)
    return next(referred_to(resource, plan, (_ROLE,), link, ("name", "arn")), None) if link else None


_PROGRAMS = {"ec2": "ec2", "lambda": "lambda", "edgelambda": "lambda", "ecs-tasks": "ecs", "pods": "eks",
             "tasks": "apprunner", "codebuild": "codebuild", "sagemaker": "sagemaker", "glue": "glue"}  # fmt: skip
"""Service that runs its users' programs -> the word in names of policies that are written for those programs."""


def _is_the_services(policy: PredefinedRole, kind: str, principal: Plain) -> bool:
    """Returns whether a principal is a service that uses the policy itself, or whose programs it is written for."""
    if kind.lower() != "service" or not isinstance(principal, str):
        return False
    word = _PROGRAMS.get(principal.lower().split(".")[0])
    return word is None or (word in policy.name.lower() and policy.level is not Level.CRITICAL)


def _trusts_only(role: Resource, is_right: Callable[[str, Plain], bool]) -> bool | None:
    """Returns whether only right principals, by their kind and name, may assume a role; None if its trust policy is not
    known."""
    trust = statements(role.get("assumeRolePolicy"), "assumeRolePolicy")
    if trust is None:
        return None
    allowing = [statement for statement in trust if statement.allows]
    return bool(allowing) and all(
        statement.principals and not statement.is_not_principal and not statement.is_public
        and all(is_right(kind, name) for kind, name in statement.principals)
        for statement in allowing
    )  # fmt: skip


def _acts_by_itself(kind: str, principal: Plain) -> bool:
    """Returns whether a principal is a service that does not run its users' programs with a role."""
    is_service = kind.lower() == "service" and isinstance(principal, str)
    return is_service and str(principal).lower().split(".")[0] not in _PROGRAMS


def is_of_service(role: Resource) -> bool:
    """Returns whether only services that run no programs of their users may assume a role."""
    return _trusts_only(role, _acts_by_itself) is True


def _check_service_roles(allowed: frozenset[str], resource: Resource, plan: Plan) -> Iterator[Outcome]:
    for path, arn in _arns(resource, ATTACHMENTS.get(resource.type, "")):
        policy = _managed_policy(arn) if isinstance(arn, str) and _name(arn).lower() not in allowed else None
        if policy is None or not policy.is_broad or not _is_service_role(policy):
            continue
        role = _role_of(resource, plan)
        is_for_service = False if role is None else _trusts_only(role, partial(_is_the_services, policy))
        if is_for_service is None:
            yield undetermined(f"{path}: who may assume the role is not known before deployment", path)
        elif is_for_service:
            yield passed()
        else:
            yield failed(
                f"{path}: {_problem(str(arn))}, and the role is not only of the service that the policy is for", path
            )


_HOST_ROLE = "AWSSystemsManagerDefaultEC2InstanceManagementRole"
HOST_SETTING = Condition(
    "must be the setting of the role of hosts",
    lambda value: str(value).endswith("/managed-instance/default-ec2-instance-management-role"),
)
HOST_ROWS = (
    Check(aws("ssm/ServiceSetting"), "settingValue", one_of(_HOST_ROLE, f"service-role/{_HOST_ROLE}"),
          when=("settingId", HOST_SETTING)),
)  # fmt: skip
"""Each machine without a profile gets the role of the setting, whose policy AWS writes (the setting by botocore 1.44.8,
ssm, GetServiceSetting, read 2026-11-29; AWS Systems Manager, "Default Host Management Configuration", which works
without profiles, read 2026-11-30)."""


def attachment_guardrails(managed_policies: Collection[str]) -> tuple[Guardrail, ...]:
    """Returns the guardrails of attached policies; the settings list the `managed_policies` that may be attached."""
    allowed = frozenset(name.lower() for name in managed_policies)
    return (
        identity_rule(106, Severity.CRITICAL, "Attached AWS managed policies are narrow",
                      STOLEN_IDENTITY,
                      "Attach an aws.iam.Policy with the actions and resources that are needed (policy_arn), attach a "
                      "policy of service-role/ only to a role that just its service may assume, or list the policy's "
                      "name with the reason under identity.managed_policies in enforcement.yaml",
                      checks=HOST_ROWS, predicate=partial(_check_attachments, allowed),
                      plan_predicate=partial(_check_service_roles, allowed), types=tuple(ATTACHMENTS)),
        identity_rule(115, Severity.HIGH, "Permissions boundaries limit what an identity can do",
                      "a boundary that allows every action looks like a limit, and is none",
                      "Set permissions_boundary to an aws.iam.Policy with the services that are needed, or remove it; "
                      "attach no policy whose name says that it is a boundary: as a limit it may be broad",
                      predicate=_check_boundaries,
                      plan_predicate=partial(check_attached_in_plan, paths=ATTACHMENTS),
                      types=(*dict.fromkeys((*BOUNDARIES, *ATTACHMENTS, *BY_NAME)),)),
    )  # fmt: skip
