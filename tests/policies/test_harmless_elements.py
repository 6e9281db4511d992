"""No attack hides behind a harmless element: rules read every item of a list and every resource of a plan."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from guardrails.engine.enforcement import load_enforcement
from guardrails.registry import IDS, all_guardrails

from tests.distribution import ROOT
from tests.thorough import is_tried, many

from .attacks import Attack
from .harness import Given, Pack, blocking
from .known_failures import ATTACKS as KNOWN_FAILURES
from .test_attacks import ATTACKS, reports_of

OTHER_MEANING = {
    "an alert on deleted firewalls waits among the health of services": "a condition without a field is of no category",
    "payments are taken from the queue and thrown away": "a filter without a pattern takes every message",
    "cost category that books everything on another unit": "a rule without a value inherits that of a tag",
    **dict.fromkeys(
        (
            "kubernetes networks: a host in no list of TLS",
            "kubernetes networks: a host two labels below a wildcard",
            "kubernetes networks: the domain of a wildcard",
            "kubernetes networks: one host of several in no list of TLS",
            "kubernetes networks: an alias in no list of TLS",
        ),
        "an entry of TLS without hosts is of every host",
    ),
    **dict.fromkeys(
        (
            "a policy of Kyverno is for a namespace that is nowhere",
            "a policy of Kyverno is for the namespace of the leases of nodes",
            "a policy of Kyverno selects a namespace that is nowhere by its label",
            "a policy of Kyverno asks for any of the namespaces that are nowhere",
        ),
        "an alternative without conditions is of every object",
    ),
}
"""Attack -> why an empty item first makes it another deployment."""
TRIED = tuple(attack for attack in ATTACKS if is_tried(attack.name))
SETTINGS = load_enforcement(ROOT / "policy_pack" / "enforcement.yaml", IDS)
OF_PLANS = frozenset(rule.id for rule in all_guardrails(SETTINGS) if rule.plan_predicate or rule.resolve)
"""Rules that stack policies can report; the others are decided resource by resource."""


@pytest.fixture(scope="module")
def pack() -> Pack:
    """The pack with the settings of the repository."""
    return Pack(SETTINGS)


def with_first_items(value: Any) -> Any:
    """Returns a copy in which every list of objects begins with an empty one."""
    if isinstance(value, Mapping):
        return {key: with_first_items(item) for key, item in value.items()}
    if isinstance(value, list):
        items = [with_first_items(item) for item in value]
        return [{}, *items] if any(isinstance(item, Mapping) for item in items) else items
    return value


def refused(pack: Pack, plan: tuple[Given, ...]) -> set[str]:
    """Returns the rules that stop a plan."""
    return blocking(pack.evaluate_plan(*plan))


def with_empty_items(attack: Attack) -> tuple[Given, ...]:
    return tuple(replace(given, props=with_first_items(given.props)) for given in attack.plan)


def empty_neighbours(attack: Attack) -> tuple[Given, ...]:
    """Returns an empty resource of each type of the plan, but of stacks, and of budgets: an empty one is of
    everything."""
    types = dict.fromkeys(given.type for given in attack.plan if not given.type.endswith((":Stack", ":Budget")))
    return tuple(Given(token, {}, f"a-{number}") for number, token in enumerate(types))


def refused_with_plan(attack: Attack) -> set[str]:
    """Returns the rules of the whole plan that stop an attack."""
    return blocking([report for report in reports_of(attack) if report.policy == "falaj-stack"])


def test_an_empty_item_before_the_others_hides_no_attack(pack: Pack) -> None:
    changed = [
        (attack, plan)
        for attack in TRIED
        if (plan := with_empty_items(attack)) != attack.plan and attack.name not in KNOWN_FAILURES
    ]
    assert len(changed) > many(500)
    hidden = {attack.name for attack, plan in changed if not attack.is_refused_by(refused(pack, plan))}
    assert hidden == set(filter(is_tried, OTHER_MEANING))


def test_an_empty_resource_before_the_others_hides_no_attack(pack: Pack) -> None:
    """Only rules of the whole plan can miss one; an attack that the empty resources are stopped for says nothing."""
    hidden, compared = set[str](), 0
    of_empty: dict[tuple[str, ...], set[str]] = {}
    for attack in TRIED:
        if not attack.is_refused_by(OF_PLANS) or not attack.is_refused_by(refused_with_plan(attack)):
            continue
        empty = empty_neighbours(attack)
        types = tuple(given.type for given in empty)
        if types not in of_empty:
            of_empty[types] = blocking(pack.evaluate_stack(*empty))
        if attack.is_refused_by(of_empty[types]):
            continue
        compared += 1
        if not attack.is_refused_by(blocking(pack.evaluate_stack(*empty, *attack.plan))):
            hidden.add(attack.name)
    assert hidden == set()
    assert compared > many(200)
