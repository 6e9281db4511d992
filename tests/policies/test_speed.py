"""The pack reads each resource a fixed number of times, whatever the number of rules: time and policies stay few."""

from guardrails.pack import load_policies

from tests.bench.pack import milliseconds, plan


def test_a_thousand_resources_under_all_rules_cost_less_than_five_milliseconds_each() -> None:
    assert milliseconds(plan(1000)) < 5


def test_a_policy_more_would_read_every_resource_once_more() -> None:
    assert len(load_policies()) == 4
