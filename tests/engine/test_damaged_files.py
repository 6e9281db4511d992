"""Damaged files of a sandbox: every command that reads them ends in a sentence, and never in a traceback or a panic."""

from pathlib import Path

import pytest

from tests.engine.conftest import MakeProject
from tests.engine.harness import Project

pytestmark = pytest.mark.engine

PROGRAM = """
import pulumi
import pulumi_aws as aws

uae = aws.Provider("uae", region="me-central-1")
for name in ("one", "two"):
    aws.cloudwatch.LogGroup(name, retention_in_days=30, opts=pulumi.ResourceOptions(provider=uae))
"""
READERS = (("up", "--no-pack"), ("refresh",), ("recover",))
DAMAGES = {
    "cut": lambda data: data[: len(data) // 2],
    "empty": lambda _: b"",
    "binary": lambda _: b"\x00\xff" * 500,
}


@pytest.fixture(scope="module")
def deployed(make_project: MakeProject) -> Project:
    """A stack with two resources."""
    project = make_project(PROGRAM, "damaged", checkpoints=True)
    project.session.paths.stack_file("dev").write_text("")
    done = project.run("up", "dev")
    assert done.status == 0, done.output
    return project


def _files(project: Project, kind: str) -> tuple[Path, list[Path]]:
    """Returns the file to damage, and what would stand in for it."""
    if kind == "inventory":
        file = project.session.paths.inventory
        return file, [file.with_name(f"{file.name}-wal"), file.with_name(f"{file.name}-shm")]
    (file,) = project.session.paths.state.rglob("dev.json")
    return file, [file.with_suffix(".json.bak")]


@pytest.mark.parametrize("kind", ["state", "inventory"])
@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_file_is_a_sentence(deployed: Project, kind: str, damage: str) -> None:
    deployed.sandbox_files()  # moves the inventory's write-ahead log to its file
    file, others = _files(deployed, kind)
    kept = {each: each.read_bytes() for each in (file, *others) if each.exists()}
    answers = {}
    for reader, *options in READERS:
        for other in others:
            other.unlink(missing_ok=True)
        file.write_bytes(DAMAGES[damage](kept[file]))
        answers[reader] = deployed.falaj(reader, "--stack", "dev", *options)
    for each in (file, *others):
        each.unlink(missing_ok=True)
    for each, data in kept.items():
        each.write_bytes(data)
    for reader, answer in answers.items():
        assert "Traceback" not in answer.output, (reader, answer.output)
        assert "panic" not in answer.output, (reader, answer.output)
        assert "bug in the sandbox" not in answer.output, (reader, answer.output)
    assert answers["recover"].status == 3 or (kind, damage) == ("inventory", "empty"), answers["recover"].output
