"""Remediation adds what is stated and missing, and nothing else."""

import json

import pytest
from guardrails.enforcement import Enforcement
from pydantic import ValidationError

from tests.samples import COST_TAGS as TAGS

from .harness import UNKNOWN, UNKNOWN_OBJECT, Given, Pack, blocking, secret

VPC = "aws:ec2/vpc:Vpc"
STATED = {"environment": "prod", "project": "arabic-llm"}
PACK = Pack(Enforcement.model_validate({"default": {}, "add_tags": {"prod-uae": STATED}}))


@pytest.mark.parametrize(
    ("props", "after"),
    [
        ({}, {"tags": STATED}),
        ({"tags": {}}, {"tags": STATED}),
        ({"tags": {"project": "other"}}, {"tags": {"project": "other", "environment": "prod"}}),
        ({"tags": {"Name": UNKNOWN}}, {"tags": {"Name": UNKNOWN, **STATED}}),
        ({"tags": {"a": "b"}, "tagsAll": {"a": "b"}}, {"tags": {"a": "b", **STATED}, "tagsAll": {"a": "b", **STATED}}),
        ({"tags": secret({"project": "other"})}, {"tags": secret({"project": "other", "environment": "prod"})}),
        ({"tags": {"Name": secret("x")}, "k": secret(1)}, {"tags": {"Name": secret("x"), **STATED}, "k": secret(1)}),
    ],
)
def test_missing_tags_are_added_once(props: dict[str, object], after: dict[str, object]) -> None:
    changed = PACK.remediated(Given(VPC, props))
    assert changed == after
    assert PACK.remediated(Given(VPC, after)) is None


@pytest.mark.parametrize(
    "given",
    [
        Given(VPC, {"tags": TAGS}),
        Given(VPC, {"tags": UNKNOWN_OBJECT}),
        Given(VPC, {"tags": {}, "tagsAll": UNKNOWN_OBJECT}),
        Given(VPC, {"tags": {}}, stack="dev"),
        Given(VPC, {}, provider={"region": "me-central-1", "defaultTags": json.dumps({"tags": STATED})}),
        Given(VPC, {}, provider={"region": "me-central-1", "defaultTags": UNKNOWN}),
        Given("azure-native:storage:BlobContainerLegalHold", {}),
        Given("aws:autoscaling/group:Group", {}),
        Given("aws:ec2/route:Route", {}),
    ],
)
def test_nothing_else_is_touched(given: Given) -> None:
    assert PACK.remediated(given) is None


def test_azure_keys_are_folded_before_something_is_added() -> None:
    tags = {"Environment": "prod", "PROJECT": "x"}
    assert PACK.remediated(Given("azure-native:network:VirtualNetwork", {"tags": tags})) is None


def test_what_is_not_stated_still_stops() -> None:
    assert blocking(PACK.alone(Given(VPC, {"tags": STATED}))) == {"FJ-TAG-001"}


@pytest.mark.parametrize("tags", [{"team": "x"}, {"environment": "production"}])
def test_only_legal_cost_tags_can_be_stated(tags: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        Enforcement.model_validate({"default": {}, "add_tags": {"dev": tags}})
