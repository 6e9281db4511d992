"""Nothing changes unnoticed: plans of components and stacks, findings on attacks and idioms, output of commands."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.unit.recorded import bills, findings, outputs, plans
from tests.unit.recorded.rows import changes, digest, digests, recorded, same_everywhere

RENEW = "is it wanted? Then `.venv/bin/python -m tests.unit.recorded` records it"
PRODUCTION = "Pulumi.prod-uae.yaml"
SLOW = "simulate"


def differences(file: str, groups: set[str], contents: Mapping[tuple[str, ...], Any]) -> list[str]:
    """Returns what differs from the recorded rows of groups."""
    found = changes({key: value for key, value in recorded(file).items() if key[0] in groups}, digests(contents))
    return [*found, RENEW] if found else []


@pytest.mark.parametrize("cloud", plans.COMPONENTS)
def test_what_components_make_is_recorded(cloud: str) -> None:
    groups = set(plans.COMPONENTS[cloud])
    contents = {key: content for group in sorted(groups) for key, content in plans.contents(group).items()}
    assert differences(plans.FILE, groups, contents) == []


def test_what_production_plans_is_recorded() -> None:
    assert differences(plans.FILE, {PRODUCTION}, plans.contents(PRODUCTION)) == []


@pytest.mark.parametrize("group", [file.name for file in plans.STACKS if file.name != PRODUCTION])
def test_what_stacks_plan_is_recorded(group: str) -> None:
    assert differences(plans.FILE, {group}, plans.contents(group)) == []


def test_the_bill_of_production_is_recorded(tmp_path: Path) -> None:
    assert differences(bills.FILE, {PRODUCTION}, bills.contents(PRODUCTION, tmp_path)) == []


@pytest.mark.parametrize("group", [name for name in bills.GROUPS if name != PRODUCTION])
def test_bills_of_stacks_are_recorded(group: str, tmp_path: Path) -> None:
    assert differences(bills.FILE, {group}, bills.contents(group, tmp_path)) == []


@pytest.mark.parametrize("group", [group for group in outputs.GROUPS if group != SLOW])
def test_what_commands_print_is_recorded(group: str, tmp_path: Path) -> None:
    assert differences(outputs.FILE, {group}, outputs.contents(group, tmp_path)) == []


def test_what_simulations_print_is_recorded(tmp_path: Path) -> None:
    assert differences(outputs.FILE, {SLOW}, outputs.contents(SLOW, tmp_path)) == []


def test_what_guardrails_say_of_idioms_is_recorded() -> None:
    assert differences(findings.FILE, {"idioms"}, findings.contents("idioms")) == []


def test_no_other_groups_are_recorded() -> None:
    for module in (plans, bills, outputs, findings):
        assert {key[0] for key in recorded(module.FILE)} == set(module.GROUPS)


def test_changes_are_named() -> None:
    before = {("a", "gone"): "1", ("a", "same"): "2", ("a", "other"): "3"}
    now = {("a", "same"): "2", ("a", "other"): "4", ("a", "more"): "5"}
    assert changes(before, now) == ["gone: a gone", "new: a more", "different: a other"]


def test_numbers_of_other_processors_and_names_of_folders_change_no_digest() -> None:
    first, second = '{"high": 3.576489651183308, "n": 1.25}', '{"high": 3.5764896511833806, "n": 1.25}   '
    assert digest(same_everywhere(first)) == digest(same_everywhere(second))
    assert digest(same_everywhere(first)) != digest(same_everywhere(first.replace("1.25", "1.26")))


def test_the_bill_of_production_has_all_prices_and_thresholds(tmp_path: Path) -> None:
    """What is recorded is a real bill: with the settings of the stack, and numbers as the engine writes them."""
    status, text, _ = bills.contents(PRODUCTION, tmp_path)[PRODUCTION, "text"]
    assert (status, "Missing prices" in text) == (0, False)
    assert "3 of 3 passed" in text


def test_plans_of_the_guardrails_have_names_of_their_own() -> None:
    for group in findings.GROUPS:
        names = [name for name, _ in findings.plans(group)]
        assert len(names) == len(set(names)), group
