"""Nodes of a pool in order of the CPU that is left, in blocks that are skipped as a whole where none has room.

Without blocks, each pod would be tried on all nodes that are full of another resource, such as GPUs, and the time would
grow with the square of the plan.
"""

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator

from falaj.finops.work.nodes import Nodes
from falaj.finops.work.requests import CPU, Amounts, fits, most_of

_MOST_OF_A_BLOCK = 64


class _Block:
    """Neighbours in the order. `_room` is the most that any of them has left of each resource, or had until some were
    removed: it is counted anew only where it no longer rules them out.
    """

    def __init__(self, nodes: list[Nodes]) -> None:
        self.nodes = nodes
        self._room = most_of(each.room for each in nodes)
        self._is_exact = True

    def copy(self) -> "_Block":
        return _Block(list(self.nodes))

    def add(self, nodes: Nodes) -> None:
        insort(self.nodes, nodes, key=_free_cpu)
        self._room = most_of((self._room, nodes.room))

    def remove(self, place: int) -> None:
        del self.nodes[place]
        self._is_exact = False

    def has_room(self, requests: Amounts) -> bool:
        if not fits(requests, self._room):
            return False
        if not self._is_exact:
            self._room, self._is_exact = most_of(each.room for each in self.nodes), True
        return fits(requests, self._room)


class OpenNodes:
    """Nodes that may take more pods."""

    def __init__(self, blocks: Iterable[_Block] = ()) -> None:
        self._blocks = list(blocks)

    def __iter__(self) -> Iterator[Nodes]:
        return (nodes for block in self._blocks for nodes in block.nodes)

    def copy(self) -> "OpenNodes":
        """Returns the same nodes in a collection of its own."""
        return OpenNodes(block.copy() for block in self._blocks)

    def add(self, nodes: Nodes) -> None:
        """Adds nodes."""
        if not self._blocks:
            self._blocks.append(_Block([]))
        at = min(bisect_left(self._blocks, nodes.free_cpu, key=_highest), len(self._blocks) - 1)
        block = self._blocks[at]
        block.add(nodes)
        if len(block.nodes) > _MOST_OF_A_BLOCK:
            middle = len(block.nodes) // 2
            self._blocks[at : at + 1] = _Block(block.nodes[:middle]), _Block(block.nodes[middle:])

    def remove(self, nodes: Nodes) -> None:
        """Removes nodes, which must be among them."""
        for at in range(bisect_left(self._blocks, nodes.free_cpu, key=_highest), len(self._blocks)):
            block = self._blocks[at]
            for place in range(bisect_left(block.nodes, nodes.free_cpu, key=_free_cpu), len(block.nodes)):
                if block.nodes[place] is nodes:
                    block.remove(place)
                    if not block.nodes:
                        del self._blocks[at]
                    return

    def with_room(self, requests: Amounts) -> Iterator[Nodes]:
        """Yields the nodes that may have room for a pod with these requests, the fullest first."""
        cpu = requests.get(CPU, 0)
        for block in self._blocks[bisect_left(self._blocks, cpu, key=_highest) :]:
            if block.has_room(requests):
                yield from block.nodes[bisect_left(block.nodes, cpu, key=_free_cpu) :]


def _free_cpu(nodes: Nodes) -> int:
    return nodes.free_cpu


def _highest(block: _Block) -> int:
    return block.nodes[-1].free_cpu if block.nodes else 0
