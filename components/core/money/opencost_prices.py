"""What an hour of a processor, a GiB and a GPU costs at this place, for OpenCost to share out among tenants. Pure.

OpenCost takes one price of each, and clouds sell whole machines. A machine without GPUs is split at the ratio below;
what a machine with GPUs costs beyond its processors and memory is its GPUs' price. Means over the site's machines.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from falaj.components.core.validation.args import Checked
from falaj.components.core.validation.problems import refusal
from falaj.facts.machines import Machine, Price, find

VCPU_IN_GIB = Decimal("7.46")
"""What a vCPU costs against a GiB: OpenCost's own 0.031611 by 0.004237 (opencost, configs/default.json)."""

SHOWN = Decimal("0.0001")
"""A hundredth of a fils."""


class HourlyPrices(Checked):
    """Dirhams an hour, without VAT."""

    vcpu: Annotated[Decimal, Field(ge=0)]
    gib: Annotated[Decimal, Field(ge=0)]
    gpu: Annotated[Decimal, Field(ge=0)] = Decimal(0)
    spot_vcpu: Annotated[Decimal, Field(ge=0)] | None = None
    spot_gib: Annotated[Decimal, Field(ge=0)] | None = None

    @property
    def model(self) -> dict[str, str]:
        """As OpenCost reads them. A spot price that is not known is the on-demand one: too much, never too little."""
        amounts = {
            "CPU": self.vcpu,
            "RAM": self.gib,
            "GPU": self.gpu,
            "spotCPU": self.vcpu if self.spot_vcpu is None else self.spot_vcpu,
            "spotRAM": self.gib if self.spot_gib is None else self.spot_gib,
        }
        return {key: str(amount.quantize(SHOWN)) for key, amount in amounts.items()}


@dataclass(frozen=True)
class _Part:
    vcpu: Decimal
    gib: Decimal


def hourly_prices(region: str, machines: Sequence[str], aed_per_usd: Decimal) -> HourlyPrices:
    """Of a site's machines. Those without a price are left out; raises a pydantic error where none is left."""
    offered = [machine for name in sorted(set(machines)) if (machine := find(region, name))]
    plain = [part for machine in offered if not machine.gpus and (part := _split(machine, machine.on_demand))]
    if not plain:
        raise refusal(
            "a machine without GPUs among them, of a known price", "add one, or give `prices`", "machines", [*machines]
        )
    spot = [part for machine in offered if not machine.gpus and (part := _split(machine, machine.spot))]
    vcpu, gib = _mean([part.vcpu for part in plain]), _mean([part.gib for part in plain])
    gpus = [price for machine in offered if (price := _gpu(machine, vcpu, gib)) is not None]
    return HourlyPrices(
        vcpu=vcpu * aed_per_usd,
        gib=gib * aed_per_usd,
        gpu=_mean(gpus) * aed_per_usd,
        spot_vcpu=_mean([part.vcpu for part in spot]) * aed_per_usd if spot else None,
        spot_gib=_mean([part.gib for part in spot]) * aed_per_usd if spot else None,
    )


def _split(machine: Machine, price: Price) -> _Part | None:
    if price.usd_hour is None or not machine.vcpu or not machine.memory_gib:
        return None
    gib = price.usd_hour / (VCPU_IN_GIB * machine.vcpu + Decimal(str(machine.memory_gib)))
    return _Part(gib * VCPU_IN_GIB, gib)


def _gpu(machine: Machine, vcpu: Decimal, gib: Decimal) -> Decimal | None:
    price = machine.on_demand.usd_hour
    if not machine.gpus or price is None or machine.vcpu is None or machine.memory_gib is None:
        return None
    rest = price - machine.vcpu * vcpu - Decimal(str(machine.memory_gib)) * gib
    return max(rest, Decimal(0)) / Decimal(str(machine.gpus))


def _mean(of: Sequence[Decimal]) -> Decimal:
    return sum(of, Decimal(0)) / len(of) if of else Decimal(0)
