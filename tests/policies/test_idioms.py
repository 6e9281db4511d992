"""No idiom of `idioms` is refused under the settings of the repository and what the idiom itself lists."""

import importlib
import json
import pkgutil
from collections.abc import Mapping
from functools import lru_cache

import pytest
import yaml
from guardrails.engine.enforcement import Enforcement
from guardrails.engine.presets import with_presets

from tests.distribution import ROOT
from tests.every_case import check_every

from . import idioms
from .harness import Given, Pack, Report
from .idioms import Idiom
from .known_failures import IDIOMS as KNOWN_FAILURES
from .test_attacks import check_properties

SETTINGS = yaml.safe_load((ROOT / "policy_pack" / "enforcement.yaml").read_text())
STACK = Given("pulumi:pulumi:Stack", {}, "falaj-prod-uae")
FAMILIES: dict[str, tuple[Idiom, ...]] = {
    module.name: importlib.import_module(f"{idioms.__name__}.{module.name}").IDIOMS
    for module in pkgutil.iter_modules(idioms.__path__)
}
"""File -> its idioms."""
IDIOMS = tuple(idiom for family in FAMILIES.values() for idiom in family)


def merged(base: Mapping[str, object], more: Mapping[str, object]) -> dict[str, object]:
    """Returns settings with the entries of others added, section by section."""
    result = dict(base)
    for key, value in more.items():
        known = result.get(key)
        result[key] = merged(known, value) if isinstance(known, dict) and isinstance(value, Mapping) else value
    return result


@lru_cache(8)
def _pack(settings: str) -> Pack:
    """Returns the pack with settings in JSON. Half of all idioms have the same; a pack takes half as long as a plan."""
    return Pack(Enforcement.model_validate(with_presets(json.loads(settings))))


def refusals(idiom: Idiom) -> list[Report]:
    """Returns the mandatory findings, of each resource and of the plan."""
    pack = _pack(json.dumps(merged(SETTINGS, idiom.all_settings)))
    return [report for report in pack.evaluate_plan(STACK, *idiom.plan) if report.mandatory]


def check_not_refused(idiom: Idiom) -> None:
    """Raises AssertionError if an idiom is refused."""
    assert [report.text for report in refusals(idiom)] == []


@pytest.mark.parametrize("family", FAMILIES)
def test_idioms_are_not_refused(family: str) -> None:
    check_every(FAMILIES[family], lambda idiom: idiom.name in KNOWN_FAILURES or check_not_refused(idiom))


@pytest.mark.parametrize("idiom", [idiom for idiom in IDIOMS if idiom.name in KNOWN_FAILURES], ids=str)
def test_a_known_failure_is_not_refused(request: pytest.FixtureRequest, idiom: Idiom) -> None:
    request.applymarker(pytest.mark.xfail(reason=idiom.doubt or "a wrong alarm", strict=True))
    check_not_refused(idiom)


def test_clouds_accept_the_properties() -> None:
    check_every(IDIOMS, check_properties)


def test_names_are_unique_and_sources_are_named() -> None:
    names = [idiom.name for idiom in IDIOMS]
    assert len(names) == len(set(names))
    assert all(idiom.source for idiom in IDIOMS)
    assert set(names) >= KNOWN_FAILURES
