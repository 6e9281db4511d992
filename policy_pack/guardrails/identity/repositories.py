"""Pipelines that assume roles: those of repositories of one's own.

Everybody has an organisation at GitHub, GitLab and their like, so a subject that names one repository says nothing of
its owner. `falaj.facts.oidc_issuers` knows which part of a token's claim is the organisation; the settings list one's
own. An issuer that the settings list, such as one's own GitLab, has only repositories of one's own.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence

from falaj.facts.oidc_issuers import claims_of

from ..engine.families import identity_rule
from ..engine.lazy_regex import lazy_regex
from ..engine.reading import MISSING, Resource
from ..engine.rows import Guardrail, Predicate, Severity, aws, azure
from ..engine.verdicts import Outcome, failed, passed
from ..readers.policy_documents import ParsedStatement, judge_statements
from ..readers.resource_policies import resolve_when_known

_ROLE = aws("iam/Role")
_CREDENTIAL = azure("managedidentity:FederatedIdentityCredential")
_NUMBER = lazy_regex(r"@\d+")
"""The number of an organisation or a repository after its name, as GitHub has it in subjects that cannot be reused
(GitHub Docs, "OpenID Connect reference", 2026-11-27)."""


class _Owners:
    """The organisations, repositories and issuers that the settings list."""

    def __init__(self, repositories: Collection[str], issuers: Collection[str]) -> None:
        self._repositories = tuple(item.lower().removeprefix("https://").rstrip("/") for item in repositories)
        self._issuers = tuple(item.lower().rstrip("/") for item in issuers)

    def has(self, issuer: str, address: str) -> bool:
        """Returns whether a repository, or the issuer of its tokens, is listed."""
        names = (address, _NUMBER.sub("", address))
        return any(f"{issuer}/".startswith(f"{item}/") for item in self._issuers) or any(
            f"{name}/".startswith(f"{item}/") for name in names for item in self._repositories
        )

    def stranger(self, issuer: str, claims: Iterable[Sequence[str]]) -> str:
        """Returns a repository that is not listed; empty if all values of one claim name listed ones, since a caller
        needs every claim. `claims` are the repositories that each names."""
        strangers = [[item for item in names if not self.has(issuer, item)] for names in claims if all(names)]
        return next((names[0] for names in strangers if names), "") if all(strangers) else ""


def _claims(issuer: str, statement: ParsedStatement) -> Iterator[list[str]]:
    """Yields the repositories that each condition on a claim names, empty for a value that names none."""
    for claim in claims_of(issuer):
        for condition in statement.conditions:
            if condition.is_binding and condition.key.lower() == f"{issuer}:{claim.claim}".lower():
                yield [claim.repository(issuer, item) for item in condition.values if isinstance(item, str)]


def _text(address: str) -> str:
    organisation = "/".join(address.split("/")[:2])
    return f"lets pipelines of {address} in, and neither it nor https://{organisation} is listed"


def _check_repositories(owners: _Owners) -> Predicate:
    def trust_error(statement: ParsedStatement) -> str:
        for kind, name in statement.principals:
            issuer = str(name).partition("oidc-provider/")[2].lower() if kind == "Federated" else ""
            if stranger := owners.stranger(issuer, filter(None, _claims(issuer, statement))):
                return _text(stranger)
        return ""

    def predicate(resource: Resource) -> Iterator[Outcome]:
        if resource.type in _ROLE and resource.get("assumeRolePolicy") is not MISSING:
            policy = resource.get("assumeRolePolicy")
            yield from judge_statements(policy, "assumeRolePolicy", trust_error, report_unreadable=False)
        issuer, subject = resource.get("issuer"), resource.get("subject")
        if resource.type in _CREDENTIAL and isinstance(issuer, str) and isinstance(subject, str):
            name = issuer.lower().removeprefix("https://").rstrip("/")
            named = ([claim.repository(name, subject)] for claim in claims_of(name) if claim.claim == "sub")
            stranger = owners.stranger(name, named)
            yield failed(f"subject {_text(stranger)}", "subject") if stranger else passed()

    return predicate


def repository_guardrail(repositories: Collection[str], trusted: Collection[str]) -> Guardrail:
    """Returns the guardrail. `repositories` are the addresses that the settings list; `trusted` are issuers of one's
    own, among accounts and tenants."""
    return identity_rule(
        119, Severity.CRITICAL, "Pipelines that assume roles are of repositories of one's own",
        "whoever owns the organisation decides what runs in its pipelines, and so with the role",
        "List the address of your organisation, or of the repository, with its owner under identity.repositories in "
        "enforcement.yaml, such as https://github.com/example",
        predicate=_check_repositories(_Owners(repositories, trusted)), resolve=resolve_when_known,
        types=(*_ROLE, *_CREDENTIAL),
    )  # fmt: skip
