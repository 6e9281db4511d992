"""Mailboxes, machines and topics that the mends after the twenty-fourth set tell apart."""

import pytest
from guardrails.cost.called_counts import _LARGE_MACHINE
from guardrails.cost.recipients import is_read
from guardrails.cost.self_calls import _covers
from guardrails.unverifiable.aws_narrowings import _BEGINNING_OF_BRANCH
from guardrails.unverifiable.pipeline_reviews import _OPEN_PATTERN, _deploys
from guardrails.unverifiable.pipeline_reviews import evaluates as evaluates_change


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("finops@example.ae", True),
        ("reply@example.ae", True),
        ("nobel@example.ae", True),
        ("avoid@example.ae", True),
        ("noreply@example.ae", False),
        ("no-reply+costs@example.ae", False),
        ("cloud.do-not-reply@example.ae", False),
        ("/dev/null", True),
        ("dev-null@example.ae", False),
        ("Nobody@example.ae", False),
        ("", False),
    ],
)
def test_mailboxes_that_somebody_reads(address: str, expected: bool) -> None:
    assert is_read(address) is expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("db.m7g.4xlarge", False),
        ("db.r7g.12xlarge", False),
        ("db.r7g.16xlarge", True),
        ("db.x2iedn.xlarge", True),
        ("p5.48xlarge", True),
        ("g6.xlarge", True),
        ("c7g.large", False),
        ("m7i.metal-24xl", True),
        ("ml.p5.48xlarge", False),
        ("ra3.4xlarge", False),
        ("r6g.16xlarge.search", True),
        ("cache.m7g.large", False),
        ("db.x2g.large", False),
        ("x2gd.medium", False),
        ("x2gd.16xlarge", True),
    ],
)
def test_machines_that_need_approval(name: str, expected: bool) -> None:
    assert (_LARGE_MACHINE.fullmatch(name) is not None) is expected


@pytest.mark.parametrize(
    ("pattern", "topic", "expected"),
    [
        ("meters/#", "meters/checked", True),
        ("meters/+", "meters/checked", True),
        ("meters/+/raw", "meters/1/checked", False),
        ("meters/+", "meters/1/checked", False),
        ("meters/+/raw", "meters/1", False),
        ("meters", "meters", True),
        ("meters", "checked", False),
        ("#", "checked", True),
        ("#", "$$aws/things/a/shadow/update", False),
        ("$aws/events/#", "$aws/events/a", True),
        ("meters/+", "${topic()}", True),
        ("meters/+", "meters/${topic(2)}", True),
    ],
)
def test_topics_that_a_rule_selects(pattern: str, topic: str, expected: bool) -> None:
    assert _covers(pattern, topic) is expected


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("refs/heads/main", True),
        ("^refs/heads/main", True),
        ("^refs/heads/(main|master)", True),
        ("main", True),
        ("^refs/heads/main$", False),
        ("^refs/heads/release/", False),
        ("^refs/heads/.*", False),
        ("^refs/tags/v1", False),
    ],
)
def test_patterns_of_branches_without_an_end(pattern: str, expected: bool) -> None:
    assert (_BEGINNING_OF_BRANCH.fullmatch(pattern) is not None) is expected


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("main", False),
        ("release/*", False),
        ("**", True),
        ("*", True),
        ("feature/*", True),
        ("users/**", True),
        ("Feat/*", True),
        ("main-*", False),
        ("main*", True),
        ("master?", True),
        ("[mM]ain", False),
        ("[a-z]*", True),
    ],
)
def test_patterns_of_branches_without_protection(pattern: str, expected: bool) -> None:
    assert (_OPEN_PATTERN.fullmatch(pattern) is not None) is expected


@pytest.mark.parametrize(
    ("name", "deploys", "evaluates"),
    [
        ("Deploy", True, False),
        ("APIDeploy", True, False),
        ("PulumiUp", True, False),
        ("platform-pulumi-up", True, False),
        ("up", True, False),
        ("set-up", False, False),
        ("prod", True, False),
        ("build-prod", False, False),
        ("deploy-policies", True, False),
        ("Guardrails", False, True),
        ("review-release", True, True),
    ],
)
def test_names_of_actions(name: str, deploys: bool, evaluates: bool) -> None:
    action = {"name": name, "category": "Build", "configuration": {}}
    assert (_deploys(action), evaluates_change(action)) == (deploys, evaluates)
