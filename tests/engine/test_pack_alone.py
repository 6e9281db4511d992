"""The policy pack on the real engine in another project: exported, with invalid settings, and on a saved state."""

import json
import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.engine.conftest import MakeProject
from tests.engine.harness import ROOT, CommandResult, Project
from tests.samples import DEV_TAGS

pytestmark = pytest.mark.engine

PROGRAM = f"""
import os

import pulumi
import pulumi_aws as aws

region = os.environ["REGION"]
here = pulumi.ResourceOptions(provider=aws.Provider("here", region=region))
aws.sqs.Queue("jobs", kms_master_key_id=os.environ.get("KEY"), tags={DEV_TAGS!r}, opts=here)
"""
KEY = "arn:aws:kms:me-central-1:123456789012:key/11111111-2222-3333-4444-555555555555"


@pytest.fixture(scope="module")
def project(make_project: MakeProject) -> Project:
    """A program without Falaj's components, with an exported policy pack."""
    project = make_project(PROGRAM, "elsewhere")
    for linked in ("components", "policy_pack"):
        (project.folder / linked).unlink()
    for file in project.folder.glob("Pulumi*.yaml"):
        file.unlink()
    (project.folder / "Pulumi.yaml").write_text("name: reporting\nruntime: python\n")
    (project.folder / "Pulumi.dev.yaml").write_text("config: {}\n")
    exported = project.falaj("guardrails", "export", str(project.folder / "guardrails"), "--project", str(ROOT))
    assert exported.status == 0, exported.output
    settings = project.folder / "guardrails" / "enforcement.yaml"
    settings.write_text(settings.read_text().replace("ceilings: {}", "ceilings: {dev: 1000}"))
    return project


def preview(project: Project, *extra: str, **environment: str) -> CommandResult:
    session = replace(project.session, environment=project.session.environment | environment)
    session.ensure_stack("dev")
    return Project(session).pulumi("preview", "--stack", "dev", "--non-interactive", "--policy-pack", *extra)


def test_a_program_without_our_components_passes_and_is_refused_by_rule(project: Project) -> None:
    good = preview(project, "guardrails", REGION="me-central-1", KEY=KEY)
    assert (good.status, good.rules) == (0, set()), good.output
    bad = preview(project, "guardrails", REGION="eu-west-1")
    assert bad.status != 0
    assert bad.rules == {"FJ-RES-101", "FJ-ENC-105"}, bad.output


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("enforcement.yaml", "default: {all: sometimes}\n"),
        ("enforcement.yaml", "default: [all\n"),
        ("exemptions.yaml", "exemptions: [{rule: FJ-ENC-105, urn: '*'}]\n"),
        ("exemptions.yaml", "exemptions: yes please\n"),
        ("exemptions.yaml", None),
    ],
)
def test_a_pack_with_wrong_settings_refuses_to_run(
    project: Project, tmp_path: Path, file: str, text: str | None
) -> None:
    pack = tmp_path / "guardrails"
    shutil.copytree(project.folder / "guardrails", pack)
    if text is None:
        (pack / file).unlink()
    else:
        (pack / file).write_text(text)
    ran = preview(project, str(pack), REGION="me-central-1", KEY=KEY)
    assert ran.status != 0, ran.output
    assert f"falaj policy pack: {file}" in ran.output
    assert "Traceback" not in ran.output


@pytest.mark.parametrize(
    ("ends", "status", "message"), [(30, 0, "exempt until"), (5, 0, "it ends in 5 days"), (-1, 1, "expired on")]
)
def test_an_exemption_applies_until_it_expires(
    project: Project, tmp_path: Path, ends: int, status: int, message: str
) -> None:
    pack = tmp_path / "guardrails"
    shutil.copytree(project.folder / "guardrails", pack)
    today = datetime.now(UTC).date()
    exemption = {
        "rule": "FJ-ENC-105", "urn": "urn:pulumi:dev::reporting::*::jobs", "owner": "data", "ticket": "SEC-7",
        "reason": "moves next month", "approved_by": "ciso", "created": str(today - timedelta(days=40)),
        "expires": str(today + timedelta(days=ends)),
    }  # fmt: skip
    (pack / "exemptions.yaml").write_text(json.dumps({"exemptions": [exemption]}))
    ran = preview(project, str(pack), REGION="me-central-1")
    assert (bool(ran.status), ran.rules) == (bool(status), {"FJ-ENC-105"}), ran.output
    assert message in ran.output


def test_a_saved_state_is_evaluated_without_any_provider(project: Project, tmp_path: Path) -> None:
    session = replace(project.session, environment=project.session.environment | {"REGION": "eu-west-1"})
    abroad = Project(session)
    abroad.session.ensure_stack("dev")
    assert abroad.pulumi("up", "--stack", "dev", "--non-interactive", "--yes", "--skip-preview").status == 0
    state = tmp_path / "state.json"
    assert abroad.pulumi("stack", "export", "--stack", "dev", "--file", str(state)).status == 0
    assert abroad.pulumi("destroy", "--stack", "dev", "--non-interactive", "--yes", "--skip-preview").status == 0
    analysis = abroad.pulumi("policy", "analyze", "--file", str(state), "--policy-pack", "guardrails", "--json")
    assert analysis.rules == {"FJ-RES-101", "FJ-ENC-105"}, analysis.output
    assert analysis.status != 0
    clean = json.loads(state.read_text())
    for resource in clean["deployment"]["resources"]:
        for values in (resource.get("inputs", {}), resource.get("outputs", {})):
            values |= {"region": "me-central-1"} if "region" in values else {}
            values |= {"kmsMasterKeyId": KEY} if resource["type"] == "aws:sqs/queue:Queue" else {}
    state.write_text(json.dumps(clean))
    analysis = abroad.pulumi("policy", "analyze", "--file", str(state), "--policy-pack", "guardrails")
    assert (analysis.status, analysis.rules) == (0, set()), analysis.output
