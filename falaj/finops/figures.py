"""The figures of an estimate that another one is compared with, and the difference line by line."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from falaj.finops.estimate import Estimate
from falaj.finops.lines import ZERO, Line

Key = tuple[str, str, str]
"""What a line is recognised by in another estimate: the URN without the stack, the name, what is paid for."""


@dataclass(frozen=True)
class Figures:
    """What an estimate came to, in USD without tax: the whole, and each line. `open` is whether a price was missing."""

    usd: Decimal
    lines: Mapping[Key, Decimal]
    open: bool


@dataclass(frozen=True)
class Difference:
    """One line that costs another amount than before; None where it was not there or is no more."""

    name: str
    what: str
    before: Decimal | None
    after: Decimal | None

    @property
    def usd(self) -> Decimal:
        """By how much it is dearer."""
        return (self.after or ZERO) - (self.before or ZERO)


def figures(estimate: Estimate) -> Figures:
    """The figures of an estimate."""
    found: dict[Key, Decimal] = {}
    for line in estimate.lines:
        found[key_of(line)] = found.get(key_of(line), ZERO) + line.usd.expected
    return Figures(estimate.usd.expected, found, bool(estimate.unpriced))


def key_of(line: Line) -> Key:
    """What a line is recognised by."""
    return line.urn.partition("::")[2], line.name, line.what


def differences(before: Figures, after: Figures) -> tuple[Difference, ...]:
    """What costs another amount, the greatest change first."""
    found = [
        Difference(key[1], key[2], before.lines.get(key), after.lines.get(key))
        for key in {**before.lines, **after.lines}
        if before.lines.get(key) != after.lines.get(key)
    ]
    return tuple(sorted(found, key=lambda one: (-abs(one.usd), one.name, one.what)))
