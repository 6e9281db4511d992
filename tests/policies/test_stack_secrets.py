"""FJ-PACK-005: the pack refuses a stack whose secrets the public passphrase of the sandbox encrypts."""

import builtins
from pathlib import Path
from typing import Any

import pytest
import yaml
from guardrails.engine.verdicts import Verdict
from guardrails.pack import PackRun, load_policies
from guardrails.stack_secrets import SECRETS_RULE, evaluate_stack_file, is_in_sandbox

from falaj.sandbox.paths import Paths
from tests.policies.harness import STRICT, Given, Pack
from tests.unit.settings.test_any_settings import OTHER_SALT, SALT

SECRET = {"secure": "v1:a:b"}
BUCKET = Given("aws:s3/bucket:Bucket", {}, name="one", stack="dev")


def project(folder: Path, salt: str, secret: object, **content: object) -> Path:
    """Returns the folder of a program inside a project with a stack `dev`."""
    (folder / "Pulumi.yaml").write_text(yaml.safe_dump({"name": "demo", "runtime": "python", **content}))
    stacks = folder / str(content.get("stackConfigDir", ""))
    stacks.mkdir(exist_ok=True)
    stack_file = {"encryptionsalt": salt, "config": {"demo:token": secret}}
    (stacks / "Pulumi.dev.yaml").write_text(yaml.safe_dump(stack_file))
    (folder / "program").mkdir()
    return folder / "program"


@pytest.mark.parametrize(
    ("salt", "secret", "verdict"),
    [
        (SALT, SECRET, Verdict.FAIL),
        (SALT, [SECRET], Verdict.FAIL),
        (OTHER_SALT, SECRET, Verdict.PASS),
        ("", SECRET, Verdict.PASS),
        (SALT, "text", Verdict.PASS),
    ],
    ids=["of the sandbox", "nested", "of another passphrase", "of a key", "no secret"],
)
def test_who_encrypts_the_secrets_decides(salt: str, secret: object, verdict: Verdict, tmp_path: Path) -> None:
    outcome = evaluate_stack_file(project(tmp_path, salt, secret), "dev")
    assert outcome.verdict is verdict
    assert ("demo:token" in outcome.sentence) == (verdict is Verdict.FAIL)
    assert "v1:a:b" not in outcome.sentence


def test_stack_files_in_a_folder_of_their_own_are_read(tmp_path: Path) -> None:
    program = project(tmp_path, SALT, SECRET, stackConfigDir="stacks")
    assert evaluate_stack_file(program, "dev").verdict is Verdict.FAIL
    assert evaluate_stack_file(program, "other").verdict is Verdict.PASS


@pytest.mark.parametrize("content", [b"\xff", b"[", b"5", b"config: [5"])
def test_a_file_that_cannot_be_read_is_left_to_the_engine(content: bytes, tmp_path: Path) -> None:
    program = project(tmp_path, SALT, SECRET)
    (tmp_path / "Pulumi.dev.yaml").write_bytes(content)
    assert evaluate_stack_file(program, "dev").verdict is Verdict.PASS


def test_without_cryptography_it_is_undetermined_if_there_is_a_secret(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = builtins.__import__

    def missing(name: str, *rest: Any) -> Any:
        if name.startswith("cryptography"):
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", missing)
    program = project(tmp_path, SALT, SECRET)
    assert evaluate_stack_file(program, "dev").verdict is Verdict.UNDETERMINED
    (tmp_path / "Pulumi.dev.yaml").write_text("config: {}")
    assert evaluate_stack_file(program, "dev").verdict is Verdict.PASS


def test_the_stack_is_refused_once_whatever_the_number_of_resources(tmp_path: Path) -> None:
    pack = Pack()
    pack.run._project = project(tmp_path, SALT, SECRET)
    reports = [
        report
        for name in ("one", "two")
        for report in pack.evaluate_resource(Given(BUCKET.type, {}, name=name, stack="dev"))
        if report.rule == SECRETS_RULE.id
    ]
    assert [report.mandatory for report in reports] == [True]
    assert "config.demo:token" in reports[0].text


def test_a_run_without_a_project_evaluates_no_stack_file() -> None:
    assert PackRun(STRICT, ())._project is None
    assert not [each for each in Pack().evaluate_resource(BUCKET) if each.rule == SECRETS_RULE.id]


def test_in_the_sandbox_its_own_passphrase_is_allowed(tmp_path: Path) -> None:
    paths = Paths(tmp_path)
    variables = {"PULUMI_HOME": str(paths.home), "PULUMI_BACKEND_URL": paths.state.as_uri()}
    assert is_in_sandbox(variables)
    assert not is_in_sandbox({})
    assert not is_in_sandbox({**variables, "PULUMI_BACKEND_URL": "s3://states"})
    assert not is_in_sandbox({"PULUMI_BACKEND_URL": variables["PULUMI_BACKEND_URL"]})
    assert not is_in_sandbox({**variables, "PULUMI_HOME": str(tmp_path / "elsewhere" / "home")})


@pytest.mark.parametrize("is_sandbox", [True, False])
def test_only_packs_outside_of_the_sandbox_read_the_stack_file(
    is_sandbox: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = Paths(tmp_path)
    monkeypatch.setenv("PULUMI_HOME", str(paths.home))
    monkeypatch.setenv("PULUMI_BACKEND_URL", paths.state.as_uri() if is_sandbox else "s3://states")
    projects: list[Path | None] = []
    monkeypatch.setattr("guardrails.pack.PackRun", lambda *_, project, **__: projects.append(project))
    monkeypatch.setattr("guardrails.pack.make_policies", lambda run: [])
    load_policies()
    assert projects == [None if is_sandbox else Path.cwd()]
