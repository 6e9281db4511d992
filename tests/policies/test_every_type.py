"""No rule raises on a type of any SDK, whatever its inputs: a rule that raises blocks a possibly compliant resource."""

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
ODD_VALUES: tuple[Plain, ...] = (
    UNKNOWN,
    None,
    "",
    "text",
    "{",
    1.5,
    True,
    [],
    {},
    ["text"],
    [{}],
    [[]],
    {"a": {"b": [1]}},
)


def _resource(token: str, props: dict[str, Plain]) -> Resource:
    cloud = token.split(":")[0]
    provider = Resource(f"urn:pulumi:prod::p::pulumi:providers:{cloud}::site", f"pulumi:providers:{cloud}", "site", {})
    return Resource(f"urn:pulumi:prod::p::{token}::it", normalise(token), "it", props, provider)


def _rule_errors(resource: Resource) -> Iterator[str]:
    findings = list(EVALUATOR.evaluate_resource(resource))
    findings += EVALUATOR.evaluate_with_plan(
        resource, Plan({resource.urn: resource}), filter(waits_for_plan, list(findings))
    )
    yield from (finding.outcome.sentence for finding in findings if finding.failed_rule)


@pytest.mark.parametrize("package", PACKAGES)
def test_no_rule_fails_on_a_type(package: str) -> None:
    errors = {why for token in sdk(package).tokens for why in _rule_errors(_resource(token, {}))}
    assert errors == set()


def _checked_properties() -> dict[str, set[str]]:
    """Returns type -> the top-level properties that its rows read; all inputs for types that predicates evaluate."""
    properties: dict[str, set[str]] = {}
    for rule in ALL:
        for check in rule.checks:
            for token in check.tokens:
                properties.setdefault(token, set()).add(check.path.split(".")[0].split("[")[0].rstrip("?"))
        for token in rule.types:
            if not token.endswith((":", "/")):
                properties.setdefault(token, set()).update(_inputs(token))
    return properties


def _inputs(token: str) -> set[str]:
    package = f"pulumi_{token.split(':')[0].replace('-', '_')}"
    in_sdk = package in PACKAGES and token in sdk(package).tokens
    return set(sdk(package).schema(token).inputs) if in_sdk else {"spec", "metadata"}


def _example_resources() -> Iterator[ExampleResource]:
    for example in examples().values():
        yield from (*example.bad, *example.good)


def _paths(value: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Yields the path of every nested value, objects and lists included."""
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in entries:
        yield (*path, key)
        yield from _paths(item, (*path, key))


def _with_value(value: Any, path: tuple[str | int, ...], new: object) -> Any:
    if not path:
        return new
    copied = copy.copy(value)
    copied[path[0]] = _with_value(value[path[0]], path[1:], new)
    return copied


def test_no_rule_fails_on_odd_values_inside_examples() -> None:
    errors: dict[str, str] = {}
    for resource in _example_resources():
        for path in _paths(dict(resource.props)):
            for value in ODD_VALUES:
                props = _with_value(dict(resource.props), path, value)
                errors |= {why: f"{path}: {value!r}" for why in _rule_errors(_resource(resource.type, props))}
    assert errors == {}


def test_no_rule_fails_on_odd_values() -> None:
    errors: dict[str, str] = {}
    for token, names in _checked_properties().items():
        for value in ODD_VALUES:
            resource = _resource(token, dict.fromkeys(filter(None, names), value))
            errors |= {why: json.dumps(str(value)) for why in _rule_errors(resource)}
    assert errors == {}
