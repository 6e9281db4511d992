"""Tables of paths, patterns and names in the modules of guardrails, compared with the SDKs and with how names are
spelled: a misspelled entry would never be met, and no other test would notice."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import ModuleType
from typing import Any

import pytest
from guardrails.engine.reading import Plain
from guardrails.engine.verdicts import Verdict
from guardrails.readers.hosts import _NAMED_RESOURCES
from guardrails.registry import ALL
from guardrails.residency.movers_azure import AZURE_MOVERS
from guardrails.residency.movers_kubernetes import KUBERNETES_MOVERS
from guardrails.residency.plain_names import _PAGES, _PATHS

from falaj.sandbox.clouds.sdk_schema import UnknownResourceType, sdk

from .expressions import MODULES, expressions_in
from .sdk_paths import has_path, text_paths

CLOUDS = ("aws:", "azure-native:")
_STEP = r"[a-z][A-Za-z0-9_-]*(?:\?|\[[*+]\]\??)?"
_PATH = re.compile(rf"{_STEP}(?:\.(?:\*\*|{_STEP}))*")
OTHER_TABLES = {
    "GLOBAL_AWS_TYPES": "reasons",
    "_ALIASES": "former names of types",
    "_CLUSTER_TYPES": "clouds",
    "_DEPLOYING_TYPES": "words for messages",
    "_ENGINES": "engines of databases",
    "_LIFECYCLE": "properties of the type that belongs to it",
    "_MACHINES": "beginnings of paths, one of them empty",
    "_NEEDED_ACTIONS": "actions of policies",
    "_ORDINARY_TYPES": "reasons",
    "_OTHER_TARGETS": "beginnings of types",
    "_REPLACED_TYPES": "names of types",
    "_SCRIPT_KEYS": "keys at any depth",
}
"""Table by type of which the values are no paths -> what they are."""
IN_JSON = ("CONTAINERS", "_CREATED", "_IN_JSON", "_LOG_DRIVERS")
"""Tables of paths below a property that is JSON."""


def _tables() -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yields the tables by type of the clouds whose values are paths of properties, each once."""
    seen: set[int] = set()
    for module in MODULES:
        for name, table in vars(module).items():
            if not isinstance(table, Mapping) or id(table) in seen or name in OTHER_TABLES:
                continue
            seen.add(id(table))
            tokens = [str(token) for token in table]
            if tokens and all(token.startswith(CLOUDS) and token[-1] not in ":/" for token in tokens):
                yield f"{module.__name__}.{name}", table


def _paths(table: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for token, value in table.items():
        several = (value,) if isinstance(value, str) else value if isinstance(value, tuple | list | frozenset) else ()
        yield from ((token, path) for path in several if isinstance(path, str))


TABLES = dict(_tables())


@pytest.mark.parametrize("name", sorted(TABLES))
def test_every_table_by_type_names_properties_of_the_sdk(name: str) -> None:
    is_json = name.rpartition(".")[2] in IN_JSON
    for token, path in _paths(TABLES[name]):
        assert _PATH.fullmatch(path), (token, path)
        start = path.partition(".**")[0].removesuffix("[*]")
        assert has_path(token, start.partition(".")[0] if is_json else start), (token, path)


def test_tables_that_are_no_paths_exist() -> None:
    assert {name for name in OTHER_TABLES if not any(hasattr(module, name) for module in MODULES)} == set()


@pytest.mark.parametrize("domain", sorted(_NAMED_RESOURCES))
def test_names_of_hosts_are_properties_of_the_sdk(domain: str) -> None:
    """Hosts are compared in lower case."""
    assert re.fullmatch(r"[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|net|io)", domain)
    for token, key in _NAMED_RESOURCES[domain]:
        assert has_path(token, key), (token, key)


def test_keys_at_any_depth_are_names_of_the_sdk() -> None:
    """The keys of movers below `**`: compared without case, and spelled as the SDK spells them."""
    compared = 0
    for mover in AZURE_MOVERS:
        start, _, key = mover.path.partition(".**.")
        for token in mover.tokens if key and has_path(mover.tokens[0], "datasource", in_maps=False) else ():
            names = {path.rpartition(".")[2] for path in text_paths(token, re.compile(key, re.IGNORECASE))}
            assert key in names, (token, start, key)
            compared += 1
    assert compared >= 5


SERVED = [(token, pattern) for table in (_PATHS, _PAGES) for token, pattern in table.items()]


@pytest.mark.parametrize(("token", "pattern"), [pair for pair in SERVED if pair[0].startswith(CLOUDS)])
def test_names_that_receive_nothing_are_properties_of_the_sdk(token: str, pattern: re.Pattern[str]) -> None:
    """Each alternative begins with the name of a property; what is below is a text or an object of it."""
    properties = sdk(f"pulumi_{token.split(':')[0].replace('-', '_')}").schema(token).inputs
    start = pattern.pattern.removeprefix("(?:")
    ends = (".", "\\.", "\\[", "|")
    assert any(pattern.match(name) or start.startswith(tuple(f"{name}{end}" for end in ends)) for name in properties)


FIELDS = ("metadata", "spec", "data", "webhooks", "subsets", "endpoints", "parameters", "template", "config", "values")
"""First steps of paths in objects of Kubernetes, and `values` of a chart."""
_WORD = re.compile(r"[a-z]+[a-z0-9]*(?:[A-Z]{1,3}[a-z0-9]*)*")
"""Name of a field in the case of the API conventions of Kubernetes, with abbreviations of up to three capitals."""


@pytest.mark.parametrize(("token", "pattern"), [pair for pair in SERVED if not pair[0].startswith(CLOUDS)])
def test_names_that_receive_nothing_are_fields_of_objects(token: str, pattern: re.Pattern[str]) -> None:
    assert pattern.pattern.startswith(tuple(rf"{field}\." for field in FIELDS)), token
    words = re.findall(r"[A-Za-z]{2,}", re.sub(r"\\.", " ", pattern.pattern))
    assert [word for word in words if not _WORD.fullmatch(word) and word not in ("RegExp", "Corefile")] == []


@pytest.mark.parametrize("path", sorted({mover.path for mover in KUBERNETES_MOVERS}))
def test_movers_of_objects_name_fields_as_kubernetes_spells_them(path: str) -> None:
    first, *steps = re.sub(r"\[\*\]|\?|\.?\*\*", "", path).split(".")
    assert first in FIELDS
    if first != "metadata":  # whose annotations are spelled by those who read them
        assert [step for step in steps if step and not re.fullmatch(rf"{_WORD.pattern}|target_uri", step)] == []


@pytest.mark.parametrize("token", sorted({token for mover in KUBERNETES_MOVERS for token in mover.tokens}))
def test_movers_of_kinds_that_the_sdk_has_name_their_fields(token: str) -> None:
    assert re.fullmatch(r"kubernetes:[a-z0-9.-]+/v1:(?!XX|[A-Z]{4})[A-Z]\w+", token)
    for mover in KUBERNETES_MOVERS:
        path = mover.path.partition(".**")[0]
        try:
            assert token not in mover.tokens or has_path(token, path), (token, path)
        except UnknownResourceType:  # of a custom resource, or of another version than v1
            return


CAPITALS = {
    "_ADMINISTRATION", "_API", "_ATTACK_RULES", "_AWS_DOCUMENT", "_BEGINS", "_BUCKET_KEYS",
    "_CERTIFICATE", "_CERTIFICATES",
    "_COMPILED", "_CORE",
    "_DOCKER_LINE", "_ELSEWHERE", "_ENCRYPTED", "_ENDPOINT", "_ENVIRONMENT", "_FROM",
    "_FROM_ADDRESS", "_HARMLESS_TASKS", "_HOST_ACCESS", "_HOST_KEYS", "_IN_TEXT", "_INJECTIONS",
    "_INSECURE_VARIABLE", "_LINE", "_LONG", "_MEMORY", "_MODE", "_NODE_CLASS",
    "_OF_A_TRAIL", "_OWN_ACCOUNT", "_OWN_NAME", "_OF_PEOPLE", "_PACKAGES_KEYS", "_QUOTED", "_POSTING",
    "_READ_LATER", "_REPOSITORY",
    "_SETTINGS", "_STRONG_SUITE", "_STRUCTURED", "_SWITCH_KEY", "_TOO_LITTLE", "_TOO_MUCH", "_TRAIL", "_VARIABLE",
    "_WRITING",
    "_XML_VALUE", "_ZONE", "OBEYED",
    "WITHOUT_NAMESPACE",
}  # fmt: skip
"""Patterns with case that have words in capitals: variables of environments, statements, methods of HTTP, suites of
TLS, sections of XML, labels of PEM, and names of the clouds."""
_NOT_TEXT = re.compile(r"\\.|\(\?P?<[^>]*>")


def _in_capitals(module: ModuleType) -> Iterator[str]:
    for name, value in vars(module).items():
        for pattern in expressions_in(value) if name not in CAPITALS else ():
            if not pattern.flags & re.IGNORECASE and re.search("[A-Z]{3}|XX", _NOT_TEXT.sub(" ", pattern.pattern)):
                yield f"{module.__name__}.{name}: {pattern.pattern}"


def test_patterns_with_case_are_in_lower_case() -> None:
    """They are matched with lower-cased words, hosts, paths, and names of objects."""
    assert [found for module in MODULES for found in _in_capitals(module)] == []


VALUES: tuple[Plain, ...] = ("x", "", True, False, 0, 1.5, [], ["x"], {}, {"x": "y"})


def test_every_condition_of_a_row_says_yes_or_no() -> None:
    conditions = {
        id(condition): condition
        for rule in ALL
        for check in rule.checks
        for condition in (check.condition, *(check.when or ())[1:])
    }
    answers = {condition.requirement: [condition.test(value) for value in VALUES] for condition in conditions.values()}
    assert {text: found for text, found in answers.items() if not all(isinstance(each, bool) for each in found)} == {}


def test_verdicts_are_those_of_the_records_of_decisions() -> None:
    """docs/adr/0002-three-valued-rules.md; evidence, SARIF and JUnit carry these words."""
    words = ["pass", "fail", "undetermined", "exempt", "expired", "not-applicable"]
    assert [verdict.value for verdict in Verdict] == words
