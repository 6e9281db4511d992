"""Support plans of the clouds, as lines of an estimate: they are charged on everything else."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from falaj.facts.clouds import Cloud
from falaj.facts.prices import UnitPrice
from falaj.facts.support_plans import SUPPORT_PLANS
from falaj.finops.lines import ZERO_RANGE, Charge, Line, Range
from falaj.finops.plan import ResourceChange


def support_lines(lines: Sequence[Line], plans: Mapping[Cloud, str]) -> Iterable[Line]:
    """Yields the charge of each cloud's support plan for the other lines of that cloud; nothing for a cloud without
    lines. Other stacks of the account are not known: they share the minimum, and reach higher tiers.
    """
    for cloud, name in plans.items():
        own = [line for line in lines if line.cloud == cloud.value]
        if not own:
            continue
        plan, charged = SUPPORT_PLANS[cloud][name], sum(map(_listed, own), ZERO_RANGE)
        charge = Charge(
            "support",
            name,
            Range(*(plan.fee(usd) for usd in (charged.min, charged.expected, charged.max))),
            price=(price := UnitPrice(Decimal(1), "USD", plan.kind, plan.source, plan.date)),
            note=f"{plan.terms}; of this stack only",
        )
        owner = replace(own[0].owner, site="", tenant="")
        kind, title = "falaj:support:Plan", f"{cloud.value} support"
        urn = "::".join((*own[0].urn.split("::")[:2], kind, title))
        yield Line(urn, title, kind, ResourceChange.SAME, owner, cloud.value, "", charge, price)


def _listed(line: Line) -> Range:
    """Returns the cost of a line at list prices: AWS's percentages are of the charges before discounts (AWS Support
    pricing, Partner-Led Support; read 2026-11-27), and Azure's plans have none. A minimum at another price than the
    expected one is not raised.
    """
    usd, listed = line.usd, line.price.list_usd
    if listed is None:
        return usd
    quantity, least = line.charge.quantity, line.charge.least_usd
    lowest = quantity.min * listed if least in (None, line.price.usd) else usd.min
    return Range(lowest, quantity.expected * listed, max(usd.max, quantity.max * listed))
