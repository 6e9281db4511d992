"""Price of one unit of a flavor for an hour; a unit is a GPU, or a processor where there are none. Pure."""

from decimal import Decimal
from fractions import Fraction

from falaj.components.core.tenancy.flavors import Flavor, FlavorPriority, Size, UnsizedPool
from falaj.components.core.validation.enums import Capacity
from falaj.facts.machines import Machine, find


def usd_per_unit_hour(flavor: Flavor, region: str | None, spot_hours_percent: int) -> Fraction:
    """US dollars per unit and hour on the most expensive machine of the pool, so that the budget holds on any of them.

    0 where the machines are paid whether they are used or not. `spot_hours_percent` is the share of the hours of
    `spot-first` pools that is expected on spot. Raises `UnsizedPool` for a machine without a known price: it is never
    taken as free.
    """
    if flavor.priority is FlavorPriority.PAID:
        return Fraction(0)
    return max(_usd(flavor, size, region, spot_hours_percent) / size.units for size in flavor.sizes)


def _usd(flavor: Flavor, size: Size, region: str | None, spot_hours_percent: int) -> Fraction:
    machine = find(region, size.name) if region else None
    on_spot = {Capacity.SPOT: 100, Capacity.ON_DEMAND: 0}.get(flavor.capacity, spot_hours_percent)
    total = Fraction(0)
    for price, percent in ((_spot(machine), on_spot), (_on_demand(machine), 100 - on_spot)):
        if price is None and percent:
            index = [other.name for other in flavor.sizes].index(size.name)
            allowed = f"machines whose price is known: without one no budget says how many {size.name} may run"
            raise UnsizedPool(f"pools.{flavor.pool}.machines.{index}", size.name, allowed, "choose another")
        total += Fraction(price or 0) * Fraction(percent, 100)
    return total


def _on_demand(machine: Machine | None) -> Decimal | None:
    return machine.on_demand.usd_hour if machine else None


def _spot(machine: Machine | None) -> Decimal | None:
    """The spot price; where it is unknown the on-demand price, which spot never exceeds."""
    price = machine.spot.usd_hour if machine else None
    return _on_demand(machine) if price is None else price
