"""The search space, changes that the settings' checks accept, and the patch of the stack file."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from falaj.components.settings.load import platform_settings
from falaj.components.settings.stackfile import problems_in
from falaj.finops.errors import BadInput
from falaj.simulation.advice.choices import KINDS, TODAY, Choice
from falaj.simulation.advice.edits import edited
from falaj.simulation.advice.patch import patch
from falaj.simulation.advice.setting_changes import accepted, changed
from falaj.simulation.advice.space import search_space
from tests.unit.simulation.advice_stack import STACK, raw

ROOT = Path(__file__).parents[3]
POOL = ("sites", "main", "pools", "gpuspot")
SPACE = ("tenants", "research", "spaces", "main")


@pytest.fixture(scope="module")
def space() -> dict[str, Choice]:
    return {choice.name: choice for choice in search_space(raw())}


def labels(choice: Choice) -> list[str]:
    return [alternative.label for alternative in choice.alternatives]


def test_every_alternative_is_accepted_and_the_first_is_today(space: dict[str, Choice]) -> None:
    for choice in space.values():
        assert choice.kind in KINDS
        assert labels(choice)[0] == TODAY
        assert choice.today not in labels(choice)
        assert choice.is_open
        assert all(accepted(raw(), alternative.changes) for alternative in choice.alternatives)


def test_machine_sets_leave_out_types_without_a_spot_price_and_keep_two(space: dict[str, Choice]) -> None:
    sets = labels(space["sites.main.pools.gpuspot.machines"])
    assert "g5.12xlarge, g6.12xlarge" in sets
    assert "g5.12xlarge, g5.24xlarge" in sets, "offered, with a known spot price"
    assert "g5.12xlarge" not in sets, "one type alone is interrupted more often"


def test_small_machines_come_beside_a_pools_own_with_more_of_them(space: dict[str, Choice]) -> None:
    (small,) = [each for each in space["sites.main.pools.gpuspot.machines"].alternatives if "; max" in each.label]
    assert small.changes == {
        (*POOL, "machines"): ["g6e.xlarge", "g5.12xlarge", "g6.12xlarge", "g6e.12xlarge"],
        (*POOL, "max"): 32,
    }, "four times as many with a fourth of the GPUs"


def test_pools_of_small_machines_have_none_beside_them() -> None:
    small = STACK.replace("[g5.12xlarge, g6.12xlarge, g6e.12xlarge]", "[g5.xlarge, g6.xlarge]")
    sets = {choice.name: labels(choice) for choice in search_space(raw(small))}["sites.main.pools.gpuspot.machines"]
    assert not [label for label in sets if "max" in label]


def test_the_space_of_a_tenant_is_raised_as_a_whole(space: dict[str, Choice]) -> None:
    twice, four_times = space["tenants.research.spaces.main"].alternatives[1:]
    assert twice.changes == {(*SPACE, "gpus"): 32, (*SPACE, "cpu"): 800, (*SPACE, "memory_gib"): 6000}
    assert four_times.changes[(*SPACE, "gpus")] == 64


def test_invalid_alternatives_are_left_out() -> None:
    production = STACK.replace("environment: dev", "environment: prod")
    names = {choice.name for choice in search_space(raw(production))}
    assert "sites.main.pools.gpuspot.aws.sleeps" not in names, "production does not sleep"
    assert "sites.main.pools.gpuspot.max" in names


def test_system_pools_are_left_alone(space: dict[str, Choice]) -> None:
    assert not [name for name in space if "pools.system" in name]


def test_what_must_be_large_enough_is_raised_with_a_change() -> None:
    hours = {(*SPACE, "queue", "hours_per_month"): 100}
    result = accepted(raw(), hours)
    assert result is not None
    assert result.changes.keys() > hours.keys()
    gpus = result.changes[(*SPACE, "gpus")]
    assert result.settings.tenants["research"].spaces["main"].gpus == gpus
    assert isinstance(gpus, int)
    assert gpus > 16
    assert accepted(raw(), {**result.changes, (*SPACE, "gpus"): gpus - 1}) == result, "no more than is needed"


def test_other_problems_refuse_a_change() -> None:
    assert accepted(raw(), {(*POOL, "machines"): ["no.such"]}) is None
    assert accepted(raw(), {(*POOL, "min"): 9}) is None


def test_changes_leave_the_settings_as_they_are() -> None:
    settings = raw()
    after = changed(settings, {(*POOL, "max"): 3, ("new", "key"): 1})
    assert settings == raw()
    assert after["new"] == {"key": 1}
    assert platform_settings(changed(settings, {(*POOL, "max"): 3})).sites["main"].pools["gpuspot"].max == 3


CHANGES = {
    (*POOL, "machines"): ["g5.12xlarge", "g6.12xlarge"],
    (*POOL, "min"): 1,
    ("sites", "main", "cluster", "spot_hours_percent"): 80,
    (*SPACE, "gpus"): 40,
    (*SPACE, "cpu"): 2000,
    (*SPACE, "memory_gib"): 9000,
    (*SPACE, "queue", "hours_per_month"): 365,
}


def test_git_applies_the_patch_and_the_check_passes(tmp_path: Path) -> None:
    file = tmp_path / "Pulumi.small.yaml"
    file.write_text(STACK)
    (tmp_path / "advice.patch").write_text(patch(STACK, "Pulumi.small.yaml", CHANGES))
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    subprocess.run(["git", "apply", "advice.patch"], cwd=tmp_path, check=True)
    after = file.read_text()
    assert problems_in(file) == []
    assert yaml.safe_load(after)["config"]["falaj:platform"] == changed(raw(), CHANGES)
    kept = [line for line in STACK.splitlines() if "#" in line and "hours_per_month" not in line]
    assert [line for line in after.splitlines() if line in kept] == kept, "comments stay"
    assert "hours_per_month: 365}  # even months" in after


def test_a_patch_of_the_shipped_stack_changes_only_its_lines() -> None:
    text = (ROOT / "Pulumi.prod-uae.yaml").read_text()
    change = {("sites", "awsuae", "pools", "gpuspot", "machines"): ["g5.12xlarge", "g6.12xlarge"]}
    lines = [line for line in patch(text, "Pulumi.prod-uae.yaml", change).splitlines() if line[:1] in "+-"]
    assert [line[:1] for line in lines] == ["-", "+", "-", "+"]
    assert lines[3].endswith("machines: [g5.12xlarge, g6.12xlarge]")


def test_no_change_is_no_patch() -> None:
    assert patch(STACK, "f", {}) == ""


def test_a_file_without_a_last_newline_stays_without(tmp_path: Path) -> None:
    text = STACK.rstrip("\n").replace('administrators: ["arn:aws:iam::123456789012:role/Admins"]', "protect: false")
    assert "No newline at end of file" in patch(text, "f", {("sites", "main", "protect"): True})


FORMS: list[tuple[str, tuple[str, ...], object, str]] = [
    ("a: {b: 1}", ("a", "b"), 2, "a: {b: 2}"),
    ("a: {}", ("a", "b", "c"), 2, "a: {b: {c: 2}}"),
    ("a: {b: 1, }", ("a", "c"), True, "a: {b: 1,c: true}"),
    ("a:\n  - x\n  - y\nz: 1", ("a",), ["y"], "a: [y]\nz: 1"),
    ("a:\n  # of b\n  b: 1", ("a", "c"), "x", "a:\n  c: x\n  # of b\n  b: 1"),
    ("a: 'x' # why", ("a",), "no", 'a: "no" # why'),
    ("a: 1", ("a",), 67.5, "a: 67.5"),
    ("a: 1", ("a",), {"b": ["c: d", "e"]}, 'a: {b: ["c: d", e]}'),
]


@pytest.mark.parametrize(("text", "path", "value", "after"), FORMS)
def test_edits_keep_the_form(text: str, path: tuple[str, ...], value: object, after: str) -> None:
    assert edited(text, (), {path: value}) == after
    here: Any = yaml.safe_load(after)
    for key in path:
        here = here[key]
    assert here == value


@pytest.mark.parametrize("text", ["a: &x {b: 1}\nc: *x", "c: &x {b: 1}\na: *x", "a:\n  b: &y 1\nc: *y"])
def test_a_shared_value_is_refused(text: str) -> None:
    with pytest.raises(BadInput, match=r"a\.b: the stack file shares this value by an anchor"):
        edited(text, (), {("a", "b"): 2})


def test_a_value_in_place_of_a_mapping_is_refused() -> None:
    with pytest.raises(BadInput, match="no mapping here"):
        edited("a:\n", (), {("a", "b"): 2})
