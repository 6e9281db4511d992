"""The time of an evaluation: linear in the size of a resource, and limited."""

import itertools
import random
import string
import time
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from guardrails.engine import evaluate
from guardrails.engine.evaluate import DEADLINE, Evaluator, thread_timer
from guardrails.engine.reading import Resource
from guardrails.engine.rows import Concern, Guardrail, Severity
from guardrails.engine.verdicts import Outcome, failed
from guardrails.readers.location_names import locations_in
from guardrails.readers.texts import read_texts

from tests.processor_time import seconds_of, within

from .harness import Given, Pack, blocking

CONFIG_MAP = "kubernetes:core/v1:ConfigMap"
UNITS = (
    "-aa", "eu-", "eu-west", "us-gov-west-", "aws -aa-aa", "a.", "arn:aws:", "region ", "region=", "- ", "a: b\n", "{",
    "[", '{"a":', "\\", '"', "\\\"", "x" * 90 + "-", "===", " ", "\n", "\t- ", "location:  ", "east-1.", "AAAA",
    "::", "1.1.1.1/",
)  # fmt: skip
"""Units of texts on which expressions that look back or ahead would be slow."""


def _seconds(text: str) -> float:
    resource = Given(CONFIG_MAP, {"data": {"a": text}})
    return seconds_of(lambda: (Pack().evaluate_resource(resource), list(locations_in(text, "region"))))


@pytest.mark.parametrize("unit", UNITS, ids=repr)
def test_the_time_is_linear_in_the_length_of_a_text(unit: str) -> None:
    assert _seconds((unit * 60_000)[:60_000]) < 0.5


def test_random_texts_are_read_in_time() -> None:
    chooser = random.Random(1)  # noqa: S311
    for _ in range(20):
        alphabet = "".join(chooser.sample(string.ascii_lowercase + string.digits + " -._:={}[]\"'\\\n/", 8))
        text = "".join(chooser.choices([*alphabet, *UNITS], k=60_000))[:60_000]
        assert _seconds(text) < 0.5, repr(text[:60])


def _resource(**props: Any) -> Resource:
    return Resource("urn:pulumi:s::p::t::n", CONFIG_MAP, "n", props)


def _aliases(innermost: str) -> str:
    """YAML in which each of six lists repeats the one before ten times."""
    lines = (f"{name}: &{name} [{', '.join([f'*{one}'] * 10)}]\n" for one, name in itertools.pairwise("abcdefg"))
    return f"a: &a {innermost}\n{''.join(lines)}"


@pytest.mark.parametrize(
    "text",
    [_aliases("[x]"), _aliases("[]"), "[" * 200 + "]" * 200, "x" * 4_000_001],
    ids=["aliases", "empty aliases", "nesting", "length"],
)
def test_a_text_that_is_not_read_whole_is_refused(text: str) -> None:
    with within(1.5 * DEADLINE):  # an evaluation that meets the deadline still ends the rule that it is in
        assert "FJ-RES-001" in blocking(Pack().evaluate_resource(Given(CONFIG_MAP, {"data": {"a": text}})))


def test_what_is_read_before_the_limit_is_still_judged() -> None:
    data = {"a": "region: eu-west-1\n", "b": _aliases("[x]")}
    assert {"FJ-RES-001", "FJ-RES-302"} <= blocking(Pack().evaluate_resource(Given(CONFIG_MAP, {"data": data})))


def test_a_resource_is_read_once() -> None:
    resource = _resource(data={"a": "region: me-central-1"})
    assert read_texts(resource) is read_texts(resource)
    assert read_texts(resource) is not read_texts(_resource(data={"a": "region: me-central-1"}))


def _rule(number: int, seen: list[int]) -> Guardrail:
    def judge(_: Resource) -> Iterator[Outcome]:
        seen.append(number)
        yield failed(f"rule {number}")

    return Guardrail(f"FJ-X-{number}", Concern.TAGS, Severity.LOW, "what", "why", "remedy", predicate=judge)


def test_an_evaluation_ends_at_the_deadline_and_fails() -> None:
    seen: list[int] = []
    late = iter((False, True))
    evaluator = Evaluator([_rule(number, seen) for number in range(3)], lambda _seconds: lambda: next(late))
    findings = list(evaluator.evaluate_resource(_resource()))
    assert seen == [0]
    assert [finding.guardrail.id for finding in findings] == ["FJ-X-0", "FJ-PACK-004"]
    assert findings[1].failed_rule is not None
    assert findings[1].failed_rule.id == "FJ-X-1"
    assert "ended before FJ-X-1" in findings[1].outcome.sentence


@pytest.mark.parametrize(
    ("passed", "used", "late"), [(9.0, 1.0, False), (9.0, 6.0, True), (5.0, 5.0, False)], ids=["waited", "used", "both"]
)
def test_processor_time_decides(passed: float, used: float, late: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    clocks = SimpleNamespace(monotonic=lambda: 0.0, thread_time=lambda: 0.0)
    monkeypatch.setattr(evaluate, "time", clocks)
    is_late = thread_timer(DEADLINE)
    clocks.monotonic, clocks.thread_time = lambda: passed, lambda: used
    assert is_late() is late


def test_the_slow_clock_is_read_once_a_resource(monkeypatch: pytest.MonkeyPatch) -> None:
    readings: list[int] = []
    clocks = SimpleNamespace(monotonic=time.monotonic, thread_time=lambda: readings.append(1) or time.thread_time())
    monkeypatch.setattr(evaluate, "time", clocks)
    assert len(list(Evaluator([_rule(number, []) for number in range(3)]).evaluate_resource(_resource()))) == 3
    assert len(readings) == 1
