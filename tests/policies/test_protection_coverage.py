"""Every SDK type with a protective property has a row for it, or an exception with a reason."""

import re
from collections.abc import Iterator
from functools import cache

import pytest
from guardrails.cost.storage import REDUNDANCY_ROWS
from guardrails.registry import ALL
from guardrails.resilience.data_protection import PRODUCTION_ROWS

from . import sdk as texts
from .coverage_exceptions import EXCEPTIONS
from .sdk_paths import has_path

_MARK = re.compile(r"\[[*+]\]|\?")
_PARAMETER = re.compile(r"\n {17}(\w+): ")
"""Constructor parameters: the generated SDKs write each on its own line."""


def _checked_properties() -> dict[str, set[str]]:
    """Returns type -> properties that its rows check, with one nested level; "" if the type itself is refused."""
    properties: dict[str, set[str]] = {}
    for check in (*(check for rule in ALL for check in rule.checks), *PRODUCTION_ROWS, *REDUNDANCY_ROWS):
        steps = [_MARK.sub("", step) for step in check.path.split(".")]
        for token in check.tokens:
            properties.setdefault(token, set()).update({steps[0], ".".join(steps[:2])})
    return properties


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])([A-Z])", lambda match: "_" + match[1].lower(), name)


_PROPERTIES_BY_PARAMETER: dict[str, list[str]] = {}
"""Parameter -> the properties of EXCEPTIONS that it is or may contain."""
for _name in EXCEPTIONS:
    _PROPERTIES_BY_PARAMETER.setdefault(_snake(_name.split(".")[0]), []).append(_name)


@cache
def _types_by_property() -> dict[str, set[str]]:
    """Returns property -> the types that have it."""
    types: dict[str, set[str]] = {name: set() for name in EXCEPTIONS}
    for package in ("pulumi_aws", "pulumi_azure_native"):
        for token, text in texts.texts(package):
            for name in _candidates(text):
                if has_path(token, name, in_maps=False):
                    types[name].add(token)
    return types


def _candidates(text: str) -> Iterator[str]:
    """Yields properties that a type may have, by a search of its source text, which is much faster than parsing it."""
    for parameter in set(_PARAMETER.findall(text)):
        yield from _PROPERTIES_BY_PARAMETER.get(parameter, ())


@pytest.mark.parametrize("name", sorted(EXCEPTIONS))
def test_every_type_with_a_protective_property_has_a_row_or_an_exception(name: str) -> None:
    checked = _checked_properties()
    excused = {token for tokens in EXCEPTIONS[name].values() for token in tokens}
    unchecked = {token for token in _types_by_property()[name] if not {name, ""} & checked.get(token, set())}
    assert unchecked - excused == set(), "needs a row, or a reason in coverage_exceptions.py"
    assert excused - unchecked == set(), "has a row now, or is no longer a type of the SDK"


def test_the_search_finds_something() -> None:
    assert len(_types_by_property()["kmsKeyId"]) > 50
    assert len(_types_by_property()["properties.publicNetworkAccess"]) > 20
