"""What accounts list against states: who lacks what, and what cannot be compared."""

from typing import Any

import pytest

from falaj.facts.clouds import Cloud
from falaj.reconcile.compare import Comparison, OtherAccount, compare
from falaj.reconcile.listed import Listed, Listing, Place
from tests.unit.reconcile.states import (
    ACCOUNT,
    BUCKET,
    GATEWAY,
    REGION,
    ROLE,
    SUBSCRIPTION,
    TAGS,
    VAULT,
    VPC,
    arm_id,
    arn,
    row,
    state,
)

HERE, GLOBAL = Place(Cloud.AWS, ACCOUNT, REGION), Place(Cloud.AWS, ACCOUNT, "us-east-1")
SUBSCRIBED = Place(Cloud.AZURE, SUBSCRIPTION)
GATEWAY_ARN = arn("natgateway/nat-1")


def listing(place: Place, *ids: str, hides: bool = False, owner: str = "") -> Listing:
    return Listing(place, [Listed(identifier, "type", owner=owner) for identifier in ids], hides)


def compared(listings: list[Listing], *rows: dict[str, Any]) -> Comparison:
    return compare(listings, state(*rows), TAGS)


def test_equal_sides_match_whatever_form_their_identities_have() -> None:
    listed = listing(HERE, VPC["outputs"]["arn"], GATEWAY_ARN, "arn:aws:s3:::data-1a2b")
    azure = listing(SUBSCRIBED, VAULT["id"].upper().replace("/SUBSCRIPTIONS", "/subscriptions"))
    found = compared([listed, listing(GLOBAL), azure], VPC, GATEWAY, BUCKET, VAULT, ROLE)
    assert (found.is_equal, found.known, found.not_comparable) == (True, 4, 1)


def test_what_no_state_has_is_lacking() -> None:
    found = compared([listing(HERE, VPC["outputs"]["arn"], arn("vpc/vpc-2"))], VPC)
    assert [item.id for item in found.lacking] == [arn("vpc/vpc-2")]
    assert (found.known, found.not_seen, found.is_equal) == (1, [], False)


def test_a_topic_is_lacking_although_its_policy_is_in_the_state() -> None:
    topic = arn("alarms", "sns")
    policy = row("aws:sns/topicPolicy:TopicPolicy", "alarms", topic, None, arn=topic)
    assert [item.id for item in compared([listing(HERE, topic)], policy).lacking] == [topic]


def test_what_is_listed_in_two_regions_is_one_resource() -> None:
    found = compared([listing(HERE, arn("vpc/vpc-2")), listing(GLOBAL, arn("vpc/vpc-2"))])
    assert len(found.lacking) == 1


def test_what_no_account_lists_is_not_seen() -> None:
    found = compared([listing(HERE), listing(SUBSCRIBED, hides=True)], VPC, GATEWAY, VAULT, ROLE)
    assert [item.urn for item in found.not_seen] == [VPC["urn"], GATEWAY["urn"], VAULT["urn"]]
    assert (found.is_equal, found.not_comparable, found.silent) == (False, 1, [SUBSCRIBED])


def test_an_account_that_lists_something_is_not_silent() -> None:
    assert compared([listing(SUBSCRIBED, arm_id("/x"), hides=True)], VAULT).silent == []


def test_what_clusters_and_services_create_is_no_difference() -> None:
    found = compared([listing(HERE, arn("instance/i-1"), owner="a controller")])
    assert (found.is_equal, len(found.owned_by_others), found.lacking) == (True, 1, [])


@pytest.mark.parametrize(
    "given",
    [
        row("aws:ec2/vpc:Vpc", "other", "vpc-3", {**TAGS, "project": "other"}, arn=arn("vpc/vpc-3")),
        row("aws:ec2/vpc:Vpc", "bare", "vpc-3", {}, arn=arn("vpc/vpc-3")),
        row("aws:ec2/vpc:Vpc", "abroad", "vpc-3", arn=arn("vpc/vpc-3", region="eu-west-1")),
        row("aws:kms/alias:Alias", "alias", "alias/a", None, arn=arn("alias/a", "kms")),
        VAULT,  # its subscription was not asked
        {**VPC, "delete": True},
    ],
)
def test_what_a_list_cannot_have_is_not_missed(given: dict[str, Any]) -> None:
    found = compared([listing(HERE)], given)
    assert (found.not_seen, found.not_comparable) == ([], 1)


def test_a_gateway_is_not_missed_if_only_the_other_cloud_was_asked() -> None:
    assert compared([listing(SUBSCRIBED)], GATEWAY).not_seen == []


def test_a_global_resource_is_asked_for_in_each_region() -> None:
    policy = row("aws:iam/policy:Policy", "p", "p", arn=arn("policy/p", "iam", ""))
    assert [item.urn for item in compared([listing(GLOBAL)], policy).not_seen] == [policy["urn"]]


def test_credentials_of_another_account_are_refused() -> None:
    with pytest.raises(OtherAccount, match=f"of 999988887777, and the resources of the state are in {ACCOUNT}; use"):
        compared([listing(Place(Cloud.AWS, "999988887777", REGION))], VPC, BUCKET)


def test_a_state_without_accounts_refuses_no_credentials() -> None:
    assert compared([listing(Place(Cloud.AWS, "999988887777", REGION), "arn:aws:s3:::data-1a2b")], BUCKET).is_equal
