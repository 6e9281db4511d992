"""Age of prices: which are older than the limit of their kind, and what kinds an estimate rests on."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from falaj.facts.machines import PriceKind
from falaj.facts.prices import UnitPrice
from falaj.finops.lines import ZERO, Line, total
from falaj.finops.usage_model import InputModel

Days = Annotated[int, Field(ge=1, le=3650)]
"""A number of days."""


class PriceAge(InputModel):
    """Maximum age of prices in days, by kind, and whether an estimate with an older one is refused."""

    spot_days: Days = 30
    """Of spot prices, which vendors change at any time."""
    list_days: Days = 180
    """Of list prices."""
    refuse: bool = False
    """Whether the gate refuses an estimate with older prices. Otherwise it only warns."""


@dataclass(frozen=True)
class OldPrices:
    """Lines whose prices are older than the limit of their kind. `share` is their part of the expected month, 0 to 1.

    `oldest` is the line with the oldest price and `days` its age.
    """

    kind: Literal["spot", "list"]
    limit: int
    lines: tuple[Line, ...]
    oldest: Line
    days: int
    share: Decimal

    @property
    def sentence(self) -> str:
        """What is old, and what to do."""
        count = "1 line" if len(self.lines) == 1 else f"{len(self.lines)} lines"
        share = f"{self.share * 100:.0f} % of the expected month"
        return (
            f"{self.kind} prices of {count}, {share}, are older than {self.limit} days; "
            f"the oldest, of {self.oldest.what}, is of {self.oldest.price.date} ({self.days} days): "
            "update them with `falaj prices refresh`"
        )


AGEING = (PriceKind.OBSERVED, PriceKind.ESTIMATED)
"""Kinds of prices that age. A contract has a period of its own; an on-premises machine is the stack's own figure."""


def old_prices(lines: Sequence[Line], limits: PriceAge, today: date) -> Iterator[OldPrices]:
    """Yields the prices that are older than the limits, by kind. A price whose day is not known is as old as the first
    day of its month or year.
    """
    expected = total(lines).expected
    ages: dict[bool, list[tuple[int, Line]]] = defaultdict(list)
    for line in lines:
        if line.price.kind in AGEING and line.usd.max > 0:
            ages[line.charge.capacity == "spot"].append((age_in_days(line.price, today), line))
    kinds: tuple[tuple[bool, Literal["spot", "list"], int], ...] = (
        (True, "spot", limits.spot_days),
        (False, "list", limits.list_days),
    )
    for is_spot, kind, limit in kinds:
        old = [(days, line) for days, line in ages[is_spot] if days > limit]
        if old:
            days, oldest = max(old, key=lambda item: (item[0], item[1].usd.expected))
            own = tuple(line for _, line in old)
            share = total(own).expected / expected if expected else ZERO
            yield OldPrices(kind, limit, own, oldest, days, share)


def age_in_days(price: UnitPrice, today: date) -> int:
    """Returns the age of a price whose date may be a month or a year only: then it is of its first day."""
    year, month, day = (*(int(part) for part in price.date.split("-")), 1, 1)[:3]
    return (today - date(year, month, day)).days


def age_warning(price: UnitPrice, kind: Literal["spot", "list"], today: date) -> str:
    """Returns a warning of a single price that is older than the default limit of its kind; empty if it is not."""
    limit = PriceAge().spot_days if kind == "spot" else PriceAge().list_days
    if price.kind not in AGEING or age_in_days(price, today) <= limit:
        return ""
    return f"its {kind} price, of {price.date}, is older than {limit} days: update it with `falaj prices refresh`"


def kind_shares(lines: Iterable[Line]) -> dict[str, Decimal]:
    """Returns the part of the expected month by kind of price, 0 to 1, the largest first."""
    usd: dict[str, Decimal] = defaultdict(Decimal)
    for line in lines:
        usd[line.price.kind.value] += line.usd.expected
    whole = sum(usd.values(), ZERO)
    return {kind: part / whole for kind, part in sorted(usd.items(), key=lambda item: -item[1]) if part}


def kinds_sentence(lines: Iterable[Line]) -> str:
    """Returns on which kinds of prices the expected month rests; empty if it costs nothing."""
    shares = ", ".join(f"{share * 100:.1f} % {kind}" for kind, share in kind_shares(lines).items())
    return f"Prices of the expected month: {shares}." if shares else ""
