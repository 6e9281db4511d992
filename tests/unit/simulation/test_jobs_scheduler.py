"""On which node a pod goes, with the scores that kubernetes 1.36.3 computes for the same nodes and pods."""

from collections import Counter
from random import Random

import pytest

from falaj.simulation.jobs.job import Amounts, Job, JobClass
from falaj.simulation.jobs.node import Node, Pod
from falaj.simulation.jobs.scheduler import chosen, failed, in_turn, score
from falaj.simulation.platform_model import MachineType

SMALL = MachineType("small", 48, 192, 4, 10.0, 3.0)
RANDOM = Random(1)  # noqa: S311 - reproducible
LARGE = MachineType("large", 192, 768, 8, 30.0, 9.0)


def _pod(cpu: float, memory: float, gpus: int = 1) -> Pod:
    kind = JobClass("a", "s", True, Amounts(gpus, cpu, memory), {}, {}, False)
    return Pod(Job(0, kind, 0.0, 1.0, 1.0, 0.0), gpus, cpu, memory)


def _node(machine: MachineType, *pods: Pod, number: int = 1) -> Node:
    node = Node(number, machine, False, 0, 0.0, 1.0, is_ready=True)
    for pod in pods:
        node.add(pod, 0.0)
    return node


def _points(node: Node, pod: Pod) -> float:
    """Returns the points of least_allocated.go and balanced_allocation.go, without rounding."""
    pairs = ((node.machine.cpu, node.cpu, pod.cpu), (node.machine.memory_gib, node.memory, pod.memory))
    least = sum((free - asks) / has * 100 for has, free, asks in pairs) / 2
    before, after = ([1 - (free - part * asks) / has for has, free, asks in pairs] for part in (0, 1))
    without, with_pod = (100 * (1 - abs(cpu - memory) / 2) for cpu, memory in (before, after))
    return least + 50 + (50 + with_pod - without) / 2


@pytest.mark.parametrize("pod", [_pod(4, 16), _pod(16, 8), _pod(2, 100)])
@pytest.mark.parametrize("on_it", [(), (_pod(24, 20),), (_pod(4, 90),)])
def test_scores_are_those_of_the_scheduler(pod: Pod, on_it: tuple[Pod, ...]) -> None:
    for machine in (SMALL, LARGE):
        node = _node(machine, *on_it)
        assert 50 * score(node, pod) + 75 == pytest.approx(_points(node, pod))


def test_a_small_pod_prefers_the_large_node_of_two_empty_ones() -> None:
    small, large = _node(SMALL), _node(LARGE, number=2)
    assert chosen([small, large], _pod(4, 16), RANDOM) is large


def test_a_pod_prefers_the_node_that_it_balances() -> None:
    even, skewed = _node(SMALL, _pod(24, 96)), _node(SMALL, _pod(32, 64), number=2)
    assert chosen([even, skewed], _pod(4, 64), RANDOM) is skewed


def test_equal_nodes_are_drawn_from() -> None:
    nodes = [_node(SMALL, number=number) for number in range(3)]
    counts = Counter(nodes.index(node) for _ in range(300) if (node := chosen(nodes, _pod(4, 16), RANDOM)) is not None)
    assert min(counts[number] for number in range(3)) > 60


def test_no_node_has_room() -> None:
    full = _node(SMALL, _pod(4, 16, gpus=4))
    starting = Node(2, SMALL, False, 0, 0.0, 1.0)
    assert chosen([full, starting], _pod(4, 16), RANDOM) is None


def _tried(times: int, at: float) -> Pod:
    pod = _pod(4, 16)
    for _ in range(times):
        failed(pod, at)
    return pod


def test_pods_that_have_backed_off_are_tried_by_their_last_attempt() -> None:
    late, early = _tried(1, 50.0), _tried(4, 40.0)
    assert in_turn([late, early], 60.0) == [early, late]


def test_a_pod_that_has_just_come_is_tried_before_one_that_backs_off() -> None:
    """At 60 s the new pod's second is over. The old one waits until 66 s: 8 s after its fourth attempt."""
    old, new = _tried(4, 58.0), _tried(1, 58.5)
    assert in_turn([old, new], 60.5) == [new, old]
    assert in_turn([old, new], 67.5) == [old, new]


def test_backoff_ends_are_compared_in_whole_seconds_and_reach_ten() -> None:
    twice, once = _tried(2, 57.9), _tried(1, 58.2)
    assert in_turn([once, twice], 59.0) == [twice, once]
    often, more_often = _tried(5, 55.5), _tried(30, 55.1)
    assert in_turn([often, more_often], 56.0) == [more_often, often]
