"""Lines of one Azure resource in a plan, for tests of amounts."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from falaj.finops.lines import Basis, Line

from .plans import Row, plan, priced

HOURS, DAYS, RATIO = Decimal(730), Decimal(365) / 12, Decimal("1.2326")
"""Hours and days of a month, and the ratio of the UAE's prices to those of East US 2."""

HERE = {"location": "uaenorth", "resourceGroupName": "rg"}


def lines(kind: str, props: Mapping[str, Any], *others: Row, **more: Any) -> Sequence[Line]:
    """Returns the lines of a resource `it` of a plan that has others too."""
    rest = (_here(*other) for other in others)
    return [line for line in priced(plan(*rest, _here(kind, "it", props, more))).lines if line.name == "it"]


def _here(kind: str, name: str, props: Mapping[str, Any], more: Mapping[str, Any] | None = None) -> Row:
    return kind, name, HERE | dict(props), dict(more or {})


def usd(kind: str, props: Mapping[str, Any], *others: Row, **more: Any) -> Decimal:
    """Returns the expected cost of a resource whose lines all have a price."""
    found = lines(kind, props, *others, **more)
    assert found
    assert all(line.priced for line in found), [line.price.source for line in found]
    return sum((line.usd.expected for line in found), Decimal(0))


def without_price(kind: str, props: Mapping[str, Any], *others: Row, **more: Any) -> Sequence[Line]:
    """Returns the lines of what exists and has no price."""
    found = lines(kind, props, *others, **more)
    return [line for line in found if line.charge.basis is Basis.BASELINE and not line.priced]
