"""Attacks of `tests/policies/attacks` are refused by the real engine, all in one preview.

In a run of all tests one of three, and of each file at least one: `tests/policies/test_attacks.py` evaluates all in
process, and a preview of 7,700 took two minutes of processor time (2026-12-02).
"""

import json
import re
from collections import defaultdict
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from tests.engine.conftest import MakeProject
from tests.engine.harness import Project
from tests.every_case import check_every
from tests.policies.attacks import Attack
from tests.policies.known_failures import ATTACKS as KNOWN_FAILURES
from tests.policies.test_attacks import FAMILIES
from tests.thorough import is_tried

pytestmark = pytest.mark.engine
STACK = "prod-uae"
ATTACKS = tuple(
    attack
    for family in FAMILIES.values()
    for place, attack in enumerate(family)
    if (place == 0 or is_tried(attack.name)) and not attack.has_own_stack
)
OTHER_ERROR = re.compile(r"^    error: (?!preview failed).*", re.MULTILINE)
"""An error that is no finding: it would end the preview before every resource is evaluated."""


def accept_everything(project: Project) -> None:
    """Lets plug-ins that accept every resource serve the project. `tests/policies/test_attacks.py` holds the properties
    of the plans against the types of the SDKs."""
    for script in project.session.paths.bin.glob("pulumi-resource-*"):
        script.write_text(script.read_text().replace("falaj.sandbox.clouds", "tests.engine.accepting_clouds"))


@pytest.fixture(scope="module")
def refused(make_project: MakeProject, tmp_path_factory: pytest.TempPathFactory) -> dict[int, set[str]]:
    """Rules that block, for each attack by its number, from the evidence of one preview."""
    project = make_project(Path(__file__).with_name("attacks_program.py"), "attacks")
    accept_everything(project)
    evidence = tmp_path_factory.mktemp("evidence")
    plans = project.folder / "attacks.json"
    plans.write_text(json.dumps([[asdict(given) for given in attack.plan] for attack in ATTACKS]))
    variables = {"FALAJ_EVIDENCE": str(evidence), "FALAJ_ATTACKS": str(plans)}
    session = replace(project.session, environment=project.session.environment | variables)
    ran = Project(session).run("preview", STACK, pack=True)
    assert (ran.status != 0, OTHER_ERROR.findall(ran.output)) == (True, []), ran.output
    rules: dict[int, set[str]] = defaultdict(set)
    for file in evidence.glob("*"):
        for line in file.read_text().splitlines():
            row = json.loads(line)
            number = row["urn"].rsplit("::", 1)[-1].split("-")[0]
            if row["level"] == "mandatory" and row["verdict"] != "pass" and number.isdecimal():
                rules[int(number)].add(row["rule"])
    return rules


def test_attacks_are_refused(refused: dict[int, set[str]]) -> None:
    """Each attack but those of known failures, none of which is refused."""

    def check(attack: tuple[int, Attack]) -> None:
        number, given = attack
        rules = refused.get(number, set())
        is_expected = given.name not in KNOWN_FAILURES
        assert given.is_refused_by(rules) == is_expected, f"refused by {sorted(rules) or 'nothing'}"

    check_every(enumerate(ATTACKS), check, lambda attack: str(attack[1]))
