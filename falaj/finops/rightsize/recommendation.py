"""A recommendation, and helpers that all of them use."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from falaj.finops.rightsize.evidence import Trust, trust
from falaj.finops.rightsize.inventory import InventoryItem
from falaj.finops.rightsize.points import Signal

MONTH = Decimal(730)
"""Hours of a month: 8,760 a year by 12."""
ACTIVITY = (Signal.TENSOR, Signal.DRAM, Signal.ENGINE)


class Action(StrEnum):
    """What is recommended."""

    SMALLER = "smaller machine"
    MIG = "MIG slice"
    CPU = "CPU machine"
    SPOT = "spot"
    ZERO = "scale to zero"
    SLEEP = "sleep schedule"
    REQUESTS = "smaller requests"


@dataclass(frozen=True, slots=True)
class Recommendation:
    """One thing to do about one subject. Those of one subject are alternatives: their savings do not add up."""

    subject: str
    action: Action
    to: str
    usd_month: Decimal
    trust: Trust
    why: str
    keep: Sequence[str]


def month(subject: InventoryItem, usd_hour: Decimal) -> Decimal:
    """What all machines that the subject stands for cost a month at that price."""
    return usd_hour * MONTH * subject.terms.count


def kept(subject: InventoryItem, *what: str) -> tuple[str, ...]:
    """What must not change: the country first."""
    location = f"the region {subject.region}" if subject.region else "the region"
    return (f"{location}: the data stays in the country", *what, *subject.terms.keep)


def activity(subject: InventoryItem) -> tuple[Signal, ...]:
    """The signals that say whether a subject works."""
    gpu = tuple(signal for signal in ACTIVITY if signal in subject.evidence.series)
    return gpu or (Signal.CPU,)


def seen(subject: InventoryItem) -> Trust:
    """How far its samples can be trusted."""
    return trust(subject.evidence.hours(activity(subject)))
