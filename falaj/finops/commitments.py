"""A month of commitments: reservations and savings plans, which are paid at all hours whether machines run or not.

A commitment covers the on-demand hours of its machines of a site, up to its count at any time. It covers no spot
machines: Azure has no reservations for them (How the Azure reservation discount is applied to virtual machines,
Microsoft/azure-docs, read 2026-12-01), and those of AWS are for on-demand use (awsdocs/amazon-ec2-user-guide e3707c4
doc_source/ec2-reserved-instances.md, reserved instances and savings plans, read 2026-12-01).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from falaj.facts.commitments import WARNING_DAYS, Commitment, commitment
from falaj.facts.prices import UnitPrice
from falaj.finops.errors import BadInput

ZERO = Decimal(0)

MOST = 10_000
"""Most machines of a commitment."""

Steps = Sequence[tuple[Decimal, Decimal]]
"""Machines, and the hours of the month in which they run side by side."""


@dataclass(frozen=True)
class HeldCommitment:
    """A reservation or savings plan that was bought for machines of a site; `until` is its last day."""

    site: str
    region: str
    machine: str
    count: int
    option: Commitment
    until: date

    @property
    def name(self) -> str:
        """What it is of: `azuae: 1 Standard_NC40ads_H100_v5 reserved_1y`."""
        return f"{self.site}: {self.count} {self.machine} {self.option.value}"

    @property
    def price(self) -> UnitPrice:
        """Returns the price of an hour of one machine."""
        price = commitment(self.region, self.machine, self.option)
        return UnitPrice(price.usd_hour, "hour", price.kind, price.source, price.date)


@dataclass(frozen=True)
class CommitmentMonth:
    """What a commitment costs and saves in a month, in any currency."""

    name: str
    count: int
    hours: Decimal
    """Hours of the month."""
    covered: Decimal
    """Machine-hours on demand that it covers."""
    price: Decimal
    """Of an hour of one machine with the commitment."""
    on_demand: Decimal
    """Of an hour of one machine without it."""

    @property
    def paid(self) -> Decimal:
        """What it costs, whether machines run or not."""
        return self.price * self.count * self.hours

    @property
    def saved(self) -> Decimal:
        """What it saves against the same hours on demand; negative if it costs more."""
        return self.covered * self.on_demand - self.paid

    @property
    def utilisation(self) -> Decimal:
        """Share of its hours in which a machine runs that it covers."""
        return self.covered / (self.count * self.hours)

    @property
    def break_even_hours(self) -> Decimal:
        """Machine-hours of the month from which on it costs less than on demand."""
        return self.paid / self.on_demand

    def sentence(self, currency: str, rate: Decimal = Decimal(1)) -> str:
        """Returns what it saves, or costs more, and how well it is used. `rate` is the currency by that of prices."""
        used = f"{self.covered:,.0f} of {self.count * self.hours:,.0f} h used ({self.utilisation:.0%})"
        if self.saved >= 0:
            return f"saves {currency} {self.saved * rate:,.0f} a month against on demand; {used}"
        return (
            f"costs {currency} {-self.saved * rate:,.0f} a month more than it saves: {used}, and it pays from "
            f"{self.break_even_hours:,.0f} h on"
        )


def held_commitments(settings: Mapping[str, object]) -> tuple[HeldCommitment, ...]:
    """Returns the commitments of a stack's settings as plain data. Raises `BadInput` for one in another form."""
    given, sites = settings.get("commitments") or [], settings.get("sites") or {}
    if not isinstance(given, list) or not isinstance(sites, dict):
        raise BadInput("commitments", "must be a list")
    return tuple(_held(number, entry, sites) for number, entry in enumerate(given))


def _held(number: int, entry: object, sites: Mapping[object, object]) -> HeldCommitment:
    try:
        assert isinstance(entry, dict)  # noqa: S101
        site = sites[entry["site"]]
        assert isinstance(site, dict)  # noqa: S101
        return HeldCommitment(
            site=str(entry["site"]),
            region=str(site["region"]),
            machine=str(entry["machine"]),
            count=_count(entry["count"]),
            option=Commitment(entry["option"]),
            until=date.fromisoformat(str(entry["until"])),
        )
    except (AssertionError, KeyError, TypeError, ValueError):
        raise BadInput(f"commitments.{number}", "is no valid commitment: falaj check says what is wrong") from None


def _count(value: object) -> int:
    if not isinstance(value, int) or not 1 <= value <= MOST:
        raise ValueError
    return value


def lasting(held: Iterable[HeldCommitment], day: date) -> tuple[HeldCommitment, ...]:
    """Returns the commitments that count on a day."""
    return tuple(each for each in held if day <= each.until)


def ended_sentences(held: Iterable[HeldCommitment], day: date) -> Iterator[str]:
    """Yields a sentence for each commitment that has ended before a day, or ends within the 30 days from it on."""
    for each in held:
        until = each.until.isoformat()
        if each.until < day:
            yield f"commitment {each.name} ended on {until} and does not count: remove it, or renew it"
        elif each.until < day + timedelta(days=WARNING_DAYS):
            yield f"commitment {each.name} ends on {until}: after it the machines cost what they cost on demand"


def costly_sentences(months: Iterable[CommitmentMonth], currency: str, rate: Decimal = Decimal(1)) -> Iterator[str]:
    """Yields a sentence for each commitment that costs more than it saves."""
    for month in months:
        if month.saved < 0:
            yield f"commitment {month.name} {month.sentence(currency, rate)}"


def covered_seconds(intervals: Iterable[tuple[float, float]], count: int, length: float) -> float:
    """Returns the machine-seconds of [0, length] in which machines run, up to `count` at any time. Each interval is
    the begin and end of a machine."""
    changes = sorted(
        change
        for begin, end in intervals
        if min(end, length) > max(begin, 0.0)
        for change in ((max(begin, 0.0), 1), (min(end, length), -1))
    )
    covered, running, since = 0.0, 0, 0.0
    for time, change in changes:
        covered += min(running, count) * (time - since)
        running, since = running + change, time
    return covered
