"""Every type of the SDKs that can be protected by one property is asked about it, or left out by name."""

import re
from collections.abc import Iterator
from functools import cache

import pytest
from guardrails.cost.storage import REDUNDANCY_ROWS
from guardrails.registry import ALL
from guardrails.resilience.data_protection import PRODUCTION_ROWS

from . import sdk as texts
from .coverage_exceptions import LEFT_OUT
from .sdk_paths import has_path

_MARK = re.compile(r"\[[*+]\]|\?")
_PARAMETER = re.compile(r"\n {17}(\w+): ")
"""Every parameter of a constructor stands on a line of its own in the generated SDKs."""


def _asked() -> dict[str, set[str]]:
    """Type -> properties that rows are about, also below `properties`; the empty one where the type is refused."""
    found: dict[str, set[str]] = {}
    for check in (*(check for rule in ALL for check in rule.checks), *PRODUCTION_ROWS, *REDUNDANCY_ROWS):
        steps = [_MARK.sub("", step) for step in check.path.split(".")]
        for token in check.tokens:
            found.setdefault(token, set()).update({steps[0], ".".join(steps[:2])})
    return found


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])([A-Z])", lambda match: "_" + match[1].lower(), name)


_NAMES: dict[str, list[str]] = {}
"""Parameter -> the properties that it may be, or have below it."""
for _name in LEFT_OUT:
    _NAMES.setdefault(_snake(_name.split(".")[0]), []).append(_name)


@cache
def _types() -> dict[str, set[str]]:
    """Property -> the types that have it."""
    found: dict[str, set[str]] = {name: set() for name in LEFT_OUT}
    for package in ("pulumi_aws", "pulumi_azure_native"):
        for token, text in texts.texts(package):
            for name in _candidates(text):
                if has_path(token, name, in_maps=False):
                    found[name].add(token)
    return found


def _candidates(text: str) -> Iterator[str]:
    """Properties that a type may have, by one search of its text, which is much quicker than reading it."""
    for parameter in set(_PARAMETER.findall(text)):
        yield from _NAMES.get(parameter, ())


@pytest.mark.parametrize("name", sorted(LEFT_OUT))
def test_a_protection_is_asked_for_wherever_there_is_one(name: str) -> None:
    asked = _asked()
    excused = {token for tokens in LEFT_OUT[name].values() for token in tokens}
    silent = {token for token in _types()[name] if not {name, ""} & asked.get(token, set())}
    assert silent - excused == set(), "needs a row, or a reason in coverage_exceptions.py"
    assert excused - silent == set(), "is asked about, or no type of the SDK any more"


def test_the_search_finds_something() -> None:
    assert len(_types()["kmsKeyId"]) > 50
    assert len(_types()["properties.publicNetworkAccess"]) > 20
