"""Messages of the real engine in docs/troubleshooting.md."""

import shutil
from pathlib import Path

import pytest

from falaj.sandbox.paths import Paths
from falaj.sandbox.toolchain import Engine
from tests.engine.harness import ROOT, Project, open_project

pytestmark = pytest.mark.engine

PROGRAM = """
import pulumi, pulumi_aws as aws
aws.sns.Topic("alarms", opts=pulumi.ResourceOptions(protect=True))
"""
LOCK = '{"pid": 1, "username": "runner", "hostname": "ci", "timestamp": "2026-11-28T00:00:00Z"}'
MESSAGES = (
    "A resource is protected",
    "The stack is locked",
    "The passphrase is missing",
    "A policy pack cannot be published",
    "The platform of a tenant is missing",
)
"""Headings of the page whose messages are produced here."""


@pytest.fixture(scope="module")
def project(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project with one protected resource, deployed."""
    folder = tmp_path_factory.mktemp("prot")
    (folder / "Pulumi.yaml").write_text("name: prot\nruntime: python\n")
    (folder / "Pulumi.dev.yaml").write_text("config: {aws:region: me-central-1}\n")
    (folder / "__main__.py").write_text(PROGRAM)
    made = open_project(Paths(folder), engine)
    deployed = made.run("up", "dev")
    assert deployed.status == 0, deployed.output
    return made


def said(heading: str) -> str:
    """The message under a heading of the page, on one line."""
    page = (ROOT / "docs" / "troubleshooting.md").read_text(encoding="utf-8")
    return " ".join(page.split(f"### {heading}\n\n```text\n")[1].split("```")[0].split())


def test_a_protected_resource(project: Project) -> None:
    assert said(MESSAGES[0]) in " ".join(project.run("destroy", "dev", planned=True).output.split())


def test_a_locked_stack(project: Project) -> None:
    locks = project.session.paths.state / ".pulumi" / "locks" / "organization" / "prot" / "dev"
    locks.mkdir(parents=True, exist_ok=True)
    lock = locks / "11111111-1111-4111-8111-111111111111.json"
    lock.write_text(LOCK)
    output = project.run("up", "dev").output
    lock.unlink()
    assert said(MESSAGES[1]) in " ".join(output.split())


def test_a_missing_passphrase(project: Project) -> None:
    environment = {name: of for name, of in project.session.environment.items() if "PASSPHRASE" not in name}
    output = Project(type(project.session)(project.session.paths, project.session.engine, environment)).run(
        "preview", "dev"
    )
    assert said(MESSAGES[2]) in " ".join(output.output.split())


def test_publishing_without_pulumi_cloud(project: Project) -> None:
    output = project.pulumi("policy", "publish", "acme", "--cwd", str(Path(ROOT, "policy_pack"))).output
    assert said(MESSAGES[3]) in " ".join(output.split())


def test_a_tenant_without_its_platform(engine: Engine, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "examples" / "tenant", tmp_path / "tenant", symlinks=True)
    refused = open_project(Paths(tmp_path / "tenant", tmp_path / "clouds"), engine).run("preview", "insurance")
    [_, reported] = refused.output.split("Diagnostics:")
    assert refused.status != 0
    # Nothing else is reported: neither a traceback nor requests that were interrupted.
    assert [line.strip() for line in reported.splitlines() if "error" in line] == [
        f"error: {said(MESSAGES[4])}",
        "1 errored",
    ], refused.output
