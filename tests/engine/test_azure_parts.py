"""Each optional part of an Azure site on the real engine: turned on and off, all judged, nothing else replaced."""

import pytest

from tests.engine.program import BringUp, Program

pytestmark = pytest.mark.engine
PARTS = ("geo", "files", "registry", "finops", "bill")


@pytest.fixture(scope="module")
def bare(bring_up: BringUp) -> Program:
    """A site without any optional part."""
    return bring_up("azure_parts.py")


@pytest.mark.parametrize("part", PARTS)
def test_a_part_replaces_and_deletes_nothing(bare: Program, part: str) -> None:
    done = bare.succeed("preview", "--json", PARTS=part).steps
    assert set(done) <= {"create", "update", "same", "read"}, done
    expected = {"uae-datasets-account"} if part == "geo" else set()
    assert done.get("update", set()) == expected
    assert bool(done.get("create")) == (part != "geo")


def test_all_parts_come_up_stay_and_go_again(bare: Program) -> None:
    before = bare.ids_in_clouds()
    made = bare.judged("up", PARTS=" ".join(PARTS))
    assert "replace" not in made.changes
    bare.stays(PARTS=" ".join(PARTS))
    off = bare.judged("up")
    assert "replace" not in off.changes
    assert bare.ids_in_clouds() == before
