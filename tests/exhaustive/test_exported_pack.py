"""The pack in another repository: exported with the facts it judges by, it needs its requirements only."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from guardrails.engine.enforcement import Level, load_enforcement
from guardrails.engine.exemptions import load_exemptions
from guardrails.engine.reviewed_programs import FILE as REVIEWS
from guardrails.engine.reviewed_programs import load_reviewed_programs
from guardrails.engine.settings import KubernetesSettings, ResilienceSettings
from guardrails.registry import IDS
from typer.testing import CliRunner

from falaj.cli.app import app
from falaj.cli.common import CommandError

ROOT = Path(__file__).parents[2]

JUDGE = """
import json, sys
from pathlib import Path

FORBIDDEN = {"components", "typer", "rich", "pulumi_aws", "pulumi_azure_native", "pulumi_kubernetes", "hypothesis"}

class Refuse:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in FORBIDDEN or name in ("falaj.cli", "falaj.sandbox"):
            raise ImportError(f"the pack asked for {name}")

sys.meta_path.insert(0, Refuse())
sys.path.insert(0, sys.argv[1])
from google.protobuf import json_format, struct_pb2
from guardrails.pack import load_policies
from pulumi.runtime.proto import analyzer_pb2 as proto
from pulumi_policy import EnforcementLevel
from pulumi_policy.policy import _PolicyAnalyzerServicer

import falaj.facts.tags

pack = _PolicyAnalyzerServicer("falaj", "0.0.1", load_policies(), EnforcementLevel.MANDATORY)
props = json_format.ParseDict(json.loads(sys.argv[2]), struct_pb2.Struct())
asked = proto.AnalyzeRequest(type="aws:ebs/volume:Volume", properties=props, urn="urn:pulumi:x::y::z::v", name="v")
print(json.dumps([falaj.facts.tags.__file__, [item.message for item in pack.Analyze(asked, None).diagnostics]]))
"""


def judged(folder: Path, props: dict[str, object]) -> tuple[str, str]:
    """Where the facts came from, and what the pack says of a volume, in a process that sees the installed packages."""
    command = [sys.executable, "-I", "-c", JUDGE, str(folder), json.dumps(props)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=folder)
    facts, reports = json.loads(done.stdout)
    return facts, "\n".join(reports)


@pytest.fixture
def exported(tmp_path: Path) -> Path:
    folder = tmp_path / "another repository" / "guardrails"
    folder.parent.mkdir()
    done = CliRunner().invoke(app, ["guardrails", "export", str(folder), "--project", str(ROOT)])
    assert done.exit_code == 0, done.output
    return folder


def test_an_exported_pack_judges_with_what_it_carries(exported: Path) -> None:
    facts, reports = judged(exported, {"encrypted": False})
    assert facts.startswith(str(exported))
    for rule in ("FJ-ENC-102", "FJ-TAG-001", "FJ-RES-101"):
        assert f"[{rule}] resource 'v': " in reports


def test_an_exported_pack_is_settled_by_its_own_files(exported: Path) -> None:
    (exported / "enforcement.yaml").write_text("default: {all: disabled}")
    assert judged(exported, {"encrypted": False, "type": "gp3"})[1] == ""


def test_an_exported_pack_is_whole_and_names_no_place_of_ours(exported: Path) -> None:
    settings = {"PulumiPolicy.yaml", "enforcement.yaml", "exemptions.yaml", "requirements.txt", REVIEWS}
    assert {item.name for item in exported.iterdir()} == {*settings, "__main__.py", "falaj", "guardrails"}
    assert {item.name for item in (exported / "falaj").iterdir()} == {"__init__.py", "facts", "finops"}
    assert "virtualenv: venv\n" in (exported / "PulumiPolicy.yaml").read_text()
    assert not list(exported.rglob("__pycache__"))


def test_an_exported_pack_has_neutral_settings(exported: Path) -> None:
    settings = load_enforcement(exported / "enforcement.yaml", IDS)
    assert settings.stacks == {}
    assert settings.identity.trusted == settings.cost.ceilings == settings.cost.on_demand == {}
    assert settings.kubernetes == KubernetesSettings()
    assert settings.resilience == ResilienceSettings()
    assert "https://kedacore.github.io/charts" in settings.escape.helm_sources
    text = (exported / "enforcement.yaml").read_text()
    assert [word for word in ("awsuae", "dc1.example", "123456789012", "prod-uae") if word in text] == []
    assert load_exemptions(exported / "exemptions.yaml", IDS) == ()
    assert load_reviewed_programs(exported / REVIEWS) == {}
    assert settings.default["FJ-ESC-127"] is Level.DISABLED


def test_the_settings_of_a_projects_own_pack_are_kept(exported: Path, tmp_path: Path) -> None:
    (tmp_path / "Pulumi.yaml").write_text("name: other\nruntime: python\n")
    exported.rename(tmp_path / "policy_pack")
    (tmp_path / "policy_pack" / "enforcement.yaml").write_text("default: {all: advisory}\n")
    done = CliRunner().invoke(app, ["guardrails", "export", str(tmp_path / "copy"), "--project", str(tmp_path)])
    assert done.exit_code == 0, done.output
    assert (tmp_path / "copy" / "enforcement.yaml").read_text() == "default: {all: advisory}\n"


def test_a_pack_of_settings_only_is_exported_with_the_rules_of_the_package(tmp_path: Path) -> None:
    done = CliRunner().invoke(
        app, ["guardrails", "export", str(tmp_path / "copy"), "--project", str(ROOT / "templates" / "vault")]
    )
    assert done.exit_code == 0, done.output
    copied = (tmp_path / "copy" / "enforcement.yaml").read_text()
    assert copied == (ROOT / "templates" / "vault" / "policy_pack" / "enforcement.yaml").read_text()
    assert "[FJ-ENC-102] resource 'v': " in judged(tmp_path / "copy", {"encrypted": False})[1]


def test_nothing_is_exported_over_something(exported: Path) -> None:
    with pytest.raises(CommandError, match="exists already"):
        CliRunner().invoke(app, ["guardrails", "export", str(exported), "-C", str(ROOT)], catch_exceptions=False)


def test_the_requirements_are_pinned_as_in_the_project() -> None:
    ours = (ROOT / "requirements.txt").read_text().splitlines()
    packs = (ROOT / "policy_pack" / "requirements.txt").read_text().splitlines()
    assert [line for line in packs if not line.startswith("#")]
    assert [line for line in packs if not line.startswith("#") and line not in ours] == []
