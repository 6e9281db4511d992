"""OIDC issuers that an AWS role may trust, with the claims that name the tenant, and the values that fix it.

The rows are in `data/oidc_issuers.csv`, each with its source and the day on which it was read. Several organisations
share an issuer such as `token.actions.githubusercontent.com`, so its tokens differ only in the claims. `issuer` has
patterns of the issuer's address without `https://`. `values` is the regular expression of a claim in which the parts
that name the tenant, the project or the namespace have no wildcard. The subject of an issuer without a row must have no
wildcard at all. The service account `default` of a namespace is that of each pod that names none (Kubernetes,
"Configure Service Accounts for Pods", by copies, read 2026-12-01), and so of no workload.

`host` and `owner` say whose pipeline a value names: `owner` matches the issuer and the value with a space between them,
and its groups are the path of an organisation and a repository at `host`. Both are empty if a tenant is none of them.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache

from falaj.facts.rows import Row, rows


@dataclass(frozen=True, slots=True)
class IssuerClaim:
    """A claim in the tokens of an issuer, and the values that name one tenant of it."""

    provider: str
    issuers: tuple[str, ...]
    claim: str
    values: re.Pattern[str]
    example: str
    source: str
    host: str = ""
    owner: re.Pattern[str] | None = None

    def repository(self, issuer: str, value: str) -> str:
        """Returns the address of the repository or project that a value names, without `https://`, in lower case; empty
        if it names none."""
        match = self.owner.fullmatch(f"{issuer} {value}") if self.owner else None
        return "/".join((self.host, *(part for part in match.groups() if part))).lower() if match else ""


def claims_of(issuer: str) -> Sequence[IssuerClaim]:
    """Returns the claims of which one must name the tenant; `issuer` is without `https://`, in any case."""
    folded = issuer.lower()
    found = tuple(row for row in all_claims() if any(fnmatchcase(folded, pattern) for pattern in row.issuers))
    return found or (_OTHER,)


_OTHER = IssuerClaim(
    "another issuer", ("*",), "sub", re.compile(r"[^*?]+"), "the whole subject, without a wildcard", "no source"
)


@cache
def all_claims() -> Sequence[IssuerClaim]:
    """Returns every row."""
    columns = ("provider", "issuer", "claim", "values", "host", "owner", "example", "source")
    return tuple(_claim(row) for row in rows("oidc_issuers.csv", ("provider", "claim"), columns))


def _claim(row: Row) -> IssuerClaim:
    return IssuerClaim(
        provider=row.need("provider", str, "the name of the provider"),
        issuers=tuple(row.need("issuer", str, "patterns of addresses").lower().split()),
        claim=row.need("claim", str, "a claim of the token"),
        values=row.need("values", _pattern, "a regular expression"),
        example=row.need("example", str, "a value that names a tenant"),
        source=row.need("source", str, "the document and the day on which it was read"),
        host=row.read("host", str, "the host of the provider's pages") or "",
        owner=row.read("owner", _pattern, "a regular expression with groups"),
    )


def _pattern(cell: str) -> re.Pattern[str]:
    try:
        return re.compile(cell, re.DOTALL)
    except re.error as error:
        raise ValueError(str(error)) from None
