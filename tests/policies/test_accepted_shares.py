"""Whose resource shares an identity accepts: `ram:ShareOwnerAccountId` fixes it (AWS, "Actions, resources, and
condition keys for AWS Resource Access Manager", AcceptResourceShareInvitation, read 2026-11-30). The id of an
invitation is random, so that no program names one beforehand."""

import pytest
from guardrails.engine.enforcement import Enforcement

from .blind import ME, aws, policy, statement
from .harness import Pack, rules
from .test_idioms import SETTINGS, merged

RULE = "FJ-IDN-109"
NETWORK = "111122223333"
ACCEPTS = ["ram:AcceptResourceShareInvitation", "ram:GetResourceShareInvitations"]
INVITATIONS = f"arn:aws:ram:me-central-1:{NETWORK}:resource-share-invitation/*"


@pytest.mark.parametrize("resource", ["*", INVITATIONS, "arn:aws:ram:*:*:resource-share-invitation/*"])
@pytest.mark.parametrize(("condition", "is_refused"), [
    (None, True), ({"StringEquals": {"ram:ShareOwnerAccountId": NETWORK}}, False),
    ({"StringEqualsIfExists": {"ram:ShareOwnerAccountId": [NETWORK, ME]}}, False),
    ({"ForAnyValue:StringEquals": {"ram:ShareOwnerAccountId": NETWORK}}, False),
    ({"StringLike": {"ram:ShareOwnerAccountId": "*"}}, True),
    ({"StringNotEqualsIfExists": {"ram:ShareOwnerAccountId": NETWORK}}, True),
    ({"StringNotEquals": {"ram:ShareOwnerAccountId": NETWORK}}, True),
    ({"StringEquals": {"ram:ResourceShareName": "*"}}, True),
])  # fmt: skip
def test_invitations_of_one_owner_are_accepted(resource: str, condition: object, is_refused: bool) -> None:
    assert (RULE in rules(Pack().evaluate_plan(policy(statement(ACCEPTS, resource, condition))))) is is_refused


def test_a_share_of_a_listed_account_is_accepted() -> None:
    share = aws("ram/ResourceShareAccepter", {"shareArn": f"arn:aws:ram:me-central-1:{NETWORK}:resource-share/1b2c"})
    listed = merged(SETTINGS, {"identity": {"trusted": {NETWORK: "the network account of the bank"}}})
    assert "FJ-IDN-116" in rules(Pack(Enforcement.model_validate(SETTINGS)).evaluate_plan(share))
    assert "FJ-IDN-116" not in rules(Pack(Enforcement.model_validate(listed)).evaluate_plan(share))
