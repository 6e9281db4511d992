"""Words of the tables of switches, and the places where names of settings are chosen."""

import csv

import pytest
from guardrails.engine.data_folder import DATA
from guardrails.engine.table_words import WORDS, with_words
from guardrails.engine.verdicts import Verdict
from guardrails.identity.json_patches import patched_settings
from guardrails.readers.setting_names import is_chosen
from guardrails.readers.texts import Leaf
from guardrails.unverifiable.switch_rows import condition, read_rows

from tests.processor_time import within

GUARD = ("aws:organizations/policy:Policy", "content")
SAFE = {(row.type, row.path): row.safe for rows in read_rows().values() for row in rows}
TABLES = [*(DATA / "switches").glob("*.csv"), *DATA.glob("*switches.csv")]


def test_a_word_stands_for_its_expression() -> None:
    assert with_words("^(?:{PUBLIC_SOURCES}|a{1,3})$") == f"^(?:{WORDS['PUBLIC_SOURCES']}|a{{1,3}})$"


def test_a_word_that_is_not_known_is_an_error() -> None:
    with pytest.raises(KeyError):
        with_words("{NO_SUCH_WORD}")


def test_each_word_is_in_a_table_and_its_text_in_none() -> None:
    texts = [",".join(row) for file in TABLES for row in csv.reader(file.read_text(encoding="utf-8").splitlines())]
    for word, expression in WORDS.items():
        assert sum(f"{{{word}}}" in text for text in texts) > 1, word
        assert not any(expression in text for text in texts), word


@pytest.mark.parametrize(("name", "is_refused"), [
    ("pypi.org", True), ("files.pythonhosted.org.", True), ("registry.npmjs.com", True), ("bank.ae", False),
    ("notpypi.org", False),
])  # fmt: skip
def test_zones_of_public_sources_are_refused(name: str, is_refused: bool) -> None:
    verdict = condition(SAFE[("aws:route53/zone:Zone", "name")]).judge(name)
    assert (verdict is Verdict.FAIL) is is_refused


@pytest.mark.parametrize(("path", "expected"), [
    ("spec.values.a", True), ("spec.sources[0].helm.valuesObject.a.b", True), ("spec.set.a.b", True),
    ("spec.forProvider.values.a", True), ("spec.postBuild.substitute.A", True), ("values.a", True), ("data.A", True),
    ("configurationSettings.a.b", True), ("spec.config.server.a", True), ("spec.a", False), ("spec.values", False),
    ("spec.tls.a", False), ("config.a", False), ("parameters.a", False), ("a", False), ("", False),
])  # fmt: skip
def test_names_are_chosen_where_values_of_programs_stand(path: str, expected: bool) -> None:
    assert is_chosen(path) is expected


@pytest.mark.parametrize(("operation", "pointer", "expected"), [
    ("replace", "/data/SKIP_AUTH", "SKIP_AUTH"), ("add", "/metadata/annotations/a.io~1b", "a.io/b"),
    ("remove", "/data/SKIP_AUTH", ""), ("test", "/data/SKIP_AUTH", ""), ("add", "/spec/containers/0", ""),
    ("add", "/spec/containers/-", ""), ("", "/data/SKIP_AUTH", "SKIP_AUTH"),
])  # fmt: skip
def test_an_operation_of_a_patch_writes_a_setting(operation: str, pointer: str, expected: str) -> None:
    begin = "spec.patches[0].patch[0]"
    values = {"op": operation, "path": pointer, "value": "true"}
    leaves = [Leaf(f"{begin}.{key}", key, value, True) for key, value in values.items() if value]
    assert [leaf.key for leaf in patched_settings(leaves)] == [expected] * bool(expected)


@pytest.mark.parametrize("part", ['"default":{', '"me-central-1":{"x":{', '"default"', '"status":{', "{", " "])
def test_hostile_policies_of_organisations_are_read_fast(part: str) -> None:
    text = '"default": {' + part * (20_000 // len(part))
    with within(1):
        condition(SAFE[GUARD]).judge(text)
