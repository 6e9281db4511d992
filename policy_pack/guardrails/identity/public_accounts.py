"""Sign-in with accounts that everybody can open, such as those of Google, GitHub or Amazon.

Such a provider vouches that somebody has an account, and for nothing else: only a named person, organisation, domain or
tenant limits who comes in. Amazon Cognito, "Adding user pool sign-in through a third party"; IAM, "Available keys for
AWS web identity federation"; the connectors of dexidp/dex ab64ed77, whose settings were read on
2026-11-28. A provider is listed by its host.
"""

from collections.abc import Collection, Iterator, Mapping

from ..engine.families import identity_rule
from ..engine.reading import Resource
from ..engine.rows import Guardrail, Predicate, Severity, aws
from ..engine.verdicts import Outcome, failed, passed
from ..readers.policy_documents import statements
from ..readers.texts import read_texts
from .aws_trust import has_fixed_values

_PROVIDER, _POOL, _ROLE = aws("cognito/IdentityProvider", "cognito/IdentityPool", "iam/Role")
_OF_COGNITO = {
    "Facebook": "graph.facebook.com", "Google": "accounts.google.com", "LoginWithAmazon": "www.amazon.com",
    "SignInWithApple": "appleid.apple.com",
}  # fmt: skip
"""Type of a provider of a user pool -> host of its accounts."""
_SUBJECTS: Mapping[str, str] = {
    "graph.facebook.com": "id", "accounts.google.com": "sub", "www.amazon.com": "user_id", "appleid.apple.com": "sub",
}  # fmt: skip
"""Host of accounts -> key of a condition that names one of them."""
_CONNECTORS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "github": ("github.com", ("orgs", "org", "hostName")),
    "google": ("accounts.google.com", ("hostedDomains", "groups")),
    "gitlab": ("gitlab.com", ("groups", "baseURL")),
    "bitbucket-cloud": ("bitbucket.org", ("teams",)),
    "gitea": ("gitea.com", ("orgs", "baseURL")),
    "linkedin": ("www.linkedin.com", ()),
    "microsoft": ("login.microsoftonline.com", ("tenant",)),
}
"""Type of a connector of Dex -> host of its accounts, and settings of which one limits who comes in."""
_EVERY_TENANT = ("common", "consumers", "organizations")


def _of_role(resource: Resource) -> Iterator[tuple[str, str]]:
    """Yields the hosts that a role trusts without a condition on the subject, as (path, host)."""
    for statement in statements(resource.get("assumeRolePolicy"), "assumeRolePolicy") or ():
        hosts = [str(name).lower() for kind, name in statement.principals if kind == "Federated" and statement.allows]
        for host in (host.partition("oidc-provider/")[2] or host for host in hosts):
            key = f"{host}:{_SUBJECTS.get(host, '')}"
            if host in _SUBJECTS and not any(
                condition.key.lower() == key and has_fixed_values(condition) for condition in statement.conditions
            ):
                yield f"{statement.path}.Principal.Federated", host


def _of_connectors(resource: Resource) -> Iterator[tuple[str, str]]:
    """Yields the hosts of connectors of Dex that limit nobody, as (path, host)."""
    leaves = read_texts(resource).leaves
    for leaf in leaves:
        start, _, key = leaf.path.rpartition(".")
        if key != "type" or "connectors[" not in start or leaf.value not in _CONNECTORS:
            continue
        host, limits = _CONNECTORS[str(leaf.value)]
        set_ = [item for item in leaves if item.path.startswith(tuple(f"{start}.config.{name}" for name in limits))]
        if not any(str(item.value) and item.value not in _EVERY_TENANT for item in set_):
            yield leaf.path, host


def _open_providers(resource: Resource) -> Iterator[tuple[str, str]]:
    if resource.type == _PROVIDER:
        host = _OF_COGNITO.get(str(resource.get("providerType")))
        yield from [("providerType", host)] if host else []
    elif resource.type == _POOL:
        logins = resource.get("supportedLoginProviders")
        hosts = logins if isinstance(logins, dict) else {}
        yield from ((f"supportedLoginProviders.{host}", host) for host in hosts if host in _SUBJECTS)
    elif resource.type == _ROLE:
        yield from _of_role(resource)
    else:
        yield from _of_connectors(resource)


def _check_accounts(trusted: Collection[str]) -> Predicate:
    listed = frozenset(item.lower() for item in trusted)

    def predicate(resource: Resource) -> Iterator[Outcome]:
        for path, host in _open_providers(resource):
            text = f"{path} lets everybody in who has an account at {host}"
            yield passed() if host in listed else failed(text, path)

    return predicate


def public_account_guardrail(trusted: Collection[str]) -> Guardrail:
    """Returns the guardrail; `trusted` are the issuers that the settings list among accounts and tenants."""
    return identity_rule(
        122, Severity.CRITICAL, "Accounts that everybody can open are limited to an organisation, or listed",
        "everybody opens such an account in a minute, with any name",
        "Use the bank's own provider of identities; name the organisation, domain or subject; or, for customers, list "
        "the provider's host with the reason under identity.trusted in enforcement.yaml, such as accounts.google.com",
        predicate=_check_accounts(trusted), types=(_PROVIDER, _POOL, _ROLE, "kubernetes:"),
    )  # fmt: skip
