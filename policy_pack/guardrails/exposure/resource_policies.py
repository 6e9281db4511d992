"""Resource policies on AWS must list the principals, or restrict them by a condition."""

from collections.abc import Iterator
from dataclasses import replace

from falaj.facts.iam_conditions import Narrowing, binds

from ..engine.families import exposure_rule
from ..engine.lazy_regex import lazy_regex
from ..engine.plan import Plan
from ..engine.reading import MISSING, UNKNOWN, Resource
from ..engine.rows import Guardrail, Severity, aws
from ..engine.verdicts import Outcome, failed, passed, undetermined
from ..readers.iam_conditions import as_text
from ..readers.policy_documents import ParsedStatement, matches
from ..readers.resource_policies import DOCUMENTS, VPC_ENDPOINT_TYPES, judge_documents, resolve_when_known
from ..readers.s3_buckets import buckets_named

_IN_NETWORK, _AS_ROOT = "elasticfilesystem:accessedviamounttarget", "elasticfilesystem:ClientRootAccess"
"""Key of whoever comes through a mount target, who needs no identity, and action by which a client has the rights of
root on every file (copies of the Service Authorization Reference and of the Amazon EFS User Guide, "Using IAM to
control file system data access", read 2026-12-02)."""


def _is_restricted(resource: Resource, statement: ParsedStatement) -> bool:
    """Returns whether a statement restricts its callers or, at a VPC endpoint, the resources that can be reached."""
    if statement.not_actions or any(matches(action, _AS_ROOT) for action in statement.actions):
        others = tuple(item for item in statement.conditions if item.key.lower() != _IN_NETWORK)
        statement = replace(statement, conditions=others)
    if statement.is_narrowed(Narrowing.CALLER):
        return True
    if resource.type not in VPC_ENDPOINT_TYPES:
        return False
    lists_resources = bool(statement.resources) and not statement.covers_everything
    return lists_resources or statement.is_narrowed(Narrowing.TARGET)


def _allows_everyone(resource: Resource, statement: ParsedStatement) -> str:
    is_open = statement.is_public and not _is_restricted(resource, statement)
    return "allows everyone" if is_open else ""


def _names_source(resource: Resource, name: str) -> bool:
    """Returns whether a property of a permission names one source, account or organisation."""
    value = resource.get(name)
    return value is UNKNOWN or (value is not MISSING and binds(_SOURCES[name], as_text(value), Narrowing.CALLER))


def _check_function_permission(resource: Resource) -> Iterator[Outcome]:
    action = resource.get("action")
    if isinstance(action, str) and not action.lower().startswith(_INVOKE_PREFIX):
        yield failed("action allows more than to invoke the function", "action")
    principal = str(resource.get("principal")).lower()
    sources = ("sourceArn", "sourceAccount", "principalOrgId")
    if principal == "*" and not _names_source(resource, "principalOrgId"):
        yield failed("principal is * and no organisation is named", "principal")
    elif principal.endswith((".amazonaws.com", ".amazonaws.com.cn")) and not any(
        _names_source(resource, name) for name in sources
    ):
        yield failed(
            "principal is an AWS service, which acts for every account: set sourceArn or sourceAccount",
            "principal",
        )
    elif (
        principal == "s3.amazonaws.com"
        and resource.get("sourceAccount") is MISSING
        and _BUCKET.fullmatch(str(resource.get("sourceArn")))
    ):
        yield undetermined(
            "sourceArn names a bucket, which anybody may have, and not its account: set sourceAccount", "sourceArn"
        )
    else:
        yield passed()


def _resolve_permission(resource: Resource, plan: Plan, outcome: Outcome) -> Outcome:
    """Resolves a bucket that the plan has, or on which the permission depends."""
    name = str(resource.get("sourceArn")).rpartition(":")[2]
    return passed() if buckets_named(name, plan) or any(plan.dependencies_of(resource, "sourceArn")) else outcome


def _check_layer_permission(resource: Resource) -> Iterator[Outcome]:
    is_public = resource.get("principal") == "*" and not _names_source(resource, "organizationId")
    yield failed("principal is * and no organisation is named", "principal") if is_public else passed()


_FUNCTION, _LAYER = aws("lambda/Permission", "lambda/LayerVersionPermission")
_INVOKE_PREFIX = "lambda:invoke"
_BUCKET = lazy_regex(r"arn:[^:]*:s3:::[^*?/]+")
"""ARN of a bucket: it names no account, and its owner may delete it and another account create it again, which then
calls the function (botocore 1.44.8, lambda, AddPermission, SourceAccount, read 2026-11-29)."""
_SOURCES = {
    "sourceArn": "aws:SourceArn",
    "sourceAccount": "aws:SourceAccount",
    "principalOrgId": "aws:PrincipalOrgID",
    "organizationId": "aws:PrincipalOrgID",
}
"""Property of a permission -> the condition key that Lambda writes for it (Lambda API, AddPermission, 2026-11-27)."""


def _check_permission(resource: Resource) -> Iterator[Outcome]:
    yield from (_check_layer_permission if resource.type == _LAYER else _check_function_permission)(resource)


RESOURCE_POLICIES: tuple[Guardrail, ...] = (
    exposure_rule(112, Severity.CRITICAL,
                  "Resource policies allow listed principals only, or restrict the callers by a condition",
                  "Principal * is everyone with an AWS account, and often without one",
                  "List the principals, or add a condition on aws:PrincipalOrgID, aws:SourceAccount, aws:SourceArn or "
                  "aws:SourceVpce (kms:ViaService only together with kms:CallerAccount)",
                  predicate=judge_documents(_allows_everyone), resolve=resolve_when_known, types=tuple(DOCUMENTS)),
    exposure_rule(113, Severity.HIGH,
                  "Functions are invoked by listed principals, and by AWS services only for listed resources",
                  "an AWS service acts for every account, including a stranger's (the confused deputy problem)",
                  "Set source_arn (or source_account, or principal_org_id), and set action to lambda:InvokeFunction",
                  predicate=_check_permission, resolve=_resolve_permission, types=(_FUNCTION, _LAYER)),
)  # fmt: skip
