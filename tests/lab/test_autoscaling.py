"""Karpenter with the prices of me-central-1: the machines it orders, that pods run there, and removal of idle nodes."""

import os
from decimal import Decimal
from typing import NamedTuple

import pytest

from falaj.facts.machines import Machine
from falaj.facts.machines import machines as catalogue
from falaj.sandbox.lab.api import wait_for
from falaj.sandbox.lab.instance_types import REGION
from tests.lab.objects import LabNamespace, container, label, pod, pool

RESERVED_CPU, RESERVED_GIB = 0.1, 0.01
"""CPU and memory of a machine that Karpenter's kwok provider reserves for the system."""


class Work(NamedTuple):
    """A number of equal pods."""

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
    """Returns the lowest hourly cost of equal machines that fit the work, a bound unless mixed machines are cheaper."""
    prices = []
    for machine in catalogue(REGION).values():
        price = price_of(machine, capacity)
        fit = pods_on(machine, work)
        if price is not None and fit:
            prices.append(price * -(-work.pods // fit))
    return min(prices)


def price_of(machine: Machine, capacity: str) -> Decimal | None:
    """Returns the price in USD per hour."""
    return (machine.spot if capacity == "spot" else machine.on_demand).usd_hour


def pods_on(machine: Machine, work: Work) -> int:
    """Returns the number of pods that fit on one machine."""
    if not machine.vcpu or not machine.memory_gib:
        return 0
    limits = [(machine.vcpu - RESERVED_CPU) / work.cpu, (machine.memory_gib - RESERVED_GIB) / work.gib, 110]
    if work.gpus:
        limits.append(int(machine.gpus) / work.gpus)
    return int(min(limits))


def hourly_cost(namespace: LabNamespace, name: str) -> Decimal:
    """Returns the hourly list price of the nodes of a pool, in USD."""
    total = Decimal(0)
    for node in namespace.nodes(name):
        machine = catalogue(REGION)[label(node, "node.kubernetes.io/instance-type") or ""]
        total += price_of(machine, label(node, "karpenter.sh/capacity-type") or "") or Decimal("NaN")
    return total


def test_one_pod_gets_the_cheapest_machine_that_carries_it_and_runs_there(namespace: LabNamespace) -> None:
    namespace.apply(pool(namespace.name), pod(namespace, "one", namespace.name, container("3", "12Gi", gpus=1)))
    (running,) = namespace.wait_running(1)
    (node,) = namespace.nodes(namespace.name)
    assert running["spec"]["nodeName"] == node["metadata"]["name"]
    assert label(node, "karpenter.sh/capacity-type") == "spot"
    assert hourly_cost(namespace, namespace.name) == cheapest(Work(1, 3, 12, 1), "spot")


def test_without_spot_it_takes_on_demand(namespace: LabNamespace) -> None:
    namespace.apply(
        pool(namespace.name, machines=["p5en.48xlarge"]),  # a type without a known spot price
        pod(namespace, "one", namespace.name, container("90", "300Gi", gpus=8)),
    )
    namespace.wait_running(1)
    assert [label(node, "karpenter.sh/capacity-type") for node in namespace.nodes(namespace.name)] == ["on-demand"]


def test_what_no_machine_here_carries_waits_and_orders_nothing(namespace: LabNamespace) -> None:
    namespace.apply(pool(namespace.name), pod(namespace, "one", namespace.name, container("1", "1Gi", gpus=9)))
    messages = wait_for(
        lambda: [
            event["message"]
            for event in namespace.api.list("v1", "Event", namespace.name)
            if event.get("source", {}).get("component") == "karpenter" or event.get("reportingComponent") == "karpenter"
        ],
        30,
        "Karpenter to say why",
    )
    assert any("no instance type" in message for message in messages), messages
    assert namespace.nodes(namespace.name) == []


def test_an_idle_pool_of_gpus_goes_to_no_nodes(namespace: LabNamespace) -> None:
    manifest = pod(namespace, "one", namespace.name, container("3", "12Gi", gpus=1))
    namespace.apply(pool(namespace.name, idle_seconds=2), manifest)
    namespace.wait_running(1)
    assert len(namespace.nodes(namespace.name)) == 1
    namespace.api.delete(manifest)
    wait_for(lambda: not namespace.nodes(namespace.name), 60, "the idle node to go")


@pytest.mark.parametrize("name", WORK)
def test_what_typical_work_costs_against_the_cheapest(namespace: LabNamespace, name: str) -> None:
    work = WORK[name]
    namespace.apply(pool(namespace.name))
    assert cost_ratio(namespace, name, work) <= ANY_MACHINE_RATIO[name]


@pytest.mark.parametrize("name", ["two-gpus-apart", "eight-gpus-apart", "small-services", "four-of-three", "batch"])
def test_a_pool_of_machines_of_the_right_size_costs_about_the_cheapest(namespace: LabNamespace, name: str) -> None:
    work = WORK[name]
    namespace.apply(pool(namespace.name, machines=right_sized(work)))
    assert cost_ratio(namespace, name, work) <= RIGHT_SIZED_RATIO[name]


def right_sized(work: Work) -> list[str]:
    """Returns the machine types with as many GPUs as one pod requests; without GPUs, those with four vCPUs."""
    return [
        machine.name
        for machine in catalogue(REGION).values()
        if pods_on(machine, work) and (machine.gpus == work.gpus if work.gpus else machine.vcpu == 4)
    ]


def cost_ratio(namespace: LabNamespace, name: str, work: Work) -> Decimal:
    """Returns the cost of the machines that Karpenter ordered for the work, relative to the cheapest machines."""
    container_spec = container(f"{work.cpu:g}", f"{work.gib}Gi", work.gpus)
    namespace.apply(*(pod(namespace, f"p{n}", namespace.name, container_spec) for n in range(work.pods)))
    namespace.wait_running(work.pods, 90)
    cost, minimum = hourly_cost(namespace, namespace.name), min(cheapest(work, "spot"), cheapest(work, "on-demand"))
    if file := os.environ.get("FALAJ_LAB_PRICES"):
        kinds = sorted(
            label(node, "node.kubernetes.io/instance-type") or "" for node in namespace.nodes(namespace.name)
        )
        with open(file, "a") as out:
            out.write(f"{namespace.name}\t{' '.join(kinds)}\t{cost}\t{minimum}\t{cost / minimum:.2f}\n")
    return cost / minimum


ANY_MACHINE_RATIO = {
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
"""Work -> maximum cost ratio of a pool with any machine type, measured on 2026-11-24. Karpenter orders one large
machine for all pods, although small ones have lower spot prices per vCPU and per GPU."""

RIGHT_SIZED_RATIO = {
    "two-gpus-apart": Decimal("1.01"),
    "eight-gpus-apart": Decimal("1.01"),
    "small-services": Decimal("1.01"),
    "four-of-three": Decimal("1.01"),
    "batch": Decimal("1.01"),
}
"""Work -> maximum cost ratio of a pool with right-sized machine types."""
