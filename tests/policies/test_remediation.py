"""Remediation adds the configured tags and protections that are missing, and changes nothing else."""

import json

import pytest
from guardrails.engine.enforcement import Enforcement
from guardrails.engine.verdicts import Verdict
from guardrails.protections import PROTECTIONS
from pydantic import ValidationError

from falaj.sandbox.clouds.sdk_schema import sdk
from tests.samples import COST_TAGS as TAGS

from .cases import checks_by_type
from .harness import UNKNOWN, UNKNOWN_OBJECT, Given, Pack, blocking, secret

VPC = "aws:ec2/vpc:Vpc"
ADDED_TAGS = {"environment": "prod", "project": "arabic-llm"}
PACK = Pack(Enforcement.model_validate({"default": {}, "add_tags": {"prod-uae": ADDED_TAGS}}))


@pytest.mark.parametrize(
    ("props", "after"),
    [
        ({}, {"tags": ADDED_TAGS}),
        ({"tags": {}}, {"tags": ADDED_TAGS}),
        ({"tags": {"project": "other"}}, {"tags": {"project": "other", "environment": "prod"}}),
        ({"tags": {"Name": UNKNOWN}}, {"tags": {"Name": UNKNOWN, **ADDED_TAGS}}),
        (
            {"tags": {"a": "b"}, "tagsAll": {"a": "b"}},
            {"tags": {"a": "b", **ADDED_TAGS}, "tagsAll": {"a": "b", **ADDED_TAGS}},
        ),
        ({"tags": secret({"project": "other"})}, {"tags": secret({"project": "other", "environment": "prod"})}),
        (
            {"tags": {"Name": secret("x")}, "k": secret(1)},
            {"tags": {"Name": secret("x"), **ADDED_TAGS}, "k": secret(1)},
        ),
    ],
)
def test_missing_tags_are_added_once(props: dict[str, object], after: dict[str, object]) -> None:
    changed = PACK.remediated(Given(VPC, props))
    assert changed == after
    assert PACK.remediated(Given(VPC, after)) is None


@pytest.mark.parametrize(
    "resource",
    [
        Given(VPC, {"tags": TAGS}),
        Given(VPC, {"tags": UNKNOWN_OBJECT}),
        Given(VPC, {"tags": {}, "tagsAll": UNKNOWN_OBJECT}),
        Given(VPC, {"tags": {}}, stack="dev"),
        Given(VPC, {}, provider={"region": "me-central-1", "defaultTags": json.dumps({"tags": ADDED_TAGS})}),
        Given(VPC, {}, provider={"region": "me-central-1", "defaultTags": UNKNOWN}),
        Given("azure-native:storage:BlobContainerLegalHold", {}),
        Given("aws:autoscaling/group:Group", {}),
        Given("aws:ec2/route:Route", {}),
    ],
)
def test_complete_unknown_and_untaggable_resources_are_not_changed(resource: Given) -> None:
    assert PACK.remediated(resource) is None


def test_azure_tag_keys_are_compared_without_case() -> None:
    tags = {"Environment": "prod", "PROJECT": "x"}
    assert PACK.remediated(Given("azure-native:network:VirtualNetwork", {"tags": tags})) is None


def test_tags_that_are_not_added_are_still_required() -> None:
    assert blocking(PACK.evaluate_resource(Given(VPC, {"tags": ADDED_TAGS}))) == {"FJ-TAG-001"}


@pytest.mark.parametrize("tags", [{"team": "x"}, {"environment": "production"}])
def test_only_valid_cost_tags_can_be_added(tags: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        Enforcement.model_validate({"default": {}, "add_tags": {"dev": tags}})


ACCOUNT = "azure-native:storage:StorageAccount"
HARDENED = Pack(Enforcement.model_validate({"default": {}, "add_protections": ["prod-uae"]}))


@pytest.mark.parametrize("token", sorted(PROTECTIONS))
def test_missing_protections_are_added_once_and_satisfy_the_rules(token: str) -> None:
    after = HARDENED.remediated(Given(token, {}))
    assert after is not None
    assert after == PROTECTIONS[token]
    assert HARDENED.remediated(Given(token, after)) is None
    for rule, check in checks_by_type().get(token, ()):
        if check.path in after:
            assert check.condition.judge(PROTECTIONS[token][check.path]) is Verdict.PASS, (rule, check.path)


@pytest.mark.parametrize("token", sorted(PROTECTIONS))
def test_protections_are_properties_that_the_sdk_has(token: str) -> None:
    inputs = sdk(f"pulumi_{token.split(':')[0].replace('-', '_')}").schema(token).inputs
    assert set(PROTECTIONS[token]) <= set(inputs)


def test_explicit_values_are_kept_and_evaluated() -> None:
    explicit = {
        "minimumTlsVersion": "TLS1_0",
        "allowBlobPublicAccess": UNKNOWN,
        "publicNetworkAccess": secret("Enabled"),
    }
    assert HARDENED.remediated(Given(ACCOUNT, explicit)) is None
    assert "FJ-ENC-411" in blocking(HARDENED.evaluate_resource(Given(ACCOUNT, explicit)))
    with_secret = HARDENED.remediated(Given(ACCOUNT, {"accountName": secret("x"), "publicNetworkAccess": "Disabled"}))
    assert with_secret is not None
    assert with_secret["accountName"] == secret("x")


def test_protections_are_added_only_in_the_configured_stacks() -> None:
    assert HARDENED.remediated(Given(ACCOUNT, {}, stack="dev")) is None
    assert PACK.remediated(Given(ACCOUNT, {"tags": TAGS})) is None
