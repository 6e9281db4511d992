"""Nothing that could be a secret is ever repeated: not in a message, not in the evidence, whatever the rule says."""

import copy
import io
from collections.abc import Iterator
from typing import Any

import pytest
from guardrails.engine.evidence import EvidenceFile
from hypothesis import given, settings
from hypothesis import strategies as st

from .cases import bad_cases, good_cases
from .harness import Given, Pack, secret

SECRETS = ("hunter2", "tr0ub4dor&3", "AKIAIOSFODNN7EXAMPLE", "arn:aws:kms:eu-west-1:123456789012:key/hunter2")
CASES = [*good_cases(), *bad_cases()]


class Kept(EvidenceFile):
    """Evidence that stays in memory."""

    def __init__(self) -> None:
        self._file = self.text = io.StringIO()


def _places(value: Any, at: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _places(item, (*at, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _places(item, (*at, index))
    else:
        yield at


def _put(props: Any, place: tuple[str | int, ...], value: object) -> None:
    *parents, last = place
    for step in parents:
        props = props[step]
    props[last] = value


def _report(given: Given) -> str:
    pack = Pack()
    pack.run.evidence = kept = Kept()
    messages = [item.text for item in pack.evaluate_resource(given)]
    return "\n".join(messages) + kept.text.getvalue()


@settings(max_examples=400, deadline=None, derandomize=True, database=None)
@given(st.data())
def test_no_value_is_repeated_wherever_it_stands(data: st.DataObject) -> None:
    case = data.draw(st.sampled_from(CASES))
    props: Any = copy.deepcopy(dict(case.given.props))
    word = data.draw(st.sampled_from(SECRETS))
    places = list(_places(props))
    chosen = data.draw(st.sets(st.sampled_from(places), min_size=1)) if places else set()
    for place in chosen:
        _put(props, place, secret(word) if data.draw(st.booleans()) else word)
    for extra in data.draw(st.sets(st.sampled_from(("location", "region", "password", "policy", "userData")))):
        props[extra] = word
    reports = _report(Given(case.given.type, props))
    assert "hunter2" not in reports
    assert word not in reports


@pytest.mark.parametrize("word", SECRETS)
def test_a_providers_values_are_not_repeated(word: str) -> None:
    for token, provider in (
        ("aws:sqs/queue:Queue", {"region": word, "secretKey": word, "defaultTags": word}),
        ("azure-native:network:VirtualNetwork", {"location": word, "clientSecret": word}),
        ("kubernetes:core/v1:ConfigMap", {"kubeconfig": word, "context": word}),
    ):
        assert word not in _report(Given(token, {"tags": word}, provider=provider, provider_name="default"))
        assert word not in _report(Given(f"pulumi:providers:{token.split(':')[0]}", provider))
