"""An update that no preview judged: its evidence says so, and the pipelines refuse it."""

import json
import os
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from guardrails.engine.enforcement import Enforcement
from guardrails.engine.evidence import EvidenceFile
from guardrails.engine.operations import MAX_AGE_SECONDS, PACKAGES, REQUIRED, current_operation, rules_digest
from guardrails.pack import PREVIEW_RULE, PackRun, make_policies
from pulumi.runtime.proto import analyzer_pb2 as proto
from pulumi_policy import EnforcementLevel, ResourceValidationPolicy
from pulumi_policy.policy import _PolicyAnalyzerServicer

from tests.policies.harness import Given, Pack, Report

PACK = Path(__file__).parents[2] / "policy_pack"
BUCKET = Given("aws:sqs/queue:Queue", {"region": "me-central-1"}, "jobs", stack="dev")
Run = Callable[..., list[Report]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Returns a function that runs the pack in an operation of the engine, with evidence in one folder."""
    monkeypatch.setenv(REQUIRED, "true")
    clock = iter(range(100, 200))

    def operate(dry_run: str, *, stack: str = "dev", complete: bool = True, pack: Path = PACK, age: int = 0) -> list:
        monkeypatch.setenv("PULUMI_DRY_RUN", dry_run)
        monkeypatch.setenv("PULUMI_STACK", stack)
        judged = Pack()
        judged.run.evidence = EvidenceFile(tmp_path, partial(current_operation, tmp_path, pack))
        given = Given(BUCKET.type, BUCKET.props, BUCKET.name, stack=stack)
        reports = judged.evaluate_resource(given)
        judged.evaluate_stack()
        (written,) = tmp_path.glob("guardrails-2*")
        # Every operation of the engine has a process, and so a file name, of its own.
        number = next(clock)
        file = written.rename(tmp_path / f"guardrails-{number}.{'jsonl' if complete else 'part'}")
        changed = file.stat().st_mtime + number - age
        os.utime(file, (changed, changed))
        return [report for report in reports if report.rule == PREVIEW_RULE.id]

    return operate


def test_an_update_without_a_preview_is_refused(run: Run) -> None:
    (report,) = run("false")
    assert report.mandatory
    assert "no preview of this update was evaluated by these rules" in report.text
    assert "without --skip-preview" in report.text


def test_an_update_after_its_preview_is_judged_and_names_it(run: Run, tmp_path: Path) -> None:
    assert run("true") == []
    (preview,) = tmp_path.iterdir()
    assert run("false") == []
    rows = [json.loads(file.read_text().splitlines()[0]) for file in tmp_path.iterdir() if file != preview]
    assert [(row["phase"], row["preview"]) for row in rows] == [("update", preview.name)]


@pytest.mark.parametrize(
    "preview",
    [
        pytest.param({"stack": "prod-uae"}, id="of another stack"),
        pytest.param({"complete": False}, id="that did not end"),
        pytest.param({"age": MAX_AGE_SECONDS + 200}, id="of the day before yesterday"),
    ],
)
def test_a_preview_that_does_not_count(run: Run, preview: dict) -> None:
    run("true", **preview)
    assert run("false")


def test_a_preview_by_other_rules_does_not_count(run: Run, tmp_path_factory: pytest.TempPathFactory) -> None:
    lenient = tmp_path_factory.mktemp("other") / "pack"
    shutil.copytree(PACK, lenient, ignore=shutil.ignore_patterns("__pycache__"))
    (lenient / "enforcement.yaml").write_text("default: {all: disabled}\n")
    run("true", pack=lenient)
    assert run("false")


@pytest.mark.parametrize(
    "changed",
    ["guardrails/data/reviewed_types.csv", "guardrails/data/word_domains.txt", "guardrails/tags/rules.py",
     "facts/data/regions/aws.csv", "finops/estimate.py"],
)  # fmt: skip
def test_the_digest_covers_tables_facts_and_prices(tmp_path: Path, changed: str) -> None:
    """Most rules are rows of tables: a digest of the code alone is the same for other rules."""
    copies = [Path(shutil.copytree(folder, tmp_path / folder.name)) for folder in PACKAGES]
    assert (before := rules_digest(PACK, copies)) == rules_digest(PACK)
    with (tmp_path / changed).open("a") as file:
        file.write("#\n")
    assert rules_digest(PACK, copies) != before


def test_the_digest_leaves_out_what_the_interpreter_writes(tmp_path: Path) -> None:
    (tmp_path / "rules" / "__pycache__").mkdir(parents=True)
    before = rules_digest(PACK, [tmp_path / "rules"])
    (tmp_path / "rules" / "__pycache__" / "rules.pyc").write_bytes(b"x")
    assert rules_digest(PACK, [tmp_path / "rules"]) == before


def test_settings_without_rules_have_those_of_the_installed_package(tmp_path: Path) -> None:
    """The pack of a template has two settings files and no rules."""
    (tmp_path / "enforcement.yaml").write_text("default: {all: mandatory}\n")
    assert rules_digest(tmp_path) != rules_digest(tmp_path, [])


def test_one_preview_judges_one_update(run: Run) -> None:
    assert run("true") == []
    assert run("false") == []
    assert run("false")
    assert run("true") == []
    assert run("false") == []


def test_a_failed_update_uses_its_preview_up(run: Run) -> None:
    run("true")
    assert run("false", complete=False) == []
    assert run("false")


def test_evidence_that_is_no_json_judges_nothing(run: Run, tmp_path: Path) -> None:
    (tmp_path / "guardrails-x.jsonl").write_text("not JSON\n")
    assert run("false")


def test_previews_and_runs_without_the_engine_need_none(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("true") == []
    assert run("") == []
    monkeypatch.delenv(REQUIRED)
    assert run("false") == []


def test_a_resource_without_advice_is_read_for_one_policy_only() -> None:
    """The SDK reads a resource again for each policy that has a validation."""
    run = PackRun(Enforcement.model_validate({"default": {"all": "advisory"}}), ())
    mandatory, advice = (item for item in make_policies(run) if isinstance(item, ResourceValidationPolicy))
    assert (mandatory.name, advice.name) == ("falaj-guardrails", "falaj-guardrails-advice")
    assert mandatory.has_validation()
    assert not advice.has_validation()
    servicer = _PolicyAnalyzerServicer("falaj", "0.0.1", [mandatory, advice], EnforcementLevel.MANDATORY)
    request = proto.AnalyzeRequest(type=BUCKET.type, urn=BUCKET.urn, name=BUCKET.name)
    reported = servicer.Analyze(request, None).diagnostics
    assert {item.policyName for item in reported} == {"falaj-guardrails-advice"}
    assert not advice.has_validation()
