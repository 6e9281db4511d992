"""Hourly price of one unit of a flavor. A unit is a GPU, or a vCPU if the machines have no GPUs. Pure."""

from decimal import Decimal
from fractions import Fraction

from falaj.components.core.tenancy.flavors import Flavor, FlavorPriority, Size, UnsizedPool
from falaj.components.core.validation.enums import Capacity
from falaj.facts.machines import Machine, find


def usd_per_unit_hour(flavor: Flavor, region: str | None, spot_hours_percent: int) -> Fraction:
    """Returns USD per unit and hour of the most expensive machine in the pool, so that the budget holds on any machine.

    Returns 0 for prepaid machines. `spot_hours_percent` is the expected percentage of hours on spot in `spot-first`
    pools. Raises `UnsizedPool` for a machine without a known price; such a machine is never treated as free.
    """
    if flavor.priority is FlavorPriority.PAID:
        return Fraction(0)
    return max(_usd(flavor, size, region, spot_hours_percent) / size.units for size in flavor.sizes)


def _usd(flavor: Flavor, size: Size, region: str | None, spot_hours_percent: int) -> Fraction:
    machine = find(region, size.name) if region else None
    spot_percent = {Capacity.SPOT: 100, Capacity.ON_DEMAND: 0}.get(flavor.capacity, spot_hours_percent)
    total = Fraction(0)
    for price, percent in ((_spot(machine), spot_percent), (_on_demand(machine), 100 - spot_percent)):
        if price is None and percent:
            index = [candidate.name for candidate in flavor.sizes].index(size.name)
            allowed = (
                f"machines with a known price: without one, the budget cannot be converted to a number of {size.name}"
            )
            raise UnsizedPool(f"pools.{flavor.pool}.machines.{index}", size.name, allowed, "choose another machine")
        total += Fraction(price or 0) * Fraction(percent, 100)
    return total


def _on_demand(machine: Machine | None) -> Decimal | None:
    return machine.on_demand.usd_hour if machine else None


def _spot(machine: Machine | None) -> Decimal | None:
    """Returns the spot price, or the on-demand price if it is unknown: spot never exceeds on-demand."""
    price = machine.spot.usd_hour if machine else None
    return _on_demand(machine) if price is None else price
