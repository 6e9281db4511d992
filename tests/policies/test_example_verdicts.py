"""The good example of a rule is a pass in the evidence, and not a resource to which the rule does not apply."""

from __future__ import annotations

from collections.abc import Iterator

from guardrails.engine.examples import examples
from guardrails.engine.plan import Plan
from guardrails.engine.reading import Resource
from guardrails.engine.rows import Guardrail
from guardrails.engine.verdicts import Verdict
from guardrails.registry import ALL

_NUMBERS = {
    "COST": (4, 121, 122, 124, 125, 126, 129),
    "ENC": (1, 2, 107, 201, 202, 208, 301, 302, 401, 402, 412, 426),
    "ESC": (101, 102, 103, 104, 105, 106, 107, 110, 111, 112, 113, 123, 124, 127),
    "EXP": (103, 110, 122, 127, 133, 204, 206, 207, 332),
    "IDN": (112, 113, 117, 122, 203, 213, 307, 308, 313),
    "RES": (1, 3, 101, 102, 103, 109, 111, 113, 114, 120, 205, 207, 208, 212),
    "RSL": (1, 114),
    "TAG": (5, 9),
}  # fmt: skip
ONLY_REFUSING = {f"FJ-{family}-{number:03}" for family, numbers in _NUMBERS.items() for number in numbers}
"""Rules that look for what is forbidden in any resource and say nothing of others, that other resources or settings
decide, or whose rows, and not predicates, evaluate the example."""


def _verdicts(rule: Guardrail) -> Iterator[Verdict]:
    """Yields what the predicates of a rule say of its good example."""
    given = examples()[rule.id].good
    resources = [Resource(f"urn:pulumi:prod-uae::falaj::{item.type}::{item.name}", item.type, item.name, item.props)
                 for item in given]  # fmt: skip
    plan = Plan({resource.urn: resource for resource in resources})
    for resource in resources:
        if any(resource.type == name or (name[-1] in ":/" and resource.type.startswith(name)) for name in rule.types):
            if rule.predicate:
                yield from (outcome.verdict for outcome in rule.predicate(resource))
            if rule.plan_predicate:
                yield from (outcome.verdict for outcome in rule.plan_predicate(resource, plan))


def test_good_examples_are_recorded_as_passes() -> None:
    silent = {
        rule.id for rule in ALL if (rule.predicate or rule.plan_predicate) and Verdict.PASS not in _verdicts(rule)
    }
    assert silent == ONLY_REFUSING
