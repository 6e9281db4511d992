"""Hourly prices of a processor, a GiB and a GPU at a site, for OpenCost to allocate to tenants. Pure.

OpenCost takes one price of each by capacity type, and clouds sell whole machines. A machine without GPUs is split at
the ratio below; what a machine with GPUs costs beyond its processors and memory is the price of its GPUs. Means over
the site's machines.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from pydantic import Field

from falaj.components.core.validation.args import Accepts, Spec, default
from falaj.components.core.validation.problems import refusal
from falaj.facts.machines import Machine, Price, find

VCPU_IN_GIB = Decimal("7.46")
"""Price of a vCPU relative to a GiB: OpenCost's own 0.031611 by 0.004237 (opencost, configs/default.json)."""

SHOWN = Decimal("0.0001")
"""Precision of the prices: a hundredth of a fils."""


class HourlyPrices(Spec):
    """Dirhams per hour, without VAT, of one processor, one GiB and one GPU."""

    vcpu: Accepts[Decimal, Decimal | float] = Field(ge=0)
    """One processor (vCPU)."""
    gib: Accepts[Decimal, Decimal | float] = Field(ge=0)
    """One GiB of memory."""
    gpu: Accepts[Decimal, Decimal | float] = default(Decimal(0), ge=0)
    """One GPU."""
    spot_vcpu: Accepts[Decimal | None, Decimal | float | None] = default(None, ge=0)
    """One processor of a spot machine; the on-demand price if absent."""
    spot_gib: Accepts[Decimal | None, Decimal | float | None] = default(None, ge=0)
    """One GiB of memory of a spot machine; the on-demand price if absent."""
    spot_gpu: Accepts[Decimal | None, Decimal | float | None] = default(None, ge=0)
    """One GPU of a spot machine; the on-demand price if absent."""

    @property
    def model(self) -> dict[str, str]:
        """The prices in OpenCost's format. An unknown spot price is the on-demand one: too high, never too low."""
        amounts = {
            "CPU": self.vcpu,
            "RAM": self.gib,
            "GPU": self.gpu,
            "spotCPU": self.vcpu if self.spot_vcpu is None else self.spot_vcpu,
            "spotRAM": self.gib if self.spot_gib is None else self.spot_gib,
            "spotGPU": self.gpu if self.spot_gpu is None else self.spot_gpu,
        }
        return {key: str(amount.quantize(SHOWN)) for key, amount in amounts.items()}


@dataclass(frozen=True)
class _UnitPrices:
    """US dollars an hour of one vCPU and one GiB of a machine."""

    vcpu: Decimal
    gib: Decimal


def hourly_prices(region: str, machines: Sequence[str], aed_per_usd: Decimal) -> HourlyPrices:
    """Hourly prices by a site's machines, those without a price left out. Raises a pydantic error if none is left."""
    offered = [machine for name in sorted(set(machines)) if (machine := find(region, name))]
    plain = [unit for machine in offered if not machine.gpus and (unit := _split(machine, machine.on_demand))]
    if not plain:
        raise refusal(
            "a machine without GPUs among them, of a known price", "add one, or give `prices`", "machines", [*machines]
        )
    spot = [unit for machine in offered if not machine.gpus and (unit := _split(machine, machine.spot))]
    vcpu, gib = _mean([unit.vcpu for unit in plain]), _mean([unit.gib for unit in plain])
    spot_vcpu = _mean([unit.vcpu for unit in spot]) if spot else vcpu
    spot_gib = _mean([unit.gib for unit in spot]) if spot else gib
    gpus = [price for machine in offered if (price := _gpu(machine, machine.on_demand, vcpu, gib)) is not None]
    spot_gpus = [price for machine in offered if (price := _spot_gpu(machine, spot_vcpu, spot_gib)) is not None]
    return HourlyPrices(
        vcpu=vcpu * aed_per_usd,
        gib=gib * aed_per_usd,
        gpu=_mean(gpus) * aed_per_usd,
        spot_vcpu=spot_vcpu * aed_per_usd if spot else None,
        spot_gib=spot_gib * aed_per_usd if spot else None,
        spot_gpu=_mean(spot_gpus) * aed_per_usd if spot_gpus else None,
    )


def _split(machine: Machine, price: Price) -> _UnitPrices | None:
    if price.usd_hour is None or not machine.vcpu or not machine.memory_gib:
        return None
    gib = price.usd_hour / (VCPU_IN_GIB * machine.vcpu + Decimal(str(machine.memory_gib)))
    return _UnitPrices(gib * VCPU_IN_GIB, gib)


def _spot_gpu(machine: Machine, vcpu: Decimal, gib: Decimal) -> Decimal | None:
    price = machine.on_demand if machine.spot.usd_hour is None else machine.spot
    return _gpu(machine, price, vcpu, gib)


def _gpu(machine: Machine, price: Price, vcpu: Decimal, gib: Decimal) -> Decimal | None:
    if not machine.gpus or price.usd_hour is None or machine.vcpu is None or machine.memory_gib is None:
        return None
    rest = price.usd_hour - machine.vcpu * vcpu - Decimal(str(machine.memory_gib)) * gib
    return max(rest, Decimal(0)) / Decimal(str(machine.gpus))


def _mean(prices: Sequence[Decimal]) -> Decimal:
    return sum(prices, Decimal(0)) / len(prices) if prices else Decimal(0)
