"""Each optional part of an AWS site's storage on the real engine: turned on and off, judged, and nothing replaced."""

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
"""Part -> what is changed in place for it, and nothing else."""


@pytest.fixture(scope="module")
def bare(bring_up: BringUp) -> Program:
    """A site without any optional part."""
    return bring_up("aws_storage_parts.py")


@pytest.mark.parametrize("part", PARTS)
def test_a_part_replaces_and_deletes_nothing(bare: Program, part: str) -> None:
    done = bare.succeed("preview", "--json", PARTS=part).steps
    assert set(done) <= {"create", "update", "same", "read"}, done
    assert done.get("update", set()) == PARTS[part]
    assert bool(done.get("create")) == (part != "confined")


def test_all_parts_come_up_stay_grow_and_go_again(bare: Program) -> None:
    before = bare.ids_in_clouds()
    made = bare.judged("up", PARTS=" ".join(PARTS))
    assert "replace" not in made.changes
    bare.stays(PARTS=" ".join(PARTS))
    grown = bare.judged("preview", "--json", PARTS=" ".join(PARTS), CHANGE="grown")
    assert grown.steps.get("update") == {"uae-scratch-lustre"}, grown.output
    off = bare.judged("up")
    assert "replace" not in off.changes
    assert bare.ids_in_clouds() == before
