"""Conditions of pods on labels of which a pool's nodes may have several values: met by some node, and by each.

The operators are those of core/v1, NodeSelectorRequirement (Kubernetes API reference; read 2026-11-27).
"""

from collections.abc import Mapping
from itertools import combinations, product

import pytest

from falaj.finops.work.placement import GPU_PRESENT, Labels, placement_of

KEY, VALUES = "tier", ("a", "b", "c")
OPERATORS = ("In", "NotIn", "Exists", "DoesNotExist")
SETS = [frozenset(some) for size in range(4) for some in combinations(VALUES, size)]


def both(labels: Labels, operator: str, values: tuple[str, ...], key: str = KEY) -> tuple[bool, bool]:
    """Returns whether some node and each node meets a condition."""
    row = {"key": key, "operator": operator, "values": list(values)}
    terms = {"nodeSelectorTerms": [{"matchExpressions": [row]}]}
    affinity = {"nodeAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": terms}}
    placement = placement_of({"affinity": affinity})
    return placement.allows(labels, ()), placement.always_allows(labels, ())


def meets(labels: Mapping[str, str], operator: str, values: tuple[str, ...]) -> bool:
    """Returns whether one node meets a condition, by the API reference."""
    present, among = KEY in labels, labels.get(KEY) in values
    return {"In": present and among, "NotIn": not (present and among), "Exists": present, "DoesNotExist": not present}[
        operator
    ]


CASES = list(product(SETS, OPERATORS, ((), ("a",), ("a", "b"), VALUES)))


@pytest.mark.parametrize(("has", "operator", "values"), CASES)
def test_some_and_each_are_those_of_the_nodes_one_by_one(
    has: frozenset[str], operator: str, values: tuple[str, ...]
) -> None:
    nodes = [{KEY: value} for value in has] or [{}]
    outcomes = [meets(node, operator, values) for node in nodes]
    assert both({KEY: has} if has else {}, operator, values) == (any(outcomes), all(outcomes))


@pytest.mark.parametrize(
    ("key", "operator", "some", "each"),
    [
        ("nvidia.com/gpu.product", "In", True, False),
        ("nvidia.com/gpu.product", "NotIn", True, False),
        ("nvidia.com/gpu.product", "Exists", True, True),
        ("nvidia.com/gpu.product", "DoesNotExist", False, False),
        ("topology.kubernetes.io/zone", "In", True, False),
        ("topology.kubernetes.io/zone", "Exists", True, True),
        ("topology.kubernetes.io/region", "In", True, True),
        ("topology.kubernetes.io/region", "DoesNotExist", False, False),
    ],
)
def test_labels_that_nodes_get_when_they_start_are_there_with_any_value(
    key: str, operator: str, some: bool, each: bool
) -> None:
    assert both({GPU_PRESENT: frozenset({"true"})}, operator, ("x",), key) == (some, each)


@pytest.mark.parametrize(("zone", "some"), [("a", True), ("c", False)])
def test_a_pool_of_stated_zones_has_no_node_in_others(zone: str, some: bool) -> None:
    key = "topology.kubernetes.io/zone"
    assert both({key: frozenset({"a", "b"})}, "In", (zone,), key) == (some, False)


def test_numbers_are_compared_on_no_node_for_certain() -> None:
    assert both({KEY: frozenset({"5"})}, "Gt", ("3",)) == (True, False)
    assert both({}, "Gt", ("3",)) == (False, False)
