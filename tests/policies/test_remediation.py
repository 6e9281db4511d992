"""Remediation adds what is stated and missing, and nothing else."""

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
    assert blocking(PACK.evaluate_resource(Given(VPC, {"tags": STATED}))) == {"FJ-TAG-001"}


@pytest.mark.parametrize("tags", [{"team": "x"}, {"environment": "production"}])
def test_only_legal_cost_tags_can_be_stated(tags: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        Enforcement.model_validate({"default": {}, "add_tags": {"dev": tags}})


ACCOUNT = "azure-native:storage:StorageAccount"
HARDENED = Pack(Enforcement.model_validate({"default": {}, "add_protections": ["prod-uae"]}))


@pytest.mark.parametrize("token", sorted(PROTECTIONS))
def test_protections_left_unstated_are_added_once_and_please_the_rules(token: str) -> None:
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


def test_what_a_program_states_stays_and_is_judged() -> None:
    stated = {"minimumTlsVersion": "TLS1_0", "allowBlobPublicAccess": UNKNOWN, "publicNetworkAccess": secret("Enabled")}
    assert HARDENED.remediated(Given(ACCOUNT, stated)) is None
    assert "FJ-ENC-411" in blocking(HARDENED.evaluate_resource(Given(ACCOUNT, stated)))
    secretive = HARDENED.remediated(Given(ACCOUNT, {"accountName": secret("x"), "publicNetworkAccess": "Disabled"}))
    assert secretive is not None
    assert secretive["accountName"] == secret("x")


def test_protections_are_added_in_the_stacks_named_only() -> None:
    assert HARDENED.remediated(Given(ACCOUNT, {}, stack="dev")) is None
    assert PACK.remediated(Given(ACCOUNT, {"tags": TAGS})) is None
