"""Every attack of `attacks` is refused by one of its rules under the settings of the repository, in process."""

import importlib
import pkgutil
from functools import cache
from typing import cast

import pytest
from guardrails.engine.enforcement import load_enforcement
from guardrails.registry import IDS

from falaj.sandbox.clouds.check import Failure, check_inputs
from falaj.sandbox.clouds.sdk_schema import sdk
from falaj.sandbox.clouds.spec import ResourceType
from falaj.sandbox.clouds.values import Props
from tests.distribution import ROOT
from tests.every_case import check_every

from . import attacks
from .attacks import Attack
from .harness import Given, Pack, Report, blocking
from .idioms import Idiom
from .known_failures import ATTACKS as KNOWN_FAILURES

SDKS = {"aws": "pulumi_aws", "azure-native": "pulumi_azure_native"}
FAMILIES: dict[str, tuple[Attack, ...]] = {
    module.name: importlib.import_module(f"{attacks.__name__}.{module.name}").ATTACKS
    for module in pkgutil.iter_modules(attacks.__path__)
}
"""File -> its attacks."""
ATTACKS = tuple(attack for family in FAMILIES.values() for attack in family)
_REPORTS: dict[str, list[Report]] = {}
"""Name of an attack that was evaluated -> what is reported of it."""


@cache
def _pack() -> Pack:
    """Returns the pack with the settings of the repository."""
    return Pack(load_enforcement(ROOT / "policy_pack" / "enforcement.yaml", IDS))


def reports_of(attack: Attack) -> list[Report]:
    """Returns what is reported of an attack under the settings of the repository. A process evaluates each once: it is
    also recorded (`tests/unit/recorded`), and compared with what is reported beside harmless elements."""
    if attack.name not in _REPORTS:
        _REPORTS[attack.name] = _pack().evaluate_plan(*attack.plan)
    return _REPORTS[attack.name]


def check_refused(attack: Attack) -> None:
    """Raises AssertionError if none of its rules refuses an attack."""
    refused = blocking(reports_of(attack))
    assert attack.is_refused_by(refused), f"refused by {sorted(refused) or 'nothing'}"


def schema_failures(given: Given) -> list[Failure]:
    """Returns what the SDK's types say against the properties of a resource of AWS or Azure."""
    package = SDKS.get(given.type.split(":")[0])
    if package is None:
        return []
    types, schema = sdk(package), sdk(package).schema(given.type)
    return check_inputs(types, schema, ResourceType(given.type), cast("Props", given.props), strict_enums=False)


@pytest.mark.parametrize("family", FAMILIES)
def test_attacks_are_refused(family: str) -> None:
    check_every(FAMILIES[family], lambda attack: attack.name in KNOWN_FAILURES or check_refused(attack))


@pytest.mark.xfail(reason="no rule refuses it yet", strict=True)
@pytest.mark.parametrize("attack", [attack for attack in ATTACKS if attack.name in KNOWN_FAILURES], ids=str)
def test_a_known_failure_is_refused(attack: Attack) -> None:
    check_refused(attack)


def test_known_failures_are_attacks() -> None:
    assert {attack.name for attack in ATTACKS} >= KNOWN_FAILURES


def test_names_are_unique() -> None:
    names = [attack.name for attack in ATTACKS]
    assert len(names) == len(set(names))


def test_names_in_a_plan_are_unique() -> None:
    """The engine refuses a plan with two resources of one name and type."""
    urns = {attack.name: [given.urn for given in attack.plan] for attack in ATTACKS}
    assert [name for name, plan in urns.items() if len(plan) != len(set(plan))] == []


def test_attacks_on_the_cost_of_a_stack_have_a_stack() -> None:
    """The rule of the ceiling evaluates the stack; without one it says nothing."""
    only_ceiling = [attack for attack in ATTACKS if set(attack.rules) == {"FJ-COST-004"}]
    assert [attack.name for attack in only_ceiling if not attack.has_own_stack] == []


def check_properties(case: Attack | Idiom) -> None:
    assert [failure for given in case.plan for failure in schema_failures(given)] == []


def test_clouds_accept_the_properties() -> None:
    """The SDK's types accept the plans: the guardrails refuse what would otherwise be deployed."""
    check_every(ATTACKS, check_properties)
