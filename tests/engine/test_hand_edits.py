"""Invalid manual edits of a deployed stack's settings: refused with a message, and the stack is left unchanged."""

import shutil

import pytest

from tests.engine.conftest import MakeDeployed
from tests.engine.harness import ROOT, Project

pytestmark = pytest.mark.engine


@pytest.fixture(scope="module")
def deployed(make_deployed: MakeDeployed) -> Project:
    """The deployed dev stack."""
    return make_deployed("dev", "edited")


EDITS = [
    ("dev", "tags.owner", ..., ["platform.tags.owner", "add `owner`"]),
    ("dev", "sites.devaws.region", "eu-west-1", ["platform.sites.devaws.region", "me-central-1"]),
    ("dev", "sites.devaws.pool", {}, ["platform.sites.devaws.pool", "did you mean `pools`"]),
    ("dev", "sites.devaws.pools.gpuspot.machines", ["p4d.24xlarge", "g5.xlarge"], ["p4d.24xlarge", "g6.xlarge"]),
    ("prod-uae", "sites.azuae.pools.gpu.machines", ["Standard_NC4as_T4_v3"], ["NC4as_T4_v3", "NV36ads_A10_v5"]),
]


@pytest.mark.parametrize(("stack", "path", "value", "words"), EDITS, ids=[str(edit[1]) for edit in EDITS])
def test_an_invalid_edit_is_refused_with_a_message_and_the_stack_is_unchanged(
    deployed: Project, stack: str, path: str, value: object, words: list[str]
) -> None:
    before = deployed.ids_in_clouds()
    deployed.edit(stack, path, value)
    try:
        refused = deployed.run("up", stack, pack=True)
        checked = deployed.falaj("check", "--stack", stack)
    finally:
        shutil.copy(ROOT / f"Pulumi.{stack}.yaml", deployed.folder)
    assert (refused.status != 0, checked.status) == (True, 2), refused.output
    for word in words:
        assert word in refused.output
        assert word in checked.output
    assert "Traceback" not in refused.output + checked.output
    assert deployed.ids_in_clouds() == before
    assert deployed.ids_in_state("dev") == before


def test_plain_pulumi_commands_work_in_the_shell(deployed: Project) -> None:
    plain = "pulumi preview --stack dev --policy-pack policy_pack --non-interactive --expect-no-changes"
    ran = deployed.falaj("shell", "--", *plain.split())
    assert ran.status == 0, ran.output
    assert "falaj@v" in ran.output
    assert deployed.falaj("shell", "--", "no-such-program").status == 127


def test_the_settings_files_are_left_as_they_were(deployed: Project) -> None:
    for stack in ("dev", "prod-uae"):
        original = (ROOT / f"Pulumi.{stack}.yaml").read_text()
        assert (deployed.folder / f"Pulumi.{stack}.yaml").read_text() == original


def test_the_evidence_of_a_good_run_is_all_pass(deployed: Project) -> None:
    from falaj.sandbox.evidence import tallies_since

    tallies = tallies_since(deployed.session.paths.evidence, since=0)
    assert set(tallies) == {"cost", "encryption", "escape", "exposure", "identity", "residency", "resilience", "tags"}
    assert all(
        (tally.refused, tally.advice) == (0, 0) and tally.passed == tally.judgements > 0 for tally in tallies.values()
    )
