"""AWS policies on resources: nobody is let in who is not named or held by a condition."""

from collections.abc import Iterator

from ..engine.families import exposure_rule
from ..engine.reading import MISSING, Resource
from ..engine.rows import Guardrail, Severity, aws
from ..engine.verdicts import Outcome, failed, passed
from ..readers.policy_documents import Statement
from ..readers.resource_policies import DOCUMENTS, ENDPOINT, judge_documents, resolve_when_known

_ENDPOINT_KEYS = frozenset({"aws:resourceaccount", "aws:resourceorgid", "aws:resourceorgpaths"})


def _is_restricted(resource: Resource, statement: Statement) -> bool:
    """Endpoints let in whoever is in the network: there, what can be reached may be named instead of who reaches it."""
    if statement.is_restricted:
        return True
    if resource.type not in ENDPOINT:
        return False
    named = bool(statement.resources) and not statement.covers_everything
    return named or any(condition.key.lower() in _ENDPOINT_KEYS for condition in statement.conditions)


def _lets_in_everyone(resource: Resource, statement: Statement) -> str:
    is_open = statement.is_public and not _is_restricted(resource, statement)
    return "lets in everybody" if is_open else ""


def _permissions(resource: Resource) -> Iterator[Outcome]:
    action = resource.get("action")
    if isinstance(action, str) and not action.lower().startswith(_CALLS):
        yield failed("action allows more than to call the function", "action")
    held = any(resource.get(key) is not MISSING for key in ("sourceArn", "sourceAccount", "principalOrgId"))
    principal = str(resource.get("principal"))
    if principal == "*" and resource.get("principalOrgId") is MISSING:
        yield failed("principal is * and no organisation is named", "principal")
    elif principal.endswith(".amazonaws.com") and not held:
        yield failed(
            "principal is a service of AWS, which acts for every account: sourceArn or sourceAccount must say for whom",
            "principal",
        )
    else:
        yield passed()


def _layers(resource: Resource) -> Iterator[Outcome]:
    is_public = resource.get("principal") == "*" and resource.get("organizationId") is MISSING
    yield failed("principal is * and no organisation is named", "principal") if is_public else passed()


_FUNCTION, _LAYER = aws("lambda/Permission", "lambda/LayerVersionPermission")
_CALLS = "lambda:invoke"


def _granted(resource: Resource) -> Iterator[Outcome]:
    yield from (_layers if resource.type == _LAYER else _permissions)(resource)


RESOURCE_POLICIES: tuple[Guardrail, ...] = (
    exposure_rule(112, Severity.CRITICAL,
                  "Policies on resources let in named principals, or hold everybody else off by a condition",
                  "Principal * is everybody with an AWS account, and often without one",
                  "Name the principals, or add a condition on aws:PrincipalOrgID, aws:SourceAccount, aws:SourceArn or "
                  "aws:SourceVpce (kms:ViaService only together with kms:CallerAccount)",
                  predicate=judge_documents(_lets_in_everyone), resolve=resolve_when_known, types=tuple(DOCUMENTS)),
    exposure_rule(113, Severity.HIGH,
                  "Functions are invoked by named principals, services only on behalf of named resources",
                  "a service of AWS acts for every account, and so for a stranger too",
                  "Set source_arn (or source_account, or principal_org_id), and action to lambda:InvokeFunction",
                  predicate=_granted, types=(_FUNCTION, _LAYER)),
)  # fmt: skip
