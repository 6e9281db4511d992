"""Propagation of cost tags to created resources, and activation of cost allocation tags."""

import json
from collections.abc import Mapping

import pytest

from tests.samples import COST_TAGS as TAGS

from .harness import UNKNOWN, UNKNOWN_OBJECT, Given, Pack, blocking, rules

PACK = Pack()
DEFAULTS = {"region": "me-central-1", "defaultTags": json.dumps({"tags": TAGS})}
WITHOUT_OWNER = {key: value for key, value in TAGS.items() if key != "owner"}


def _tag_rules(token: str, props: Mapping[str, object], provider: Mapping[str, object] | None = None) -> set[str]:
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
def test_the_volumes_of_an_instance_carry_the_tags(props: dict[str, object], stopped: bool) -> None:
    assert _tag_rules("aws:ec2/instance:Instance", props) == ({"FJ-TAG-003"} if stopped else set())


def test_default_tags_of_the_provider_apply_to_volumes() -> None:
    assert _tag_rules("aws:ec2/instance:Instance", {"rootBlockDevice": {"encrypted": True}}, DEFAULTS) == set()
    assert _tag_rules("aws:ec2/instance:Instance", {"volumeTags": {"Name": "x"}}, DEFAULTS) == set()


@pytest.mark.parametrize(
    ("tag", "stopped"),
    [
        ({"key": "owner", "value": "ml-platform-team", "propagateAtLaunch": True}, False),
        ({"key": "k8s.io/cluster-autoscaler/enabled", "value": "true", "propagateAtLaunch": False}, False),
        ({"key": "owner", "value": "ml-platform-team", "propagateAtLaunch": False}, True),
        ({"key": "owner", "value": "ml-platform-team"}, True),
    ],
)
def test_separate_auto_scaling_tags_propagate(tag: dict[str, object], stopped: bool) -> None:
    reports = PACK.evaluate_resource(Given("aws:autoscaling/tag:Tag", {"autoscalingGroupName": UNKNOWN, "tag": tag}))
    assert blocking(reports) == rules(reports) == ({"FJ-TAG-003"} if stopped else set())


def test_file_systems_copy_tags_to_backups() -> None:
    lustre = "aws:fsx/lustreFileSystem:LustreFileSystem"
    assert _tag_rules(lustre, {"automaticBackupRetentionDays": 0}) == set()
    assert _tag_rules(lustre, {}) == set()
    assert _tag_rules(lustre, {"automaticBackupRetentionDays": 7}) == {"FJ-TAG-005"}
    assert _tag_rules(lustre, {"automaticBackupRetentionDays": 7, "copyTagsToBackups": True}) == set()


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
def test_a_provider_does_not_ignore_cost_tags(ignored: object, stopped: bool) -> None:
    reports = PACK.evaluate_resource(Given("pulumi:providers:aws", {"region": "me-central-1", "ignoreTags": ignored}))
    assert blocking(reports) == rules(reports) == ({"FJ-TAG-007"} if stopped else set())


def _activation(key: str, status: str = "Active") -> Given:
    token = "aws:costexplorer/costAllocationTag:CostAllocationTag"
    return Given(token, {"tagKey": key, "status": status}, f"tag-{key}")


def test_either_all_cost_tags_are_activated_or_none() -> None:
    activations = [_activation(key) for key in TAGS]
    assert rules(Pack().evaluate_stack(*activations)) == set()
    reports = Pack().evaluate_stack(*activations[:-1])
    assert [(item.rule, item.mandatory) for item in reports] == [("FJ-TAG-006", True)]
    assert blocking(PACK.evaluate_resource(_activation("owner", "Inactive"))) == {"FJ-TAG-006"}


@pytest.mark.parametrize(("default", "values", "refused"), [
    ("risk", ["risk"], True), ("risk", ["risk", "risk"], True), ("risk", ["risk", "retail"], False),
    ("shared", ["risk"], False), (None, ["risk"], False), ("risk", [None], False),
])  # fmt: skip
def test_a_cost_category_tells_units_apart(default: object, values: list[object], *, refused: bool) -> None:
    rules_of = [{"type": "REGULAR", "value": value} if value else {"type": "INHERITED_VALUE"} for value in values]
    props = {"name": "unit", "ruleVersion": "CostCategoryExpression.v1", "rules": rules_of, "defaultValue": default}
    given = Given("aws:costexplorer/costCategory:CostCategory", {**props, "tags": TAGS})
    assert ("FJ-TAG-006" in blocking(Pack().evaluate_resource(given))) is refused
