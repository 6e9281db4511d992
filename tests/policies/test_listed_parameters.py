"""The list of parameters of data stores and brokers, and where programs name them."""

import csv

import pytest
from guardrails.engine.data_folder import DATA
from guardrails.engine.reading import UNKNOWN, Plain, Resource
from guardrails.engine.verdicts import Outcome, Verdict
from guardrails.readers.parameters import parameters_of
from guardrails.unverifiable.listed_parameters import (
    check_listed_parameters,
    listed_parameters,
    parameter_name,
    product_names,
)
from guardrails.unverifiable.switch_rows import condition

from tests.processor_time import within

from .harness import Given, Pack

ROWS = list(csv.DictReader((DATA / "parameters.csv").read_text(encoding="utf-8").splitlines()))
GROUP = "aws:rds/parameterGroup:ParameterGroup"
BROKERS = "aws:msk/configuration:Configuration"
CLUSTER = "kubernetes:postgresql.cnpg.io/v1:Cluster"
HOSTILE = 20_000
SECOND = 1.0


def _found(token: str, props: dict[str, Plain]) -> list[Outcome]:
    return list(check_listed_parameters(Resource("urn", token, "it", props)))


def _of_group(family: Plain, **values: Plain) -> list[Outcome]:
    listed: list[Plain] = [{"name": name, "value": value} for name, value in values.items()]
    return _found(GROUP, {"family": family, "parameters": listed})


def test_rows_have_a_source_and_say_what_other_values_do() -> None:
    assert all(row["source"] for row in ROWS)
    assert all(bool(row["otherwise"]) is (row["values"] not in ("any", "elsewhere")) for row in ROWS)


def test_names_stand_once_and_as_they_are_compared() -> None:
    names = [named for row in ROWS for named in product_names(row)]
    assert all(parameter_name(name) == name for _, name in names)
    assert len(names) == len(set(names))


@pytest.mark.parametrize("family", ["postgres17", "aurora-postgresql16", UNKNOWN])
def test_what_is_listed_passes(family: Plain) -> None:
    assert _of_group(family, work_mem="65536", TimeZone="Asia/Dubai", fsync="on", max_connections=500.0) == []


@pytest.mark.parametrize("family", ["postgres17", "mysql8.4", "oracle-ee-19", "db2-se-11.5", "neptune1", UNKNOWN])
def test_what_nobody_has_reviewed_is_refused(family: Plain) -> None:
    (outcome,) = _of_group(family, new_door="1")
    assert outcome.verdict is Verdict.FAIL
    assert outcome.path == "parameters.new_door"


def test_a_value_that_is_not_known_yet_is_undetermined_where_it_decides() -> None:
    (outcome,) = _of_group("postgres17", fsync=UNKNOWN, work_mem=UNKNOWN)
    assert (outcome.verdict, outcome.path) == (Verdict.UNDETERMINED, "parameters.fsync")


def test_spellings_of_a_name_are_one_name() -> None:
    names = ("max degree of parallelism", "Max_Degree_Of_Parallelism", "max server memory (mb)", "fill factor (%)")
    assert all(listed_parameters()["sqlserver"].find(parameter_name(name)) for name in names)
    assert listed_parameters()["oracle"].find(parameter_name("_optimizer_ignore_hints")) is None


def test_properties_go_on_after_a_backslash_and_may_have_other_separators() -> None:
    text = (
        "# x=1\n! y=1\n num.partitions : 3\nmin.insync.replicas 2\n"
        "metric.reporters=\\\n  io.example.Reporter\n\\u0061b=1"
    )
    found = {item.name: item.value for item in parameters_of(Resource("u", BROKERS, "n", {"serverProperties": text}))}
    assert found == {
        "num.partitions": "3", "min.insync.replicas": "2", "metric.reporters": "io.example.Reporter", "\\u0061b": "1",
    }  # fmt: skip


@pytest.mark.parametrize("setting", [
    "log.retention.hours=1", "log.retention.minutes=60", "log.retention.ms=60000", "log.retention.bytes=1048576",
    "log.local.retention.ms=1", "log.local.retention.bytes=1",
])  # fmt: skip
def test_what_brokers_keep_is_reported_once(setting: str) -> None:
    props = {"name": "x", "kafkaVersions": ["3.9.x"], "serverProperties": f"num.partitions=3\n{setting}\n"}
    assert [report.rule for report in Pack().evaluate_plan(Given(BROKERS, props))] == ["FJ-ESC-115"]


def test_an_entry_inside_another_has_both_names() -> None:
    nested: dict[str, Plain] = {"spec": {"postgresql": {"parameters": {"pgaudit": {"log_level": "debug5"}}}}}
    assert [item.path for item in _found(CLUSTER, nested)] == ["spec.postgresql.parameters.pgaudit.log_level"]


@pytest.mark.parametrize(
    "odd", [None, UNKNOWN, 1, "x", [], [None, 1, {}, {"name": 1}, {"name": "fsync"}], {"name": []}]
)
def test_odd_values_raise_nothing(odd: Plain) -> None:
    for token in (GROUP, BROKERS, "azure-native:dbformysql:Configuration"):
        keys = ("family", "parameters", "serverProperties", "configurationName", "value")
        _found(token, dict.fromkeys(keys, odd))
    for props in ({"spec": odd}, {"spec": {"postgresql": odd}}, {"spec": {"postgresql": {"parameters": odd}}}):
        _found(CLUSTER, props)  # type: ignore[arg-type]


@pytest.mark.parametrize("part", ["a", "a=", "set x=1,", "pgaudit,", " ", "\\\n", "-all,", "(", "TLSv1"])
def test_long_texts_take_no_time(part: str) -> None:
    text = part * (HOSTILE // len(part))
    with within(SECOND):
        _found(BROKERS, {"serverProperties": text})
        _of_group("mysql8.4", **{text: text, "init_connect": text})
        for values in {row["values"] for row in ROWS} - {"any", "elsewhere"}:
            condition(values).judge(text)
