"""Machines that warm pools keep ready on AWS, and disks of machines by each of the ways in which they are described."""

from decimal import Decimal
from typing import Any

import pytest

from falaj.finops.plan import UNKNOWN

from .plans import plan, priced, urn

AWS = ("pulumi:providers:aws", "site", {"region": "me-central-1"})
PROVIDER = {"provider": urn("pulumi:providers:aws", "site")}
TEMPLATE, GROUP, NODES = (
    "aws:ec2/launchTemplate:LaunchTemplate",
    "aws:autoscaling/group:Group",
    "aws:eks/nodeGroup:NodeGroup",
)
CONFIGURATION, INSTANCE = "aws:ec2/launchConfiguration:LaunchConfiguration", "aws:ec2/instance:Instance"
FLEET = "aws:ec2/spotFleetRequest:SpotFleetRequest"
HOURS = 730


def _mapped(gib: object) -> dict[str, Any]:
    return {"instanceType": "m6i.large", "blockDeviceMappings": [{"ebs": {"volumeSize": gib, "volumeType": "gp3"}}]}


def _lines(*rows: Any, links: dict[str, list[str]] | None = None) -> Any:
    """Returns the lines of the last of the rows; `links` are its dependencies."""
    *before, last = rows
    by = PROVIDER | {"dependencies": links or {}}
    name = last[1]
    return [line for line in priced(plan(AWS, *((*row, PROVIDER) for row in before), (*last, by))).lines
            if line.name == name]  # fmt: skip


def _sum(lines: Any, sku: str) -> Decimal:
    return sum((line.charge.quantity.min for line in lines if line.charge.sku == sku), Decimal(0))


def _group(warm: object, **props: Any) -> Any:
    stated = {"minSize": 1, "maxSize": 4, "launchTemplate": {"id": UNKNOWN}, "warmPool": warm, **props}
    return _lines((TEMPLATE, "lt", _mapped(100)), (GROUP, "it", stated),
                  links={"launchTemplate": [urn(TEMPLATE, "lt")]})  # fmt: skip


@pytest.mark.parametrize(
    ("warm", "machines", "disks"),
    [
        ({}, 1, 4),
        ({"poolState": "Stopped", "minSize": 6}, 1, 7),
        ({"poolState": "Hibernated", "maxGroupPreparedCapacity": 3}, 1, 3),
        ({"maxGroupPreparedCapacity": 1}, 1, 1),
        ({"maxGroupPreparedCapacity": -1}, 1, 4),
        ({"poolState": "Running"}, 4, 4),
        ({"poolState": "Running", "maxGroupPreparedCapacity": 1}, 1, 1),
    ],
)
def test_a_warm_pool_has_machines_or_their_disks(warm: dict[str, Any], machines: int, disks: int) -> None:
    lines = _group(warm)
    assert _sum(lines, "m6i.large on-demand") == machines * HOURS
    assert _sum(lines, "gp3") == disks * 100
    assert all(line.priced for line in lines)


@pytest.mark.parametrize("warm", [UNKNOWN, {"poolState": UNKNOWN}, {"minSize": UNKNOWN}])
def test_a_warm_pool_that_is_known_only_after_the_update_has_no_price(warm: object) -> None:
    assert any(not line.priced for line in _group(warm))


def test_a_group_of_nodes_has_a_warm_pool() -> None:
    props = {"instanceTypes": ["m6i.large"], "warmPoolConfig": {"minSize": 5}, "scalingConfig": {
        "minSize": 1, "desiredSize": 1, "maxSize": 2}}  # fmt: skip
    lines = _lines(
        (TEMPLATE, "lt", _mapped(100)), (NODES, "it", props), links={"launchTemplate": [urn(TEMPLATE, "lt")]}
    )
    assert (_sum(lines, "m6i.large on-demand"), _sum(lines, "gp3")) == (HOURS, 600)


ROOT = {"rootBlockDevice": {"volumeSize": 50}, "ebsBlockDevices": [{"volumeSize": 200}], "instanceType": "m6i.large"}


@pytest.mark.parametrize(
    ("row", "of", "expected"),
    [
        ((TEMPLATE, "lt", _mapped(300)), "launchTemplate", 300),
        ((CONFIGURATION, "lt", ROOT), "launchConfiguration", 250),
        ((TEMPLATE, "lt", {"instanceType": "m6i.large"}), "launchTemplate", 20),
        (
            (TEMPLATE, "lt", {**_mapped(1), "blockDeviceMappings": [{"noDevice": "true", "ebs": {}}]}),
            "launchTemplate",
            20,
        ),
    ],
)
def test_a_group_has_the_disks_of_its_template(row: Any, of: str, expected: int) -> None:
    lines = _lines(row, (GROUP, "it", {"minSize": 1, "maxSize": 1, of: UNKNOWN}), links={of: [urn(row[0], "lt")]})
    assert _sum(lines, "gp3") == expected


@pytest.mark.parametrize("mappings", [UNKNOWN, [UNKNOWN], [{"ebs": UNKNOWN}], [{"ebs": {"volumeSize": UNKNOWN}}]])
def test_disks_that_are_known_only_after_the_update_have_no_price(mappings: object) -> None:
    template = (TEMPLATE, "lt", {"instanceType": "m6i.large", "blockDeviceMappings": mappings})
    lines = _lines(
        template, (GROUP, "it", {"minSize": 1, "maxSize": 1}), links={"launchTemplate": [urn(TEMPLATE, "lt")]}
    )
    assert any(not line.priced for line in lines)


def test_the_largest_disks_of_several_templates_count() -> None:
    specification = {"launchTemplateSpecification": {"launchTemplateId": UNKNOWN}}
    policy = {"launchTemplate": {**specification, "overrides": [{"instanceType": "m6i.large", **specification}]}}
    lines = _lines(
        (TEMPLATE, "small", _mapped(8)), (TEMPLATE, "large", _mapped(500)),
        (GROUP, "it", {"minSize": 1, "maxSize": 1, "mixedInstancesPolicy": policy}),
        links={"mixedInstancesPolicy": [urn(TEMPLATE, "small"), urn(TEMPLATE, "large")]})  # fmt: skip
    assert _sum(lines, "gp3") == 500


def test_a_specification_of_a_fleet_has_disks() -> None:
    specification = {"instanceType": "m6i.large", "rootBlockDevices": [{"volumeSize": 70}], "ebsBlockDevices": [
        {"volumeSize": 30}]}  # fmt: skip
    assert _sum(_lines((FLEET, "it", {"targetCapacity": 2, "launchSpecifications": [specification]})), "gp3") == 200


def test_a_group_of_nodes_has_the_disks_of_the_template_that_it_names() -> None:
    props = {"instanceTypes": ["m6i.large"], "scalingConfig": {"minSize": 1, "desiredSize": 1, "maxSize": 1}}
    lines = _lines((TEMPLATE, "first", _mapped(8)), (TEMPLATE, "lt", _mapped(400)), (NODES, "it", props),
                   links={"launchTemplate": [urn(TEMPLATE, "lt")]})  # fmt: skip
    assert _sum(lines, "gp3") == 400


@pytest.mark.parametrize(
    ("props", "of_template", "expected"),
    [
        ({"instanceType": "m6i.large"}, None, 8),
        ({"instanceType": "m6i.large", "ebsBlockDevices": [{"volumeSize": 30}]}, None, 38),
        ({}, 60, 60),
        ({"rootBlockDevice": {"volumeSize": 10}}, 60, 70),
        ({"ebsBlockDevices": [{"volumeSize": 30}]}, 60, 90),
        ({"instanceType": "m6i.large", "rootBlockDevice": {"volumeSize": 10}}, None, 10),
    ],
)
def test_an_instance_has_its_own_disks_or_those_of_its_template(
    props: dict[str, Any], of_template: int | None, expected: int
) -> None:
    links = {} if of_template is None else {"launchTemplate": [urn(TEMPLATE, "lt")]}
    lines = _lines((TEMPLATE, "lt", _mapped(of_template)), (INSTANCE, "it", props), links=links)
    assert (_sum(lines, "m6i.large on-demand"), _sum(lines, "gp3")) == (HOURS, expected)


@pytest.mark.parametrize(("state", "machines"), [("RUNNING", 4), ("STOPPED", 1), ("HIBERNATED", 1), (None, 1)])
def test_states_of_node_groups_are_in_capitals(state: str | None, machines: int) -> None:
    """By EKS's own model (botocore 1.44.8, eks, WarmPoolState, read 2026-12-03)."""
    sizes = {"minSize": 1, "desiredSize": 1, "maxSize": 4}
    warm = {"warmPoolConfig": {"poolState": state}, "instanceTypes": ["m6i.large"], "scalingConfig": sizes}
    assert _sum(_lines((NODES, "it", warm)), "m6i.large on-demand") == machines * HOURS
