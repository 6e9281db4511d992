"""Machines that only a queue of the plan names: Kueue admits work to the nodes with the labels of a ResourceFlavor
(Kueue v0.17.0, ResourceFlavor; 2026-11-27), whoever starts them."""

import pytest

from falaj.finops.lines import Range
from tests.unit.finops.plans import AWS_NETWORK, TAGS, UNKNOWN_WORD, Row, karpenter_pool, plan, priced
from tests.unit.finops.test_own_machines import node

_DC = {**TAGS, "site": "dc1"}


def flavor(pool: object, labels: dict[str, str] = _DC, version: str = "v1beta2") -> Row:
    props = {"metadata": {"name": "f", "labels": labels}, "spec": {"nodeLabels": {"falaj/pool": pool}}}
    return f"kubernetes:kueue.x-k8s.io/{version}:ResourceFlavor", "f", props


@pytest.mark.parametrize("version", ["v1beta2", "v1beta1"])
def test_machines_of_a_flavor_that_the_plan_does_not_have_open_the_range(version: str) -> None:
    result = priced(plan(node("gpu1"), flavor("cloudspot", version=version)))
    (line,) = result.unpriced
    assert "pool cloudspot" in line.price.source
    assert line.charge.quantity == Range(*map(type(line.usd.min), (0, 0, 1)))


@pytest.mark.parametrize(
    "rows",
    [
        (node("gpu1"), flavor("gpu")),
        (node("gpu1"), flavor("gpu", {})),
        (("kubernetes:core/v1:Node", *node("gpu1")[1:]), flavor("gpu", {})),
        (AWS_NETWORK, karpenter_pool("train", ["m7g.large"], limits={"nodes": "2"}), flavor("train", TAGS)),
        (node("gpu1"), flavor(UNKNOWN_WORD)),
    ],
)
def test_flavors_of_machines_of_the_plan_cost_nothing(rows: tuple[Row, ...]) -> None:
    assert not priced(plan(*rows)).unpriced
