"""The guardrail reference is up to date, and its examples fail and pass as documented."""

from pathlib import Path

import pytest
from guardrails.engine.enforcement import load_enforcement
from guardrails.engine.examples import FOLDER, ExampleResource, examples
from guardrails.engine.sdk_types import LOCATED_AZURE, TAGGABLE
from guardrails.readers.effective_tags import NEVER_TAG
from guardrails.reference import document
from guardrails.registry import ALL, IDS

from tests.samples import COST_TAGS

from .examples import FILE, text
from .harness import Given, Pack, blocking

ROOT = Path(__file__).parents[2]
AS_SHIPPED = load_enforcement(ROOT / "policy_pack" / "enforcement.yaml", IDS)


def _with_defaults(example: ExampleResource) -> Given:
    """Returns a resource of an example with the tags and the location that every resource must have."""
    props = dict(example.props)
    if example.type in TAGGABLE and example.type not in NEVER_TAG:
        props = {"tags": COST_TAGS} | props
    if example.type in LOCATED_AZURE:
        props = {"location": "uaenorth"} | props
    return Given(example.type, props, example.name, example.provider, links=example.links)


def _blocked_by(plan: tuple[ExampleResource, ...]) -> set[str]:
    resources = [_with_defaults(resource) for resource in plan]
    reports = [report for resource in resources for report in Pack(AS_SHIPPED).evaluate_resource(resource)]
    return blocking(reports) | blocking(Pack(AS_SHIPPED).evaluate_stack(*resources))


@pytest.mark.parametrize("rule", sorted(examples()))
def test_a_bad_example_is_blocked_by_its_rule_and_the_good_one_passes(rule: str) -> None:
    assert rule in IDS
    assert rule in _blocked_by(examples()[rule].bad)
    assert rule not in _blocked_by(examples()[rule].good)


def test_every_rule_has_an_example() -> None:
    assert [rule.id for rule in ALL if rule.id not in examples()] == []


def test_generated_examples_match_the_rows() -> None:
    assert FILE.parent == FOLDER
    assert FILE.read_text(encoding="utf-8") == text(), "run python -m tests.policies.examples"


def test_the_reference_is_current() -> None:
    page = (ROOT / "docs" / "guardrails.md").read_text(encoding="utf-8")
    assert page == document(), "run `falaj guardrails document > docs/guardrails.md`"
    for rule in ALL:
        assert f"### {rule.id} {rule.what}\n" in page
