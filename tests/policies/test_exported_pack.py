"""The exported pack runs in another repository with the facts that it includes and only its own requirements."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from falaj.cli.app import app
from falaj.cli.common import Refused

ROOT = Path(__file__).parents[2]

EVALUATE = """
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


def evaluate(folder: Path, props: dict[str, object]) -> tuple[str, str]:
    """Returns the path of the imported facts and the pack's messages for a volume, from a separate process."""
    command = [sys.executable, "-I", "-c", EVALUATE, str(folder), json.dumps(props)]
    process = subprocess.run(command, capture_output=True, text=True, check=True, cwd=folder)
    facts, reports = json.loads(process.stdout)
    return facts, "\n".join(reports)


@pytest.fixture
def exported(tmp_path: Path) -> Path:
    folder = tmp_path / "another repository" / "guardrails"
    folder.parent.mkdir()
    result = CliRunner().invoke(app, ["guardrails", "export", str(folder), "--project", str(ROOT)])
    assert result.exit_code == 0, result.output
    return folder


def test_an_exported_pack_uses_its_own_facts(exported: Path) -> None:
    facts, reports = evaluate(exported, {"encrypted": False})
    assert facts.startswith(str(exported))
    for rule in ("FJ-ENC-102", "FJ-TAG-001", "FJ-RES-101"):
        assert f"[{rule}] resource 'v': " in reports


def test_an_exported_pack_reads_its_own_settings(exported: Path) -> None:
    (exported / "enforcement.yaml").write_text("default: {all: disabled}")
    assert evaluate(exported, {"encrypted": False})[1] == ""


def test_an_exported_pack_is_complete_and_has_no_project_paths(exported: Path) -> None:
    settings = {"PulumiPolicy.yaml", "enforcement.yaml", "exemptions.yaml", "requirements.txt"}
    assert {item.name for item in exported.iterdir()} == {*settings, "__main__.py", "falaj", "guardrails"}
    assert {item.name for item in (exported / "falaj").iterdir()} == {"__init__.py", "facts", "finops"}
    assert "virtualenv: venv\n" in (exported / "PulumiPolicy.yaml").read_text()
    assert not list(exported.rglob("__pycache__"))


def test_an_export_does_not_overwrite_an_existing_folder(exported: Path) -> None:
    with pytest.raises(Refused, match="is there already"):
        CliRunner().invoke(app, ["guardrails", "export", str(exported), "-C", str(ROOT)], catch_exceptions=False)


def test_the_requirements_are_pinned_as_in_the_project() -> None:
    project = (ROOT / "requirements.txt").read_text().splitlines()
    pack = (ROOT / "policy_pack" / "requirements.txt").read_text().splitlines()
    assert [line for line in pack if not line.startswith("#")]
    assert [line for line in pack if not line.startswith("#") and line not in project] == []
