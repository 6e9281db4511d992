"""Every attack of `attacks` is refused by one of its rules under the settings of the repository, in process."""

import importlib
import pkgutil

import pytest
from guardrails.engine.enforcement import load_enforcement
from guardrails.registry import IDS

from tests.distribution import ROOT

from . import attacks
from .attacks import Attack
from .harness import Pack, blocking

ATTACKS: tuple[Attack, ...] = tuple(
    attack
    for module in pkgutil.iter_modules(attacks.__path__)
    for attack in importlib.import_module(f"{attacks.__name__}.{module.name}").ATTACKS
)


@pytest.fixture(scope="module")
def pack() -> Pack:
    """The pack with the settings of the repository."""
    return Pack(load_enforcement(ROOT / "policy_pack" / "enforcement.yaml", IDS))


@pytest.mark.parametrize("attack", ATTACKS, ids=str)
def test_attack_is_refused(pack: Pack, attack: Attack) -> None:
    reports = [report for resource in attack.plan for report in pack.evaluate_resource(resource)]
    refused = blocking(reports + pack.evaluate_stack(*attack.plan))
    assert refused & set(attack.rules), f"refused by {sorted(refused) or 'nothing'}"


def test_names_are_unique() -> None:
    names = [attack.name for attack in ATTACKS]
    assert len(names) == len(set(names))
