"""The minimum of pools with several machine types: the least cost of any choice, priced once."""

import pytest

from tests.unit.finops.plans import AWS_NETWORK, TAGS, Row, karpenter_pool, plan, priced
from tests.unit.finops.test_work_nodes import QUIET
from tests.unit.finops.work_plans import deployment, pod


def group(*kinds: str) -> Row:
    return "aws:eks/nodeGroup:NodeGroup", "uae-pool", {
        "instanceTypes": list(kinds), "scalingConfig": {"minSize": 0, "maxSize": 9}, "tags": TAGS,
        "labels": {"falaj/pool": "cpu", "falaj/profile": "inference-gpu"},
    }  # fmt: skip


def usd(*rows: Row) -> tuple[float, float]:
    """Returns the minimum and the expected USD of the machines in an hour."""
    lines = [line for line in priced(plan(AWS_NETWORK, *rows), QUIET).lines if line.charge.machine]
    return tuple(
        round(float(sum(each) / 730), 4)
        for each in zip(*((line.usd.min, line.usd.expected) for line in lines), strict=True)
    )  # type: ignore[return-value]


def price(kind: str) -> float:
    return usd(group(kind), deployment("one", 1, pod("3050m")))[1]


def test_substitutes_of_a_node_group_hold_its_work_too() -> None:
    """Five pods of which two fit on each of both types: three nodes of the cheaper one at least."""
    work = deployment("web", 5, pod("3050m"))
    least, expected = usd(group("m7i.2xlarge", "m6i.2xlarge"), work)
    assert expected == pytest.approx(3 * price("m7i.2xlarge"), abs=1e-3)
    assert least == pytest.approx(3 * min(price("m7i.2xlarge"), price("m6i.2xlarge")), abs=1e-3)


def test_the_minimum_of_mixed_sizes_is_discounted_once() -> None:
    """Three pods of one GPU: one machine of four GPUs, or three of one at least."""
    work = deployment("llm", 3, pod("3", "16Gi", gpus=1))
    kinds = ["g6.2xlarge", "g6.12xlarge", "g5.12xlarge"]
    least, expected = usd(karpenter_pool("gpu", kinds), work)
    one, four = price("g6.2xlarge"), price("g6.12xlarge")
    assert expected in (pytest.approx(four, abs=1e-3), pytest.approx(3 * one, abs=1e-3))
    assert least == pytest.approx(min(four, 3 * one), abs=1e-3)


def test_pods_that_fit_a_substitute_of_another_pool_may_run_there() -> None:
    kind, _, props = group("m5.large", "m6i.4xlarge")
    other = kind, "uae-other", props | {"labels": {"falaj/pool": "other", "falaj/profile": "inference-gpu"}}
    assert usd(group("m7i.2xlarge"), other, deployment("web", 1, pod("3050m")))[0] == 0
