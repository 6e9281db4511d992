"""NodeOverlays of Karpenter: what a machine type costs, in Karpenter's belief.

Karpenter buys what it believes to be cheapest, so a price that is not near the list price changes what is bought, and
so do an adjustment that no discount explains and capacity that a machine does not have (Karpenter's documentation,
'NodeOverlays', and pkg/apis/v1alpha1/nodeoverlay.go, read on 2026-11-28).
"""

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from falaj.facts.clouds import Cloud
from falaj.facts.machines import find
from falaj.facts.regions import uae_regions

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import Plain

_UNDERSTOOD = frozenset({"requirements", "price", "priceAdjustment", "weight"})
_MACHINE_TYPE = "node.kubernetes.io/instance-type"
_LEAST_SHARE = Decimal("0.1")
"""Lowest share of the on-demand list price that a price may be: spot costs up to 90 % less (AWS, 'Amazon EC2 Spot')."""
_DISCOUNT = lazy_regex(r"-(\d{1,2}(?:\.\d{1,2})?)%")
_LARGEST_DISCOUNT = Decimal(72)
"""Of Savings Plans, in per cent (aws.amazon.com, "Savings Plans FAQs": up to 72 %, read 2026-11-29)."""


def states_real_prices(spec: Plain) -> bool:
    """Whether an overlay gives machine types, each named, a price that is not far below their list price, or the
    discount of a commitment."""
    if not isinstance(spec, dict) or not spec.keys() <= _UNDERSTOOD:
        return False
    machines = [*_machine_types(spec.get("requirements"))]
    if "priceAdjustment" in spec:
        is_named = bool(machines) and all(_listed_prices(machine) for machine in machines)
        return is_named and "price" not in spec and _is_discount(spec["priceAdjustment"])
    price = _amount(spec.get("price"))
    return price is not None and bool(machines) and all(_is_near(price, machine) for machine in machines)


def _is_discount(adjustment: Plain) -> bool:
    found = _DISCOUNT.fullmatch(adjustment) if isinstance(adjustment, str) else None
    return found is not None and Decimal(found[1]) <= _LARGEST_DISCOUNT


def _machine_types(requirements: Plain) -> Iterator[Plain]:
    for requirement in requirements if isinstance(requirements, list) else ():
        if isinstance(requirement, dict) and requirement.get("key") == _MACHINE_TYPE:
            values = requirement.get("values")
            yield from values if requirement.get("operator") == "In" and isinstance(values, list) else [None]


def _listed_prices(machine: Plain) -> list[Decimal]:
    return [
        found.on_demand.usd_hour
        for region in uae_regions(Cloud.AWS)
        if isinstance(machine, str) and (found := find(region, machine)) and found.on_demand.usd_hour
    ]


def _is_near(price: Decimal, machine: Plain) -> bool:
    listed = _listed_prices(machine)
    return bool(listed) and price >= min(listed) * _LEAST_SHARE


def _amount(price: Plain) -> Decimal | None:
    try:
        amount = Decimal(price) if isinstance(price, str) else None
    except InvalidOperation:
        return None
    return amount if amount is not None and amount.is_finite() else None
