"""Other machines that fit a measured load: smaller, a GPU slice, without GPU, or spot."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from falaj.facts.gpu_support import unsupported_gpu
from falaj.facts.gpus import Gpu, gpu, slice_share
from falaj.facts.machines import Machine, machines
from falaj.facts.price_sources import spot_figure
from falaj.facts.prices import Prices, UnitPrice
from falaj.finops.rightsize.assumptions import LOAD, USABLE
from falaj.finops.rightsize.capacity import MAX_SPOT_SHARE
from falaj.finops.rightsize.engines import cpu_engine
from falaj.finops.rightsize.inventory import MeasuredMachine
from falaj.finops.rightsize.points import Signal
from falaj.finops.rightsize.recommendation import Action, Recommendation, confidence_of, constraints_of, monthly_cost
from falaj.finops.rightsize.work import odd_for_a_pool, unsteady

GB_PER_MIB = 2**20 / 1e9


@dataclass(frozen=True, slots=True)
class GpuRequirement:
    """Peak load of the busiest GPU: dense bf16 TFLOPS, GB/s and GB, and the number of GPUs in use."""

    tflops: float
    gb_s: float
    memory_gb: float
    gpus: int


def cheaper_machines(subject: MeasuredMachine, price: UnitPrice | None, prices: Prices) -> Iterable[Recommendation]:
    """Yields recommendations for every cheaper machine or purchase that covers the peak samples with headroom."""
    if subject.machine is None or price is None or price.usd is None:
        return
    usd = monthly_cost(subject, price.usd)
    yield from _spot(subject, usd, prices)
    card = gpu(subject.machine.gpu_model)
    if card is None:
        if not subject.machine.gpus:
            yield from _smaller_cpu(subject, subject.machine, usd, prices)
        return
    requirement = _gpu_requirement(subject, card)
    if requirement is not None:
        yield from _smaller_gpu(subject, subject.machine, requirement, usd, prices)
        yield from _slice(subject, subject.machine, card, requirement, usd)
        yield from _without_gpu(subject, subject.machine, requirement, usd, prices)


def _gpu_requirement(subject: MeasuredMachine, card: Gpu) -> GpuRequirement | None:
    """Returns the GPU requirement if tensor pipe, memory traffic and memory were all measured, otherwise None: one of
    them alone misleads.
    """
    evidence = subject.evidence
    tensor, dram, used_mib = evidence.high(Signal.TENSOR), evidence.high(Signal.DRAM), evidence.most(Signal.FB_USED)
    if tensor is None or dram is None or used_mib is None:
        return None
    return GpuRequirement(
        tensor * card.bf16_tflops, dram * card.bandwidth_gb_s, used_mib * GB_PER_MIB, max(1, evidence.gpus_used)
    )


def _cheapest(
    subject: MeasuredMachine, candidates: Iterable[Machine], usd: Decimal, prices: Prices
) -> tuple[Machine, Decimal, UnitPrice] | None:
    """Returns the cheapest candidate that costs less than today at the same capacity type, with its monthly cost and
    price.
    """
    offers: list[tuple[Decimal, str, Machine, UnitPrice]] = []
    for machine in candidates:
        price = prices.machine(subject.region, machine.name, subject.terms.capacity)
        if price.usd is not None and (cost := monthly_cost(subject, price.usd)) < usd:
            offers.append((cost, machine.name, machine, price))
    if not offers:
        return None
    cost, _, machine, price = min(offers, key=lambda offer: offer[:2])
    return machine, cost, price


def _other_machines(subject: MeasuredMachine, current: Machine) -> Iterable[Machine]:
    return (
        machine
        for machine in machines(subject.region).values()
        if machine.arch == current.arch
        and machine.name != current.name
        and not unsupported_gpu(machine)
        and not odd_for_a_pool(machine)
    )


def _smaller_gpu(
    subject: MeasuredMachine, current: Machine, requirement: GpuRequirement, usd: Decimal, prices: Prices
) -> Iterable[Recommendation]:
    candidates = [
        machine
        for machine in _other_machines(subject, current)
        if (card := gpu(machine.gpu_model)) and _satisfies(machine, card, requirement)
    ]
    if best := _cheapest(subject, candidates, usd, prices):
        machine, cost, price = best
        why = (
            f"busiest GPU: {requirement.tflops:.0f} TFLOPS, {requirement.gb_s:.0f} GB/s, "
            f"{requirement.memory_gb:.0f} GB, {requirement.gpus} in use; price {price.kind}"
        )
        trust = confidence_of(subject) if machine.gpu_model == current.gpu_model else confidence_of(subject).lowered()
        constraints = constraints_of(
            subject, f"at least {requirement.memory_gb / USABLE.value:.0f} GB for each GPU", "precision of the weights"
        )
        yield Recommendation(
            subject.evidence.subject, Action.SMALLER, machine.name, usd - cost, trust, why, constraints
        )


def _satisfies(machine: Machine, card: Gpu, requirement: GpuRequirement) -> bool:
    gpu_share = min(1, machine.gpus)
    return (
        int(max(1, machine.gpus)) >= requirement.gpus
        and card.memory_gb * gpu_share * USABLE.value >= requirement.memory_gb
        and card.bf16_tflops * gpu_share * LOAD.value >= requirement.tflops
        and card.bandwidth_gb_s * gpu_share * LOAD.value >= requirement.gb_s
    )


def _slice(
    subject: MeasuredMachine, current: Machine, card: Gpu, requirement: GpuRequirement, usd: Decimal
) -> Iterable[Recommendation]:
    """Yields the smallest MIG slice that fits, of those of which a GPU has several."""
    for profile, slices in card.mig_profiles.items():
        share = slice_share(card, profile)
        fits = (
            slices > 1
            and requirement.memory_gb <= card.memory_gb * share.memory * USABLE.value
            and requirement.tflops <= card.bf16_tflops * share.arithmetic * LOAD.value
            and requirement.gb_s <= card.bandwidth_gb_s * share.memory * LOAD.value
        )
        if fits:
            saved = usd * (1 - Decimal(requirement.gpus) / (Decimal(str(max(1, current.gpus))) * slices))
            why = (
                f"busiest GPU: {requirement.tflops:.0f} TFLOPS, {requirement.memory_gb:.0f} GB; "
                "saves only if other workloads use the rest"
            )
            constraints = constraints_of(
                subject, "one tenant's data a slice, or tenants that may share a GPU", "precision of the weights"
            )
            to = f"{profile} slices of {current.gpu_model}"
            yield Recommendation(
                subject.evidence.subject, Action.MIG, to, saved, confidence_of(subject).lowered(), why, constraints
            )
            return


def _without_gpu(
    subject: MeasuredMachine, current: Machine, requirement: GpuRequirement, usd: Decimal, prices: Prices
) -> Iterable[Recommendation]:
    def is_candidate(machine: Machine) -> bool:
        reached = cpu_engine(machine, "bf16")
        return (
            not machine.gpus
            and not unsteady(machine)
            and (machine.memory_gib or 0) * 2**30 / 1e9 * USABLE.value >= requirement.memory_gb * requirement.gpus
            and reached.tflops * LOAD.value >= requirement.tflops * requirement.gpus
            and reached.gb_s * LOAD.value >= requirement.gb_s * requirement.gpus
        )

    if best := _cheapest(subject, filter(is_candidate, _other_machines(subject, current)), usd, prices):
        machine, cost, price = best
        tflops, gb_s = requirement.tflops * requirement.gpus, requirement.gb_s * requirement.gpus
        why = f"all GPUs: {tflops:.1f} TFLOPS, {gb_s:.0f} GB/s; price {price.kind}"
        constraints = constraints_of(subject, "the latency limit: measure it on the CPU machine first")
        trust = confidence_of(subject).lowered()
        yield Recommendation(subject.evidence.subject, Action.CPU, machine.name, usd - cost, trust, why, constraints)


def _smaller_cpu(subject: MeasuredMachine, current: Machine, usd: Decimal, prices: Prices) -> Iterable[Recommendation]:
    high, used = subject.evidence.high(Signal.CPU), subject.evidence.most(Signal.MEMORY)
    if high is None or not current.vcpu or current.memory_gib is None:
        return
    vcpu = high * current.vcpu / LOAD.value
    memory = current.memory_gib if used is None else used * current.memory_gib / USABLE.value
    candidates = [
        machine
        for machine in _other_machines(subject, current)
        if not machine.gpus
        and not unsteady(machine)
        and (machine.vcpu or 0) >= vcpu
        and (machine.memory_gib or 0) >= memory
    ]
    if best := _cheapest(subject, candidates, usd, prices):
        machine, cost, price = best
        measured = f"{used:.0%} of memory" if used is not None else "memory not measured, so unchanged"
        why = f"99 % of samples below {high:.0%} of {current.vcpu} vCPU, {measured}; price {price.kind}"
        constraints = constraints_of(subject, f"at least {memory:.0f} GiB", f"the architecture {current.arch}")
        yield Recommendation(
            subject.evidence.subject, Action.SMALLER, machine.name, usd - cost, confidence_of(subject), why, constraints
        )


def _spot(subject: MeasuredMachine, usd: Decimal, prices: Prices) -> Iterable[Recommendation]:
    if subject.machine is None or not subject.terms.interruptible or subject.terms.capacity == "spot":
        return
    spot = prices.machine(subject.region, subject.machine.name, "spot")
    if spot.usd is None or (cost := monthly_cost(subject, spot.usd)) > usd * MAX_SPOT_SHARE:
        return
    figure = spot_figure(spot.source, subject.machine.name)
    why = f"{figure} of {spot.date}, {spot.kind}; machines may be reclaimed at any time"
    constraints = constraints_of(
        subject, "checkpoints and a queue that restarts work", "one on-demand machine where users wait"
    )
    yield Recommendation(
        subject.evidence.subject,
        Action.SPOT,
        "spot first",
        usd - cost,
        confidence_of(subject).lowered(),
        why,
        constraints,
    )
