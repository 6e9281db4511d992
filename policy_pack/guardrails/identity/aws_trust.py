"""Role trust policies: they list the principals, and trust accounts and identity providers only with a condition."""

from collections.abc import Collection, Iterator

from falaj.facts.iam_conditions import Narrowing
from falaj.facts.oidc_issuers import IssuerClaim, claims_of

from ..engine.families import identity_rule
from ..engine.reading import MISSING, UNKNOWN, Resource
from ..engine.rows import Guardrail, Predicate, Severity
from ..engine.verdicts import Outcome
from ..readers.aws_accounts import own_accounts, owner_of
from ..readers.iam_conditions import StatementCondition
from ..readers.policy_documents import (
    WHOLE_ACCOUNT,
    ParsedStatement,
    judge_statements,
)
from ..readers.resource_policies import resolve_when_known
from ..readers.shared_namespaces import DEFAULT_ACCOUNT

_ROLE = "aws:iam/role:Role"
_SAML_KEYS = frozenset({"saml:aud", "saml:iss", "saml:sub"})
_COGNITO = "cognito-identity.amazonaws.com"


def has_fixed_values(condition: StatementCondition) -> bool:
    """Returns whether a condition requires one of its values, none of which has a wildcard or a policy variable."""
    return (
        condition.is_binding
        and bool(condition.values)
        and all(
            value is UNKNOWN or (isinstance(value, str) and value != "" and not set(value) & set("*?$"))
            for value in condition.values
        )
    )


def _names_tenant(condition: StatementCondition, issuer: str, claim: IssuerClaim) -> bool:
    """Returns whether a condition on a claim of the issuer's own tokens names its tenant in every value."""
    if condition.key.lower() != f"{issuer}:{claim.claim}".lower() or not condition.is_binding:
        return False
    return bool(condition.values) and all(
        value is UNKNOWN or (isinstance(value, str) and "${" not in value and claim.values.fullmatch(value) is not None)
        for value in condition.values
    )


def _is_authenticated(condition: StatementCondition) -> bool:
    """Returns whether a condition of Cognito requires an identity that has signed in."""
    return (
        condition.key.lower() == f"{_COGNITO}:amr"
        and has_fixed_values(condition)
        and "unauthenticated" not in condition.values
    )


def _unfixed_subject(statement: ParsedStatement, key: str, claim: IssuerClaim) -> str:
    """Returns how a condition on the claim leaves the tenant open, or that there is none."""
    values = (
        value
        for condition in statement.conditions
        if condition.key.lower() == key.lower() and condition.is_binding
        for value in condition.values
    )
    found = next((v for v in values if isinstance(v, str) and ("${" in v or not claim.values.fullmatch(v))), "")
    if found:
        return (
            f"trusts too many subjects of an identity provider: {key} may be '{found}' (fix it as in {claim.example})"
        )
    return f"trusts every subject of an identity provider: no condition fixes {key} (such as {claim.example})"


def _federated_trust_error(statement: ParsedStatement, name: str) -> str:
    if "saml-provider/" in name:
        is_limited = any(
            condition.key.lower() in _SAML_KEYS and has_fixed_values(condition) for condition in statement.conditions
        )
        return "" if is_limited else "trusts every assertion of an identity provider: no condition fixes SAML:aud"
    issuer = name.partition("oidc-provider/")[2] or name
    claims = claims_of(issuer)
    if not any(_names_tenant(condition, issuer, claim) for condition in statement.conditions for claim in claims):
        return _unfixed_subject(statement, f"{issuer}:{claims[0].claim}", claims[0])
    accounts = (value for condition in statement.conditions if condition.key.lower().endswith(":sub")
                for value in condition.values)  # fmt: skip
    if any(isinstance(value, str) and DEFAULT_ACCOUNT.fullmatch(value) for value in accounts):
        return "trusts the service account of every pod that names none: name one of its own in :sub"
    if issuer.lower() == _COGNITO and not any(_is_authenticated(condition) for condition in statement.conditions):
        return f"trusts everyone who has not signed in: no condition requires {_COGNITO}:amr to be authenticated"
    return ""


_CERTIFICATE = (Narrowing.CALLER, Narrowing.TRUST, Narrowing.OWN_TRUST)
_ROLES_ANYWHERE = "rolesanywhere.amazonaws.com"
"""Service whose callers present certificates; aws:SourceArn names the trust anchor, and tags the fields of the
certificate's subject and issuer (IAM Roles Anywhere User Guide, "Trust model" and "Attribute mapping and trust policy",
read 2026-11-27)."""


_ADDED = frozenset({"sts:tagsession", "sts:setsourceidentity", "sts:setcontext"})
"""Actions that only add to a session, which another statement has to allow (awsdocs/iam-user-guide e2b8637a,
id_credentials_temp_control-access_monitor.md and id_session-tags.md, read 2026-11-30)."""


def _trust_errors(statement: ParsedStatement, own: Collection[str]) -> Iterator[str]:
    if statement.actions and all(str(action).lower() in _ADDED for action in statement.actions):
        return
    for kind, name in statement.principals:
        if kind == "Federated" and isinstance(name, str):
            yield _federated_trust_error(statement, name)
        elif name == _ROLES_ANYWHERE and not statement.is_narrowed(*_CERTIFICATE):
            yield (
                "trusts every certificate of every trust anchor: no condition fixes aws:SourceArn or "
                "aws:PrincipalTag/x509Subject/CN"
            )
        elif kind == "AWS" and isinstance(name, str) and (WHOLE_ACCOUNT.fullmatch(name) or set(name[1:]) & set("*?")):
            # Whoever administers another account chooses the tags of its identities.
            narrowings = (Narrowing.TRUST, *((Narrowing.OWN_TRUST,) if owner_of(name) in own else ()))
            if not statement.is_narrowed(*narrowings):
                yield "trusts every identity of an account: no condition names identities, an organisation or an id"


def _check_trust_policy(trusted: Collection[str]) -> Predicate:
    def predicate(resource: Resource) -> Iterator[Outcome]:
        if resource.get("assumeRolePolicy") is MISSING:
            return
        own = own_accounts(resource) | frozenset(trusted)
        yield from judge_statements(
            resource.get("assumeRolePolicy"),
            "assumeRolePolicy",
            lambda statement: next((text for text in _trust_errors(statement, own) if text), ""),
            report_unreadable=False,
        )

    return predicate


def trust_guardrails(trusted: Collection[str]) -> tuple[Guardrail, ...]:
    """Returns the guardrail; `trusted` are the accounts that the settings list."""
    return (
        identity_rule(105, Severity.CRITICAL,
                      "Role trust policies list the principals, or restrict an account or identity provider by a "
                      "condition",
                      "trusting a whole account or identity provider trusts everyone in it",
                      "List roles in Principal, add sts:ExternalId or aws:PrincipalArn with fixed values, or fix the "
                      "organisation, project or namespace in the claim of the provider that the message names",
                      predicate=_check_trust_policy(trusted), resolve=resolve_when_known, types=(_ROLE,)),
    )  # fmt: skip
