"""Values of cost tags: placeholders, and the environment of the stack."""

from collections.abc import Mapping

import pytest
from guardrails.engine.enforcement import Enforcement
from guardrails.readers.environments import environment_of_stack
from hypothesis import given
from hypothesis import strategies as st

from falaj.facts.tags import COST_TAGS
from tests.samples import COST_TAGS as TAGS

from .harness import UNKNOWN, Given, Pack

BUCKET = "aws:s3/bucket:Bucket"
BY_KEY = {tag.key: tag for tag in COST_TAGS}
PLACEHOLDERS = ("tbd", "todo", "none", "na", "unknown", "test", "foo", "default", "changeme", "null", "dummy", "owner")
TEAMS = (
    "ml-platform-team", "data-team", "hr", "it", "qa-team", "change-data-capture", "test-automation", "platform",
    "retail-banking", "arabic-llm", "finops", "sre", "noc", "team-1", "abc-bank", "null-safety-tools", "default-risk",
    "other-income", "sample-analytics", "b2b", "x-ray", "e2e-tests", "temporal", "anyscale", "nilai", "unknown-traffic",
)  # fmt: skip
PACK = Pack(Enforcement.model_validate({"default": {}, "tags": {"environments": {"platform": "staging"}}}))


def _rules(props: Mapping[str, object], stack: str = "prod-uae", token: str = BUCKET) -> set[str]:
    reports = PACK.evaluate_resource(Given(token, props, stack=stack))
    return {item.rule for item in reports if item.rule.startswith("FJ-TAG") and item.mandatory}


@st.composite
def _placeholders(draw: st.DrawFn) -> str:
    words = draw(st.lists(st.sampled_from(PLACEHOLDERS), min_size=1, max_size=3))
    padded = [word + draw(st.sampled_from(["", "", "1", "01", "123"])) for word in words]
    return draw(st.sampled_from(["-", ".", "_", "--"])).join(padded)


@given(_placeholders() | st.sampled_from("abcxyz019").map(lambda letter: letter * 3))
def test_a_placeholder_is_recognised_however_it_is_spelled(value: str) -> None:
    assert BY_KEY["owner"].is_placeholder(value)
    assert BY_KEY["owner"].is_placeholder(value.upper())


@pytest.mark.parametrize("name", TEAMS)
def test_the_name_of_a_team_is_no_placeholder(name: str) -> None:
    for key in ("owner", "project", "business-unit"):
        assert _rules({"tags": TAGS | {key: name}}) == set()


@pytest.mark.parametrize(
    ("value", "refused"), [("cc-000", True), ("cc-1111", True), ("cc-100", False), ("cc-12", True)]
)
def test_a_cost_centre_is_no_row_of_one_digit(value: str, refused: bool) -> None:
    assert _rules({"tags": TAGS | {"cost-centre": value}}) == ({"FJ-TAG-002"} if refused else set())


def test_choices_are_no_placeholders() -> None:
    assert not BY_KEY["environment"].is_placeholder("test")
    assert not BY_KEY["data-classification"].is_placeholder("open")


@pytest.mark.parametrize(
    ("stack", "environment"),
    [
        ("prod-uae", "prod"), ("production", "prod"), ("acme.prd.uae", "prod"), ("dev", "dev"), ("team_dev2", "dev"),
        ("staging", "staging"), ("qa", "test"), ("delivery", ""), ("devices", ""), ("a13", ""), ("prod-test", ""),
        ("live", "prod"), ("preprod", "staging"), ("stg", "staging"), ("stage", "staging"), ("testing", "test"),
        ("tst", "test"), ("uat-2", "test"), ("development", "dev"), ("develop", "dev"), ("sandbox", "dev"),
    ],
)  # fmt: skip
def test_the_name_of_a_stack_says_its_environment(stack: str, environment: str) -> None:
    assert environment_of_stack(stack) == environment


@pytest.mark.parametrize(
    ("stack", "environment", "refused"),
    [
        ("prod-uae", "prod", False),
        ("prod-uae", "dev", True),
        ("prod-uae", UNKNOWN, False),
        ("dev", "prod", True),
        ("dev", "dev", False),
        ("a13", "dev", False),
        ("platform", "staging", False),
        ("platform", "prod", True),
    ],
)
def test_the_environment_tag_is_that_of_the_stack(stack: str, environment: str, refused: bool) -> None:
    tags = TAGS | {"environment": environment}
    expected = {"FJ-TAG-009"} if refused else set()
    assert _rules({"tags": tags}, stack) == expected
    labels = {"metadata": {"name": "a", "labels": tags}}
    assert _rules(labels, stack, "kubernetes:core/v1:Namespace") == expected
    assert _rules({"tags": tags}, stack, "azure-native:network:VirtualNetwork") == expected


def test_a_tag_with_no_environment_does_not_hide_another() -> None:
    machines = [{"resourceType": "instance", "tags": TAGS | {"environment": "dev"}}]
    props: dict[str, object] = {"tags": TAGS | {"environment": "somewhere"}, "tagSpecifications": machines}
    assert "FJ-TAG-009" in _rules(props, "prod-uae", "aws:ec2/launchTemplate:LaunchTemplate")


def test_an_environment_of_a_stack_is_one_of_the_tag() -> None:
    with pytest.raises(ValueError, match="'production' is not an environment; allowed are dev, test"):
        Enforcement.model_validate({"default": {}, "tags": {"environments": {"platform": "production"}}})


@pytest.mark.parametrize(
    ("token", "props", "expected"),
    [
        ("aws:ec2/tag:Tag", {"resourceId": "i-1", "key": "cost-centre", "value": "someone else"}, {"FJ-TAG-002"}),
        ("aws:ec2/tag:Tag", {"resourceId": "i-1", "key": "environment", "value": "dev"}, {"FJ-TAG-009"}),
        ("aws:ec2/tag:Tag", {"resourceId": "i-1", "key": "owner", "value": "data-team"}, set()),
        ("aws:ec2/tag:Tag", {"resourceId": "s-1", "key": "kubernetes.io/role/elb", "value": "1"}, set()),
        ("aws:ecs/tag:Tag", {"resourceArn": "a", "key": "owner", "value": "tbd"}, {"FJ-TAG-002"}),
        ("azure-native:resources:TagAtScope", {"properties": {"tags": {"note": "x"}}}, {"FJ-TAG-001"}),
        ("azure-native:resources:TagAtScope", {"properties": {"tags": TAGS | {"owner": "x"}}}, {"FJ-TAG-002"}),
        ("azure-native:resources:TagAtScope", {"properties": {"tags": TAGS}}, set()),
        (
            "kubernetes:core/v1:NamespacePatch",
            {"metadata": {"name": "a", "labels": {"owner": "No One"}}},
            {"FJ-TAG-004"},
        ),
        ("kubernetes:core/v1:NamespacePatch", {"metadata": {"name": "a", "labels": {"app": "b"}}}, set()),
        ("kubernetes:core/v1:NamespacePatch", {"metadata": {"name": "a"}}, set()),
    ],
)
def test_tags_that_change_those_of_other_resources(token: str, props: dict[str, object], expected: set[str]) -> None:
    assert _rules(props, token=token) == expected
