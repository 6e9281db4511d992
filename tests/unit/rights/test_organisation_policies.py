"""Documents for AWS Organizations and Azure Policy: what they say, for which settings, and how drift is shown."""

import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from falaj.cli import guardrails_export
from falaj.cli.app import app
from falaj.cli.common import CommandError
from falaj.facts.clouds import Cloud
from falaj.facts.organisation_policies import ASSIGNED, DENIED
from falaj.facts.regions import uae_regions
from falaj.facts.tags import MANDATORY_KEYS
from falaj.finops.report.rule_changes import RuleSet
from falaj.rights.organisation_policies import MAX_BYTES, PackSettings, differences, files, left_out
from policy_pack.guardrails.registry import IDS

RULES = frozenset({row.rule for row in (*DENIED, *ASSIGNED)} | {"FJ-RES-101", "FJ-TAG-001", "FJ-ENC-406", "FJ-RES-111"})
ALL = PackSettings(RULES, trusted=("o-abcde12345", "111122223333"))
ROOT = Path(__file__).parents[3]


def statements(settings: PackSettings, name: str) -> dict[str, dict]:
    return {row["Sid"]: row for row in json.loads(files(settings)[name])["Statement"]}


def test_every_statement_names_a_guardrail() -> None:
    assert RULES <= IDS


def test_control_policies_are_within_the_limits_of_aws() -> None:
    for name, text in files(ALL).items():
        if name.startswith("aws-"):
            document = json.loads(text)
            assert len(json.dumps(document, separators=(",", ":"))) <= MAX_BYTES, name
            sids = [row["Sid"] for row in document["Statement"]]
            assert len(sids) == len(set(sids))
            assert all(re.fullmatch("[A-Za-z0-9]+", sid) for sid in sids)


def test_a_resource_control_policy_names_every_principal_and_only_it_has_one() -> None:
    for name, text in files(ALL).items():
        if name.startswith("aws-"):
            principals = {row.get("Principal") for row in json.loads(text)["Statement"]}
            assert principals == ({"*"} if name == "aws-rcp.json" else {None})


def test_a_rule_that_is_not_mandatory_has_no_statement() -> None:
    assert files(PackSettings(frozenset())) == {}
    for rule in RULES:
        less = PackSettings(RULES - {rule}, trusted=ALL.trusted)
        assert files(less) != files(ALL)
        assert f"{rule} is not mandatory by default" in left_out(less)
    assert left_out(ALL) == []


def test_settings_of_the_pack_are_in_the_documents() -> None:
    more = PackSettings(RULES, ("aws:shield/", "aws:costexplorer/x", "azure-native:cdn:"), ())
    allowed = statements(more, "aws-scp-residency.json")["OnlyInTheUae"]["NotAction"]
    assert {"shield:*", "ce:*", "iam:*"} <= set(allowed)
    assert not any("cdn" in action for action in allowed)
    assert "OnlyOurOrganisation" not in statements(more, "aws-rcp.json")
    assert "no organisation is listed" in left_out(more)[-1]
    condition = statements(ALL, "aws-rcp.json")["OnlyOurOrganisation"]["Condition"]
    assert condition["StringNotEqualsIfExists"] == {
        "aws:PrincipalOrgID": ["o-abcde12345"],
        "aws:PrincipalAccount": ["111122223333"],
    }


def test_azure_gets_an_assignment_a_tag_and_the_regions_of_the_uae() -> None:
    resources = json.loads(files(ALL)["azure-assignments.json"])["resources"]
    assert len({row["name"] for row in resources}) == len(resources) == len(ASSIGNED) + 2 * (len(MANDATORY_KEYS) - 1)
    values = {row["name"]: row["properties"]["parameters"] for row in resources}
    assert values["falaj-locations"]["listOfAllowedLocations"]["value"] == sorted(uae_regions(Cloud.AZURE))
    assert {values[f"falaj-tag-{key}"]["tagName"]["value"] for key in MANDATORY_KEYS} == set(MANDATORY_KEYS)
    assert all(str(value.get("effect", {"value": "Deny"})["value"]).lower() == "deny" for value in values.values())


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda row: row["Statement"].pop(0), "OnlyInTheUae is missing"),
        (lambda row: row["Statement"][0]["NotAction"].append("s3:*"), "OnlyInTheUae differs"),
        (lambda row: row["Statement"][0]["NotAction"].remove("iam:*"), "OnlyInTheUae differs"),
        (lambda row: row["Statement"].append({"Sid": "Mine"}), "Mine is not in the settings of the pack"),
        (lambda row: row["Statement"][0].update(Effect="Allow"), "OnlyInTheUae differs"),
        (lambda row: row.clear(), "is not a document of this kind"),
    ],
)
def test_drift_names_the_statement(change, expected: str) -> None:
    name = "aws-scp-residency.json"
    document = json.loads(files(ALL)[name])
    change(document)
    assert differences(files(ALL), files(ALL) | {name: json.dumps(document)}) == [f"{name}: {expected}"]


def test_order_and_spacing_are_no_drift() -> None:
    found = {}
    for name, text in files(ALL).items():
        document = json.loads(text)
        rows = document.get("Statement") or document["resources"]
        rows.reverse()
        for row in rows:
            for value in row.values():
                if isinstance(value, list):
                    value.reverse()
        found[name] = json.dumps(document)
    assert differences(files(ALL), found) == []


def test_missing_and_additional_documents_are_drift() -> None:
    fewer = {name: text for name, text in files(ALL).items() if name != "aws-rcp.json"}
    assert differences(files(ALL), fewer) == ["aws-rcp.json: missing"]
    assert differences(fewer, files(ALL)) == ["aws-rcp.json: the settings of the pack ask for no such document"]


def test_the_command_writes_and_then_shows_drift(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = {"identity": {"trusted": {"o-abcde12345": "Ours"}}}
    levels = dict.fromkeys(RULES, "mandatory")
    monkeypatch.setattr(guardrails_export, "rules_of", lambda _: RuleSet(levels, settings=settings))
    command = ["guardrails", "cloud-policies", str(tmp_path / "x"), "--project", str(ROOT)]
    assert CliRunner().invoke(app, command).exit_code == 0
    assert len(list((tmp_path / "x").iterdir())) == 6
    assert CliRunner().invoke(app, [*command, "--check"]).exit_code == 0
    levels["FJ-ENC-104"] = "advisory"
    ran = CliRunner().invoke(app, [*command, "--check"])
    assert ran.exit_code == 1
    assert "aws-scp-encryption.json: EncryptedCaches is not in the settings of the pack" in ran.output
    ran = CliRunner().invoke(app, [*command[:2], str(tmp_path / "none"), *command[3:], "--check"])
    assert isinstance(ran.exception, CommandError)
    assert ran.exception.status == 2
