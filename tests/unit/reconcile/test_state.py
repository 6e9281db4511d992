"""Resources of a state: which identity each type has, and exports that are none."""

import json
from typing import Any

import pytest

from falaj.finops.errors import BadInput
from falaj.reconcile.state import key_of, read
from tests.unit.reconcile.states import BUCKET, GATEWAY, ROLE, TAGS, VAULT, VPC, arn, export, row, state, urn

ENTRY = arn("access-entry/c/role/1/deployer/u-1", "eks")
ASSOCIATION = arn("podidentityassociation/c/a-1", "eks")
TOPIC = arn("alarms", "sns")


@pytest.mark.parametrize(
    ("given", "ids", "expected"),
    [
        (VPC, (arn("vpc/vpc-1"),), True),
        (GATEWAY, ("natgateway/nat-1",), True),
        (BUCKET, ("arn:aws:s3:::data-1a2b",), True),
        (ROLE, (arn("role/job", "iam", ""),), False),  # GetResources lists no roles
        (row("aws:eks/accessEntry:AccessEntry", "e", "c:role", accessEntryArn=ENTRY, principalArn=TOPIC),
         (ENTRY,), True),
        (row("aws:eks/podIdentityAssociation:PodIdentityAssociation", "a", "a-1", associationArn=ASSOCIATION),
         (ASSOCIATION,), True),
        (row("aws:sns/topic:Topic", "t", TOPIC, arn=TOPIC), (TOPIC,), True),
        (row("aws:sns/topicPolicy:TopicPolicy", "t", TOPIC, None, arn=TOPIC), (), False),
        (row("aws:cloudwatch/eventTarget:EventTarget", "t", "t-1", None, arn=TOPIC), (), False),
        (row("aws:rds/instance:Instance", "db", "db-1", arn=arn("db:db-1", "rds")), (arn("db:db-1", "rds"),), False),
        (VAULT, (VAULT["id"].lower(),), True),
        ({**VPC, "delete": True}, (arn("vpc/vpc-1"),), False),
        ({**VPC, "external": True}, (arn("vpc/vpc-1"),), False),
        ({**VPC, "outputs": {"tags": TAGS}}, (), False),
    ],
)  # fmt: skip
def test_the_identity_of_a_resource(given: dict[str, Any], ids: tuple[str, ...], expected: bool) -> None:
    [found] = state(given).resources
    assert (found.ids, found.expected) == (ids, expected)


def test_components_and_providers_are_no_resources_of_a_cloud() -> None:
    component = {"urn": urn("falaj:aws:Vault", "v"), "type": "falaj:aws:Vault", "custom": False}
    provider = row("pulumi:providers:aws", "aws", "p-1")
    assert state(component, provider).resources == ()


def test_interrupted_creates_are_told_and_other_operations_are_not() -> None:
    pending = tuple({"type": kind, "resource": {"urn": urn("a:b/c:C", kind)}} for kind in ("creating", "updating"))
    assert read(export(pending=pending), "x").pending_creates == (urn("a:b/c:C", "creating"),)
    assert read('{"deployment": {"pending_operations": null}}', "x").pending_creates == ()


def test_tags_that_the_provider_adds_count_and_secret_ones_do_not() -> None:
    secret = {"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", "ciphertext": "v1:abc"}
    [found] = state(
        row("aws:ec2/vpc:Vpc", "v", "vpc-1", {"owner": secret}, tagsAll={**TAGS, "owner": secret})
    ).resources
    assert found.tags == TAGS


@pytest.mark.parametrize(
    ("given", "key"),
    [
        (arn("log-group:/falaj/flows:*", "logs"), arn("log-group:/falaj/flows", "logs")),
        ("/subscriptions/A/resourceGroups/RG/", "/subscriptions/a/resourcegroups/rg"),
        (arn("role/Job", "iam", ""), arn("role/Job", "iam", "")),
    ],
)
def test_forms_of_one_identity_are_equal(given: str, key: str) -> None:
    assert key_of(given) == key


@pytest.mark.parametrize(
    "given",
    [
        "",
        "[]",
        "{}",
        '{"deployment": []}',
        '{"deployment": {"resources": {}}}',
        '{"deployment": {"resources": [1]}}',
        '{"deployment": {"resources": [{"custom": true}]}}',
        json.dumps({"deployment": {"resources": [{"urn": "u", "custom": True}]}}),
        json.dumps({"deployment": {"resources": [{"urn": "u", "custom": True, "type": 3}]}}),
        '{"deployment": {"pending_operations": [{"type": "creating"}]}}',
        '{"deployment": {"pending_operations": [{"type": "creating", "resource": 7}]}}',
    ],
)
def test_what_is_no_export_is_refused_in_one_sentence(given: str) -> None:
    with pytest.raises(BadInput, match=r"^state\.json: [^\n]+$"):
        read(given, "state.json")


def test_outputs_of_another_shape_are_no_error() -> None:
    [found] = state({**VPC, "outputs": None, "id": 5}).resources
    assert (found.ids, found.tags, found.expected) == ((), {}, False)
