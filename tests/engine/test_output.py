"""What the commands on the engine print besides their result."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.engine.conftest import MakeProject
from tests.engine.harness import ROOT

pytestmark = pytest.mark.engine

PROGRAM = """
import pulumi_aws as aws
from falaj.components.aws import site_provider
import pulumi
aws.kms.Key("key", opts=pulumi.ResourceOptions(provider=site_provider("uae", "me-central-1")))
"""


@pytest.mark.parametrize("pack", [False, True])
def test_no_plug_in_is_said_to_come_from_path(make_project: MakeProject, pack: bool) -> None:
    done = make_project(PROGRAM, "plug-ins").run("preview", "dev", pack=pack)
    assert "aws:kms:Key" in done.output
    assert "$PATH" not in done.output


def test_an_emulated_cloud_goes_before_a_real_provider_on_path(make_project: MakeProject) -> None:
    """With PULUMI_IGNORE_AMBIENT_PLUGINS, the engine never starts a plug-in of the user's PATH."""
    project = make_project(PROGRAM, "ambient")
    real = project.folder / "real"
    real.mkdir()
    (real / "pulumi-resource-aws").write_text("#!/bin/sh\necho a real provider >&2; exit 1\n")
    (real / "pulumi-resource-aws").chmod(0o755)
    project.session.environment["PATH"] = f"{real}:{project.session.environment['PATH']}"
    done = project.run("preview", "dev")
    assert (done.status, "a real provider" in done.output) == (0, False), done.output


@pytest.fixture(scope="module")
def folder(make_project: MakeProject) -> Path:
    """A deployed project."""
    project = make_project(PROGRAM, "json")
    assert project.run("up", "dev").status == 0
    return project.folder


def standard_output(folder: Path, *arguments: str) -> str:
    """Runs a command as a user does, with the output in a pipe."""
    variables = os.environ | {"PYTHONPATH": str(ROOT), "COLUMNS": "40"}
    command = [sys.executable, "-m", "falaj", *arguments]
    return subprocess.run(command, cwd=folder, env=variables, capture_output=True, text=True, check=False).stdout


def test_the_verdict_is_the_reports_json(folder: Path) -> None:
    text = standard_output(folder, "verdict", "--stack", "dev", "--no-pack", "--json", "--out", "report")
    assert json.loads(text) == json.loads((folder / "report" / "report.json").read_text())
    assert json.loads(text)["lines"]


def test_the_engine_is_described_as_json(folder: Path) -> None:
    engine = json.loads(standard_output(folder, "engine", "--json"))
    version = subprocess.run([engine["path"], "version"], capture_output=True, text=True, check=True).stdout.strip()
    assert version == f"v{engine['version']}"


def test_identifiers_are_whole_in_a_pipe_and_an_edit_takes_them(folder: Path) -> None:
    listed = json.loads(standard_output(folder, "inventory", "--json"))
    table = standard_output(folder, "inventory").splitlines()
    for row in listed:
        assert any({row["type"], row["name"], row["id"]} <= set(line.replace("│", " ").split()) for line in table)
    [key] = [row for row in listed if row["type"] == "aws:kms/key:Key"]
    edited = json.loads(standard_output(folder, "inventory", "edit", key["id"], "description", "new", "--json"))
    assert edited == {"type": key["type"], "name": key["name"], "id": key["id"], "path": "description"}


def test_a_destroy_prints_the_engines_json(folder: Path) -> None:
    """Last, because it empties the clouds."""
    text = standard_output(folder, "destroy", "--stack", "dev", "--json")
    assert json.JSONDecoder().raw_decode(text[text.index("{") :])[0]
    assert json.loads(standard_output(folder, "inventory", "--json")) == []
