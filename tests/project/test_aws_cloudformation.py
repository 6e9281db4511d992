"""The matching of names with CloudFormation's, on a made-up schema."""

from typing import Any

import pytest

from tests.project.aws_cloudformation_schema import Place, Schema

CONTENT: dict[str, Any] = {
    "readOnlyProperties": ["/properties/Arn", "/properties/Rules/*/Status"],
    "properties": {
        "Arn": {"type": "string"},
        "AlarmName": {"type": "string", "minLength": 0, "maxLength": 9, "pattern": "^[a-z]+$"},
        "CidrBlocks": {"type": "array", "items": {"type": "string"}, "maxItems": 2},
        "CidrBlock": {"type": "string"},
        "AlarmId": {"type": "string"},
        "Rules": {"type": "array", "minItems": 1, "items": {"$ref": "#/definitions/Rule"}},
        "Other": {"$ref": "resource-schema.json#/properties/Name"},
        "ResourceTags": {"type": "array", "maxItems": 50, "items": {"$ref": "#/definitions/Tag"}},
        "Labels": {"type": "object", "patternProperties": {"^.{1,5}$": {"type": "string", "maxLength": 7}}},
        "Policy": {"type": ["object", "string"], "maxLength": 5},
    },
    "definitions": {
        "Rule": {
            "type": "object",
            "properties": {"Status": {"type": "string"}, "AlarmSize": {}, "Kind": {"const": "Only"}},
        },
        "Tag": {
            "type": "object",
            "properties": {"Key": {"type": "string", "maxLength": 128}, "Value": {"type": "string", "maxLength": 256}},
        },
    },
}


@pytest.fixture
def root() -> Place:
    return Schema("CloudWatch::Alarm", CONTENT, set()).at("")


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("arn", "Arn"),
        ("name", "AlarmName"),
        ("cidrBlock", "CidrBlock"),
        ("cidrBlocks", "CidrBlocks"),
        ("rule", "Rules"),
        ("tags", "ResourceTags"),
        ("id", None),
        ("block", None),
        ("nothing", None),
    ],
)
def test_names(root: Place, name: str, path: str | None) -> None:
    found = root.child(name)
    assert (found.path if found else None) == path


def test_a_part_of_an_array_is_found_and_read_only(root: Place) -> None:
    rules = root.child("rules")
    assert rules
    assert rules.array_limits() == {"minItems": 1}
    status = rules.child("status")
    assert status
    assert status.path == "Rules/*/Status"
    assert status.read_only
    assert not rules.read_only
    assert root.schema.at("Rules.Kind").limits() == {"enum": ["Only"]}
    assert rules.child("size") is None  # a type's name stands before names of its own properties only


def test_limits(root: Place) -> None:
    assert root.exact("AlarmName").limits() == {"maxLength": 9, "pattern": "^[a-z]+$"}
    assert root.exact("Policy").limits() == {}
    assert root.exact("Other").limits() == {}
    tags, labels = root.exact("ResourceTags"), root.exact("Labels")
    assert tags.map_limits() == {"maxItems": 50, "keys": {"maxLength": 128}}
    assert tags.map_values().limits() == {"maxLength": 256}
    assert labels.map_limits() == {"keys": {"pattern": "^.{1,5}$"}}
    assert labels.map_values().limits() == {"maxLength": 7}


@pytest.mark.parametrize(
    ("pattern", "kept", "dropped"),
    [
        ("^[a-z]+$", True, False),
        (r"[\S\s]*", False, False),
        (r"^\p{L}+$", False, True),
        (r"^[a-z*](?:[._]?[a-z*]+)*$", False, True),
    ],
)
def test_patterns_of_another_dialect_or_of_exponential_time_are_dropped(
    pattern: str, kept: bool, dropped: bool
) -> None:
    patterns: set[str] = set()
    place = Schema("A::B", {"properties": {"P": {"type": "string", "pattern": pattern}}}, patterns).at("P")
    assert ("pattern" in place.limits()) is kept
    assert (patterns == {pattern}) is dropped
