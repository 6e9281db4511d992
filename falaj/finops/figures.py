"""The figures of an estimate that comparisons use, and the differences by line and by group."""

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
"""Grouping -> group of a line. Tenants are grouped by `allocate`, which also allocates shared cost to them."""


@dataclass(frozen=True)
class GroupTotal:
    """Cost of one site, tenant, workload profile or business unit; a minimum if `open` because a price is missing."""

    usd: Decimal
    open: bool


@dataclass(frozen=True)
class Machines:
    """The machines of a line: how many run in an average hour of the month, and the workloads that keep them."""

    nodes: Decimal
    work: tuple[str, ...] = ()


@dataclass(frozen=True)
class Figures:
    """Totals of an estimate in USD without tax: the sum, and each line. `open` is whether a price was missing.

    `groups` maps grouping -> name -> total. `machines` are those of each line of machines. Both are empty for estimates
    written by older versions.
    """

    usd: Decimal
    lines: Mapping[Key, Decimal]
    open: bool
    groups: Mapping[str, Mapping[str, GroupTotal]] = field(default_factory=dict[str, Mapping[str, GroupTotal]])
    machines: Mapping[Key, Machines] = field(default_factory=dict[Key, Machines])


@dataclass(frozen=True)
class LineChange:
    """One line whose cost changed; `before` or `after` is None if the line does not exist then.

    `machines_*` are None for other lines, and before for estimates written by older versions.
    """

    name: str
    what: str
    before: Decimal | None
    after: Decimal | None
    machines_before: Machines | None = None
    machines_after: Machines | None = None

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
    """Returns the figures of an estimate."""
    lines: dict[Key, Decimal] = {}
    machines: dict[Key, Machines] = {}
    for line in estimate.lines:
        key = key_of(line)
        lines[key] = lines.get(key, ZERO) + line.usd.expected
        if (found := machines_of(line, estimate.usage.hours)) is not None:
            machines[key] = add_machines(machines.get(key), found)
    return Figures(estimate.usd.expected, lines, bool(estimate.unpriced), _groups(estimate), machines)


def machines_of(line: Line, hours: Decimal) -> Machines | None:
    """Returns the machines of a line in a month of `hours`; None if it is for something else."""
    charge = line.charge
    return Machines((charge.quantity.expected + charge.covered) / hours, charge.work) if charge.machine else None


def add_machines(first: Machines | None, second: Machines) -> Machines:
    """Returns the machines of two lines with the same key."""
    return second if first is None else Machines(first.nodes + second.nodes, first.work or second.work)


def _groups(estimate: Estimate) -> dict[str, dict[str, GroupTotal]]:
    groups = {
        view: {
            name: GroupTotal(total(lines).expected, any(not line.priced for line in lines))
            for name, lines in estimate.by(key).items()
        }
        for view, key in VIEWS.items()
    }
    site = {"site": groups.pop("site")}
    return site | _tenants(estimate) | groups


def _tenants(estimate: Estimate) -> dict[str, dict[str, GroupTotal]]:
    """Returns the totals by tenant; empty if the usage file's weights name other tenants, as a base may have fewer."""
    try:
        shares = allocate(estimate)
    except BadInput:
        return {}
    unpriced = {line.owner.tenant for line in estimate.unpriced}
    if "" in unpriced:
        unpriced |= {NOBODY} if NOBODY in shares else set(shares)
    return {"tenant": {name: GroupTotal(share.total, name in unpriced) for name, share in shares.items()}}


def key_of(line: Line) -> Key:
    """Returns the identity of a line across estimates."""
    return line.urn.partition("::")[2], line.name, line.what


def differences(before: Figures, after: Figures) -> tuple[LineChange, ...]:
    """Returns lines whose cost changed, the largest change first."""
    changes = [
        LineChange(
            name=key[1],
            what=key[2],
            before=before.lines.get(key),
            after=after.lines.get(key),
            machines_before=before.machines.get(key),
            machines_after=after.machines.get(key),
        )
        for key in {**before.lines, **after.lines}
        if before.lines.get(key) != after.lines.get(key)
    ]
    return tuple(sorted(changes, key=lambda change: (-abs(change.usd), change.name, change.what)))


def group_changes(before: Figures, after: Figures) -> tuple[GroupChange, ...]:
    """Returns every group of the groupings that both estimates have, the largest change of each grouping first."""
    changes: list[GroupChange] = []
    for view, groups in after.groups.items():
        if view in before.groups:
            previous = before.groups[view]
            view_changes = [
                GroupChange(view, name, previous.get(name), groups.get(name)) for name in {**previous, **groups}
            ]
            changes += sorted(view_changes, key=lambda change: (-abs(change.usd), change.name))
    return tuple(changes)
