"""Enforcement levels, exemptions, evidence and internal errors of the pack."""

import json
from datetime import date, timedelta
from pathlib import Path

import guardrails
import pytest
from guardrails.__main__ import catalogue
from guardrails.engine.enforcement import Enforcement, Level, load_enforcement
from guardrails.engine.evidence import EvidenceFile
from guardrails.engine.exemptions import Exemption, load_exemptions
from guardrails.engine.reading import MISSING, Resource, walk
from guardrails.engine.settings_files import SetupError
from guardrails.engine.tokens import normalise
from guardrails.pack import load_policies
from guardrails.registry import ALL, IDS
from pulumi_policy import EnforcementLevel

from tests.samples import COST_TAGS as TAGS

from . import sdk
from .harness import TODAY, Given, Pack, blocking, rules

UNENCRYPTED = Given("aws:ebs/volume:Volume", {"encrypted": False, "type": "gp3"}, name="scratch")
TAGGED = Given(UNENCRYPTED.type, {"tags": TAGS})
VIOLATED = {"FJ-TAG-001", "FJ-ENC-102"}


def _enforcement(**file: object) -> Enforcement:
    return Enforcement.model_validate(file)


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        ({"default": {}}, VIOLATED),
        ({"default": {"all": "mandatory"}}, VIOLATED),
        ({"default": {"all": "advisory"}}, set()),
        ({"default": {"all": "advisory", "tags": "mandatory"}}, {"FJ-TAG-001"}),
        ({"default": {"tags": "advisory"}}, {"FJ-ENC-102"}),
        ({"default": {"tags": "advisory", "FJ-TAG-001": "mandatory"}}, VIOLATED),
        ({"default": {"all": "mandatory"}, "stacks": {"prod-uae": {"encryption": "advisory"}}}, {"FJ-TAG-001"}),
        ({"default": {"FJ-TAG-001": "advisory"}, "stacks": {"prod-uae": {"all": "mandatory"}}}, VIOLATED),
        ({"default": {"all": "mandatory"}, "stacks": {"dev": {"all": "disabled"}}}, VIOLATED),
    ],
)
def test_the_most_specific_level_of_the_stack_applies(file: dict[str, object], expected: set[str]) -> None:
    assert blocking(Pack(_enforcement(**file)).evaluate_resource(UNENCRYPTED)) == expected


def test_advisory_rules_are_reported_and_disabled_ones_are_not() -> None:
    assert rules(Pack(_enforcement(default={"all": "advisory"})).evaluate_resource(UNENCRYPTED)) == VIOLATED
    assert rules(Pack(_enforcement(default={"all": "disabled"})).evaluate_resource(UNENCRYPTED)) == set()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "the file"),
        ("default: {al: mandatory}", "default.al: no such concern"),
        ("default: {FJ-ENC-999: mandatory}", "default.FJ-ENC-999: no such rule"),
        ("default: {all: mandatry}", "default.all"),
        ("default: {all: mandatory}\nstack: {}", "stack"),
        ("default: {all: mandatory}\nstacks: {dev: {everything: disabled}}", "stacks.dev.everything"),
        ("default: [all", "not valid YAML: line 1"),
        ("kubernetes: {}", "default"),
        ("default: {all: mandatory}\ndefault: {all: disabled}", "line 2, column 1: 'default' is a duplicate key"),
        (
            "default: {all: mandatory}\nstacks: {dev: {all: mandatory}, dev: {all: disabled}}",
            "'dev' is a duplicate key",
        ),
        ("default: {}\nkubernetes: {allowed_clusters: ['']}", "kubernetes.allowed_clusters"),
        ("default: {}\nresidency: {known: {/: all is in the UAE}}", "residency.known"),
        *(
            (f"default: {{}}\nescape: {{allowed_types: {{'{token}': until the migration}}}}", "escape.allowed_types")
            for token in ("", "*", "aws", "aws*", "aws:*", "azure-native:*", "kubernetes:*", "pulumi:*")
        ),
        *(
            (
                f"default: {{}}\nescape: {{allowed_switches: {{'{switch}': read by security}}}}",
                "escape.allowed_switches",
            )
            for switch in (
                "",
                "acl",
                "aws:s3/bucket:Bucket",
                "aws:s3/bucket:Bucket:rules[0].a",
                "aws:s3/bucket:Bucket:*",
            )
        ),
        *(
            (f"default: {{}}\nescape: {{helm_sources: {{'{source}': the platform}}}}", "escape.helm_sources")
            for source in ("", "https://", "oci://*", "oci://*.", "oci://*.io", "oci:///charts", "charts.example.ae")
        ),
    ],
)
def test_a_malformed_enforcement_file_stops_the_pack(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "enforcement.yaml").write_text(text)
    (tmp_path / "exemptions.yaml").write_text("exemptions: []")
    with pytest.raises(SetupError, match=r"enforcement\.yaml") as raised:
        load_policies(tmp_path)
    assert message in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_missing_enforcement_file_stops_the_pack(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match="does not run without it"):
        load_policies(tmp_path)


def test_the_shipped_settings_are_valid_and_only_reviews_of_programs_are_off_in_production() -> None:
    policies = load_policies()
    mandatory = [policy.name for policy in policies if policy.enforcement_level is EnforcementLevel.MANDATORY]
    assert mandatory == ["falaj-guardrails", "falaj-stack"]
    assert len(policies) == 4
    settings = load_enforcement(Path(guardrails.__file__).parents[1] / "enforcement.yaml", IDS)
    assert [rule.id for rule in ALL if settings.level("prod-uae", rule) is Level.DISABLED] == ["FJ-ESC-127"]


def _exemption(**changes: object) -> Exemption:
    row: dict[str, object] = {
        "rule": "FJ-ENC-102", "urn": "urn:pulumi:prod-uae::*::scratch", "owner": "ml-team", "ticket": "SEC-7",
        "reason": "scratch data", "approved_by": "ciso", "created": TODAY - timedelta(days=30),
        "expires": TODAY + timedelta(days=30),
    }  # fmt: skip
    return Exemption.model_validate(row | changes)


def _evaluate(exemption: Exemption, today: date = TODAY) -> tuple[set[str], str]:
    reports = Pack(exemptions=(exemption,), today=today).evaluate_resource(UNENCRYPTED)
    text = next((item.text for item in reports if item.rule == "FJ-ENC-102"), "")
    return blocking(reports), text


def test_an_exemption_is_reported_and_covers_only_its_rule() -> None:
    stopped, text = _evaluate(_exemption())
    assert stopped == {"FJ-TAG-001"}
    assert "exempt until 2026-12-24 by SEC-7, approved by ciso)" in text


def test_an_exemption_applies_through_its_last_day_and_warns_before() -> None:
    stopped, text = _evaluate(_exemption(), date(2026, 12, 24))
    assert stopped == {"FJ-TAG-001"}
    assert "it ends in 0 days, ml-team must renew it or fix the violation" in text
    stopped, text = _evaluate(_exemption(), date(2026, 12, 25))
    assert stopped == VIOLATED
    assert "exemption SEC-7, approved by ciso, expired on 2026-12-24" in text


def test_of_two_exemptions_the_one_that_expires_later_applies() -> None:
    expired = _exemption(created=TODAY - timedelta(days=60), expires=TODAY - timedelta(days=1))
    for pair in ((expired, _exemption()), (_exemption(), expired)):
        assert blocking(Pack(exemptions=pair).evaluate_resource(UNENCRYPTED)) == {"FJ-TAG-001"}


def test_an_exemption_of_another_resource_or_with_a_future_start_does_not_apply() -> None:
    assert _evaluate(_exemption(urn="urn:pulumi:dev::*::scratch"))[0] == VIOLATED
    assert _evaluate(_exemption(urn="*scratc"))[0] == VIOLATED
    assert _evaluate(_exemption(created=TODAY + timedelta(days=1)))[0] == VIOLATED


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"expires": "2027-06-01"}, "allowed are 0 to 90"),
        ({"expires": "2026-01-01"}, "allowed are 0 to 90"),
        ({"owner": " "}, "owner"),
        ({"approved_by": "ml-team"}, "another person must approve"),
        ({"reason": "-"}, "at least 10 characters"),
        ({"reason": "  NaN         "}, "at least 10 characters"),
        ({"urn": "scratch"}, "it matches no URN, which begins with urn:pulumi:; write *::scratch, or the whole URN"),
        ({"urn": "https://*::scratch"}, "it matches no URN"),
        ({"approved_by": " ML-Team"}, "another person must approve"),
        ({"urn": "*"}, "it matches every resource"),
        ({"urn": "urn:pulumi:*::?*::*"}, "it matches every resource"),
        ({"urn": "*::[a-z]*"}, "it matches every resource"),
        ({"rule": "FJ-ENC-999"}, "there is no rule 'FJ-ENC-999'"),
        ({"tickets": "x"}, "tickets"),
        ({"created": "yesterday"}, "created"),
    ],
)
def test_malformed_exemptions_stop_the_pack(tmp_path: Path, change: dict[str, object], message: str) -> None:
    row = _exemption().model_dump(mode="json") | change
    (tmp_path / "exemptions.yaml").write_text(json.dumps({"exemptions": [row]}))
    with pytest.raises(SetupError, match=r"exemptions\.yaml") as raised:
        load_exemptions(tmp_path / "exemptions.yaml", IDS)
    assert message in str(raised.value)


def test_a_duplicate_key_in_an_exemption_stops_the_pack(tmp_path: Path) -> None:
    row = json.dumps(_exemption().model_dump(mode="json"))
    (tmp_path / "exemptions.yaml").write_text(f'exemptions: [{row[:-1]}, "urn": "*::all"}}]')
    with pytest.raises(SetupError, match="'urn' is a duplicate key"):
        load_exemptions(tmp_path / "exemptions.yaml", IDS)


def test_evidence_has_each_verdict_once_and_no_values(tmp_path: Path) -> None:
    pack = Pack()
    pack.run.evidence = EvidenceFile(tmp_path)
    volume = Given(
        UNENCRYPTED.type, {"encrypted": True, "kmsKeyId": "alias/aws/hidden", "type": "gp3", "tags": TAGS}, "scratch"
    )
    pack.evaluate_resource(volume)
    (partial,) = tmp_path.iterdir()
    assert partial.suffix == ".part"
    assert len(partial.read_text().splitlines()) == 7
    pack.evaluate_stack()
    (file,) = tmp_path.iterdir()
    rows = [json.loads(line) for line in file.read_text().splitlines()]
    assert file.suffix == ".jsonl"
    assert {(row["rule"], row["path"], row["verdict"], row["level"]) for row in rows} == {
        ("FJ-TAG-001", "", "pass", "mandatory"),
        ("FJ-TAG-002", "", "pass", "mandatory"),
        ("FJ-TAG-009", "", "pass", "mandatory"),
        ("FJ-RES-101", "", "pass", "mandatory"),
        ("FJ-ENC-102", "kmsKeyId", "fail", "mandatory"),
        ("FJ-COST-111", "", "pass", "mandatory"),
        ("FJ-COST-112", "", "pass", "mandatory"),
    }
    assert len(rows) == 7
    assert "hidden" not in file.read_text()
    assert "arabic-llm" not in file.read_text()


def test_a_rule_that_raises_is_reported_as_an_internal_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def explode(_value: object, _path: str) -> None:
        raise KeyError("bug")

    monkeypatch.setattr("guardrails.engine.evaluate.walk", explode)
    reports = Pack(_enforcement(default={"all": "advisory"})).evaluate_resource(UNENCRYPTED)
    assert blocking(reports) == {"FJ-PACK-001"}
    assert "rule FJ-ENC-102 raised KeyError" in next(item.text for item in reports if item.mandatory)
    assert (
        Pack(_enforcement(default={"all": "advisory", "FJ-ENC-102": "disabled", "cost": "disabled"})).evaluate_resource(
            TAGGED
        )
        == []
    )


def test_messages_begin_with_rule_and_name_and_end_with_the_fix() -> None:
    for item in Pack().evaluate_resource(UNENCRYPTED):
        assert item.text.startswith(f"[{item.rule}] resource 'scratch': ")
        assert ". Fix: " in item.text
        assert item.text.endswith(".")
        assert ".." not in item.text.replace("alias/aws/…", "")


def test_ids_are_unique_and_every_row_is_complete() -> None:
    assert len(IDS) == len(ALL)
    for row in catalogue("prod-uae"):
        assert all(row[key] for key in ("what", "why", "remedy", "controls", "level"))
        assert not str(row["remedy"]).endswith(".")
    for rule in ALL:
        assert rule.checks or rule.predicate or rule.plan_predicate


@pytest.mark.parametrize(
    ("token", "current"),
    [
        ("aws:elasticloadbalancingv2/listener:Listener", "aws:lb/listener:Listener"),
        ("azure-native:documentdb:DatabaseAccount", "azure-native:cosmosdb:DatabaseAccount"),
        ("azure-native:cache/v20240301:RedisEnterprise", "azure-native:redisenterprise:RedisEnterprise"),
        ("azure-native_storage_v20230101:storage:StorageAccount", "azure-native:storage:StorageAccount"),
        ("azure-native:network:VirtualNetwork", "azure-native:network:VirtualNetwork"),
        ("kubernetes:storage.k8s.io/v1beta1:StorageClassPatch", "kubernetes:storage.k8s.io/v1:StorageClass"),
        ("random:index/randomId:RandomId", "random:index/randomId:RandomId"),
    ],
)
def test_tokens_are_normalised_to_the_current_name(token: str, current: str) -> None:
    assert normalise(token) == current


def test_a_path_is_walked_to_every_value() -> None:
    props = {"a": [{"b": {"c": 1}}, {"b": {}}, {}], "e": [], "j": '{"k": true}', "one": {"c": 2}}
    assert [value for _, value in walk(props, "a[*].b.c")] == [1, MISSING, MISSING]
    assert [value for _, value in walk(props, "a[*].b?.c")] == [1, MISSING]
    assert list(walk(props, "e[*].c")) == []
    assert [value for _, value in walk(props, "e[+].c")] == [MISSING]
    assert [value for _, value in walk(props, "x[+].c")] == [MISSING]
    assert [value for _, value in walk(props, "j.k")] == [True]
    assert [value for _, value in walk(props, "one[+].c")] == [2]


def test_the_stack_is_read_from_the_urn() -> None:
    assert Resource("urn:pulumi:dev::falaj::a:b:C$aws:ec2/vpc:Vpc::x::y", "t", "x::y", {}).stack == "dev"


def test_the_type_lists_match_the_installed_sdks() -> None:
    for name, tokens in sdk.lists().items():
        assert (sdk.DATA / f"{name}.txt").read_text().split() == tokens, f"run python tests/policies/sdk.py ({name})"
