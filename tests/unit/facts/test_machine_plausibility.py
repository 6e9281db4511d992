"""Machine rows agree with their names and their families, and a wrong cell is found."""

from collections import Counter
from collections.abc import Mapping

import pytest

from falaj.facts.machine_names import is_burstable, traits
from tests.exhaustive.machine_prices import Cell, family
from tests.exhaustive.plausibility import tables
from tests.unit.facts.machine_plausibility import UNSETTLED, problems, vcpu_of_name

ROWS = tables()["machines"]
FOUND = problems(ROWS)


def changed(name: str, region: str = "me-central-1", **cells: str) -> set[Cell]:
    """Returns what looks wrong only with these cells of a machine."""
    (machine,) = (row for row in ROWS if (row["region"], row["name"]) == (region, name))
    others = [row for row in ROWS if family(row) == family(machine) and row is not machine]
    return problems([*others, machine | cells]) - FOUND


def test_no_cell_looks_wrong_but_those_that_are_known() -> None:
    advice = "look these cells up and correct them, or add them to UNSETTLED in machine_plausibility.py with the reason"
    assert not FOUND - UNSETTLED.keys(), advice
    assert not UNSETTLED.keys() - FOUND, "these no longer look wrong: remove them from UNSETTLED"


@pytest.mark.parametrize(
    ("name", "region", "cells"),
    [
        ("g6.12xlarge", "me-central-1", {"vcpu": "480"}),
        ("g6.12xlarge", "me-central-1", {"vcpu": "24"}),
        ("p5en.48xlarge", "me-central-1", {"vcpu": "96"}),
        ("m6i.metal", "me-central-1", {"vcpu": "64"}),
        ("t3.medium", "me-central-1", {"vcpu": "1"}),
        ("Standard_D16as_v5", "uaenorth", {"vcpu": "8"}),
        ("Standard_E16-8as_v5", "uaenorth", {"vcpu": "16"}),
        ("Standard_A9", "uaecentral", {"vcpu": "9"}),
        ("Standard_DS4_v2", "uaecentral", {"vcpu": "4"}),
        ("g6.12xlarge", "me-central-1", {"memory_gib": "1920"}),
        ("m7g.large", "me-central-1", {"memory_gib": "16"}),
        ("t3.nano", "me-central-1", {"memory_gib": "100"}),
        ("p5en.48xlarge", "me-central-1", {"memory_gib": "20480"}),
        ("Standard_D16as_v5", "uaenorth", {"memory_gib": "128"}),
        ("m6gd.large", "me-central-1", {"local_nvme_gb": "0"}),
        ("m6g.large", "me-central-1", {"local_nvme_gb": "118"}),
        ("m7g.large", "me-central-1", {"arch": "x86_64"}),
        ("g6.xlarge", "me-central-1", {"arch": "arm64"}),
        ("Standard_D16as_v5", "uaenorth", {"arch": "arm64"}),
        ("Standard_ND128isr_NDR_GB200_v6", "uaecentral", {"arch": "x86_64"}),
        ("g6.xlarge", "me-central-1", {"max_pods": "250"}),
        ("g6.xlarge", "me-central-1", {"max_pods": "11"}),
        ("g6.12xlarge", "me-central-1", {"gpus": "40"}),
        ("g6.12xlarge", "me-central-1", {"gpus": "1.5"}),
        ("g6.12xlarge", "me-central-1", {"efa_interfaces": "100"}),
        ("g6.12xlarge", "me-central-1", {"local_nvme_gb": "37600"}),
    ],
)
def test_a_wrong_cell_is_found(name: str, region: str, cells: Mapping[str, str]) -> None:
    assert (region, name, *cells) in changed(name, region, **cells)


@pytest.mark.parametrize("factor", [10, 0.1, 1.5])
def test_every_wrong_number_of_vcpus_is_found(factor: float) -> None:
    wrong = [row | {"vcpu": str(max(1, int(int(row["vcpu"]) * factor)))} for row in ROWS]
    found = problems(wrong)
    lost = [
        row["name"]
        for row, now in zip(ROWS, wrong, strict=True)
        if row["vcpu"] != now["vcpu"] and (row["region"], row["name"], "vcpu") not in found
    ]
    assert not lost


@pytest.mark.parametrize("factor", [10, 0.1, 2])
def test_a_wrong_memory_of_a_family_with_neighbours_is_found(factor: float) -> None:
    sizes = Counter(family(row) for row in ROWS if row["memory_gib"])
    candidates = [row for row in ROWS if row["memory_gib"] and not is_burstable(row["name"]) and sizes[family(row)] > 2]
    candidates = candidates[::40]
    lost = [
        row["name"]
        for row in candidates
        if (row["region"], row["name"], "memory_gib")
        not in changed(row["name"], row["region"], memory_gib=str(float(row["memory_gib"]) * factor))
    ]
    assert len(candidates) > 30
    assert not lost


def test_a_constrained_size_has_the_traits_of_the_full_one() -> None:
    assert traits("Standard_M416ds-104_6_v3") == traits("Standard_M416ds_6_v3")
    assert traits("Standard_E16-8ads_v5") == traits("Standard_E16ads_v5")


def test_vcpus_that_names_state() -> None:
    stated = {
        **{
            "m7g.medium": 1,
            "t4g.medium": 2,
            "m7g.large": 2,
            "g7.12xlarge": 48,
            "m7i.metal-24xl": 96,
            "m6i.metal": None,
        },
        **{"Standard_A11": 16, "Standard_DS13-4_v2": 4, "Standard_D13_v2": 8, "Standard_D3s_v9": 3, "odd": None},
    }
    assert {name: vcpu_of_name(name) for name in stated} == stated
