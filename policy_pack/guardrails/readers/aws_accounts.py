"""AWS accounts and organisations that a value names, and those that a stack may give access to."""

import re
from collections.abc import Collection, Iterator

from ..engine.reading import Plain, Resource, from_json, leaves
from .iam_conditions import as_text

_ACCOUNT = re.compile(r"\d{12}")
_ORGANISATION = re.compile(r"o-[a-z0-9]+")
_PROVIDER_PROPERTIES = ("allowedAccountIds", "assumeRole", "assumeRoles")
"""Properties of an AWS provider that state its account: directly, or in the ARN of the role that it assumes."""


def owner_of(value: Plain) -> str:
    """Returns the account or the organisation that a value names: an account number, an ARN, the id of an organisation,
    or a path that begins with one. Empty if it names none."""
    text = as_text(value)
    parts = text.split(":", 5)
    account = parts[4] if len(parts) == 6 and parts[0] == "arn" else text
    if _ACCOUNT.fullmatch(account):
        return account
    organisation = account.partition("/")[0]
    return organisation if _ORGANISATION.fullmatch(organisation) else ""


def own_accounts(resource: Resource) -> frozenset[str]:
    """Returns the accounts that the provider of a resource states."""
    return frozenset(_provider_accounts(resource))


def _provider_accounts(resource: Resource) -> Iterator[str]:
    if resource.provider is None:
        return
    for name in _PROVIDER_PROPERTIES:
        for _, key, value in leaves(from_json(resource.provider.get(name)), key=name):
            if key in ("allowedAccountIds", "roleArn") and (owner := owner_of(value)):
                yield owner


def is_known(owner: str, known: Collection[str]) -> bool:
    """Returns whether an account or organisation is known, or none of its kind is, so that none can be unknown. The
    canonical user of S3 is another name of an account."""
    pattern = _ORGANISATION if _ORGANISATION.fullmatch(owner) else _ACCOUNT
    return owner in known or not any(pattern.fullmatch(item) for item in known)
