"""Optional components of an Azure site on the real engine: enabled and disabled, with nothing replaced."""

import pytest

from falaj.sandbox.clouds.azure.references import RESTRICTED_REGIONS
from tests.engine.program import BringUp, Program

pytestmark = pytest.mark.engine
ADMITTED = {RESTRICTED_REGIONS: "uaecentral"}
"""The emulated subscription may use the other region, for the registry's replica."""
PARTS = ("geo", "files", "registry", "finops", "bill")


@pytest.fixture(scope="module")
def bare(bring_up: BringUp) -> Program:
    """A site without any optional part."""
    return bring_up("azure_parts.py")


@pytest.mark.parametrize("part", PARTS)
def test_a_part_replaces_and_deletes_nothing(bare: Program, part: str) -> None:
    steps = bare.succeed("preview", "--json", PARTS=part).steps
    assert set(steps) <= {"create", "update", "same", "read"}, steps
    expected = {"uae-datasets-account"} if part == "geo" else set()
    assert steps.get("update", set()) == expected
    assert bool(steps.get("create")) == (part != "geo")


def test_all_parts_come_up_stay_and_go_again(bare: Program) -> None:
    before = bare.ids_in_clouds()
    made = bare.succeed_with_pack("up", PARTS=" ".join(PARTS), **ADMITTED)
    assert "replace" not in made.changes
    bare.assert_stable(PARTS=" ".join(PARTS), **ADMITTED)
    off = bare.succeed_with_pack("up")
    assert "replace" not in off.changes
    assert bare.ids_in_clouds() == before
