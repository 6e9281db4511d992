"""A right-sizing recommendation, and helpers shared by all of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from falaj.finops.rightsize.evidence import Trust, trust
from falaj.finops.rightsize.inventory import MeasuredMachine
from falaj.finops.rightsize.points import Signal

MONTH = Decimal(730)
"""Hours per month: 8,760 hours a year divided by 12."""
ACTIVITY = (Signal.TENSOR, Signal.DRAM, Signal.ENGINE)


class Action(StrEnum):
    """The kind of change that is recommended."""

    SMALLER = "smaller machine"
    MIG = "MIG slice"
    CPU = "CPU machine"
    SPOT = "spot"
    ZERO = "scale to zero"
    SLEEP = "sleep schedule"
    REQUESTS = "smaller requests"


@dataclass(frozen=True, slots=True)
class Recommendation:
    """One change to one subject. The recommendations of one subject are alternatives: their savings do not add up."""

    subject: str
    action: Action
    to: str
    usd_month: Decimal
    trust: Trust
    why: str
    keep: Sequence[str]
    """What must not change."""


def monthly_cost(subject: MeasuredMachine, usd_hour: Decimal) -> Decimal:
    """Returns the monthly cost in USD, at that hourly price, of all machines that the subject represents."""
    return usd_hour * MONTH * subject.terms.count


def constraints_of(subject: MeasuredMachine, *what: str) -> tuple[str, ...]:
    """Returns what must not change: first the region, then `what`, then the inventory's own list."""
    region = f"the region {subject.region}" if subject.region else "the region"
    return (f"{region}: the data stays in the country", *what, *subject.terms.keep)


def activity(subject: MeasuredMachine) -> tuple[Signal, ...]:
    """Returns the signals that show whether a subject is busy: its GPU signals, otherwise CPU."""
    gpu = tuple(signal for signal in ACTIVITY if signal in subject.evidence.series)
    return gpu or (Signal.CPU,)


def confidence_of(subject: MeasuredMachine) -> Trust:
    """Returns the confidence in a subject's samples."""
    return trust(subject.evidence.hours(activity(subject)))
