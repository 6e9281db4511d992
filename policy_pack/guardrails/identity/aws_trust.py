"""Role trust policies: they list the principals, and trust accounts and identity providers only with a condition."""

import re
from collections.abc import Iterator

from ..engine.conditions import is_true
from ..engine.families import identity_rule
from ..engine.reading import MISSING, UNKNOWN, Plain, Resource
from ..engine.rows import Guardrail, Severity
from ..engine.verdicts import Outcome
from ..readers.iam_conditions import MATCHING_OPERATOR, StatementCondition
from ..readers.policy_documents import (
    WHOLE_ACCOUNT,
    ParsedStatement,
    judge_statements,
)
from ..readers.resource_policies import resolve_when_known

_ROLE = "aws:iam/role:Role"
_IDENTITY_KEYS = frozenset(
    {"sts:externalid", "aws:principalarn", "aws:principalorgid", "aws:userid", "aws:sourceidentity"}
)
_IDENTITY_TAG = "aws:principaltag/"


def _limits_claim(condition: StatementCondition, *, suffix: str) -> bool:
    """Returns whether a condition limits a token claim to specific values."""
    if not condition.key.lower().endswith(suffix) or not condition.operator.lower().startswith("string"):
        return False
    if "not" in condition.operator.lower() or condition.operator.lower().startswith("forallvalues"):
        return False
    return bool(condition.values) and all(not _matches_anyone(value) for value in condition.values)


def _matches_anyone(value: Plain) -> bool:
    """Returns whether a claim value matches any caller: `*`, or a value whose owner is a wildcard, such as `repo:*` and
    `system:serviceaccount:*`."""
    if value is UNKNOWN:
        return False
    text = str(value)
    return re.match(r"(?:\w+:){0,2}[*?]", text) is not None


def _federated_trust_error(statement: ParsedStatement, name: str) -> str:
    if "saml-provider" in name:
        is_limited = any(
            condition.key.lower() in ("saml:aud", "saml:iss", "saml:sub") for condition in statement.conditions
        )
        return "" if is_limited else "trusts every assertion of an identity provider: no condition on SAML:aud"
    if "cognito-identity.amazonaws.com" in name:
        is_limited = any(_limits_claim(condition, suffix=":aud") for condition in statement.conditions)
        return "" if is_limited else "trusts every Cognito identity pool: no condition on its :aud claim"
    if any(_limits_claim(condition, suffix=":sub") for condition in statement.conditions):
        return ""
    return "trusts every subject of an identity provider: no condition limits its :sub claim"


def _limits_identities(condition: StatementCondition) -> bool:
    """Returns whether a condition limits the identities of an account, or requires MFA."""
    key, values = condition.key.lower(), condition.values
    if key == "aws:multifactorauthpresent":
        return condition.operator.lower() == "bool" and all(is_true(value) for value in values)
    if not (key in _IDENTITY_KEYS or key.startswith(_IDENTITY_TAG)) or not MATCHING_OPERATOR.fullmatch(
        condition.operator
    ):
        return False
    return bool(values) and all(value is UNKNOWN or str(value).strip(" *?") for value in values)


def _trust_errors(statement: ParsedStatement) -> Iterator[str]:
    is_limited = any(_limits_identities(condition) for condition in statement.conditions)
    for kind, name in statement.principals:
        if kind == "Federated" and isinstance(name, str):
            yield _federated_trust_error(statement, name)
        elif kind == "AWS" and isinstance(name, str) and WHOLE_ACCOUNT.fullmatch(name) and not is_limited:
            yield "trusts every identity of an account without a condition"


def _check_trust_policy(resource: Resource) -> Iterator[Outcome]:
    if resource.type != _ROLE or resource.get("assumeRolePolicy") is MISSING:
        return
    yield from judge_statements(
        resource.get("assumeRolePolicy"), "assumeRolePolicy", _first_trust_error, report_unreadable=False
    )


def _first_trust_error(statement: ParsedStatement) -> str:
    return next((text for text in _trust_errors(statement) if text), "")


TRUST: tuple[Guardrail, ...] = (
    identity_rule(105, Severity.CRITICAL,
                  "Role trust policies list the principals, or restrict an account or identity provider by a condition",
                  "trusting a whole account or identity provider trusts everyone in it",
                  "List roles in Principal, add sts:ExternalId or aws:PrincipalArn, or limit the provider's :sub claim",
                  predicate=_check_trust_policy, resolve=resolve_when_known, types=(_ROLE,)),
)  # fmt: skip
