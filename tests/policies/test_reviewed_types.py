"""Types of AWS and Azure are an allow-list: those that a guardrail evaluates, those that were reviewed, and those that
the settings list (FJ-ESC-112)."""

import json

import pytest
from guardrails.engine.enforcement import Enforcement
from guardrails.registry import ALL
from guardrails.unverifiable.reviewed_types import REASONS, evaluated_types, reviewed_types

from falaj.facts.type_charges import type_charges
from falaj.sandbox.clouds.sdk_schema import sdk

from .harness import UNKNOWN, Given, Pack, blocking

LEFT_OFF = (
    "aws:cleanrooms/",
    "aws:cloudformation/",
    "aws:dataexchange/",
    "aws:datazone/environment",
    "aws:ec2/defaultVpc:",
    "aws:globalaccelerator/",
    "aws:lambda/invocation:",
    "aws:lightsail/",
    "aws:organizations/account:",
    "aws:sagemaker/servicecatalog",
    "azure-native:automanage:ConfigurationProfileAssignment",
    "azure-native:automanage:ConfigurationProfileH",
    "azure-native:datashare:",
    "azure-native:extendedlocation:ResourceSyncRule",
    "azure-native:resources:TagAtScope",
    "azure-native:subscription:",
)
"""Prefixes of the types that the list leaves off on purpose, as its module says."""
SYNC_SET = "azure-native:redhatopenshift:SyncSet"
RULE = "FJ-ESC-112"


def refusals(given: Given, allowed: dict[str, str] | None = None) -> set[str]:
    """Returns the rules that refuse a resource. `allowed`: types that the settings list."""
    settings = {"default": {"all": "mandatory"}, "escape": {"allowed_types": allowed or {}}}
    return set(blocking(Pack(Enforcement.model_validate(settings)).evaluate_resource(given)))


@pytest.mark.parametrize("props", [{}, {"resources": UNKNOWN}, {"resources": "{}"}], ids=["absent", "unknown", "known"])
def test_a_type_that_nobody_reviewed_is_refused_whatever_its_properties(props: dict[str, object]) -> None:
    assert RULE in refusals(Given(SYNC_SET, props))


@pytest.mark.parametrize("token", ["azure-native:redhatopenshift/v20240812preview:SyncSet", SYNC_SET])
def test_versions_of_a_type_are_the_type(token: str) -> None:
    assert RULE in refusals(Given(token, {}))
    assert RULE not in refusals(Given(token, {}), {SYNC_SET: "objects of the platform team"})


def test_a_prefix_in_the_settings_allows_its_types() -> None:
    assert RULE not in refusals(
        Given(SYNC_SET, {}), {"azure-native:redhatopenshift:*": "reviewed by the platform team"}
    )


@pytest.mark.parametrize(
    "token",
    [
        "aws:ec2/vpc:Vpc",  # reviewed
        "aws:s3/bucket:Bucket",  # evaluated by a predicate
        "aws:iot/authorizer:Authorizer",  # evaluated by a row only
        "azure-native:storage:PrivateEndpointConnection",  # evaluated, whatever the service
        "kubernetes:core/v1:ConfigMap",  # of a package with a rule of its own
        "random:index/randomId:RandomId",
    ],
)
def test_other_types_are_silent(token: str) -> None:
    assert RULE not in refusals(Given(token, {}))


def test_a_violation_of_a_reviewed_type_is_still_refused() -> None:
    """The list waives a guardrail of the type's own, and none of those on every text."""
    provider = {"region": "me-central-1", "allowedAccountIds": ["123456789012"]}
    body = {"arn": "arn:aws:lambda:me-central-1:999999999999:function:f"}
    given = Given("aws:eks/addon:Addon", {"configurationValues": json.dumps(body)}, provider=provider)
    assert "FJ-IDN-116" in refusals(given)


def test_the_list_has_types_of_the_sdks_that_no_guardrail_names() -> None:
    listed = reviewed_types()
    known = set(sdk("pulumi_aws").tokens) | set(sdk("pulumi_azure_native").tokens)
    assert sorted(listed.keys() - known) == []
    assert sorted(listed.keys() & evaluated_types(ALL)) == [], "a guardrail evaluates it: take it off the list"
    assert list(listed) == sorted(listed)
    assert set(listed.values()) == REASONS.keys()


def test_what_is_left_off_on_purpose_is_not_on_the_list() -> None:
    assert [token for token in reviewed_types() if token.startswith(LEFT_OFF)] == []


def test_types_that_only_cost_money_have_a_price_that_somebody_states() -> None:
    """FJ-COST-004 only reports a type that is charged by its use alone."""
    by_cost = {token for token, reason in reviewed_types().items() if reason == "cost"}
    assert sorted(by_cost & type_charges().keys()) == []
