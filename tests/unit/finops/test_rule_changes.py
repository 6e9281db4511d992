"""How the report says what a change does to the rules that judge it."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from falaj.finops.report.guardrails import guardrails
from falaj.finops.report.rule_changes import (
    STRICTER,
    UNCLEAR,
    WEAKER,
    RuleChanges,
    RuleSet,
    rule_changes,
    with_verdicts,
)
from policy_pack.guardrails.engine.enforcement import Enforcement, Level
from policy_pack.guardrails.engine.verdicts import Verdict
from policy_pack.guardrails.registry import ALL
from tests.unit.finops.reports import evidence

RANKS = {Level.DISABLED: 0, Level.ADVISORY: 1, Level.MANDATORY: 2}
SAMPLE = ALL[:: len(ALL) // 12]
KEYS = st.sampled_from(["all", *{rule.concern.value for rule in SAMPLE}, *(rule.id for rule in SAMPLE)])
LEVELS = st.dictionaries(KEYS, st.sampled_from(list(Level)), max_size=4)
FILES = st.fixed_dictionaries({"default": LEVELS, "stacks": st.dictionaries(st.just("prod"), LEVELS)})


def rules(file: Mapping[str, object]) -> RuleSet:
    """Returns the sampled rules of an enforcement file, as the pack lists them for the stack `prod`."""
    enforcement = Enforcement.model_validate(file)
    return RuleSet({rule.id: enforcement.level("prod", rule).value for rule in SAMPLE}, file)


def effects(before: RuleSet, after: RuleSet, files: tuple[str, ...] = ()) -> set[tuple[str, str]]:
    return {(change.effect, change.where) for change in rule_changes("main", before, after, files).changes}


@given(FILES, FILES)
def test_a_rule_is_weaker_where_a_verdict_is_reported_at_a_lower_level(before: dict, after: dict) -> None:
    old, new = Enforcement.model_validate(before), Enforcement.model_validate(after)
    weakened = {
        rule.id
        for rule in SAMPLE
        for verdict in Verdict
        if RANKS[new.level_of("prod", rule, verdict)] < RANKS[old.level_of("prod", rule, verdict)]
    }
    changes = rule_changes("main", rules(before), rules(after), ()).changes
    named = ", ".join(change.where for change in changes if change.kind == "level" and change.effect == WEAKER)
    more = sum(int(text.split(" and ")[1].split()[0]) for text in _rows(changes) if " and " in text)
    assert {name for name in named.replace(" and ", ", ").split(", ") if name.startswith("FJ-")} <= weakened
    assert named.count("FJ-") + more == len(weakened)


def _rows(changes: tuple) -> list[str]:
    return [change.where for change in changes if change.kind == "level" and change.effect == WEAKER]


def test_a_rule_that_is_gone_is_weaker_and_a_new_one_is_stricter() -> None:
    assert effects(RuleSet({"FJ-A": "disabled"}), RuleSet()) == {(WEAKER, "FJ-A")}
    assert effects(RuleSet(), RuleSet({"FJ-A": "disabled"})) == {(STRICTER, "FJ-A")}


@pytest.mark.parametrize(
    ("before", "after", "where"),
    [
        ({}, {"residency": {"known": {"s3.wasabisys.com": "It is fine"}}}, "residency.known.s3.wasabisys.com"),
        ({}, {"escape": {"allowed_types": {"command:*": "A reason"}}}, "escape.allowed_types.command:*"),
        ({"cost": {"ceilings": {"prod": 5}}}, {"cost": {"ceilings": {"prod": 500}}}, "cost.ceilings.prod"),
        ({"cost": {"ceilings": {"prod": 5}}}, {}, "cost.ceilings.prod"),
        ({"kubernetes": {"allowed_clusters": ["a"]}}, {"kubernetes": {"allowed_clusters": ["a", "b"]}},
         "kubernetes.allowed_clusters: b"),
        ({"identity": {"trusted": {"1": "Us"}}}, {"identity": {"trusted": {}}}, "identity.trusted.1"),
        ({"stacks": {"other": {"all": "mandatory"}}}, {"stacks": {"other": {"all": "disabled"}}}, "stacks.other.all"),
    ],
)  # fmt: skip
def test_every_setting_that_differs_is_shown(before: dict, after: dict, where: str) -> None:
    assert (UNCLEAR, where) in effects(RuleSet(settings=before), RuleSet(settings=after))


def test_the_order_of_a_list_or_mapping_is_no_change() -> None:
    before = {"kubernetes": {"allowed_clusters": ["a", "b"]}, "cost": {"ceilings": {"x": 1, "y": 2}}}
    after = {"cost": {"ceilings": {"y": 2, "x": 1}}, "kubernetes": {"allowed_clusters": ["b", "a"]}}
    assert effects(RuleSet(settings=before), RuleSet(settings=after)) == set()


def test_an_exemption_that_is_new_or_lasts_longer_is_weaker() -> None:
    exemption = {"rule": "FJ-ENC-101", "urn": "*::x", "expires": "2026-12-01"}
    longer = exemption | {"expires": "2027-01-31"}
    (added,) = rule_changes("main", RuleSet(), RuleSet(exemptions=(exemption,)), ()).changes
    assert (added.effect, added.where) == (WEAKER, "FJ-ENC-101 *::x 2026-12-01")
    extended = effects(RuleSet(exemptions=(exemption,)), RuleSet(exemptions=(longer,)))
    assert extended == {(WEAKER, "FJ-ENC-101 *::x 2027-01-31"), (STRICTER, "FJ-ENC-101 *::x 2026-12-01")}


def test_a_review_of_a_program_is_weaker_and_one_that_ends_is_stricter() -> None:
    review = {
        "digest": "a" * 64,
        "where": "urn:x#data.run",
        "reason": "read it",
        "reviewed_by": "b",
        "date": "2026-11-20",
    }
    shown = f"urn:x#data.run b read it 2026-11-20 {'a' * 64}"
    (added,) = rule_changes("main", RuleSet(), RuleSet(reviews=(review,)), ()).changes
    assert (added.effect, added.kind, added.where) == (WEAKER, "review", shown)
    assert effects(RuleSet(reviews=(review,)), RuleSet()) == {(STRICTER, shown)}
    assert effects(RuleSet(reviews=(review,)), RuleSet(reviews=(dict(review),))) == set()


def test_a_refusal_of_one_judgement_only_is_shown() -> None:
    refused, passed = guardrails([evidence("fail")]), guardrails([evidence()])
    none = RuleChanges("main", ())
    assert [change.effect for change in with_verdicts(none, refused, passed).changes] == [WEAKER]
    assert [change.effect for change in with_verdicts(none, passed, refused).changes] == [STRICTER]
    assert with_verdicts(none, refused, refused).changes == ()


def test_weaker_rules_come_first_and_the_finding_counts_them() -> None:
    changes = rule_changes(
        "main", RuleSet({"FJ-A": "mandatory"}), RuleSet({"FJ-A": "advisory", "FJ-B": "advisory"}), ("policy_pack/x.py",)
    )
    assert [change.effect for change in changes.changes] == [WEAKER, UNCLEAR, STRICTER]
    (finding,) = guardrails([changes.evidence("prod")]).findings
    assert finding.rule == "FJ-PACK-002"
    assert not finding.refuses
    assert "3 changes, 1 weaker); the rules of main evaluated it" in finding.says
