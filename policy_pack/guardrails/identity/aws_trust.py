"""Who may take an AWS role: named principals; strangers only under a condition that says which of them."""

import re
from collections.abc import Iterator

from ..engine.conditions import is_true
from ..engine.families import identity_rule
from ..engine.reading import MISSING, UNKNOWN, Plain, Resource
from ..engine.rows import Guardrail, Severity
from ..engine.verdicts import Outcome
from ..readers.policy_documents import OPERATOR, WHOLE_ACCOUNT, Statement, StatementCondition, judge_statements
from ..readers.resource_policies import resolve_when_known

_ROLE = "aws:iam/role:Role"
_IDENTITY_KEYS = frozenset(
    {"sts:externalid", "aws:principalarn", "aws:principalorgid", "aws:userid", "aws:sourceidentity"}
)
_IDENTITY_TAG = "aws:principaltag/"


def _names_one(condition: StatementCondition, *, suffix: str) -> bool:
    """Whether a condition holds the last part of a token's claim to something that is not everybody's."""
    if not condition.key.lower().endswith(suffix) or not condition.operator.lower().startswith("string"):
        return False
    if "not" in condition.operator.lower() or condition.operator.lower().startswith("forallvalues"):
        return False
    return bool(condition.values) and all(not _is_anybody(value) for value in condition.values)


def _is_anybody(value: Plain) -> bool:
    """`*`, or a claim whose owner is a wildcard, such as `repo:*` and `system:serviceaccount:*`."""
    if value is UNKNOWN:
        return False
    text = str(value)
    return re.match(r"(?:\w+:){0,2}[*?]", text) is not None


def _federated(statement: Statement, name: str) -> str:
    if "saml-provider" in name:
        held = any(condition.key.lower() in ("saml:aud", "saml:iss", "saml:sub") for condition in statement.conditions)
        return "" if held else "takes every answer of an identity provider: no condition on SAML:aud"
    if "cognito-identity.amazonaws.com" in name:
        held = any(_names_one(condition, suffix=":aud") for condition in statement.conditions)
        return "" if held else "takes every Cognito pool: no condition on its :aud"
    if any(_names_one(condition, suffix=":sub") for condition in statement.conditions):
        return ""
    return "takes every token of an identity provider: no condition on its :sub that names one subject"


def _names_identity(condition: StatementCondition) -> bool:
    """Whether a condition says which of an account's identities are meant, or that a person stands behind them."""
    key, values = condition.key.lower(), condition.values
    if key == "aws:multifactorauthpresent":
        return condition.operator.lower() == "bool" and all(is_true(value) for value in values)
    if not (key in _IDENTITY_KEYS or key.startswith(_IDENTITY_TAG)) or not OPERATOR.fullmatch(condition.operator):
        return False
    return bool(values) and all(value is UNKNOWN or str(value).strip(" *?") for value in values)


def _trust_errors(statement: Statement) -> Iterator[str]:
    pointed = any(_names_identity(condition) for condition in statement.conditions)
    for kind, name in statement.principals:
        if kind == "Federated" and isinstance(name, str):
            yield _federated(statement, name)
        elif kind == "AWS" and isinstance(name, str) and WHOLE_ACCOUNT.fullmatch(name) and not pointed:
            yield "trusts everybody in an account without a condition"


def _trust(resource: Resource) -> Iterator[Outcome]:
    if resource.type != _ROLE or resource.get("assumeRolePolicy") is MISSING:
        return
    yield from judge_statements(
        resource.get("assumeRolePolicy"), "assumeRolePolicy", _first_trust_error, report_unreadable=False
    )


def _first_trust_error(statement: Statement) -> str:
    return next((text for text in _trust_errors(statement) if text), "")


TRUST: tuple[Guardrail, ...] = (
    identity_rule(105, Severity.CRITICAL,
                  "Roles are taken by named principals, strangers only under a condition that says which of them",
                  "a trust in a whole account or provider is a trust in whoever gets in there",
                  "Name roles in Principal, add sts:ExternalId or aws:PrincipalArn, or hold the provider's :sub to one",
                  predicate=_trust, resolve=resolve_when_known, types=(_ROLE,)),
)  # fmt: skip
