"""Other machines that fit a measured load: smaller, a GPU slice, without GPU, or spot."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from falaj.facts.gpus import Gpu, gpu
from falaj.facts.machines import Machine, machines
from falaj.facts.prices import Prices, UnitPrice
from falaj.finops.rightsize.capacity import SPOT_WORTH
from falaj.finops.rightsize.inventory import InventoryItem
from falaj.finops.rightsize.memory import USABLE
from falaj.finops.rightsize.points import Signal
from falaj.finops.rightsize.recommendation import Action, Recommendation, kept, month, seen
from falaj.finops.rightsize.speed import BANDWIDTH_SHARE, LOAD, VCPU_GB_S, VCPU_TFLOPS
from falaj.finops.rightsize.work import unsteady

GB_A_MIB = 2**20 / 1e9
CPU_SHARE = 0.5
"""Part of a vCPU's peak arithmetic that libraries reach: an assumption, so that a trial must come first."""


@dataclass(frozen=True, slots=True)
class GpuRequirement:
    """What the busiest GPU did: dense bf16 TFLOPS, GB/s and GB, and how many GPUs were in use."""

    tflops: float
    gb_s: float
    memory_gb: float
    gpus: int


def fitting(subject: InventoryItem, price: UnitPrice | None, prices: Prices) -> Iterable[Recommendation]:
    """Everything that costs less and holds the busiest samples with headroom."""
    if subject.machine is None or price is None or price.usd is None:
        return
    usd = month(subject, price.usd)
    yield from _spot(subject, usd, prices)
    card = gpu(subject.machine.gpu_model)
    if card is None:
        if not subject.machine.gpus:
            yield from _smaller_cpu(subject, subject.machine, usd, prices)
        return
    need = _need(subject, card)
    if need is not None:
        yield from _smaller_gpu(subject, subject.machine, need, usd, prices)
        yield from _slice(subject, subject.machine, card, need, usd)
        yield from _without_gpu(subject, subject.machine, need, usd, prices)


def _need(subject: InventoryItem, card: Gpu) -> GpuRequirement | None:
    """The need, where tensor pipe, memory traffic and memory were all measured: one of them alone misleads."""
    evidence = subject.evidence
    tensor, dram, used = evidence.high(Signal.TENSOR), evidence.high(Signal.DRAM), evidence.most(Signal.FB_USED)
    if tensor is None or dram is None or used is None:
        return None
    return GpuRequirement(
        tensor * card.bf16_tflops, dram * card.bandwidth_gb_s, used * GB_A_MIB, max(1, evidence.gpus_used)
    )


def _cheapest(
    subject: InventoryItem, able: Iterable[Machine], usd: Decimal, prices: Prices
) -> tuple[Machine, Decimal, UnitPrice] | None:
    """The cheapest of the machines that costs less than now, bought the same way, and its cost a month."""
    result: list[tuple[Decimal, str, Machine, UnitPrice]] = []
    for machine in able:
        price = prices.machine(subject.region, machine.name, subject.terms.capacity)
        if price.usd is not None and (cost := month(subject, price.usd)) < usd:
            result.append((cost, machine.name, machine, price))
    if not result:
        return None
    cost, _, machine, price = min(result, key=lambda one: one[:2])
    return machine, cost, price


def _others(subject: InventoryItem, now: Machine) -> Iterable[Machine]:
    return (one for one in machines(subject.region).values() if one.arch == now.arch and one.name != now.name)


def _smaller_gpu(
    subject: InventoryItem, now: Machine, need: GpuRequirement, usd: Decimal, prices: Prices
) -> Iterable[Recommendation]:
    able = [one for one in _others(subject, now) if (card := gpu(one.gpu_model)) and _holds(one, card, need)]
    if best := _cheapest(subject, able, usd, prices):
        machine, cost, price = best
        why = (
            f"busiest GPU: {need.tflops:.0f} TFLOPS, {need.gb_s:.0f} GB/s, {need.memory_gb:.0f} GB, "
            f"{need.gpus} in use; price {price.kind}"
        )
        sure = seen(subject) if machine.gpu_model == now.gpu_model else seen(subject).lowered()
        keep = kept(subject, f"at least {need.memory_gb / USABLE:.0f} GB for each GPU", "precision of the weights")
        yield Recommendation(subject.evidence.subject, Action.SMALLER, machine.name, usd - cost, sure, why, keep)


def _holds(machine: Machine, card: Gpu, need: GpuRequirement) -> bool:
    part = min(1, machine.gpus)
    return (
        int(max(1, machine.gpus)) >= need.gpus
        and card.memory_gb * part * USABLE >= need.memory_gb
        and card.bf16_tflops * part * LOAD >= need.tflops
        and card.bandwidth_gb_s * part * LOAD >= need.gb_s
    )


_SLICES = ((1, 1), (2, 2), (3, 4), (4, 4))
"""Sevenths of the arithmetic and eighths of the memory of MIG profiles 1g, 2g, 3g and 4g (NVIDIA MIG user guide)."""


def _slice(
    subject: InventoryItem, now: Machine, card: Gpu, need: GpuRequirement, usd: Decimal
) -> Iterable[Recommendation]:
    if card.slices == 1:
        return
    for sevenths, eighths in _SLICES:
        fits = (
            need.memory_gb <= card.memory_gb * eighths / 8 * USABLE
            and need.tflops <= card.bf16_tflops * sevenths / 7 * LOAD
            and need.gb_s <= card.bandwidth_gb_s * eighths / 8 * LOAD
        )
        if fits:
            saved = usd * (1 - Decimal(need.gpus * sevenths) / (Decimal(str(max(1, now.gpus))) * 7))
            why = f"busiest GPU: {need.tflops:.0f} TFLOPS, {need.memory_gb:.0f} GB; saves once others use the rest"
            keep = kept(
                subject, "one tenant's data a slice, or tenants that may share a GPU", "precision of the weights"
            )
            to = f"{sevenths}g slices of {now.gpu_model}"
            yield Recommendation(subject.evidence.subject, Action.MIG, to, saved, seen(subject).lowered(), why, keep)
            return


def _without_gpu(
    subject: InventoryItem, now: Machine, need: GpuRequirement, usd: Decimal, prices: Prices
) -> Iterable[Recommendation]:
    def able(machine: Machine) -> bool:
        vcpu = machine.vcpu or 0
        return (
            not machine.gpus
            and not unsteady(machine)
            and (machine.memory_gib or 0) * 2**30 / 1e9 * USABLE >= need.memory_gb * need.gpus
            and vcpu * VCPU_TFLOPS["bf16"] * CPU_SHARE * LOAD >= need.tflops * need.gpus
            and vcpu * VCPU_GB_S * BANDWIDTH_SHARE * LOAD >= need.gb_s * need.gpus
        )

    if best := _cheapest(subject, filter(able, _others(subject, now)), usd, prices):
        machine, cost, price = best
        why = f"all GPUs: {need.tflops * need.gpus:.1f} TFLOPS, {need.gb_s * need.gpus:.0f} GB/s; price {price.kind}"
        keep = kept(subject, "the limit of latency: measure it on the CPU machine first")
        sure = seen(subject).lowered()
        yield Recommendation(subject.evidence.subject, Action.CPU, machine.name, usd - cost, sure, why, keep)


def _smaller_cpu(subject: InventoryItem, now: Machine, usd: Decimal, prices: Prices) -> Iterable[Recommendation]:
    high, used = subject.evidence.high(Signal.CPU), subject.evidence.most(Signal.MEMORY)
    if high is None or not now.vcpu or now.memory_gib is None:
        return
    vcpu = high * now.vcpu / LOAD
    memory = now.memory_gib if used is None else used * now.memory_gib / USABLE
    able = [
        one
        for one in _others(subject, now)
        if not one.gpus and not unsteady(one) and (one.vcpu or 0) >= vcpu and (one.memory_gib or 0) >= memory
    ]
    if best := _cheapest(subject, able, usd, prices):
        machine, cost, price = best
        measured = f"{used:.0%} of memory" if used is not None else "memory not measured and left as it is"
        why = f"99 % of samples below {high:.0%} of {now.vcpu} vCPU, {measured}; price {price.kind}"
        keep = kept(subject, f"at least {memory:.0f} GiB", f"the architecture {now.arch}")
        yield Recommendation(
            subject.evidence.subject, Action.SMALLER, machine.name, usd - cost, seen(subject), why, keep
        )


def _spot(subject: InventoryItem, usd: Decimal, prices: Prices) -> Iterable[Recommendation]:
    if subject.machine is None or not subject.terms.interruptible or subject.terms.capacity == "spot":
        return
    spot = prices.machine(subject.region, subject.machine.name, "spot")
    if spot.usd is None or (cost := month(subject, spot.usd)) > usd * SPOT_WORTH:
        return
    why = f"average spot price of {spot.date}, {spot.kind}; machines may be taken back at any time"
    keep = kept(subject, "checkpoints and a queue that starts work again", "one machine on demand where somebody waits")
    yield Recommendation(
        subject.evidence.subject, Action.SPOT, "spot first", usd - cost, seen(subject).lowered(), why, keep
    )
