"""What machines of one's own cost: from what was paid for them to dirhams an hour, and to prices that tenants are
counted by. Pure.

They are paid whether they work or not, so an hour is one of all 8,760 hours of a year: what stands idle makes the
hours that are used no dearer here, but shows as idle (OpenCost). Without VAT, as all prices.
"""

from collections.abc import Mapping
from decimal import Decimal

from pydantic import Field

from falaj.components.core.money.burn_rate import HOURS_PER_MONTH
from falaj.components.core.money.opencost_prices import VCPU_IN_GIB, HourlyPrices
from falaj.components.core.validation.args import Accepts, Spec
from falaj.facts.labels import AED_PER_HOUR_ANNOTATION, MACHINE_ANNOTATION

HOURS_PER_YEAR = 12 * HOURS_PER_MONTH
"""8,760."""

GPU_IN_GIB = Decimal("224.2")
"""What a GPU costs against a GiB where no machine without GPUs says what the rest is worth: OpenCost's own 0.95 by
0.004237 (opencost, configs/default.json)."""


class EnergySpec(Spec):
    """Electricity of the machine room."""

    aed_per_kwh: Accepts[Decimal, Decimal | float] = Field(gt=0, le=10)
    """AED per kilowatt-hour, surcharges included, as billed."""
    pue: Accepts[Decimal, Decimal | float] = Field(ge=1, le=4)
    """Power usage effectiveness: power of the whole room divided by that of its machines."""


class OwnMachineCostSpec(Spec):
    """A kind of machine of your own, and what one of it costs, without VAT."""

    vcpu: int = Field(ge=1)
    """Processors, as the operating system counts them."""
    memory_gib: Accepts[Decimal, Decimal | float] = Field(gt=0)
    """Memory in GiB."""
    gpus: int = Field(default=0, ge=0)
    """GPUs."""
    purchase_aed: Accepts[Decimal, Decimal | float] = Field(ge=0)
    """Purchase price in AED, with its share of rack, network and storage."""
    years: Accepts[Decimal, Decimal | float] = Field(gt=0, le=15)
    """Years over which the purchase is depreciated."""
    kilowatts: Accepts[Decimal, Decimal | float] = Field(gt=0, le=200)
    """Average power in kW, measured; not the rating on its plate."""
    staff_aed_per_year: Accepts[Decimal, Decimal | float] = Field(ge=0)
    """Its share, in AED per year, of the cost of the people who run the cluster."""


def aed_per_hour(machine: OwnMachineCostSpec, energy: EnergySpec) -> Decimal:
    """Dirhams for an hour of a machine: purchase, electricity and people."""
    purchase = machine.purchase_aed / (machine.years * HOURS_PER_YEAR)
    electricity = machine.kilowatts * energy.pue * energy.aed_per_kwh
    return purchase + electricity + machine.staff_aed_per_year / HOURS_PER_YEAR


def usd_per_hour(machine: OwnMachineCostSpec, energy: EnergySpec, aed_per_usd: Decimal) -> Decimal:
    """The same in US dollars, beside the clouds' prices."""
    return aed_per_hour(machine, energy) / aed_per_usd


def cost_annotations(kind: str, machine: OwnMachineCostSpec, energy: EnergySpec) -> dict[str, str]:
    """What a node of its kind says of its cost: the bill reads it in the plan, for nobody else bills the machine."""
    return {
        MACHINE_ANNOTATION: kind,
        AED_PER_HOUR_ANNOTATION: f"{round(aed_per_hour(machine, energy), 6).normalize():f}",
    }


def aed_per_month(machines: Mapping[str, OwnMachineCostSpec], nodes: Mapping[str, int], energy: EnergySpec) -> Decimal:
    """Dirhams for a month of a cluster that has `nodes` of each kind, used or not."""
    hourly = sum((aed_per_hour(machines[kind], energy) * count for kind, count in nodes.items()), Decimal(0))
    return hourly * HOURS_PER_MONTH


def own_prices(
    machines: Mapping[str, OwnMachineCostSpec], nodes: Mapping[str, int], energy: EnergySpec
) -> HourlyPrices:
    """What a processor, a GiB and a GPU cost an hour, so that a whole cluster counted by them costs what it costs.

    Machines without GPUs say what processors and memory are worth, at the ratio of OpenCost's default; the rest of what
    machines with GPUs cost is their GPUs'. Where there are only such machines, or where that rest would be negative,
    all of them are split at the ratios of that default. `nodes` is how many there are of each kind, one at least.
    """
    kinds = [kind for kind, count in nodes.items() if count]
    plain = [kind for kind in kinds if not machines[kind].gpus]
    if plain:
        gib = _cost(plain, machines, nodes, energy) / _weight(plain, machines, nodes, Decimal(0))
        with_gpus = [kind for kind in kinds if machines[kind].gpus]
        count = sum(machines[kind].gpus * nodes[kind] for kind in with_gpus)
        rest = _cost(with_gpus, machines, nodes, energy) - gib * _weight(with_gpus, machines, nodes, Decimal(0))
        if not count or rest >= 0:
            return HourlyPrices(vcpu=gib * VCPU_IN_GIB, gib=gib, gpu=rest / count if count else Decimal(0))
    gib = _cost(kinds, machines, nodes, energy) / _weight(kinds, machines, nodes, GPU_IN_GIB)
    return HourlyPrices(vcpu=gib * VCPU_IN_GIB, gib=gib, gpu=gib * GPU_IN_GIB)


def _cost(
    kinds: list[str], machines: Mapping[str, OwnMachineCostSpec], nodes: Mapping[str, int], energy: EnergySpec
) -> Decimal:
    return sum((aed_per_hour(machines[kind], energy) * nodes[kind] for kind in kinds), Decimal(0))


def _weight(
    kinds: list[str], machines: Mapping[str, OwnMachineCostSpec], nodes: Mapping[str, int], gpu_in_gib: Decimal
) -> Decimal:
    """All that these machines have, in GiB of memory that would cost as much."""
    found = Decimal(0)
    for kind in kinds:
        one = machines[kind]
        found += nodes[kind] * (VCPU_IN_GIB * one.vcpu + one.memory_gib + gpu_in_gib * one.gpus)
    return found
