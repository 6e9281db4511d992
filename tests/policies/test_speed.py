"""Speed: the pack reads each resource a fixed number of times, whatever the number of rules."""

from guardrails.pack import load_policies

from tests.bench.pack import milliseconds, plan


def test_a_thousand_resources_under_all_rules_cost_less_than_five_milliseconds_each() -> None:
    assert milliseconds(plan(1000)) < 5


def test_the_pack_has_four_policies_as_each_reads_every_resource_again() -> None:
    assert len(load_policies()) == 4
