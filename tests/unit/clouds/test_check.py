"""Inputs that Check rejects, with path and message, and inputs that it accepts."""

import pytest
from pulumi.provider.experimental.property_value import PropertyValue

from falaj.sandbox.clouds.property_values import to_plain_map, to_property_value
from falaj.sandbox.clouds.values import UNKNOWN, Json
from tests.unit.clouds.driver import Driver, Rejected

SUBNET = "aws:ec2/subnet:Subnet"
GROUP = "aws:eks/nodeGroup:NodeGroup"
EFFECTS = "NO_SCHEDULE, NO_EXECUTE, PREFER_NO_SCHEDULE"
CAPACITIES = "ON_DEMAND, SPOT, CAPACITY_BLOCK"
REFUSED = "ValidationException: {} failed to satisfy constraint: Member must satisfy enum value set:"
MODEL = "(model of eks:CreateNodegroup)"
GOOD: dict[str, Json] = {
    "clusterName": "c",
    "nodeRoleArn": "arn:aws:iam::123456789012:role/r",
    "scalingConfig": {"minSize": 0, "desiredSize": 0, "maxSize": 2},
    "subnetIds": ["subnet-12345678"],
}


def failures(driver: Driver, token: str, **inputs: Json | PropertyValue) -> dict[str, str]:
    """Returns path -> message of a Check; empty if it passes."""
    try:
        driver.check(token, "r", inputs)
    except Rejected as rejected:
        return rejected.failures
    return {}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"capacityTyp": "SPOT"}, {"capacityTyp": f'unknown property of {GROUP}, did you mean "capacityType"?'}),
        ({"clusterName": None}, {"clusterName": f"missing required property of {GROUP}."}),
        ({"diskSize": "big"}, {"diskSize": "expected an integer, got a string."}),
        ({"diskSize": 20.5}, {"diskSize": "expected an integer, got a number (20.5)."}),
        ({"labels": ["a"]}, {"labels": "expected an object, got a list."}),
        ({"labels": {"a": 1}}, {"labels.a": "expected a string, got a number (1)."}),
        ({"subnetIds": "subnet-12345678"}, {"subnetIds": "expected a list, got a string."}),
        ({"subnetIds": [True]}, {"subnetIds[0]": "expected a string, got a boolean."}),
        (
            {"scalingConfig": {"minSize": 0, "desiredSize": 0}},
            {"scalingConfig.maxSize": "missing required property of NodeGroupScalingConfig."},
        ),
        (
            {"scalingConfig": {"minSize": 0, "desiredSize": 0, "maxSize": 1, "max": 2}},
            {"scalingConfig.max": "unknown property of NodeGroupScalingConfig."},
        ),
        (
            {"taints": [{"key": "a", "effect": "NoSchedule"}]},
            {"taints[0].effect": f"{REFUSED.format('taints[0].effect')} [{EFFECTS}], not NoSchedule {MODEL}"},
        ),
        (
            {"capacityType": "SPOTS"},
            {"capacityType": f"{REFUSED.format('capacityType')} [{CAPACITIES}], not SPOTS {MODEL}"},
        ),
    ],
)
def test_each_kind_of_failure(aws: Driver, change: dict[str, Json], expected: dict[str, str]) -> None:
    assert failures(aws, GROUP, **{**GOOD, **change}) == expected


def test_a_value_near_one_of_an_enum(aws: Driver) -> None:
    found = failures(aws, "aws:sns/topicSubscription:TopicSubscription", topic="t", endpoint="e", protocol="lamda")
    assert found["protocol"].endswith('got "lamda", did you mean "lambda"?')


def test_all_failures_are_reported_at_once(aws: Driver) -> None:
    assert set(failures(aws, SUBNET, cidrBlok="x", cidrBlock=3)) == {"cidrBlok", "cidrBlock", "vpcId"}


def test_valid_inputs_pass(aws: Driver) -> None:
    assert failures(aws, GROUP, **GOOD) == {}


def test_unknown_and_secret_values_pass_anywhere(aws: Driver) -> None:
    inputs = {
        **GOOD,
        "clusterName": UNKNOWN,
        "scalingConfig": {"minSize": UNKNOWN, "desiredSize": 0, "maxSize": 1},
        "taints": UNKNOWN,
        "capacityType": UNKNOWN,
    }
    assert failures(aws, GROUP, **inputs) == {}
    assert failures(aws, GROUP, **{**GOOD, "clusterName": to_property_value("c").with_secret(True)}) == {}
    inside = PropertyValue(
        {
            "minSize": to_property_value(0).with_secret(True),
            "desiredSize": to_property_value(0),
            "maxSize": to_property_value(1),
        }
    )
    assert failures(aws, GROUP, **{**GOOD, "scalingConfig": inside}) == {}


def test_secrets_stay_secret_through_check(aws: Driver) -> None:
    checked = aws.check(
        "aws:ssm/parameter:Parameter", "p", {"type": "SecureString", "value": to_property_value("x").with_secret(True)}
    )
    assert checked["value"].is_secret


def test_an_open_enum_of_aws_accepts_values_the_sdk_does_not_list(aws: Driver) -> None:
    assert failures(aws, "aws:ec2/instance:Instance", instanceType="x99.huge", ami="ami-1") == {}


def test_an_unknown_type_is_a_failure(aws: Driver) -> None:
    assert "did you mean" in failures(aws, "aws:ec2/vpc:Vcp")[""]


def test_the_resources_tags_override_default_tags(aws: Driver) -> None:
    checked = to_plain_map(
        aws.check("aws:ec2/vpc:Vpc", "v", {"cidrBlock": "10.0.0.0/16", "tags": {"project": "x", "a": "b"}})
    )
    assert checked["tagsAll"] == {"project": "x", "a": "b"}
    assert checked["tags"] == {"project": "x", "a": "b"}
    assert to_plain_map(aws.check("aws:ec2/vpc:Vpc", "v", {}))["tagsAll"] == {"project": "falaj"}


def test_one_unknown_tag_makes_all_of_them_unknown(aws: Driver) -> None:
    assert to_plain_map(aws.check("aws:ec2/vpc:Vpc", "v", {"tags": {"a": UNKNOWN}}))["tagsAll"] is UNKNOWN


def test_types_without_tags_get_none(aws: Driver) -> None:
    assert "tagsAll" not in aws.check("aws:eks/accessPolicyAssociation:AccessPolicyAssociation", "a", {
        "accessScope": {"type": "cluster"}, "clusterName": "c", "policyArn": "p", "principalArn": "q"})  # fmt: skip


@pytest.mark.parametrize(
    ("tags", "message"),
    [
        ({"aws:x": "y"}, 'tag key "aws:x" is reserved'),
        ({"k": "v" * 257}, "at most 256"),
        ({f"k{i}": "v" for i in range(51)}, "at most 50 tags"),
    ],
)
def test_tag_limits(aws: Driver, tags: dict[str, Json], message: str) -> None:
    assert message in failures(aws, "aws:ec2/vpc:Vpc", tags=tags)["tags"]


def test_names_are_generated_and_kept(aws: Driver) -> None:
    role = aws.create("aws:iam/role:Role", "nodes", assumeRolePolicy='{"Statement":[{}]}')
    assert role.text("name").startswith("nodes-")
    assert len(role.text("name")) == len("nodes-") + 7
    again = to_plain_map(aws.check("aws:iam/role:Role", "nodes", {"assumeRolePolicy": '{"Statement":[{}]}'}, role))
    assert again["name"] == role["name"]


def test_a_generated_name_has_at_most_the_maximum_length(aws: Driver) -> None:
    checked = to_plain_map(aws.check("aws:s3/bucket:Bucket", "B" * 80, {}))
    assert isinstance(checked["bucket"], str)
    assert len(checked["bucket"]) == 63
    assert checked["bucket"] == checked["bucket"].lower()


def test_no_name_is_generated_if_a_name_or_prefix_is_given(aws: Driver) -> None:
    assert "bucket" not in aws.check("aws:s3/bucket:Bucket", "b", {"bucketPrefix": "p-"})
    assert to_plain_map(aws.check("aws:s3/bucket:Bucket", "b", {"bucket": "mine"}))["bucket"] == "mine"
