"""The index of open nodes against a plain list."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from falaj.finops.work.nodes import Nodes, fresh
from falaj.finops.work.open_nodes import OpenNodes
from falaj.finops.work.requests import CPU, MEMORY
from falaj.finops.work.supply import Supply

EMPTY = fresh(Supply("urn", "pool", "uae", (), (), 0, None), 1)
SIZES = st.fixed_dictionaries({CPU: st.integers(0, 9), MEMORY: st.integers(0, 9)})
STEPS = st.lists(st.tuples(st.sampled_from(["add", "add", "add", "remove", "search"]), SIZES), max_size=400)


@given(STEPS)
def test_a_search_finds_all_nodes_with_room_in_order(steps: list[tuple[str, dict[str, int]]]) -> None:
    index, plain = OpenNodes(), list[Nodes]()
    for step, size in steps:
        if step == "add":
            plain.append(nodes := replace(EMPTY, room=size))
            index.add(nodes)
        elif step == "remove" and plain:
            index.remove(nodes := plain.pop(size[CPU] % len(plain)))
            assert all(each is not nodes for each in index)
        found = list(index.with_room(size))
        assert [each.free_cpu for each in found] == sorted(each.free_cpu for each in found)
        fitting = {id(each) for each in plain if all(each.room[key] >= size[key] for key in size)}
        assert fitting <= {id(each) for each in found} <= {id(each) for each in plain}


def test_a_copy_changes_alone_and_nodes_without_room_are_skipped() -> None:
    index = OpenNodes()
    for number in range(200):
        index.add(replace(EMPTY, room={CPU: number, MEMORY: 1}))
    other = index.copy()
    other.add(replace(EMPTY, room={CPU: 50, MEMORY: 7}))
    assert list(index.with_room({CPU: 1, MEMORY: 5})) == []
    assert 1 <= len(list(other.with_room({CPU: 1, MEMORY: 5}))) <= 64
    assert len(list(index)) == 200
