"""AWS accounts and organisations that a value names, and those that a stack may give access to."""

from collections.abc import Collection, Iterator
from functools import lru_cache

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import Plain, Resource, from_json, leaves
from .iam_conditions import as_text

_ACCOUNT = lazy_regex(r"\d{12}")
_INSIDE = lazy_regex(r"(\d{12})[:/]")
_REGISTRY = lazy_regex(r"(?:https://)?(\d{12})\.dkr\.ecr\.[a-z0-9-]+\.amazonaws\.com(?:/.*)?")
_ORGANISATION = lazy_regex(r"o-[a-z0-9]+")
_ROLES = ("assumeRole", "assumeRoles")
"""Properties of an AWS provider with the roles that it assumes one after the other."""


def owner_of(value: Plain) -> str:
    """Returns the account or the organisation that a value names: an account number, an ARN, the host of a registry of
    ECR, the id of an organisation, or a path that begins with one, or a name inside an account, such as `ACCOUNT:NAME`
    of a catalogue. Empty if it names none."""
    text = as_text(value)
    if registry := _REGISTRY.fullmatch(text):
        return registry[1]
    parts = text.split(":", 5)
    account = parts[4] if len(parts) == 6 and parts[0].lower() == "arn" else text
    if _ACCOUNT.fullmatch(account):
        return account
    if inside := _INSIDE.match(account):
        return inside[1]
    organisation = account.partition("/")[0]
    return organisation if _ORGANISATION.fullmatch(organisation) else ""


def own_accounts(resource: Resource) -> frozenset[str]:
    """Returns the account that the provider of a resource deploys to, if it states it: that of the last role that it
    assumes, otherwise the only one that it allows. Of several allowed ones, any may be somebody else's."""
    return frozenset() if resource.provider is None else _accounts_of(resource.provider)


@lru_cache(64)
def _accounts_of(provider: Resource) -> frozenset[str]:
    roles = [value for name in _ROLES for _, key, value in _leaves(provider, name) if key == "roleArn"]
    if roles:
        return frozenset({owner_of(roles[-1])} - {""})
    allowed = {owner_of(value) for _, _, value in _leaves(provider, "allowedAccountIds")}
    return frozenset(allowed - {""}) if len(allowed) == 1 else frozenset()


def _leaves(provider: Resource, name: str) -> Iterator[tuple[str, str, Plain]]:
    return leaves(from_json(provider.get(name)), key=name)


def is_known(owner: str, known: Collection[str]) -> bool:
    """Returns whether an account or organisation is known, or none is, so that none can be unknown: who lists accounts
    lists the organisation too, but organisations alone say nothing of accounts. The canonical user of S3 is another
    name of an account."""
    kinds = (_ACCOUNT, _ORGANISATION) if _ORGANISATION.fullmatch(owner) else (_ACCOUNT,)
    return owner in known or not any(kind.fullmatch(item) for kind in kinds for item in known)
