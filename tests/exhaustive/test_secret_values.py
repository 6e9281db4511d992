"""Values that may be secret appear neither in a message nor in the evidence, whatever the rule."""

import copy
import io
from collections.abc import Iterator
from typing import Any

import pytest
from guardrails.engine.evidence import EvidenceFile
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.policies.cases import bad_cases, good_cases
from tests.policies.harness import Given, Pack, secret
from tests.thorough import many

SECRETS = ("hunter2", "tr0ub4dor&3", "AKIAIOSFODNN7EXAMPLE", "arn:aws:kms:eu-west-1:123456789012:key/hunter2")
CASES = [*good_cases(), *bad_cases()]
NAMES = frozenset({"configurationName", "serverProperties"})
"""Properties whose words are names of parameters, which a message has, because settings list parameters by them."""


class InMemoryEvidence(EvidenceFile):
    """Evidence that is kept in memory."""

    def __init__(self) -> None:
        self._file = self.text = io.StringIO()


def _leaf_paths(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _leaf_paths(item, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _leaf_paths(item, (*path, index))
    else:
        yield path


def _put(props: Any, path: tuple[str | int, ...], value: object) -> None:
    *parents, last = path
    for step in parents:
        props = props[step]
    props[last] = value


def _report(resource: Given) -> str:
    pack = Pack()
    pack.run.evidence = evidence = InMemoryEvidence()
    messages = [item.text for item in pack.evaluate_resource(resource)]
    return "\n".join(messages) + evidence.text.getvalue()


@settings(max_examples=many(400), deadline=None, derandomize=True, database=None)
@given(st.data())
def test_no_value_is_repeated_at_any_path(data: st.DataObject) -> None:
    case = data.draw(st.sampled_from(CASES))
    props: Any = copy.deepcopy(dict(case.resource.props))
    word = data.draw(st.sampled_from(SECRETS))
    paths = [path for path in _leaf_paths(props) if path[-1] not in NAMES]
    chosen = data.draw(st.sets(st.sampled_from(paths), min_size=1)) if paths else set()
    for path in chosen:
        _put(props, path, secret(word) if data.draw(st.booleans()) else word)
    for extra in data.draw(st.sets(st.sampled_from(("location", "region", "password", "policy", "userData")))):
        props[extra] = word
    reports = _report(Given(case.resource.type, props))
    assert "hunter2" not in reports
    assert word not in reports


@pytest.mark.parametrize("word", ["tr0ub4dor&3", "arn:aws:kms:eu-west-1:1:key/a", "a" * 81, "hunter2;", "+hunter2", ""])
def test_what_is_no_name_of_a_parameter_is_not_repeated(word: str) -> None:
    token = "azure-native:dbforpostgresql:Configuration"
    report = _report(Given(token, {"configurationName": word, "value": "on"}))
    assert "value is a parameter of postgresql that nobody has reviewed" in report
    assert not word or word not in report


@pytest.mark.parametrize("word", SECRETS)
def test_the_values_of_a_provider_are_not_repeated(word: str) -> None:
    for token, provider in (
        ("aws:sqs/queue:Queue", {"region": word, "secretKey": word, "defaultTags": word}),
        ("azure-native:network:VirtualNetwork", {"location": word, "clientSecret": word}),
        ("kubernetes:core/v1:ConfigMap", {"kubeconfig": word, "context": word}),
    ):
        assert word not in _report(Given(token, {"tags": word}, provider=provider, provider_name="default"))
        assert word not in _report(Given(f"pulumi:providers:{token.split(':')[0]}", provider))
