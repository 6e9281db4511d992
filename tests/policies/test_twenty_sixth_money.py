"""Copies in a circle, what workflows submit, pools of approvers and promotions: the time that they take, and limits."""

import time

import pytest
from guardrails.cost.loops import check_loops
from guardrails.cost.mirrored_topics import check_mirrored
from guardrails.engine.plan import Plan
from guardrails.engine.reading import Resource
from guardrails.unverifiable.approval_pools import check_approval_pools
from guardrails.unverifiable.promotions import check_promotions
from guardrails.unverifiable.self_approvals import check_self_approvals

from .attacks.twenty_fourth_money_b import text
from .attacks.twenty_sixth_money import SAME_NAMES, mirror, repeating
from .attacks.twenty_sixth_money_b import approvals, release
from .blind import ME, crd
from .harness import Given
from .test_twenty_fifth_money import planned

_LONG = 50_000
_ROLE = f"arn:aws:sts::{ME}:assumed-role"


def resource(given: Given) -> Resource:
    """Returns a resource of the engine."""
    return Resource(given.urn, given.type, given.name, dict(given.props))  # type: ignore[arg-type]


def promoted(**policy: object) -> Given:
    """Returns a project of Kargo with one policy."""
    return crd("kargo.akuity.io/v1alpha1:ProjectConfig", {"promotionPolicies": [
        {"autoPromotionEnabled": True, **policy}]}, "payments")  # fmt: skip


@pytest.mark.parametrize("is_loop", [False, True])
def test_a_chain_of_many_copies_is_read_fast(is_loop: bool) -> None:
    plan = planned(*(mirror(f"s{n}", f"s{n + 1}" if n < 999 else "s0" if is_loop else "last") for n in range(1_000)))
    begin = time.process_time()
    found = [item for item in list(plan.resources.values())[:10] for _ in check_mirrored(item, plan)]
    assert len(found) == (10 if is_loop else 0)
    assert time.process_time() - begin < 5


@pytest.mark.parametrize("hostile", [
    "workflowTemplateRef: {" * _LONG, "argo submit " * _LONG, "a->" * _LONG, f"{SAME_NAMES} " + "a" * _LONG,
    "prod-" * _LONG, "regex:" + "." * _LONG, "aB" * _LONG, "|a," * _LONG,
])  # fmt: skip
def test_hostile_texts_take_no_time(hostile: str) -> None:
    begin = time.process_time()
    givens = (
        repeating(resource={"action": "create", "manifest": hostile}), repeating(script={"source": hostile}),
        *text("mirror", "mm2.properties", hostile), promoted(stage=hostile), *approvals(hostile),
        *approvals(f"{_ROLE}/{hostile}"), *release(hostile))  # fmt: skip
    plan = Plan({})
    for item in map(resource, givens):
        found = [*check_loops(item, plan), *check_mirrored(item, plan), *check_promotions(item, plan),
                 *check_approval_pools(item), *check_self_approvals(item)]  # fmt: skip
        assert len(found) < 2
    assert time.process_time() - begin < 5


@pytest.mark.parametrize(
    ("member", "is_refused"),
    [
        (f"{_ROLE}/PlatformReviewers/*", False), (f"{_ROLE}/release-managers/*", False),
        (f"CodeCommitApprovers:{ME}:Mary_Major", False), (f"arn:aws:iam::{ME}:user/mary", False),
        (f"{_ROLE}/Cicero/*", False), (f"{_ROLE}/CodeBuildRole/*", True), (f"{_ROLE}/github-actions-deploy/*", True),
        (f"arn:aws:iam::{ME}:user/jenkins", True), (f"CodeCommitApprovers:{ME}:*", True), (f"{_ROLE}/*/*", True),
        ("*", True),
    ],
)  # fmt: skip
def test_programs_are_known_by_the_words_of_their_names(member: str, is_refused: bool) -> None:
    template, _ = approvals(member)
    assert bool(list(check_approval_pools(resource(template)))) is is_refused


@pytest.mark.parametrize(
    ("policy", "is_refused"),
    [
        ({"stage": "prod"}, True), ({"stages": ["uat", "prod-uae"]}, True), ({"stageSelector": {"name": "live"}}, True),
        ({"stageSelector": {"name": "regex:.*"}}, True), ({"stageSelector": {"name": "regex:^prod-.*$"}}, True),
        ({"stageSelector": {"matchExpressions": [{"key": "tier", "operator": "In", "values": ["production"]}]}}, True),
        ({"stage": "preprod"}, False), ({"stage": "non-prod"}, False), ({"stage": "product-test"}, False),
        ({"stageSelector": {"name": "glob:test-*"}}, False), ({"stage": "prod", "autoPromotionEnabled": False}, False),
        ({"stageSelector": {"matchExpressions": [{"key": "tier", "operator": "NotIn", "values": ["prod"]}]}}, False),
    ],
    ids=str,
)  # fmt: skip
def test_stages_of_production_are_known_by_their_names(policy: dict[str, object], is_refused: bool) -> None:
    assert bool(list(check_promotions(resource(promoted(**policy)), Plan({})))) is is_refused
