"""Karpenter at this place's prices: what it orders, that pods run there, and that an idle pool goes."""

import os
from decimal import Decimal
from typing import NamedTuple

import pytest

from falaj.facts.machines import Machine
from falaj.facts.machines import machines as catalogue
from falaj.sandbox.lab.api import wait_for
from falaj.sandbox.lab.instance_types import REGION
from tests.lab.objects import Place, container, label, pod, pool

KEPT_CPU, KEPT_GIB = 0.1, 0.01
"""What Karpenter's provider for simulated nodes keeps of a machine for its system."""


class Work(NamedTuple):
    """Pods of one size, and how many."""

    pods: int
    cpu: float
    gib: int
    gpus: int = 0


WORK = {
    "one-gpu": Work(1, 3, 12, 1),
    "two-gpus-apart": Work(2, 3, 12, 1),
    "four-gpus-together": Work(1, 40, 160, 4),
    "eight-gpus-together": Work(1, 90, 300, 8),
    "eight-gpus-apart": Work(8, 3, 12, 1),
    "small-services": Work(10, 0.5, 1),
    "one-large-service": Work(1, 14, 28),
    "memory-heavy": Work(2, 2, 60),
    "four-of-three": Work(4, 3, 4),
    "batch": Work(20, 1, 2),
}


def cheapest(work: Work, capacity: str) -> Decimal:
    """The least that any set of equal machines costs an hour that carries the work: a bound, as far as sets of unequal
    machines are not much cheaper."""
    prices = []
    for machine in catalogue(REGION).values():
        price = price_of(machine, capacity)
        fit = pods_on(machine, work)
        if price is not None and fit:
            prices.append(price * -(-work.pods // fit))
    return min(prices)


def price_of(machine: Machine, capacity: str) -> Decimal | None:
    """USD an hour."""
    return (machine.spot if capacity == "spot" else machine.on_demand).usd_hour


def pods_on(machine: Machine, work: Work) -> int:
    """How many of the pods one machine carries; machines with GPUs are for pods that want one."""
    if not machine.vcpu or not machine.memory_gib:
        return 0
    room = [(machine.vcpu - KEPT_CPU) / work.cpu, (machine.memory_gib - KEPT_GIB) / work.gib, 110]
    if work.gpus:
        room.append(int(machine.gpus) / work.gpus)
    return int(min(room))


def paid(place: Place, name: str) -> Decimal:
    """What the nodes of a pool cost an hour, by the catalogue."""
    total = Decimal(0)
    for node in place.nodes(name):
        machine = catalogue(REGION)[label(node, "node.kubernetes.io/instance-type") or ""]
        total += price_of(machine, label(node, "karpenter.sh/capacity-type") or "") or Decimal("NaN")
    return total


def test_one_pod_gets_the_cheapest_machine_that_carries_it_and_runs_there(place: Place) -> None:
    place.apply(pool(place.name), pod(place, "one", place.name, container("3", "12Gi", gpus=1)))
    (one,) = place.wait_running(1)
    (node,) = place.nodes(place.name)
    assert one["spec"]["nodeName"] == node["metadata"]["name"]
    assert label(node, "karpenter.sh/capacity-type") == "spot"
    assert paid(place, place.name) == cheapest(Work(1, 3, 12, 1), "spot")


def test_without_spot_it_takes_on_demand(place: Place) -> None:
    place.apply(
        pool(place.name, machines=["p5en.48xlarge"]),  # no source knows a spot price of it
        pod(place, "one", place.name, container("90", "300Gi", gpus=8)),
    )
    place.wait_running(1)
    assert [label(node, "karpenter.sh/capacity-type") for node in place.nodes(place.name)] == ["on-demand"]


def test_what_no_machine_here_carries_waits_and_orders_nothing(place: Place) -> None:
    place.apply(pool(place.name), pod(place, "one", place.name, container("1", "1Gi", gpus=9)))
    told = wait_for(
        lambda: [
            event["message"]
            for event in place.api.list("v1", "Event", place.name)
            if event.get("source", {}).get("component") == "karpenter" or event.get("reportingComponent") == "karpenter"
        ],
        30,
        "Karpenter to say why",
    )
    assert any("no instance type" in message for message in told), told
    assert place.nodes(place.name) == []


def test_an_idle_pool_of_gpus_goes_to_no_nodes(place: Place) -> None:
    one = pod(place, "one", place.name, container("3", "12Gi", gpus=1))
    place.apply(pool(place.name, idle_seconds=2), one)
    place.wait_running(1)
    assert len(place.nodes(place.name)) == 1
    place.api.delete(one)
    wait_for(lambda: not place.nodes(place.name), 60, "the idle node to go")


@pytest.mark.parametrize("name", WORK)
def test_what_typical_work_costs_against_the_cheapest(place: Place, name: str) -> None:
    work = WORK[name]
    place.apply(pool(place.name))
    assert times_the_cheapest(place, name, work) <= FREE[name]


@pytest.mark.parametrize("name", ["two-gpus-apart", "eight-gpus-apart", "small-services", "four-of-three", "batch"])
def test_a_pool_of_machines_of_the_right_size_costs_about_the_cheapest(place: Place, name: str) -> None:
    work = WORK[name]
    place.apply(pool(place.name, machines=right_sized(work)))
    assert times_the_cheapest(place, name, work) <= SHAPED[name]


def right_sized(work: Work) -> list[str]:
    """Machines with no more GPUs than one pod wants; without GPUs, of four processors."""
    return [
        machine.name
        for machine in catalogue(REGION).values()
        if pods_on(machine, work) and (machine.gpus == work.gpus if work.gpus else machine.vcpu == 4)
    ]


def times_the_cheapest(place: Place, name: str, work: Work) -> Decimal:
    """What Karpenter bought for the work, as a multiple of the least that it could have cost."""
    one = container(f"{work.cpu:g}", f"{work.gib}Gi", work.gpus)
    place.apply(*(pod(place, f"p{n}", place.name, one) for n in range(work.pods)))
    place.wait_running(work.pods, 90)
    bought, least = paid(place, place.name), min(cheapest(work, "spot"), cheapest(work, "on-demand"))
    if file := os.environ.get("FALAJ_LAB_PRICES"):
        kinds = sorted(label(node, "node.kubernetes.io/instance-type") or "" for node in place.nodes(place.name))
        with open(file, "a") as out:
            out.write(f"{place.name}\t{' '.join(kinds)}\t{bought}\t{least}\t{bought / least:.2f}\n")
    return bought / least


FREE = {
    "one-gpu": Decimal("1.01"),
    "two-gpus-apart": Decimal("2.89"),
    "four-gpus-together": Decimal("1.01"),
    "eight-gpus-together": Decimal("1.01"),
    "eight-gpus-apart": Decimal("2.22"),
    "small-services": Decimal("2.25"),
    "one-large-service": Decimal("1.01"),
    "memory-heavy": Decimal("1.08"),
    "four-of-three": Decimal("2.12"),
    "batch": Decimal("2.27"),
}
"""What a pool that may take any machine costs against the cheapest, measured on 2026-11-24: one large machine for all
pods at once, where spot prices of small ones are lower by the processor and by the GPU."""

SHAPED = {
    "two-gpus-apart": Decimal("1.01"),
    "eight-gpus-apart": Decimal("1.01"),
    "small-services": Decimal("1.01"),
    "four-of-three": Decimal("1.01"),
    "batch": Decimal("1.01"),
}
"""The same with machines of the right size only."""
