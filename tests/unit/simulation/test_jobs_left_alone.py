"""What is not looked at, since nothing can have changed: the month is the same as if it were looked at each time."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

import pytest

from falaj.components.core.validation.enums import Capacity
from falaj.simulation.jobs import simulate_jobs
from falaj.simulation.jobs.consolidation import Consolidation
from falaj.simulation.jobs.deadlines import DeadlineController
from falaj.simulation.jobs.free_room import FreeRoom
from falaj.simulation.jobs.job import Amounts, Job, JobClass
from falaj.simulation.jobs.node import ROOM, Node, Pod
from falaj.simulation.platform_model import MachineType
from tests.unit.simulation.contested_months import contested_month
from tests.unit.simulation.job_months import job, platform, pool, work

MACHINE = MachineType("four", 40, 160, 4, 26.0, 7.7)


def test_runs_on_spot_machines_are_left_alone_where_each_decision_would_leave_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    decided: list[int] = []
    decide, decide_all = DeadlineController._decide, DeadlineController._decide_all  # pyright: ignore[reportPrivateUsage]
    monkeypatch.setattr(DeadlineController, "_decide", lambda self, run: decided.append(0) or decide(self, run))
    month = contested_month(0, capacity=Capacity.SPOT_FIRST, returns_to_spot=True)
    few = len(decided)

    def decide_for_all(self: DeadlineController) -> None:
        for run in [run for run in self._asleep if run.pool]:  # pyright: ignore[reportPrivateUsage]
            self._wake(run)  # pyright: ignore[reportPrivateUsage]
        decide_all(self)

    monkeypatch.setattr(DeadlineController, "_decide_all", decide_for_all)
    assert month == contested_month(0, capacity=Capacity.SPOT_FIRST, returns_to_spot=True)
    assert few < 0.5 * (len(decided) - few)


@pytest.mark.parametrize(("rows", "looks"), [((), 0), ((job(0, 1000, 1),), 720)])
def test_nodes_to_give_up_are_only_looked_for_where_jobs_are(
    monkeypatch: pytest.MonkeyPatch, rows: tuple[tuple[float, float, float, str, bool, float], ...], looks: int
) -> None:
    """A month has 44,640 looks of a minute."""
    made: list[float] = []
    look = Consolidation._look  # pyright: ignore[reportPrivateUsage]
    monkeypatch.setattr(Consolidation, "_look", lambda self: made.append(0.0) or look(self))
    outcome = simulate_jobs(platform(pool(min=1, returns_to_spot=True)), work(*rows, hours=12.0))
    assert len(made) == looks
    assert outcome.node_hours == {"s/gpu on-demand": 12.0}


def _fits(node: Node, others: Sequence[Node]) -> bool:
    """Returns whether nodes have room for all pods of another one, which each takes the first that has."""
    free = [[other.gpus, other.cpu, other.memory] for other in others]
    for pod in sorted(node.pods, key=lambda pod: (-pod.cpu, -pod.memory)):
        asks = (pod.gpus, pod.cpu, pod.memory)
        rooms = (room for room in free if all(has + ROOM >= ask for has, ask in zip(room, asks, strict=True)))
        room = next(rooms, None)
        if room is None:
            return False
        room[:] = [has - ask for has, ask in zip(room, asks, strict=True)]
    return True


def _nodes(chance: Random) -> list[Node]:
    """Returns nodes that are more or less full."""
    nodes: list[Node] = []
    for number in range(6):
        node = Node(number, MACHINE, True, 0, 0.0, 7.7, is_ready=True)
        for _ in range(chance.randrange(1, 9)):
            gpus = chance.choice([1, 1, 2, 4])
            asks = Amounts(gpus, round(gpus * chance.uniform(2, 10), 1), round(gpus * chance.uniform(8, 40)))
            pod = Pod(Job(0, JobClass("a", "s", True, asks, {}, {}, False), 0, 1, 1, 0), gpus, asks.cpu, asks.memory)
            if node.has_room(pod):
                node.add(pod, 0.0)
        nodes.append(node)
    return nodes


def test_room_for_the_pods_of_a_node_is_found_where_a_plain_search_finds_it() -> None:
    found = {False: 0, True: 0}
    for seed in range(60):
        nodes = _nodes(Random(seed))  # noqa: S311 - reproducible
        room = FreeRoom(nodes)
        for node in nodes:
            fits = _fits(node, [other for other in nodes if other is not node])
            if node.pods:
                assert room.takes_pods_of(node) == fits
                assert room.may_take(node.largest) or not fits
                found[fits] += 1
    assert min(found.values()) > 30


def test_the_largest_pod_is_that_of_now() -> None:
    [node] = [node for node in _nodes(Random(4)) if len(node.pods) > 1][:1]  # noqa: S311 - reproducible
    largest = node.largest
    node.remove(largest, 1.0)
    assert node.largest is not largest
    node.add(largest, 2.0)
    assert node.largest is largest


def test_a_full_pool_is_told_from_its_free_gpus() -> None:
    """Of a thousand full nodes, none is asked for room."""
    nodes = _nodes(Random(1))  # noqa: S311 - reproducible
    most = max(node.gpus for node in nodes)
    kind = JobClass("a", "s", True, Amounts(most + 1, 1, 1), {}, {}, False)
    assert not FreeRoom(nodes).may_take(Pod(Job(0, kind, 0, 1, 1, 0), most + 1, 1, 1))
