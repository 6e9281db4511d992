"""What the guardrails say of every attack and every idiom of the tests, under the settings of the repository."""

from collections.abc import Iterator
from typing import Any

from guardrails.engine.enforcement import load_enforcement
from guardrails.registry import IDS

from tests.distribution import ROOT
from tests.policies.harness import Given, Pack, Report
from tests.policies.test_attacks import ATTACKS, reports_of
from tests.policies.test_idioms import IDIOMS, STACK

FILE = "findings.csv"
GROUPS = ("attacks", "idioms")


def contents(group: str) -> dict[tuple[str, ...], list[dict[str, Any]]]:
    """Returns what is reported of each plan of a group; the key names the rules that refuse it.

    The idioms too are evaluated without what they list, so that the rules have something to say of them.
    """
    if group == "attacks":
        found = {attack.name: reports_of(attack) for attack in ATTACKS}
    else:
        pack = Pack(load_enforcement(ROOT / "policy_pack" / "enforcement.yaml", IDS))
        found = {name: pack.evaluate_plan(*plan) for name, plan in plans(group)}
    return {(group, name, _refusing(reports)): [vars(report) for report in reports] for name, reports in found.items()}


def plans(group: str) -> Iterator[tuple[str, tuple[Given, ...]]]:
    """Yields the name and the resources of each plan of a group."""
    if group == "attacks":
        yield from ((attack.name, attack.plan) for attack in ATTACKS)
    else:
        yield from ((idiom.name, (STACK, *idiom.plan)) for idiom in IDIOMS)


def _refusing(reports: list[Report]) -> str:
    return " ".join(sorted({report.rule for report in reports if report.mandatory}))
