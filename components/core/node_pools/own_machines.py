"""Hourly cost of on-premises machines, and the resulting prices per vCPU, GiB and GPU for cost allocation. Pure.

The machines cost the same whether used or idle, so costs are divided by all 8,760 hours of a year. Idle time does not
increase the price of used hours; OpenCost reports it as idle cost. All prices are without VAT.
"""

from collections.abc import Mapping
from decimal import Decimal

from pydantic import Field

from falaj.components.core.money.amounts import MOST_AED
from falaj.components.core.money.burn_rate import HOURS_PER_MONTH
from falaj.components.core.money.opencost_prices import VCPU_IN_GIB, HourlyPrices
from falaj.components.core.validation.args import Accepts, Spec
from falaj.components.core.validation.maxima import MOST_GPUS, MOST_MEMORY_GIB, MOST_VCPU
from falaj.facts.labels import AED_PER_HOUR_ANNOTATION, MACHINE_ANNOTATION

HOURS_PER_YEAR = 12 * HOURS_PER_MONTH
"""8,760."""

GPU_IN_GIB = Decimal("224.2")
"""Price of a GPU relative to a GiB, used if there are no machines without GPUs to derive it from: OpenCost's defaults,
0.95 divided by 0.004237 (opencost, configs/default.json)."""


class EnergySpec(Spec):
    """Electricity cost of the machine room."""

    aed_per_kwh: Accepts[Decimal, Decimal | float] = Field(gt=0, le=10)
    """Billed price of electricity in AED per kWh, including surcharges."""
    pue: Accepts[Decimal, Decimal | float] = Field(ge=1, le=4)
    """Power usage effectiveness (PUE): power of the whole room divided by the power of its machines, 1 to 4."""


class OwnMachineSpec(Spec):
    """A machine type of an on-premises cluster."""

    vcpu: int = Field(ge=1, le=MOST_VCPU)
    """Number of CPUs that the operating system reports."""
    memory_gib: Accepts[Decimal, Decimal | float] = Field(gt=0, le=MOST_MEMORY_GIB)
    """Memory in GiB."""
    gpus: int = Field(default=0, ge=0, le=MOST_GPUS)
    """Number of GPUs."""


class OwnMachineCostSpec(OwnMachineSpec):
    """An on-premises machine type, and the cost of one machine without VAT."""

    purchase_aed: Accepts[Decimal, Decimal | float] = Field(ge=0, le=MOST_AED)
    """Purchase price in AED, including a share of rack, network and storage."""
    years: Accepts[Decimal, Decimal | float] = Field(gt=0, le=15)
    """Depreciation period in years."""
    kilowatts: Accepts[Decimal, Decimal | float] = Field(gt=0, le=200)
    """Measured average power in kW, not the nameplate rating."""
    staff_aed_per_year: Accepts[Decimal, Decimal | float] = Field(ge=0, le=MOST_AED)
    """Share of the cost of the cluster's operations staff, in AED per year."""


def aed_per_hour(machine: OwnMachineCostSpec, energy: EnergySpec) -> Decimal:
    """Returns the cost of a machine in AED per hour: depreciation, electricity and staff."""
    purchase = machine.purchase_aed / (machine.years * HOURS_PER_YEAR)
    electricity = machine.kilowatts * energy.pue * energy.aed_per_kwh
    return purchase + electricity + machine.staff_aed_per_year / HOURS_PER_YEAR


def usd_per_hour(machine: OwnMachineCostSpec, energy: EnergySpec, aed_per_usd: Decimal) -> Decimal:
    """Returns the cost of a machine in USD per hour, comparable with cloud prices."""
    return aed_per_hour(machine, energy) / aed_per_usd


def cost_annotations(kind: str, machine: OwnMachineCostSpec, energy: EnergySpec) -> dict[str, str]:
    """Returns the annotations of a node with its machine type and cost, from which the estimate prices the machine."""
    return {
        MACHINE_ANNOTATION: kind,
        AED_PER_HOUR_ANNOTATION: f"{round(aed_per_hour(machine, energy), 6).normalize():f}",
    }


def aed_per_month(machines: Mapping[str, OwnMachineCostSpec], nodes: Mapping[str, int], energy: EnergySpec) -> Decimal:
    """Returns the cost of a cluster in AED per month, used or idle; `nodes` is the number of nodes by machine type."""
    hourly = sum((aed_per_hour(machines[kind], energy) * count for kind, count in nodes.items()), Decimal(0))
    return hourly * HOURS_PER_MONTH


def own_machine_prices(
    machines: Mapping[str, OwnMachineCostSpec], nodes: Mapping[str, int], energy: EnergySpec
) -> HourlyPrices:
    """Returns hourly prices per vCPU, GiB and GPU that add up to the cost of the whole cluster.

    Machines without GPUs determine the prices of vCPUs and memory, at OpenCost's default ratio; the remaining cost of
    GPU machines is attributed to their GPUs. If all machines have GPUs, or if that remainder is negative, the total
    cost is divided at OpenCost's default ratios. `nodes` is the number of nodes by machine type, at least one in total.
    """
    kinds = [kind for kind, gpus in nodes.items() if gpus]
    without_gpus = [kind for kind in kinds if not machines[kind].gpus]
    if without_gpus:
        gib = _cost(without_gpus, machines, nodes, energy) / _gib_equivalents(without_gpus, machines, nodes, Decimal(0))
        with_gpus = [kind for kind in kinds if machines[kind].gpus]
        gpus = sum(machines[kind].gpus * nodes[kind] for kind in with_gpus)
        gpu_cost = _cost(with_gpus, machines, nodes, energy) - gib * _gib_equivalents(
            with_gpus, machines, nodes, Decimal(0)
        )
        if not gpus or gpu_cost >= 0:
            return HourlyPrices(vcpu=gib * VCPU_IN_GIB, gib=gib, gpu=gpu_cost / gpus if gpus else Decimal(0))
    gib = _cost(kinds, machines, nodes, energy) / _gib_equivalents(kinds, machines, nodes, GPU_IN_GIB)
    return HourlyPrices(vcpu=gib * VCPU_IN_GIB, gib=gib, gpu=gib * GPU_IN_GIB)


def _cost(
    kinds: list[str], machines: Mapping[str, OwnMachineCostSpec], nodes: Mapping[str, int], energy: EnergySpec
) -> Decimal:
    return sum((aed_per_hour(machines[kind], energy) * nodes[kind] for kind in kinds), Decimal(0))


def _gib_equivalents(
    kinds: list[str], machines: Mapping[str, OwnMachineCostSpec], nodes: Mapping[str, int], gpu_in_gib: Decimal
) -> Decimal:
    """Returns the resources of these machines, expressed as GiB of memory of the same value."""
    weight = Decimal(0)
    for kind in kinds:
        machine = machines[kind]
        weight += nodes[kind] * (VCPU_IN_GIB * machine.vcpu + machine.memory_gib + gpu_in_gib * machine.gpus)
    return weight
