"""Values and objects whose form nobody expects: keys that are no texts, values inside themselves, and very many."""

from collections.abc import Callable

import pytest
from guardrails.readers.policy_documents import is_whole_service
from guardrails.readers.value_files import parsed_values

from tests.processor_time import hold_in_proportion, within

from .blind import k8s, meta
from .harness import STRICT, Given, Pack, rules

PACK = Pack(STRICT)
SIGN_IN = "must name a credential of the caller"


def _file(text: str) -> Given:
    return Given("kubernetes:helm.sh/v3:Release", {"chart": "x", "valueYamlFiles": [{"text": text}]})


@pytest.mark.parametrize("text", [
    "on: true\n", "1: 2\n", "null: 1\n", "a: {1: x}\n", "a: {true: {b: c}}\n", "a: &x [*x]\n", "a: &x {b: *x}\n",
    "a: !!set {x}\n", "a: 2026-13-45\n", "a: !!binary aGVsbG8=\n", "a: .nan\n",
    "a: &a [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"{name}: &{name} [{', '.join([f'*{above}'] * 10)}]\n" for above, name in zip("abcdef", "bcdefg", strict=True)),
])  # fmt: skip
def test_files_of_values_of_any_form_are_evaluated(text: str) -> None:
    with within(20):
        assert "FJ-PACK-001" not in rules(PACK.evaluate_resource(_file(text)))


def test_keys_of_values_are_texts() -> None:
    assert parsed_values("on: 1\n2: {null: x}\n") == {"true": 1, "2": {"null": "x"}}
    assert parsed_values("a: &x [*x]\n") is None
    assert "contains a plaintext secret" in str(PACK.evaluate_resource(_file("on: true\nredisPassword: hunter2\n")))


def _models(number: int) -> Given:
    rule = {"matches": [{"model": {"value": "m"}}] * number, "targets": [{"modelRewrite": "team-b"}] * number}
    return k8s("x/v1:InferenceModelRewrite", {"metadata": meta(), "spec": rule})


def _annotated(number: int) -> Given:
    return k8s("core/v1:ConfigMap", {"metadata": meta(annotations={f"bank.ae/k{i}": "x" for i in range(number)})})


@pytest.mark.parametrize("make", [_models, _annotated])
def test_time_grows_with_the_number_of_elements(make: Callable[[int], Given]) -> None:
    few, many = make(300), make(1_200)
    hold_in_proportion(lambda: PACK.evaluate_resource(few), lambda: PACK.evaluate_resource(many), 12)


def test_stars_are_read_in_linear_time() -> None:
    with within(10):
        for text in ("*" * 20_000 + "x", "*:" * 10_000 + "x", "arn:aws:" + "s3*:" * 5_000 + "x"):
            given = {"policy": {"Statement": [{"Effect": "Allow", "Action": text, "Resource": text}]}}
            PACK.evaluate_resource(Given("aws:iam/policy:Policy", given))
            is_whole_service(text)


@pytest.mark.parametrize(("key", "is_refused"), [
    ({"value": "token"}, True), ({"expression": "'token'"}, True), ({"expression": '"session"'}, True),
    ({"selector": "context.request.http.headers.authorization"}, False),
    ({"expression": 'request.headers["authorization"]'}, False),
    ({"expression": "request.headers.get('x-api-key')"}, False),
])  # fmt: skip
def test_a_word_that_is_written_down_is_no_credential(key: dict[str, str], *, is_refused: bool) -> None:
    given = k8s("authorino.kuadrant.io/v1beta3:AuthConfig", {"metadata": meta(), "spec": {
        "hosts": ["a.example.ae"], "authentication": {"jwt": {"cache": {"key": key}}}}})  # fmt: skip
    assert (SIGN_IN in str(PACK.evaluate_resource(given))) is is_refused


@pytest.mark.parametrize("address", ["http://files.team-b.svc/p.jar", "http://files.team-b.SVC.cluster.local/p.jar"])
def test_names_of_services_have_any_case(address: str) -> None:
    given = k8s("kafka.strimzi.io/v1:KafkaConnect", {"metadata": meta(), "spec": {"build": {"plugins": [
        {"artifacts": [{"type": "jar", "url": address}]}]}}})  # fmt: skip
    assert "loads what http://files.team-b" in str(PACK.evaluate_resource(given))
