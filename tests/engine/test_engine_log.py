"""The engine keeps no log of each command in the sandbox: nothing reads it, and it takes long to write."""

from pathlib import Path

import pytest

from falaj.sandbox.environment import prepare
from tests.engine.conftest import MakeProject

pytestmark = pytest.mark.engine


def test_a_command_runs_and_leaves_no_log(make_project: MakeProject) -> None:
    project = make_project(name="log")
    ran = project.pulumi("stack", "ls")
    assert ran.status == 0, ran.output
    assert ran.output.startswith("NAME")
    assert (project.session.paths.home / "logs").read_bytes() == b""


def test_the_logs_of_a_sandbox_of_an_earlier_version_are_kept(make_project: MakeProject) -> None:
    project = make_project(name="earlier log")
    logs: Path = project.session.paths.home / "logs"
    logs.unlink()
    logs.mkdir()
    (logs / "pulumi.log").write_text("kept")
    prepare(project.session.paths, project.session.engine)
    assert (logs / "pulumi.log").read_text() == "kept"
