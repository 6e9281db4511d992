"""Machines of Auto Scaling groups, fleets, spot requests, scale sets and capacity reservations."""

from decimal import Decimal
from typing import Any

import pytest

from falaj.finops.plan import UNKNOWN

from .plans import TAGS, plan, priced, urn

AWS = ("pulumi:providers:aws", "site", {"region": "me-central-1"})
GROUP = "aws:autoscaling/group:Group"
TEMPLATE = ("aws:ec2/launchTemplate:LaunchTemplate", "lt", {"instanceType": "m6i.large", "tags": TAGS})
PROVIDER = {"provider": urn("pulumi:providers:aws", "site")}
HOURS = 730


def _machines(kind: str, props: dict[str, Any], *links: str) -> dict[str, tuple[Decimal, Decimal]]:
    """Returns machine and capacity type -> (expected, maximum) number of machines all month."""
    by = {"dependencies": {key: [urn(TEMPLATE[0], "lt")] for key in links}}
    result = priced(plan(AWS, (*TEMPLATE, PROVIDER), (kind, "it", {"tags": TAGS, **props}, PROVIDER | by)))
    return {
        line.charge.sku: (line.charge.quantity.expected / HOURS, line.charge.quantity.max / HOURS)
        for line in result.lines
        if line.charge.service == "machine" and line.priced
    }


def _unpriced(kind: str, props: dict[str, Any]) -> list[str]:
    return [line.what for line in priced(plan(AWS, (kind, "it", props, PROVIDER))).unpriced]


def test_a_group_runs_its_desired_capacity_of_the_template() -> None:
    sizes = {"minSize": 2, "desiredCapacity": 10, "maxSize": 10, "launchTemplate": {"id": UNKNOWN}}
    assert _machines(GROUP, sizes, "launchTemplate") == {"m6i.large on-demand": (10, 10)}
    ((_, (expected, most)),) = _machines(GROUP, sizes | {"maxSize": 50}, "launchTemplate").items()
    assert 10 < expected < most == 50


def test_a_schedule_raises_the_sizes_of_its_group() -> None:
    group = (GROUP, "it", {"minSize": 0, "maxSize": 1, "launchTemplate": {"id": UNKNOWN}},
             PROVIDER | {"dependencies": {"launchTemplate": [urn(TEMPLATE[0], "lt")]}})  # fmt: skip
    linked = PROVIDER | {"dependencies": {"autoscalingGroupName": [urn(GROUP, "it")]}}
    action = ("aws:autoscaling/schedule:Schedule", "s", {"desiredCapacity": 1000, "maxSize": 1000}, linked)
    (line,) = [line for line in priced(plan(AWS, (*TEMPLATE, PROVIDER), group, action)).lines if line.charge.machine]
    assert line.charge.quantity.expected == 1000 * HOURS


def test_a_group_with_a_policy_runs_on_demand_and_spot() -> None:
    policy = {
        "launchTemplate": {"overrides": [{"instanceType": "m6i.large"}]},
        "instancesDistribution": {"onDemandBaseCapacity": 2, "onDemandPercentageAboveBaseCapacity": 25},
    }
    sizes = {"minSize": 10, "maxSize": 10, "mixedInstancesPolicy": policy}
    assert _machines(GROUP, sizes) == {"m6i.large on-demand": (4, 4), "m6i.large spot": (6, 6)}
    policy["instancesDistribution"] = {"onDemandPercentageAboveBaseCapacity": 0}
    assert _machines(GROUP, sizes) == {"m6i.large spot": (10, 10)}


def test_the_least_weight_gives_the_most_machines() -> None:
    overrides = [{"instanceType": "m6i.large", "weightedCapacity": "4"}, {"instanceType": "m6i.large"}]
    sizes = {"minSize": 8, "maxSize": 8, "mixedInstancesPolicy": {"launchTemplate": {"overrides": overrides[:1]}}}
    assert _machines(GROUP, sizes) == {"m6i.large on-demand": (2, 2)}
    sizes["mixedInstancesPolicy"] = {"launchTemplate": {"overrides": overrides}}
    assert _machines(GROUP, sizes) == {"m6i.large on-demand": (8, 8)}


@pytest.mark.parametrize(
    "props",
    [
        {"minSize": 1, "maxSize": 1, "launchTemplate": {"id": "lt-1"}},
        {"minSize": UNKNOWN, "maxSize": 1},
        {"minSize": 1, "maxSize": 1, "mixedInstancesPolicy": {"launchTemplate": {"overrides": [
            {"instanceRequirements": {"vcpuCount": {"min": 2}}}]}}},
        {"minSize": 0, "maxSize": 0, "warmPool": {"poolState": "Running", "maxGroupPreparedCapacity": 100}},
    ],
)  # fmt: skip
def test_a_group_of_unknown_machines_has_no_price(props: dict[str, Any]) -> None:
    assert _unpriced(GROUP, props)


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ({"totalTargetCapacity": 5, "defaultTargetCapacityType": "on-demand"}, {"m6i.large on-demand": (5, 5)}),
        ({"totalTargetCapacity": 5, "defaultTargetCapacityType": "spot"}, {"m6i.large spot": (5, 5)}),
        ({"totalTargetCapacity": 5, "defaultTargetCapacityType": "spot", "onDemandTargetCapacity": 2},
         {"m6i.large on-demand": (2, 2), "m6i.large spot": (3, 3)}),
        ({"totalTargetCapacity": 5, "defaultTargetCapacityType": "on-demand", "spotTargetCapacity": 2},
         {"m6i.large on-demand": (3, 3), "m6i.large spot": (2, 2)}),
        ({"totalTargetCapacity": 9, "onDemandTargetCapacity": 3, "spotTargetCapacity": 4},
         {"m6i.large on-demand": (5, 5), "m6i.large spot": (4, 4)}),
    ],
)  # fmt: skip
def test_a_fleet_runs_its_target_capacity(target: dict[str, Any], expected: dict[str, Any]) -> None:
    configs = [{"overrides": [{"instanceType": "m6i.large"}]}]
    props = {"targetCapacitySpecification": target, "launchTemplateConfigs": configs}
    assert _machines("aws:ec2/fleet:Fleet", props) == expected
    props["launchTemplateConfigs"] = [{"launchTemplateSpecification": {"launchTemplateId": UNKNOWN}}]
    assert _machines("aws:ec2/fleet:Fleet", props, "launchTemplateConfigs") == expected


def test_spot_fleets_spot_requests_and_reservations() -> None:
    machine = {"instanceType": "m6i.large"}
    spot_fleet = {"targetCapacity": 7, "launchSpecifications": [machine]}
    assert _machines("aws:ec2/spotFleetRequest:SpotFleetRequest", spot_fleet) == {"m6i.large spot": (7, 7)}
    assert _machines("aws:ec2/spotInstanceRequest:SpotInstanceRequest", machine) == {"m6i.large spot": (1, 1)}
    reservation = "aws:ec2/capacityReservation:CapacityReservation"
    assert _machines(reservation, {"instanceCount": 3, **machine}) == {"m6i.large on-demand": (3, 3)}
    for unknown in ("instanceCount", "instanceType"):
        row = (reservation, "it", {"instanceCount": 3, **machine, unknown: UNKNOWN}, PROVIDER)
        reasons = [line.price.source for line in priced(plan(AWS, row)).unpriced]
        assert f"pool it: {unknown} is known only after the update: its maximum is unknown" in reasons


AZURE = ("pulumi:providers:azure-native", "site", {"location": "uaenorth"})


@pytest.mark.parametrize(
    ("kind", "props", "expected"),
    [
        ("compute:VirtualMachineScaleSet", {"sku": {"name": "Standard_D4s_v5", "capacity": 9}},
         {"Standard_D4s_v5 on-demand": 9}),
        ("compute:VirtualMachineScaleSet", {"sku": {"name": "Standard_D4s_v5", "capacity": 9},
                                            "virtualMachineProfile": {"priority": "Spot"}},
         {"Standard_D4s_v5 spot": 9}),
        ("compute:CapacityReservation", {"sku": {"name": "Standard_D4s_v5", "capacity": 4}},
         {"Standard_D4s_v5 on-demand": 4}),
        ("azurefleet:Fleet", {"vmSizesProfile": [{"name": "Standard_D4s_v5"}],
                              "regularPriorityProfile": {"capacity": 2}, "spotPriorityProfile": {"capacity": 3}},
         {"Standard_D4s_v5 on-demand": 2, "Standard_D4s_v5 spot": 3}),
    ],
)  # fmt: skip
def test_groups_on_azure(kind: str, props: dict[str, Any], expected: dict[str, int]) -> None:
    provider = {"provider": urn(AZURE[0], "site")}
    row = (f"azure-native:{kind}", "it", {"location": "uaenorth", **props}, provider)
    lines = [line for line in priced(plan(AZURE, row)).lines if line.charge.service == "machine"]
    assert {line.charge.sku: line.charge.quantity.expected / HOURS for line in lines} == expected


@pytest.mark.parametrize(
    ("kind", "props"),
    [
        (GROUP, {"minSize": 1, "maxSize": 1,
                 "mixedInstancesPolicy": {"launchTemplate": {"overrides": [{"instanceType": "m6i.large"}]}}}),
        ("aws:ec2/instance:Instance", {"instanceType": "m6i.large"}),
        ("azure-native:compute:VirtualMachine", {"hardwareProfile": {"vmSize": "Standard_D4s_v5"}}),
        ("azure-native:compute:VirtualMachineScaleSet", {"sku": {"name": "Standard_D4s_v5", "capacity": 1}}),
        ("azure-native:compute:CapacityReservation", {"sku": {"name": "Standard_D4s_v5", "capacity": 1}}),
        ("azure-native:azurefleet:Fleet", {"vmSizesProfile": [{"name": "Standard_D4s_v5"}],
                                           "regularPriorityProfile": {"capacity": 1}}),
    ],
)  # fmt: skip
def test_machines_outside_pools_have_no_profile(kind: str, props: dict[str, Any]) -> None:
    """Their workload is unknown: the bill must not advise to interrupt it or to stop it at night."""
    cloud, place = (AWS, {}) if kind.startswith("aws:") else (AZURE, {"location": "uaenorth"})
    row = (kind, "it", place | props, {"provider": urn(cloud[0], "site")})
    machines = [line.charge for line in priced(plan(cloud, row)).lines if line.charge.service == "machine"]
    assert {charge.profile for charge in machines} == {""}


def test_autoscale_rules_keep_machines_of_a_scale_set_running() -> None:
    scale_set = ("azure-native:compute:VirtualMachineScaleSet", "it",
                 {"location": "uaenorth", "sku": {"name": "Standard_D4s_v5", "capacity": 0}})  # fmt: skip
    rules = {"profiles": [{"capacity": {"minimum": "500", "default": "600", "maximum": "900"}}]}
    linked = {"dependencies": {"targetResourceUri": [urn(scale_set[0], "it")]}}
    setting = ("azure-native:monitor:AutoscaleSetting", "rules", rules, linked)
    (line,) = [line for line in priced(plan(AZURE, scale_set, setting)).lines if line.charge.machine]
    assert line.charge.quantity.expected == 600 * HOURS


@pytest.mark.parametrize(
    "props", [{"sku": {"name": "Mix", "capacity": 9}}, {"sku": {"name": "Standard_D4s_v5", "capacity": UNKNOWN}}]
)
def test_a_scale_set_of_unknown_machines_has_no_price(props: dict[str, Any]) -> None:
    row = ("azure-native:compute:VirtualMachineScaleSet", "it", {"location": "uaenorth", **props})
    assert priced(plan(AZURE, row)).unpriced
