"""Warnings about machines that are larger than their workloads need, with catalogue prices."""

from decimal import Decimal
from typing import Any

import pytest

from falaj.components.core.node_pools.oversize_warnings import PodRequest, oversize_warnings
from falaj.components.core.node_pools.spec import NodePoolSpec
from falaj.components.core.validation.enums import Profile

RATE = Decimal("3.6725")
ONE_GPU = PodRequest(Profile.TRAINING, 1)


def warned(machines: list[str], *asked: PodRequest, region: str = "me-central-1", **changed: Any) -> list[str]:
    written = {"profile": "training", "machines": machines, "capacity": "on-demand", "min": 0, "max": 4, **changed}
    return oversize_warnings(region, {"train": NodePoolSpec.model_validate(written)}, asked, RATE)


def test_a_machine_with_four_gpus_is_too_large_for_pods_of_one() -> None:
    # 6.9575 and 1.234 dollars.
    assert warned(["g5.xlarge", "g5.12xlarge"], ONE_GPU) == [
        "pool train: g5.12xlarge has 4 GPUs but no pod requests more than 1: Karpenter may launch it for several pods "
        "at once, at AED 25.55 an hour where g5.xlarge costs 4.53, 21.02 less; remove it unless it is always full"
    ]


def test_what_a_pod_needs_besides_gpus_counts() -> None:
    [one] = warned(["g5.12xlarge"], PodRequest(Profile.TRAINING, 1, cpu=12, memory_gib=48))
    assert "where g5.4xlarge costs" in one
    assert warned(["g5.12xlarge"], PodRequest(Profile.TRAINING, 1, cpu=80)) == []


def test_spot_is_compared_with_spot_where_both_prices_are_known() -> None:
    [spot] = warned(["g5.12xlarge", "g5.xlarge"], ONE_GPU, capacity="spot")
    assert "at AED 7.67 an hour where g5.xlarge costs 1.95" in spot
    # No spot price of g6.12xlarge is known: on-demand prices of both.
    [mixed] = warned(["g6.12xlarge", "g6.xlarge"], ONE_GPU, capacity="spot")
    assert "at AED 20.75 an hour where g6.xlarge costs 3.63" in mixed


@pytest.mark.parametrize(
    ("machines", "requested", "changed"),
    [
        (["g5.xlarge"], [ONE_GPU], {}),
        # One workload requests all of it.
        (["g5.12xlarge"], [ONE_GPU, PodRequest(Profile.TRAINING, 4)], {}),
        (["g5.12xlarge"], [ONE_GPU, PodRequest(Profile.TRAINING, 2)], {}),
        # The only machine with such GPUs.
        (["p5en.48xlarge"], [ONE_GPU], {}),
        # No workload is known to run there.
        (["g5.12xlarge"], [], {}),
        (["g5.12xlarge"], [PodRequest(Profile.INFERENCE_GPU, 1)], {}),
        # The machines of a group are not chosen individually.
        (["g5.12xlarge"], [ONE_GPU], {"aws": {"interconnect": True}, "zone": "me-central-1a"}),
    ],
)
def test_machines_of_the_right_size_cause_no_warning(
    machines: list[str], requested: list[PodRequest], changed: dict[str, Any]
) -> None:
    assert warned(machines, *requested, **changed) == []


def test_a_tenants_pool_is_measured_by_its_own_work() -> None:
    large = PodRequest(Profile.TRAINING, 4, tenant="retail")
    small = PodRequest(Profile.TRAINING, 1, tenant="cards")
    assert warned(["g5.12xlarge"], large, small) == []
    assert warned(["g5.12xlarge"], large, small, tenant="retail") == []
    assert len(warned(["g5.12xlarge"], large, small, tenant="cards")) == 1


def test_azure_too() -> None:
    [result] = warned(["Standard_NC80adis_H100_v5"], ONE_GPU, region="uaenorth")
    assert "where Standard_NC40ads_H100_v5 costs 36.65" in result
