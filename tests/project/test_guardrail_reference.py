"""The guardrail reference is up to date, and its examples fail and pass as documented."""

import ast
from pathlib import Path

import pytest
from guardrails.__main__ import main
from guardrails.engine.enforcement import Level, load_enforcement
from guardrails.engine.examples import FOLDER, ExampleResource, examples
from guardrails.engine.sdk_types import LOCATED_AZURE, TAGGABLE
from guardrails.readers.effective_tags import NEVER_TAG
from guardrails.reference import document
from guardrails.reference_index import index
from guardrails.registry import ALL, IDS

from tests.policies.examples import FILE, text
from tests.policies.harness import Given, Pack, Report, blocking
from tests.samples import COST_TAGS

ROOT = Path(__file__).parents[2]
AS_SHIPPED = load_enforcement(ROOT / "policy_pack" / "enforcement.yaml", IDS)
ADVISORY = {rule.id for rule in ALL if AS_SHIPPED.level("prod-uae", rule) is Level.ADVISORY}


def _with_defaults(example: ExampleResource) -> Given:
    """Returns a resource of an example with the tags and the location that every resource must have."""
    props = dict(example.props)
    if example.type in TAGGABLE and example.type not in NEVER_TAG:
        props = {"tags": COST_TAGS} | props
    if example.type in LOCATED_AZURE:
        props = {"location": "uaenorth"} | props
    return Given(example.type, props, example.name, example.provider, links=example.links)


OPT_IN = {rule.id for rule in ALL if rule.is_opt_in}
SWITCHED_ON = AS_SHIPPED.model_copy(update={"default": dict.fromkeys(OPT_IN, Level.MANDATORY), "stacks": {}})
"""Settings in which what is off by default is in force."""


def _reports(rule: str, plan: tuple[ExampleResource, ...]) -> list[Report]:
    return Pack(SWITCHED_ON if rule in OPT_IN else AS_SHIPPED).evaluate_plan(*map(_with_defaults, plan))


@pytest.mark.parametrize("rule", sorted(examples()))
def test_a_bad_example_has_a_finding_of_its_rule_and_the_good_one_is_not_blocked(rule: str) -> None:
    """As shipped, a finding of every rule blocks, but of those that are advisory in production too, or off."""
    assert rule in IDS
    bad = _reports(rule, examples()[rule].bad)
    assert rule in blocking(bad) or (rule in ADVISORY and rule in {report.rule for report in bad})
    assert rule not in blocking(_reports(rule, examples()[rule].good))


def test_what_is_off_by_default_is_said_so() -> None:
    assert {rule.id for rule in ALL if AS_SHIPPED.level("prod-uae", rule) is Level.DISABLED} == OPT_IN
    assert AS_SHIPPED.default.keys() >= OPT_IN


def test_every_rule_has_an_example() -> None:
    assert [rule.id for rule in ALL if rule.id not in examples()] == []


def test_generated_examples_match_the_rows() -> None:
    assert FILE.parent == FOLDER
    assert FILE.read_text(encoding="utf-8") == text(), "run python -m tests.policies.examples"


def test_the_reference_is_current() -> None:
    page = (ROOT / "docs" / "guardrails.md").read_text(encoding="utf-8")
    assert page == document(AS_SHIPPED), "run `falaj guardrails document > docs/guardrails.md`"
    for rule in ALL:
        assert f"### {rule.id} {rule.what}\n" in page


def test_the_reference_has_the_levels_of_the_settings(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "enforcement.yaml").write_text("default: {all: advisory}\n", encoding="utf-8")
    main(["--settings", str(tmp_path), "document"])
    printed = capsys.readouterr().out
    assert ("| advisory |" in printed, "| mandatory |" in printed) == (True, False)


def _strings(module: Path) -> set[object]:
    tree = ast.parse(module.read_text(encoding="utf-8"))
    return {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)}


def test_the_index_leads_from_each_rule_to_its_section_and_its_source() -> None:
    rows = list(index(ALL, AS_SHIPPED))[1:]
    for rule, row in zip(ALL, rows, strict=True):
        assert row.startswith(f"| [{rule.id}](#{rule.id.lower()}-")
        assert rule.what in _strings(ROOT / row.rpartition("](../")[2].removesuffix(") |"))
    assert "| advisory |" in next(row for row in rows if "[FJ-COST-106]" in row)
    assert "| mandatory |" in next(row for row in rows if "[FJ-COST-101]" in row)


def test_no_two_files_share_the_title_of_a_rule() -> None:
    by_module = [_strings(module) for module in (ROOT / "policy_pack" / "guardrails").glob("*/**/*.py")]
    assert [rule.id for rule in ALL if sum(rule.what in strings for strings in by_module) != 1] == []


def test_few_rules_are_advisory_in_production() -> None:
    assert sorted(ADVISORY) == ["FJ-COST-125", "FJ-COST-128", "FJ-COST-129", "FJ-COST-130", "FJ-EXP-333"]
