"""Groups of machines whose number stays the same (FJ-COST-130)."""

import pytest

from .blind import HERE, RG, aws, az
from .harness import UNKNOWN, Given, Pack

PACK = Pack()


def found(*plan: Given) -> bool:
    return "FJ-COST-130" in {item.rule for item in PACK.evaluate_plan(*plan)}


def pool(**props: object) -> Given:
    return az("containerservice:AgentPool", {**RG, "vmSize": "Standard_D4s_v5", "mode": "User", **props})


def single(*counts: object) -> Given:
    sizes = [{"size": "Standard_D4s_v5", "count": count} for count in counts]
    return pool(type="VirtualMachines", virtualMachinesProfile={"scale": {"manual": sizes}})


def group(least: object, most: object) -> Given:
    return aws("autoscaling/Group", {"minSize": least, "maxSize": most})


def nodes(least: object, most: object) -> Given:
    return aws("eks/NodeGroup", {"scalingConfig": {"minSize": least, "maxSize": most, "desiredSize": least}})


def scale_set(count: object) -> Given:
    return az("compute:VirtualMachineScaleSet", {**HERE, "sku": {"name": "Standard_D4s_v5", "capacity": count}})


@pytest.mark.parametrize(
    "given",
    [
        pool(count=8, enableAutoScaling=False),
        pool(count=8),
        az("containerservice:ManagedCluster", {"agentPoolProfiles": [{"name": "system", "count": 3}, {"count": 9}]}),
        single(2, 2),
        single(9),
        group(6, 6),
        group("6", 6),
        nodes(4, 4),
        scale_set(10),
        az("web:AppServicePlan", {**HERE, "sku": {"name": "P1v3", "capacity": 10}}),
    ],
    ids=lambda given: f"{given.type} {given.props}"[:100],
)
def test_a_number_that_nothing_changes_is_reported(given: Given) -> None:
    assert found(given)


@pytest.mark.parametrize(
    "given",
    [
        pool(count=8, enableAutoScaling=True, minCount=0, maxCount=10),
        pool(count=8, enableAutoScaling=UNKNOWN),
        pool(count=UNKNOWN),
        pool(count=3),
        single(2, 1),
        single(UNKNOWN),
        group(3, 3),
        group(2, 6),
        nodes(3, 3),
        nodes(UNKNOWN, UNKNOWN),
        scale_set(3),
        scale_set(UNKNOWN),
        az("web:AppServicePlan", {**HERE, "elasticScaleEnabled": True, "sku": {"name": "P1v3", "capacity": 10}}),
        az("web:AppServicePlan", {**HERE, "sku": {"name": "P1v3"}}),
    ],
    ids=lambda given: f"{given.type} {given.props}"[:100],
)
def test_a_number_that_follows_the_work_or_is_small_is_not_reported(given: Given) -> None:
    assert not found(given)


def test_an_autoscale_setting_changes_the_number_of_what_it_names() -> None:
    setting = az("monitor:AutoscaleSetting", HERE, "scale", links={"targetResourceUri": ("it",)})
    other = az("monitor:AutoscaleSetting", HERE, "scale", links={"targetResourceUri": ("other",)})
    assert not found(scale_set(10), setting)
    assert found(scale_set(10), az("web:AppServicePlan", HERE, "other"), other)
