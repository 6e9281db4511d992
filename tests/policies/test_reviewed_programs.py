"""Programs that nobody has reviewed are refused where a team requires reviews, and cost nothing elsewhere."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from guardrails.engine.enforcement import Enforcement, Level
from guardrails.engine.evidence import EvidenceFile
from guardrails.engine.exemptions import Exemption
from guardrails.engine.reviewed_programs import ReviewedProgram, load_reviewed_programs, reviews_in
from guardrails.engine.settings_files import SetupError
from guardrails.pack import PackRun, make_policies
from guardrails.registry import ALL
from guardrails.servicer import Servicer
from guardrails.unverifiable import reviewed_programs as rule
from pulumi_policy import EnforcementLevel

from .harness import TODAY, UNKNOWN, Given, Pack, Report

RULE = "FJ-ESC-127"
ON = Enforcement.model_validate({"default": {"all": "disabled", RULE: "mandatory"}})
CONFIG = "kubernetes:core/v1:ConfigMap"
SCRIPT = Given(CONFIG, {"data": {"run": "set -e\nbackup --all\n"}})


class Strict(Pack):
    """A pack with the rule switched on, and reviews by digest."""

    def __init__(self, *digests: str, exemptions: tuple[Exemption, ...] = ()) -> None:
        reviews = {digest: review_of(digest) for digest in digests}
        self.run = PackRun(ON, exemptions, clock=lambda: TODAY, reviewed=reviews)
        self.servicer = Servicer("falaj", "0.0.1", make_policies(self.run), EnforcementLevel.MANDATORY)


def review_of(digest: str) -> ReviewedProgram:
    return ReviewedProgram(
        digest=digest, where="urn:pulumi:prod-uae::*", reason="read with the team", reviewed_by="a. reader",
        date=date(2026, 11, 20),
    )  # fmt: skip


def digests(reports: list[Report]) -> list[str]:
    return [found[1] for item in reports if (found := re.search(r"sha256:([0-9a-f]{64})", item.text))]


def places(resource: Given) -> list[str]:
    """Returns the paths of the programs that nobody has reviewed."""
    found = (re.search(r": (\S+) is a program", item.text) for item in Strict().evaluate_resource(resource))
    return [place[1] for place in found if place]


def test_a_program_is_refused_until_it_is_reviewed_and_again_when_it_changes() -> None:
    (report,) = Strict().evaluate_resource(SCRIPT)
    assert report.mandatory
    assert report.rule == RULE
    (digest,) = digests([report])
    assert Strict(digest).evaluate_resource(SCRIPT) == []
    changed = Given(CONFIG, {"data": {"run": "set -e\nbackup --none\n"}})
    assert digests(Strict(digest).evaluate_resource(changed)) not in ([], [digest])


def test_a_review_is_of_one_text_in_one_place_of_one_type() -> None:
    (digest,) = digests(Strict().evaluate_resource(SCRIPT))
    elsewhere = [
        Given("kubernetes:core/v1:Secret", {"stringData": {"run": "set -e\nbackup --all\n"}}),
        Given(CONFIG, {"data": {"walk": "set -e\nbackup --all\n"}}),
        Given(CONFIG, {"data": {"run": "set -e\nbackup --all\n", "also": "rm -r /\n"}}),
    ]
    for resource in elsewhere:
        assert len(Strict(digest).evaluate_resource(resource)) == 1


def test_a_resource_without_programs_says_nothing() -> None:
    for resource in (
        Given(CONFIG, {"data": {"mode": "fast", "address": "https://api.example.ae:8443/a"}}),
        Given("aws:s3/bucket:Bucket", {"bucket": "data", "tags": {"owner": "a"}}),
        Given("aws:sfn/stateMachine:StateMachine", {"definition": ""}),
    ):
        assert Strict().evaluate_resource(resource) == []


def test_a_program_that_is_not_known_is_undetermined_as_a_whole() -> None:
    target = {"AllOf": [{"query": "SecurityEvent | take 1"}, {"query": UNKNOWN}]}
    (report,) = Strict().evaluate_resource(Given("azure-native:monitor:ScheduledQueryRule", {"criteria": target}))
    assert not report.mandatory
    assert "criteria is a program of which a part is not known before deployment" in report.text
    assert digests([report]) == []


def test_an_exemption_applies() -> None:
    exemption = Exemption(
        rule=RULE, urn="*::it", owner="ml", ticket="T-1", reason="replaced next week", approved_by="ciso",
        created=TODAY, expires=TODAY,
    )  # fmt: skip
    (report,) = Strict(exemptions=(exemption,)).evaluate_resource(SCRIPT)
    assert not report.mandatory
    assert "exempt until" in report.text


def test_a_component_is_evaluated_by_its_children_only() -> None:
    resource = Given("falaj:aws:Vault", SCRIPT.props)
    request_without_provider = Strict()
    request_without_provider.run.evaluate_resource = lambda item: request_without_provider.run._reports(  # type: ignore[method-assign]
        finding
        for finding in request_without_provider.run._evaluator.evaluate_resource(
            type(item)(item.urn, item.type, item.name, item.props, None)
        )
    )
    assert request_without_provider.evaluate_resource(resource) == []


(GUARDRAIL,) = (item for item in ALL if item.id == RULE)


@pytest.mark.parametrize(("levels", "stacks", "level"), [
    ({}, {}, Level.DISABLED),
    ({"all": "mandatory"}, {"prod-uae": {"all": "mandatory", "escape": "mandatory"}}, Level.DISABLED),
    ({RULE: "advisory"}, {}, Level.ADVISORY),
    ({RULE: "mandatory"}, {"prod-uae": {"all": "disabled"}}, Level.MANDATORY),
    ({RULE: "mandatory"}, {"prod-uae": {RULE: "disabled"}}, Level.DISABLED),
])  # fmt: skip
def test_only_its_own_id_switches_it_on(levels: dict[str, str], stacks: dict[str, Any], level: Level) -> None:
    """A new version of the pack would otherwise refuse each program of everybody."""
    settings = Enforcement.model_validate({"default": levels, "stacks": stacks})
    assert settings.level("prod-uae", GUARDRAIL) is level


def test_it_reads_nothing_where_it_is_disabled(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[object] = []
    monkeypatch.setattr(rule, "programs_in", lambda resource: read.append(resource) or ())
    settings = Enforcement.model_validate({"default": {"all": "disabled"}, "stacks": {"dev": {RULE: "mandatory"}}})
    pack = Strict()
    pack.run = PackRun(settings, (), clock=lambda: TODAY)
    pack.servicer = Servicer("falaj", "0.0.1", make_policies(pack.run), EnforcementLevel.MANDATORY)
    assert pack.evaluate_resource(SCRIPT) == []
    assert read == []
    pack.evaluate_resource(replace(SCRIPT, stack="dev"))
    assert len(read) == 1


def test_evidence_has_digests_of_reviewed_and_other_programs_and_no_text(tmp_path: Path) -> None:
    (digest,) = digests(Strict().evaluate_resource(SCRIPT))
    pack = Strict(digest)
    pack.run.evidence = EvidenceFile(tmp_path)
    pack.evaluate_plan(SCRIPT, Given(CONFIG, {"data": {"token": "hidden\nvalue"}}, "other"))
    (file,) = tmp_path.iterdir()
    rows = [json.loads(line) for line in file.read_text().splitlines()]
    found = {(row["path"], row["verdict"]) for row in rows if row["rule"] == RULE}
    assert found == {("data.run", "pass"), ("data.token", "fail")}
    assert f"data.run was reviewed by a. reader on 2026-11-20 (sha256:{digest})" in file.read_text()
    assert "hidden" not in file.read_text()
    assert "backup" not in file.read_text()


ENTRY = {"digest": "a" * 64, "where": "urn:pulumi:dev::*", "reason": "read with the team", "reviewed_by": "a",
         "date": "2026-11-20"}  # fmt: skip


@pytest.mark.parametrize(("change", "message"), [
    ({"digest": "a" * 63}, "should match pattern '^[0-9a-f]{64}$'"),
    ({"digest": "A" * 64}, "should match pattern"),
    ({"digest": "a" * 64 + "\n"}, "should match pattern"),
    ({"reason": "fine"}, "at least 10 characters"),
    ({"reviewed_by": " "}, "reviewed_by"),
    ({"where": ""}, "where"),
    ({"date": "soon"}, "date"),
    ({"date": "2026-11-26"}, "2026-11-26 is in the future; allowed are days up to 2026-11-25"),
    ({"by": "a"}, "by"),
])  # fmt: skip
def test_a_malformed_review_stops_the_pack(tmp_path: Path, change: dict[str, str], message: str) -> None:
    file = tmp_path / "reviewed_programs.yaml"
    file.write_text(json.dumps({"reviewed_programs": [ENTRY | change]}))
    with pytest.raises(SetupError, match=r"reviewed_programs\.yaml: reviewed_programs\.0") as raised:
        load_reviewed_programs(file, lambda: TODAY)
    assert message in str(raised.value)


def test_a_digest_that_is_listed_twice_stops_the_pack(tmp_path: Path) -> None:
    file = tmp_path / "reviewed_programs.yaml"
    file.write_text(json.dumps({"reviewed_programs": [ENTRY, ENTRY | {"reviewed_by": "b"}]}))
    with pytest.raises(SetupError, match=r"is listed 2 times; list it once"):
        load_reviewed_programs(file, lambda: TODAY)


def test_without_a_file_nothing_is_reviewed(tmp_path: Path) -> None:
    assert reviews_in(tmp_path) == {}
    (tmp_path / "reviewed_programs.yaml").write_text(json.dumps({"reviewed_programs": [ENTRY]}))
    assert list(load_reviewed_programs(tmp_path / "reviewed_programs.yaml", lambda: TODAY)) == ["a" * 64]
