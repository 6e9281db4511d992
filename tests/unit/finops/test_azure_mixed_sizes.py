"""Scale sets of Azure that mix sizes, and AKS pools of single machines."""

from typing import Any

import pytest

from falaj.finops.plan import UNKNOWN

from .azure_lines import HOURS, lines, without_price

SCALE_SET = "azure-native:compute:VirtualMachineScaleSet"
POOL, CLUSTER = "azure-native:containerservice:AgentPool", "azure-native:containerservice:ManagedCluster"
SMALL, LARGE, NOT_LISTED = "Standard_D2s_v5", "Standard_D8s_v5", "Standard_D2s_v99"


def _machines(kind: str, props: dict[str, Any]) -> dict[str, float]:
    """Returns machine and capacity type -> expected number of machines all month."""
    found = (line.charge for line in lines(kind, props) if line.charge.service == "machine" and line.priced)
    return {charge.sku: float(charge.quantity.expected / HOURS) for charge in found}


def _mix(strategy: object, *sizes: object, **more: object) -> dict[str, Any]:
    return {"sku": {"name": "Mix", "capacity": 3}, "skuProfile": {
        "allocationStrategy": strategy, "vmSizes": list(sizes)}, **more}  # fmt: skip


def _manual(*sizes: tuple[object, object]) -> dict[str, Any]:
    return {"type": "VirtualMachines", "virtualMachinesProfile": {"scale": {"manual": [
        {"size": size, "count": count} for size, count in sizes]}}}  # fmt: skip


@pytest.mark.parametrize(
    ("strategy", "expected"), [("LowestPrice", SMALL), ("Prioritized", LARGE), ("CapacityOptimized", LARGE)]
)
def test_a_mix_of_sizes_costs_what_its_strategy_starts(strategy: str, expected: str) -> None:
    sizes = {"name": SMALL, "rank": 2}, {"name": LARGE, "rank": 1}
    assert _machines(SCALE_SET, _mix(strategy, *sizes)) == {f"{expected} on-demand": 3}


def test_a_mix_by_rank_starts_the_cheaper_size_where_that_is_first() -> None:
    sizes = {"name": LARGE, "rank": 1}, {"name": SMALL}
    assert _machines(SCALE_SET, _mix("Prioritized", *sizes)) == {f"{SMALL} on-demand": 3}


@pytest.mark.parametrize(
    "props",
    [
        _mix("CapacityOptimized", {"name": SMALL}, {"name": NOT_LISTED}),
        _mix("CapacityOptimized", UNKNOWN),
        _mix("CapacityOptimized"),
        _mix(UNKNOWN, {"name": SMALL}, {"name": LARGE}),
    ],
)
def test_a_mix_of_unknown_sizes_has_no_price(props: dict[str, Any]) -> None:
    assert without_price(SCALE_SET, props)


def test_a_pool_of_single_machines_costs_each_of_its_sizes() -> None:
    expected = {f"{SMALL} on-demand": 2, f"{LARGE} on-demand": 1}
    assert _machines(CLUSTER, {"agentPoolProfiles": [_manual((SMALL, 2), (LARGE, 1))]}) == expected
    assert _machines(POOL, _manual((SMALL, 2), (LARGE, 1))) == expected


@pytest.mark.parametrize(
    "props",
    [
        _manual((SMALL, UNKNOWN)), _manual((UNKNOWN, 2)), _manual((NOT_LISTED, 2)), _manual(),
        {"virtualMachinesProfile": UNKNOWN}, {"virtualMachinesProfile": {"scale": {"manual": [UNKNOWN]}}},
    ],
)  # fmt: skip
def test_a_pool_of_unknown_single_machines_has_no_price(props: dict[str, Any]) -> None:
    assert without_price(CLUSTER, {"agentPoolProfiles": [props]})
