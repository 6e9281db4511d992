"""Optional storage components of an AWS site on the real engine: enabled and disabled, with nothing replaced."""

import pytest

from tests.engine.program import BringUp, Program

pytestmark = pytest.mark.engine
VAULTS = {f"uae-{purpose}" for purpose in ("datasets", "checkpoints")}
PARTS = {
    "confined": {f"{vault}-tls-only" for vault in VAULTS},
    "scratch": {f"{vault}-key" for vault in VAULTS},
    "files": set[str](),
    "registry": set[str](),
    "backup": {f"{vault}-bucket" for vault in VAULTS},
}
"""Part -> the only resources that enabling it updates in place."""


@pytest.fixture(scope="module")
def bare(bring_up: BringUp) -> Program:
    """A site without any optional part."""
    return bring_up("aws_storage_parts.py")


@pytest.mark.parametrize("part", PARTS)
def test_a_part_replaces_and_deletes_nothing(bare: Program, part: str) -> None:
    steps = bare.succeed("preview", "--json", PARTS=part).steps
    assert set(steps) <= {"create", "update", "same", "read"}, steps
    assert steps.get("update", set()) == PARTS[part]
    assert bool(steps.get("create")) == (part != "confined")


def test_all_parts_come_up_stay_grow_and_go_again(bare: Program) -> None:
    before = bare.ids_in_clouds()
    made = bare.succeed_with_pack("up", PARTS=" ".join(PARTS))
    assert "replace" not in made.changes
    bare.assert_stable(PARTS=" ".join(PARTS))
    grown = bare.succeed_with_pack("preview", "--json", PARTS=" ".join(PARTS), CHANGE="grown")
    assert grown.steps.get("update") == {"uae-scratch-lustre"}, grown.output
    off = bare.succeed_with_pack("up")
    assert "replace" not in off.changes
    assert bare.ids_in_clouds() == before
