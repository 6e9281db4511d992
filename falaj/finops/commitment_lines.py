"""Commitments as lines of an estimate: their price for the whole month, and machines that cost nothing further."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, fields, replace
from decimal import Decimal

from falaj.facts.regions import REGIONS
from falaj.finops.commitments import CommitmentMonth, HeldCommitment, Steps
from falaj.finops.lines import ZERO, Charge, Line, Owner, Range, fixed
from falaj.finops.plan import ResourceChange
from falaj.finops.pricing_context import PricingContext

SERVICE = "commitment"
KIND = "falaj:commitment:Commitment"


@dataclass
class _Machines:
    """Lines of a site's machines of one type on demand, of which commitments cover hours."""

    lines: list[Line]
    hours: Decimal
    """Hours of the month."""
    count: int = 0
    """Machines that are committed so far."""
    covered: dict[int, Decimal] = field(default_factory=dict[int, Decimal])
    """Index of a line -> expected hours that are covered."""

    def cover(self, count: int) -> dict[int, Decimal]:
        """Covers `count` machines more. Returns the hours of each line that they cover."""
        before, after = self._by_line(self.count), self._by_line(self.count + count)
        self.count, self.covered = self.count + count, after
        return {index: after[index] - before[index] for index in after}

    def _by_line(self, count: int) -> dict[int, Decimal]:
        """Returns the hours of each line that so many committed machines cover: first those that run for longest."""
        steps = [(index, step) for index, line in enumerate(self.lines) for step in self._steps(line)]
        covered, left = dict.fromkeys(range(len(self.lines)), ZERO), Decimal(count)
        for index, (machines, hours) in sorted(steps, key=lambda item: -item[1][1]):
            taken = min(left, machines)
            left -= taken
            covered[index] += taken * hours
        return covered

    def _steps(self, line: Line) -> Steps:
        """Returns the machines of a line; if nothing says when they run, those that always do."""
        charge = line.charge
        return charge.side_by_side or ((charge.quantity.min / self.hours, self.hours),)

    def left(self) -> Iterator[Line]:
        """Yields the lines with the hours that are not covered. In the minimum every hour of the commitments covers
        one that is needed; in the maximum dearer machines may start instead of the committed ones."""
        rest = self.count * self.hours - sum(self.covered.values(), ZERO)
        for index, line in enumerate(self.lines):
            charge, covered = line.charge, self.covered.get(index, ZERO)
            quantity = charge.quantity
            least = min(quantity.min, covered)
            more = min(quantity.min - least, rest)
            rest -= more
            is_certain = charge.most_usd in (None, line.price.usd)
            most = covered if is_certain else ZERO
            left = Range(quantity.min - least - more, quantity.expected - covered, quantity.max - most)
            more_covered = f"{covered:,.0f} h more are covered by a commitment" if covered else ""
            note = "; ".join(filter(None, (charge.note, more_covered)))
            yield replace(line, charge=replace(charge, quantity=left, note=note, covered=covered))


def with_commitments(
    lines: Sequence[Line], held: Sequence[HeldCommitment], context: PricingContext
) -> tuple[tuple[Line, ...], tuple[CommitmentMonth, ...]]:
    """Returns the lines without the hours that commitments cover, with a line for each commitment, and the months of
    the commitments in USD. A commitment covers on-demand machines of its site; its cost belongs to the tenant whose
    machines it covers, if that is one."""
    result, own, months = [*lines], list[Line](), list[CommitmentMonth]()
    for site, machine in dict.fromkeys((each.site, each.machine) for each in held):
        places = [place for place, line in enumerate(result) if _is_of(line, site, machine)]
        machines = _Machines([result[place] for place in places], context.hours)
        for each in held:
            if (each.site, each.machine) == (site, machine):
                covered = machines.cover(each.count)
                months.append(month := _month(each, covered, machines.lines, context))
                own.append(_line(each, month, covered, machines.lines, lines, context))
        for place, line in zip(places, machines.left(), strict=True):
            result[place] = line
    return (*result, *own), tuple(months)


def _is_of(line: Line, site: str, machine: str) -> bool:
    charge = line.charge
    return line.owner.site == site and charge.machine == machine and charge.capacity == "on-demand" and line.priced


def _month(
    held: HeldCommitment, covered: dict[int, Decimal], machines: Sequence[Line], context: PricingContext
) -> CommitmentMonth:
    """Returns what a commitment costs and covers. Hours on demand cost what the covered lines pay, or the list price
    if it covers nothing."""
    hours, price = sum(covered.values(), ZERO), held.price.usd or ZERO
    value = sum((each * (machines[index].price.usd or ZERO) for index, each in covered.items()), ZERO)
    listed = context.prices.machine(held.region, held.machine, "on-demand").usd or price
    return CommitmentMonth(held.name, held.count, context.hours, hours, price, value / hours if hours else listed)


def _line(
    held: HeldCommitment,
    month: CommitmentMonth,
    covered: dict[int, Decimal],
    machines: Sequence[Line],
    lines: Sequence[Line],
    context: PricingContext,
) -> Line:
    """Returns the line of a commitment."""
    used = [machines[index] for index, hours in covered.items() if hours]
    on_site = [line for line in lines if line.owner.site == held.site]
    owner = replace(_common(line.owner for line in used or on_site), site=held.site)
    price, paid = held.price, held.count * context.hours
    busy = sum((hours * _busy(machines[index]) for index, hours in covered.items()), ZERO) / paid
    charge = Charge(
        SERVICE,
        f"{held.machine} {held.option.value}",
        fixed(paid),
        price=price,
        busy=busy,
        profile=machines[0].charge.profile if machines else "",
        note=month.sentence("AED", context.rates.aed),
    )
    stack = lines[0].urn.split("::")[:2] if lines else [f"urn:pulumi:{context.plan.stack}", "falaj"]
    urn = "::".join((*stack, KIND, held.name))
    cloud = REGIONS[held.region].cloud.value
    return Line(urn, held.name, KIND, ResourceChange.SAME, owner, cloud, held.region, charge, price)


def _busy(line: Line) -> Decimal:
    return Decimal(1) if line.charge.busy is None else line.charge.busy


def _common(owners: Iterable[Owner]) -> Owner:
    """Returns what all owners have in common."""
    every = [*owners]
    values = {each.name: {getattr(owner, each.name) for owner in every} for each in fields(Owner)}
    return Owner(**{name: next(iter(found)) if len(found) == 1 else "" for name, found in values.items()})
