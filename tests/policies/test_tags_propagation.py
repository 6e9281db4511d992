"""Cost tags of what a resource makes, and of the account that pays."""

import json
from collections.abc import Mapping

import pytest

from tests.samples import COST_TAGS as TAGS

from .harness import UNKNOWN, UNKNOWN_OBJECT, Given, Pack, blocking, rules

PACK = Pack()
DEFAULTS = {"region": "me-central-1", "defaultTags": json.dumps({"tags": TAGS})}
WITHOUT_OWNER = {key: value for key, value in TAGS.items() if key != "owner"}


def _tags(token: str, props: Mapping[str, object], provider: Mapping[str, object] | None = None) -> set[str]:
    reports = PACK.evaluate_resource(Given(token, {"tags": TAGS, **props}, provider=provider))
    return {item.rule for item in reports if item.rule.startswith("FJ-TAG")}


@pytest.mark.parametrize(
    ("props", "stopped"),
    [
        ({"volumeTags": TAGS}, False),
        ({"volumeTags": UNKNOWN_OBJECT}, True),
        ({"rootBlockDevice": {"tags": TAGS}}, False),
        ({"rootBlockDevice": [{"tags": TAGS}], "ebsBlockDevices": [{"tags": TAGS}]}, False),
        ({"launchTemplate": {"id": UNKNOWN}}, False),
        ({}, True),
        ({"volumeTags": WITHOUT_OWNER}, True),
        ({"rootBlockDevice": {"encrypted": True}}, True),
        ({"rootBlockDevice": {"tags": TAGS}, "ebsBlockDevices": [{"tags": {}}]}, True),
    ],
)
def test_the_disks_of_a_machine_carry_the_tags(props: dict[str, object], stopped: bool) -> None:
    assert _tags("aws:ec2/instance:Instance", props) == ({"FJ-TAG-003"} if stopped else set())


def test_default_tags_of_the_provider_reach_the_disks() -> None:
    assert _tags("aws:ec2/instance:Instance", {"rootBlockDevice": {"encrypted": True}}, DEFAULTS) == set()
    assert _tags("aws:ec2/instance:Instance", {"volumeTags": {"Name": "x"}}, DEFAULTS) == set()


@pytest.mark.parametrize(
    ("tag", "stopped"),
    [
        ({"key": "owner", "value": "x", "propagateAtLaunch": True}, False),
        ({"key": "k8s.io/cluster-autoscaler/enabled", "value": "true", "propagateAtLaunch": False}, False),
        ({"key": "owner", "value": "x", "propagateAtLaunch": False}, True),
        ({"key": "owner", "value": "x"}, True),
    ],
)
def test_cost_tags_beside_a_group_propagate(tag: dict[str, object], stopped: bool) -> None:
    reports = PACK.evaluate_resource(Given("aws:autoscaling/tag:Tag", {"autoscalingGroupName": UNKNOWN, "tag": tag}))
    assert blocking(reports) == rules(reports) == ({"FJ-TAG-003"} if stopped else set())


def test_file_systems_without_backups_have_nothing_to_tag() -> None:
    lustre = "aws:fsx/lustreFileSystem:LustreFileSystem"
    assert _tags(lustre, {"automaticBackupRetentionDays": 0}) == set()
    assert _tags(lustre, {}) == set()
    assert _tags(lustre, {"automaticBackupRetentionDays": 7}) == {"FJ-TAG-005"}
    assert _tags(lustre, {"automaticBackupRetentionDays": 7, "copyTagsToBackups": True}) == set()


@pytest.mark.parametrize(
    ("ignored", "stopped"),
    [
        ({"keys": ["LastScanned"]}, False),
        ({"keyPrefixes": ["kubernetes.io/"]}, False),
        (json.dumps({"keys": []}), False),
        (None, False),
        (UNKNOWN_OBJECT, False),
        ({"keys": ["LastScanned", "owner"]}, True),
        ({"keyPrefixes": ["cost-"]}, True),
        (json.dumps({"keyPrefixes": ["o"]}), True),
    ],
)
def test_a_provider_ignores_no_cost_tag(ignored: object, stopped: bool) -> None:
    reports = PACK.evaluate_resource(Given("pulumi:providers:aws", {"region": "me-central-1", "ignoreTags": ignored}))
    assert blocking(reports) == rules(reports) == ({"FJ-TAG-007"} if stopped else set())


def _activation(key: str, status: str = "Active") -> Given:
    token = "aws:costexplorer/costAllocationTag:CostAllocationTag"
    return Given(token, {"tagKey": key, "status": status}, f"tag-{key}")


def test_cost_tags_are_activated_all_or_none() -> None:
    whole = [_activation(key) for key in TAGS]
    assert rules(Pack().evaluate_stack(*whole)) == set()
    reports = Pack().evaluate_stack(*whole[:-1])
    assert [(item.rule, item.mandatory) for item in reports] == [("FJ-TAG-006", True)]
    assert blocking(PACK.evaluate_resource(_activation("owner", "Inactive"))) == {"FJ-TAG-006"}
