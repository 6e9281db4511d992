"""No rule fails on a type of any SDK, whatever a program says of it: a rule that fails blocks what may be good."""

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest
from guardrails.engine.evaluate import Evaluator, waits_for_plan
from guardrails.engine.examples import ExampleResource, examples
from guardrails.engine.plan import Plan
from guardrails.engine.reading import UNKNOWN, Plain, Resource
from guardrails.engine.tokens import normalise
from guardrails.registry import ALL

from falaj.sandbox.clouds.sdk_schema import sdk

EVALUATOR = Evaluator(ALL)
PACKAGES = ("pulumi_aws", "pulumi_azure_native", "pulumi_kubernetes")
ODD: tuple[Plain, ...] = (UNKNOWN, None, "", "text", "{", 1.5, True, [], {}, ["text"], [{}], [[]], {"a": {"b": [1]}})


def _resource(token: str, props: dict[str, Plain]) -> Resource:
    cloud = token.split(":")[0]
    provider = Resource(f"urn:pulumi:prod::p::pulumi:providers:{cloud}::site", f"pulumi:providers:{cloud}", "site", {})
    return Resource(f"urn:pulumi:prod::p::{token}::it", normalise(token), "it", props, provider)


def _broken(resource: Resource) -> Iterator[str]:
    found = list(EVALUATOR.evaluate_resource(resource))
    found += EVALUATOR.evaluate_with_plan(resource, Plan({resource.urn: resource}), filter(waits_for_plan, list(found)))
    yield from (f.outcome.sentence for f in found if f.failed_rule)


@pytest.mark.parametrize("package", PACKAGES)
def test_no_rule_fails_on_a_type(package: str) -> None:
    broken = {why for token in sdk(package).tokens for why in _broken(_resource(token, {}))}
    assert broken == set()


def _asked_about() -> dict[str, set[str]]:
    """Type -> the top-level properties that rows and predicates read, as far as tables and rows tell."""
    found: dict[str, set[str]] = {}
    for rule in ALL:
        for check in rule.checks:
            for token in check.tokens:
                found.setdefault(token, set()).add(check.path.split(".")[0].split("[")[0].rstrip("?"))
        for token in rule.types:
            if not token.endswith((":", "/")):
                found.setdefault(token, set()).update(_inputs(token))
    return found


def _inputs(token: str) -> set[str]:
    package = f"pulumi_{token.split(':')[0].replace('-', '_')}"
    known = package in PACKAGES and token in sdk(package).tokens
    return set(sdk(package).schema(token).inputs) if known else {"spec", "metadata"}


def _shown() -> Iterator[ExampleResource]:
    for example in examples().values():
        yield from (*example.bad, *example.good)


def _leaves(value: object, at: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The way to every value below another, those of objects and lists too."""
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in entries:
        yield (*at, key)
        yield from _leaves(item, (*at, key))


def _replaced(value: Any, way: tuple[str | int, ...], new: object) -> Any:
    if not way:
        return new
    copied = copy.copy(value)
    copied[way[0]] = _replaced(value[way[0]], way[1:], new)
    return copied


def test_no_rule_fails_on_odd_values_inside_examples() -> None:
    broken: dict[str, str] = {}
    for shown in _shown():
        for way in _leaves(dict(shown.props)):
            for value in ODD:
                props = _replaced(dict(shown.props), way, value)
                broken |= {why: f"{way}: {value!r}" for why in _broken(_resource(shown.type, props))}
    assert broken == {}


def test_no_rule_fails_on_odd_values() -> None:
    broken: dict[str, str] = {}
    for token, names in _asked_about().items():
        for value in ODD:
            resource = _resource(token, dict.fromkeys(filter(None, names), value))
            broken |= {why: json.dumps(str(value)) for why in _broken(resource)}
    assert broken == {}
