"""Many attacks of each family on IAM, resource and trust policies, and as many good counterparts."""

from hypothesis import given, settings
from hypothesis import strategies as st

from falaj.facts.iam_conditions import Narrowing
from tests.policies import policy_attacks as attacks
from tests.thorough import many

MANY = settings(max_examples=many(500), deadline=None)


@MANY
@given(attacks.open_conditions())
def test_no_public_policy_that_a_stranger_can_use_passes(condition: attacks.Condition) -> None:
    assert attacks.refused_bucket(condition, attacks.LISTED)


@MANY
@given(attacks.idle_conditions())
def test_no_identity_policy_passes_under_an_idle_condition(condition: attacks.Condition) -> None:
    assert "FJ-IDN-104" in attacks.identity_rules("dynamodb:GetItem", condition)


@MANY
@given(attacks.subjects())
def test_no_subject_that_others_have_passes(case: tuple[str, str]) -> None:
    attacks.check_subject(*case)


@MANY
@given(st.sampled_from((Narrowing.CALLER, Narrowing.RESOURCE)).flatmap(attacks.confining), attacks.own_subjects())
def test_every_good_counterpart_passes(condition: attacks.Condition, case: tuple[str, str]) -> None:
    issuer, subject = case
    # That the issuer is listed is asked by a rule of its own.
    assert attacks.refused_trust(issuer, {"StringLike": {f"{issuer}:sub": subject}}) <= {"FJ-IDN-118"}
    refused = attacks.refused_bucket(condition)
    assert not refused or attacks.identity_rules("dynamodb:GetItem", condition) == set()
