"""Families of attacks on IAM, resource and trust policies; `tests/exhaustive` draws more of each."""

from typing import Any

import pytest
from hypothesis import given, settings

from falaj.facts.iam_conditions import Narrowing
from tests.thorough import many

from . import policy_attacks as attacks
from .iam_reference import matches_request

FEW = settings(max_examples=many(50), deadline=None)
ORG, OTHER, KEY = attacks.ORG, {"aws:principalorgid": attacks.FOREIGN_ORG}, "aws:PrincipalOrgID"


@pytest.mark.parametrize(
    ("operator", "values", "own", "other", "absent"),
    [
        ("StringEquals", ORG, True, False, False),
        ("StringEqualsIfExists", ORG, True, False, True),
        ("StringNotEquals", ORG, False, True, True),
        ("StringLike", "o-*", True, True, False),
        ("StringLike", "", False, False, False),
        ("StringEquals", "*", False, False, False),
        ("ForAllValues:StringEquals", ORG, True, False, True),
        ("ForAnyValue:StringEquals", ORG, True, False, False),
        ("ForAnyValue:StringLike", "*", True, True, False),
        ("Null", "true", False, False, True),
        ("Null", "false", True, True, False),
        ("StringNotLike", "zzz", True, True, True),
        ("stringequals", ORG, True, False, False),
        ("StringEquals", "${aws:PrincipalOrgID}", True, True, False),
        ("StringEquals", [ORG, "${aws:PrincipalOrgID}"], True, True, False),
        ("StringEquals", "${aws:ResourceOrgID}", False, False, False),
    ],
)
def test_the_reference_follows_the_documentation(
    operator: str, values: Any, own: bool, other: bool, absent: bool
) -> None:
    condition = {operator: {KEY: values}}
    requests = ({KEY.lower(): ORG}, OTHER, {})
    assert [matches_request(condition, request) for request in requests] == [own, other, absent]


@FEW
@given(attacks.open_conditions())
def test_a_public_policy_that_a_stranger_can_use_is_refused(condition: attacks.Condition) -> None:
    assert attacks.refused_bucket(condition, attacks.LISTED)


@FEW
@given(attacks.confining(Narrowing.CALLER))
def test_a_public_policy_for_known_callers_passes(condition: attacks.Condition) -> None:
    assert not attacks.refused_bucket(condition)


@FEW
@given(attacks.idle_conditions())
def test_an_identity_policy_under_an_idle_condition_is_refused(condition: attacks.Condition) -> None:
    assert "FJ-IDN-104" in attacks.identity_rules("dynamodb:GetItem", condition)


@FEW
@given(attacks.confining(Narrowing.RESOURCE))
def test_an_identity_policy_for_known_resources_passes(condition: attacks.Condition) -> None:
    attacks.check_narrowed_resource(condition)


@FEW
@given(attacks.subjects())
def test_a_subject_that_others_have_is_refused(case: tuple[str, str]) -> None:
    attacks.check_subject(*case)


@FEW
@given(attacks.own_subjects())
def test_a_subject_of_ones_own_passes(case: tuple[str, str]) -> None:
    issuer, subject = case
    # FJ-IDN-118 is about the issuer, not the subject.
    assert attacks.refused_trust(issuer, {"StringLike": {f"{issuer}:sub": subject}}) <= {"FJ-IDN-118"}
