"""The figures of an estimate that comparisons use, and the difference by line and by group."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from falaj.finops.allocation import NOBODY, allocate
from falaj.finops.errors import BadInput
from falaj.finops.estimate import Estimate
from falaj.finops.lines import ZERO, Line, total

Key = tuple[str, str, str]
"""Identity of a line across estimates: URN without the stack, resource name, service and SKU."""

VIEWS: Mapping[str, Callable[[Line], str]] = {
    "site": lambda line: line.owner.site,
    "workload profile": lambda line: line.charge.profile,
    "business unit": lambda line: line.owner.business_unit,
}
"""What cost is grouped by -> what a line says of it. Tenants are grouped by `allocate`: shared cost is theirs too."""


@dataclass(frozen=True)
class GroupTotal:
    """Cost of one site, tenant, workload profile or business unit; a minimum if `open`, because a price is missing."""

    usd: Decimal
    open: bool


@dataclass(frozen=True)
class Figures:
    """What an estimate came to, in USD without tax: the whole, and each line. `open` is whether a price was missing.

    `groups` is what is grouped by -> name -> figures; an estimate that was written before there were groups says none.
    """

    usd: Decimal
    lines: Mapping[Key, Decimal]
    open: bool
    groups: Mapping[str, Mapping[str, GroupTotal]] = field(default_factory=dict)


@dataclass(frozen=True)
class LineChange:
    """One line whose cost changed; None if it does not exist before or after."""

    name: str
    what: str
    before: Decimal | None
    after: Decimal | None

    @property
    def usd(self) -> Decimal:
        """Increase of the cost."""
        return (self.after or ZERO) - (self.before or ZERO)


@dataclass(frozen=True)
class GroupChange:
    """One group before and after; None if it does not exist. `by` is the grouping."""

    by: str
    name: str
    before: GroupTotal | None
    after: GroupTotal | None

    @property
    def usd(self) -> Decimal:
        """Increase of the cost, of priced lines only."""
        return (self.after.usd if self.after else ZERO) - (self.before.usd if self.before else ZERO)


def figures(estimate: Estimate) -> Figures:
    """The figures of an estimate."""
    result: dict[Key, Decimal] = {}
    for line in estimate.lines:
        result[key_of(line)] = result.get(key_of(line), ZERO) + line.usd.expected
    return Figures(estimate.usd.expected, result, bool(estimate.unpriced), _groups(estimate))


def _groups(estimate: Estimate) -> dict[str, dict[str, GroupTotal]]:
    result = {
        view: {
            name: GroupTotal(total(lines).expected, any(not line.priced for line in lines))
            for name, lines in estimate.by(key).items()
        }
        for view, key in VIEWS.items()
    }
    site = {"site": result.pop("site")}
    return site | _tenants(estimate) | result


def _tenants(estimate: Estimate) -> dict[str, dict[str, GroupTotal]]:
    """Nothing where the weights of the usage file are those of other tenants: a base may have had fewer."""
    try:
        portions = allocate(estimate)
    except BadInput:
        return {}
    unknown = {line.owner.tenant for line in estimate.unpriced}
    if "" in unknown:
        unknown |= {NOBODY} if NOBODY in portions else set(portions)
    return {"tenant": {name: GroupTotal(portion.total, name in unknown) for name, portion in portions.items()}}


def key_of(line: Line) -> Key:
    """What a line is recognised by."""
    return line.urn.partition("::")[2], line.name, line.what


def differences(before: Figures, after: Figures) -> tuple[LineChange, ...]:
    """Lines whose cost changed, the largest change first."""
    result = [
        LineChange(key[1], key[2], before.lines.get(key), after.lines.get(key))
        for key in {**before.lines, **after.lines}
        if before.lines.get(key) != after.lines.get(key)
    ]
    return tuple(sorted(result, key=lambda one: (-abs(one.usd), one.name, one.what)))


def moved(before: Figures, after: Figures) -> tuple[GroupChange, ...]:
    """Every group of what both group by, the greatest change of each first."""
    result: list[GroupChange] = []
    for view, groups in after.groups.items():
        if view in before.groups:
            former = before.groups[view]
            both = [GroupChange(view, name, former.get(name), groups.get(name)) for name in {**former, **groups}]
            result += sorted(both, key=lambda one: (-abs(one.usd), one.name))
    return tuple(result)
