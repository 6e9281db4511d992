"""Evidence as SARIF and JUnit, the reference, and the command that asks the pack for them."""

import json
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

import pytest
from guardrails.engine.evidence import EvidenceFile
from guardrails.engine.exemptions import Exemption
from guardrails.reports import junit, rows_of, sarif, write
from typer.testing import CliRunner

from falaj import __version__
from falaj.cli.app import app
from falaj.cli.common import CommandError
from tests.policies.harness import TODAY, UNKNOWN, Given, Pack
from tests.samples import COST_TAGS as TAGS

ROOT = Path(__file__).parents[2]
VOLUME = "aws:ebs/volume:Volume"
REST = {"tags": TAGS, "type": "gp3"}
EXEMPT = Exemption(
    rule="FJ-ENC-102", urn="*::allowed", owner="ml-team", ticket="SEC-7", reason="scratch data", approved_by="ciso",
    created=TODAY, expires=TODAY,
)  # fmt: skip


@pytest.fixture
def evidence(tmp_path: Path) -> Path:
    """A run with a pass, two violations, a doubt and an exemption; broken off, as a refused one is."""
    pack = Pack(exemptions=(EXEMPT,))
    written = pack.run.evidence = EvidenceFile(tmp_path)
    pack.evaluate_resource(Given(VOLUME, {"encrypted": False, "kmsKeyId": "alias/aws/hidden", **REST}, "open"))
    pack.evaluate_resource(Given(VOLUME, {"encrypted": UNKNOWN, "kmsKeyId": UNKNOWN, **REST}, "doubtful"))
    pack.evaluate_resource(Given(VOLUME, {"encrypted": False, "kmsKeyId": UNKNOWN, **REST}, "allowed"))
    written.close()
    (file,) = tmp_path.iterdir()
    with file.open("a") as cut:
        cut.write('{"rule": "FJ-ENC-1')  # the pack was killed while it wrote
    return file


def test_sarif_has_what_the_standard_asks_for(evidence: Path) -> None:
    """The required properties and enumerations of the schema of SARIF 2.1.0, as far as they are used."""
    log = json.loads(sarif(rows_of([evidence])))
    assert set(log) == {"$schema", "version", "runs"}
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    driver = run["tool"]["driver"]
    assert driver["name"]
    assert [rule["id"] for rule in driver["rules"]] == ["FJ-ENC-102"]
    for rule in driver["rules"]:
        assert all(rule[text]["text"] for text in ("shortDescription", "fullDescription", "help"))
    for result in run["results"]:
        assert driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in ("none", "note", "warning", "error")
        assert result["message"]["text"].startswith(f"[{result['ruleId']}] resource '")
        (location,) = result["locations"]
        assert location["physicalLocation"]["artifactLocation"]["uri"] == "Pulumi.prod-uae.yaml"
        assert location["physicalLocation"]["region"]["startLine"] == 1
        assert location["logicalLocations"][0]["fullyQualifiedName"].startswith("urn:pulumi:prod-uae::")
        assert all(len(item) == 64 for item in result["partialFingerprints"].values())
        for suppression in result.get("suppressions", []):
            assert suppression["kind"] in ("inSource", "external")
            assert suppression["status"] in ("accepted", "underReview", "rejected")


def test_sarif_tells_refusal_doubt_and_exemption_apart(evidence: Path) -> None:
    results = json.loads(sarif(rows_of([evidence])))["runs"][0]["results"]
    seen = [
        (item["locations"][0]["logicalLocations"][0]["name"], item["level"], "suppressions" in item) for item in results
    ]
    refused = [("open", "error", False)] * 2
    assert seen == [*refused, ("doubtful", "warning", False), ("allowed", "warning", True)]
    assert len({item["partialFingerprints"]["resource/v1"] for item in results}) == 4


def test_junit_counts_failures_and_skips(evidence: Path) -> None:
    root = ElementTree.fromstring(junit(rows_of([evidence])))  # noqa: S314 (our own text)
    suites = {suite.get("name"): suite for suite in root}
    encryption = suites["encryption"]
    assert (encryption.get("tests"), encryption.get("failures"), encryption.get("skipped")) == ("4", "2", "1")
    assert {suite.get("failures") for name, suite in suites.items() if name != "encryption"} == {"0"}
    assert {case.get("classname") for case in encryption} == {"FJ-ENC-102"}


def test_no_format_has_a_value(evidence: Path) -> None:
    rows = rows_of([evidence])
    for text in (sarif(rows), junit(rows), evidence.read_text()):
        assert "hidden" not in text
        assert "arabic-llm" not in text


def test_a_report_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    write("first", tmp_path / "report")
    write("second", tmp_path / "report")
    assert [(file.name, file.read_text()) for file in tmp_path.iterdir()] == [("report", "second")]


def falaj(*arguments: str) -> str:
    done = CliRunner().invoke(app, [*arguments, "--project", str(ROOT)], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


def test_the_command_lists_every_rule_with_level_controls_and_configuration() -> None:
    rules = json.loads(falaj("guardrails", "--json", "--stack", "prod-uae"))
    assert len(rules) > 30
    set_by = {"mandatory": "all", "advisory": "{id}", "disabled": "{id}"}
    for rule in rules:
        assert rule["set_by"] == f"stacks.prod-uae.{set_by[rule['level']].format(id=rule['id'])}"
        assert rule["controls"]
    assert Counter(rule["level"] for rule in rules if rule["level"] != "mandatory") == {"advisory": 5, "disabled": 1}
    table = falaj("guardrails", "--concern", "tags")
    assert "FJ-TAG-001" in table
    assert "FJ-ENC" not in table


def test_the_command_explains_a_rule() -> None:
    reports = falaj("guardrails", "explain", "fj-enc-102")
    for part in ("FJ-ENC-102 (encryption", "why:", "fix:", "level: mandatory by default.all", "controls:", VOLUME):
        assert part in reports


def test_the_command_names_the_article_of_a_control_and_whether_it_was_read() -> None:
    lines = falaj("guardrails", "explain", "FJ-RES-101").splitlines()
    article = "Outsourcing Regulation, Articles 6.1 and 6.3; verified"
    assert any(line.startswith("    cbuae:outsourcing-data-location: ") and article in line for line in lines)
    assert any(line.startswith("    uae-ia:data-location: ") and line.endswith("; not verified") for line in lines)


def test_a_rule_of_the_pack_itself_is_explained_in_the_documentation() -> None:
    with pytest.raises(CommandError, match=r"^FJ-PACK-003 is about the pack itself: https://.*/evidence\.md#"):
        CliRunner().invoke(app, ["guardrails", "explain", "fj-pack-003"], catch_exceptions=False)


@pytest.mark.parametrize(
    "arguments",
    [("explain", "FJ-ENC-999"), ("--concern", "taxes"), ("report", "nowhere"), ("report", "--format", "pdf")],
)
def test_wrong_use_is_one_sentence(arguments: tuple[str, ...], evidence: Path) -> None:
    given = [*arguments, str(evidence)] if "--format" in arguments else [*arguments]
    with pytest.raises(CommandError, match=r"^no (rule|concern|file|format) '"):
        CliRunner().invoke(app, ["guardrails", *given, "--project", str(ROOT)], catch_exceptions=False)


def test_the_command_reports_a_run(evidence: Path, tmp_path: Path) -> None:
    file = tmp_path / "out.xml"
    falaj("guardrails", "report", str(evidence), "--format", "junit", "--output", str(file))
    assert file.read_text() == junit(rows_of([evidence]))


def _explained(*arguments: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(app, ["guardrails", "explain", "FJ-ENC-102", *arguments])
    return done.exit_code, done.stdout, done.stderr


def test_rules_are_explained_outside_of_projects_by_the_bundled_pack(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    status, text, notes = _explained()
    assert (status, text.startswith("FJ-ENC-102 (encryption, high)")) == (0, True)
    assert f"policy pack: that of Falaj {__version__}; there is no Pulumi project here" in " ".join(notes.split())
    with pytest.raises(CommandError, match=r"no Pulumi\.yaml here or above"):
        CliRunner().invoke(app, ["guardrails", "--project", str(tmp_path)], catch_exceptions=False)


def test_the_settings_of_a_pack_count_outside_of_projects(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert CliRunner().invoke(app, ["guardrails", "export", "pack"]).exit_code == 0
    monkeypatch.chdir(tmp_path / "pack")
    settings = Path("enforcement.yaml")
    settings.write_text(settings.read_text().replace("default:\n", "default:\n  FJ-ENC-102: disabled\n", 1))
    status, text, notes = _explained()
    assert (status, "level: disabled" in text) == (0, True), notes
    assert f"policy pack: {tmp_path / 'pack'}" in notes.replace("\n", "")
