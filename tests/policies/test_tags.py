"""Cost tags: the effective tags of a resource, from the resource or from the provider's defaults."""

import json
from collections.abc import Mapping

import pytest
from guardrails.engine.sdk_types import LOCATED_AZURE, TAGGABLE, UNTRACKED_PARTS

from tests.samples import COST_TAGS as TAGS

from .harness import UNKNOWN, UNKNOWN_OBJECT, Given, Pack, blocking, rules, secret

PACK = Pack()
VPC = "aws:ec2/vpc:Vpc"
VNET = "azure-native:network:VirtualNetwork"
GROUP = "aws:autoscaling/group:Group"
TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate"
DEFAULTS = {"region": "me-central-1", "defaultTags": json.dumps({"tags": TAGS})}
WITHOUT_OWNER = {key: value for key, value in TAGS.items() if key != "owner"}


def _vpc(provider: Mapping[str, object] | None = None, **props: object) -> set[str]:
    return blocking(PACK.evaluate_resource(Given(VPC, props, provider=provider)))


def test_tags_on_the_resource_count() -> None:
    assert _vpc(tags=TAGS) == set()


@pytest.mark.parametrize("key", sorted(TAGS))
def test_each_missing_tag_is_named(key: str) -> None:
    props = {"tags": {name: value for name, value in TAGS.items() if name != key}}
    reports = PACK.evaluate_resource(Given(VPC, props))
    assert blocking(reports) == {"FJ-TAG-001"}
    assert f"lacks the cost tags {key}." in reports[0].text


@pytest.mark.parametrize("tags", [{}, None, {"Owner": "x", **WITHOUT_OWNER}, {**TAGS, "owner": ""}])
def test_absent_empty_and_misspelt_tags_are_missing(tags: object) -> None:
    assert _vpc(tags=tags) == {"FJ-TAG-001"}


def test_provider_defaults_count_as_json_and_as_object() -> None:
    assert _vpc(DEFAULTS) == set()
    assert _vpc({"region": "me-central-1", "defaultTags": {"tags": TAGS}}) == set()
    assert _vpc(DEFAULTS, tags={"owner": ""}) == {"FJ-TAG-001"}


def test_tags_all_takes_precedence() -> None:
    assert _vpc(tags={}, tagsAll=TAGS) == set()
    assert _vpc(DEFAULTS, tags=TAGS, tagsAll=WITHOUT_OWNER) == {"FJ-TAG-001"}


def test_an_unknown_value_passes_and_unknown_tags_are_undetermined() -> None:
    assert _vpc(tags={**TAGS, "owner": UNKNOWN}) == set()
    assert _vpc(DEFAULTS, tagsAll=UNKNOWN_OBJECT, tags={"Name": UNKNOWN}) == set()
    reports = PACK.evaluate_resource(Given(VPC, {"tags": UNKNOWN_OBJECT}))
    assert blocking(reports) == set()
    assert rules(reports) == {"FJ-TAG-001"}


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("cost-centre", "department 9"),
        ("environment", "production"),
        ("owner", "me@example.org"),
        ("data-classification", "public"),
        ("project", "Arabic LLM"),
        ("business-unit", "a" * 64),
    ],
)
def test_invalid_values_are_refused_without_being_repeated(key: str, value: str) -> None:
    reports = PACK.evaluate_resource(Given(VPC, {"tags": {**TAGS, key: secret(value)}}))
    assert blocking(reports) == {"FJ-TAG-002"}
    assert value not in reports[0].text


def test_keys_are_case_insensitive_on_azure_and_case_sensitive_on_aws() -> None:
    upper = {key.upper(): value for key, value in TAGS.items()}
    assert blocking(PACK.evaluate_resource(Given(VNET, {"location": "uaenorth", "tags": upper}))) == set()
    assert _vpc(tags=upper) == {"FJ-TAG-001"}


def test_untaggable_types_are_not_evaluated() -> None:
    for token in (
        "azure-native:storage:BlobContainerLegalHold",
        "aws:efs/mountTarget:MountTarget",
        "aws:ec2/route:Route",
        "azure-native:network:VirtualNetworkPeering",
        "azure-native:authorization:RoleAssignment",
    ):
        assert PACK.evaluate_resource(Given(token, {})) == []


def test_query_packs_are_tagged_and_their_queries_are_not() -> None:
    pack, query = "azure-native:operationalinsights:QueryPack", "azure-native:operationalinsights:Query"
    assert blocking(PACK.evaluate_resource(Given(pack, {"location": "uaenorth"}))) == {"FJ-TAG-001"}
    assert PACK.evaluate_resource(Given(query, {"tags": {"kind": ["x"]}})) == []


def test_auto_scaling_group_tags_must_propagate() -> None:
    tags = [{"key": key, "value": value, "propagateAtLaunch": True} for key, value in TAGS.items()]
    assert blocking(PACK.evaluate_resource(Given(GROUP, {"tags": tags}))) == set()
    assert blocking(PACK.evaluate_resource(Given(GROUP, {"tags": tags[1:]}, provider=DEFAULTS))) == {"FJ-TAG-001"}
    tags[0]["propagateAtLaunch"] = False
    assert blocking(PACK.evaluate_resource(Given(GROUP, {"tags": tags}))) == {"FJ-TAG-003"}


def test_launch_templates_tag_instances_and_volumes() -> None:
    disk = {"ebs": {"encrypted": "true", "kmsKeyId": UNKNOWN}}
    props: dict[str, object] = {
        "tags": TAGS,
        "blockDeviceMappings": [disk],
        "metadataOptions": {"httpTokens": "required"},
    }
    all_specifications = [{"resourceType": kind, "tags": TAGS} for kind in ("volume", "instance")]
    for specifications, expected in (
        (all_specifications, set()),
        (all_specifications[:1], {"FJ-TAG-003"}),
        ([], {"FJ-TAG-003"}),
    ):
        template = Given(TEMPLATE, {**props, "tagSpecifications": specifications})
        assert blocking(PACK.evaluate_resource(template)) == expected


@pytest.mark.parametrize("token", sorted(UNTRACKED_PARTS))
def test_parts_that_no_cost_report_has_need_no_tags(token: str) -> None:
    assert "FJ-TAG-001" not in rules(PACK.evaluate_resource(Given(token, {})))
    assert token in TAGGABLE
    assert token not in LOCATED_AZURE or token.startswith("azure-native:cosmosdb:")


@pytest.mark.parametrize(
    "kind", ["batch:Pool", "servicefabric:NodeType", "cognitiveservices:Account", "keyvault:Vault"]
)
def test_what_starts_machines_or_is_billed_needs_tags(kind: str) -> None:
    assert "FJ-TAG-001" in rules(PACK.evaluate_resource(Given(f"azure-native:{kind}", {})))
